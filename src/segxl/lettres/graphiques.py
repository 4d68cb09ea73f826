"""Native charts of a Word document: a ring of shares, columns of amounts side by side.

A chart part holds its figures and no workbook: Word draws it and prints it, like a picture that
stays sharp.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
INK, LINE, WHITE = "374151", "D5DBE5", "FFFFFF"
SMALLEST_LABEL = 0.06
"""A slice under this share has no room for its figure: the legend gives it."""
AXES = 501, 502
Place = tuple[float, float, float, float]
"""Left, top, width and height, as parts of the chart."""
RING_PLOT = 0.01, 0.03, 0.56, 0.94
"""Left to itself, a long legend leaves the ring no room."""
LEGEND_LINE, HIGHEST_LEGEND = 0.1, 0.92


@dataclass(frozen=True, slots=True, kw_only=True)
class Serie:
    """One series of a chart: what it is called, its colour, its figures in the order of the words."""

    nom: str
    teinte: str
    valeurs: Sequence[float]


def ring_xml(mots: Sequence[str], teintes: Sequence[str], parts: Sequence[float]) -> str:
    """Return a ring; ``parts`` are shares from 0 to 1, printed as they are."""
    points = "".join(
        f'<c:dPt><c:idx val="{i}"/><c:bubble3D val="0"/><c:spPr>{_fill(t)}<a:ln w="12700">{_fill(WHITE)}</a:ln></c:spPr></c:dPt>'
        for i, t in enumerate(teintes)
    )
    hidden = "".join(
        f'<c:dLbl><c:idx val="{i}"/><c:delete val="1"/></c:dLbl>'
        for i, part in enumerate(parts)
        if part < SMALLEST_LABEL
    )
    shown = _flags(value=True)
    labels = f'<c:dLbls>{hidden}<c:numFmt formatCode="0.0%" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr>{_font(9, WHITE, bold=True)}{shown}<c:showLeaderLines val="0"/></c:dLbls>'
    serie = f'<c:ser><c:idx val="0"/><c:order val="0"/>{points}{labels}{_words(mots)}{_figures(parts, "0.0%")}</c:ser>'
    ring = f'<c:doughnutChart><c:varyColors val="1"/>{serie}<c:firstSliceAng val="0"/><c:holeSize val="52"/></c:doughnutChart>'
    height = min(LEGEND_LINE * len(mots), HIGHEST_LEGEND)
    beside = 0.6, (1 - height) / 2, 0.39, height
    return _chart(ring, _legend("r", beside), RING_PLOT)


def columns_xml(mots: Sequence[str], series: Sequence[Serie]) -> str:
    """Return columns side by side, one colour a series, in euros."""
    drawn = "".join(_column(i, serie, mots) for i, serie in enumerate(series))
    category, value = AXES
    columns = (
        f'<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>{drawn}'
        f'<c:gapWidth val="60"/><c:axId val="{category}"/><c:axId val="{value}"/></c:barChart>'
        f'<c:catAx><c:axId val="{category}"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:spPr><a:ln w="9525">{_fill(LINE)}</a:ln></c:spPr>{_font(8, INK)}<c:crossAx val="{value}"/><c:crosses val="autoZero"/></c:catAx>'
        f'<c:valAx><c:axId val="{value}"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:majorGridlines><c:spPr><a:ln w="6350">{_fill(LINE)}</a:ln></c:spPr></c:majorGridlines><c:numFmt formatCode="#,##0" sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{_font(8, INK)}<c:crossAx val="{category}"/><c:crosses val="autoZero"/></c:valAx>'
    )
    return _chart(columns, _legend("t") if len(series) > 1 else "")


def _column(rank: int, serie: Serie, mots: Sequence[str]) -> str:
    name = f"<c:tx><c:strRef><c:f>Carte!$A${rank + 1}</c:f>{_cache([serie.nom])}</c:strRef></c:tx>"
    return (
        f'<c:ser><c:idx val="{rank}"/><c:order val="{rank}"/>{name}<c:spPr>{_fill(serie.teinte)}</c:spPr><c:invertIfNegative val="0"/>'
        f"{_words(mots)}{_figures(serie.valeurs, '#,##0')}</c:ser>"
    )


def _chart(plot: str, legend: str, place: Place | None = None) -> str:
    # Word keeps the white of a chart over a page printed from black: no fill at all.
    return (
        f'{HEAD}<c:chartSpace {NAMESPACES}><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
        f'<c:plotArea>{_layout(place)}{plot}<c:spPr><a:noFill/></c:spPr></c:plotArea>{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_font(9, INK)}</c:chartSpace>"
    )


def _legend(side: str, place: Place | None = None) -> str:
    return f'<c:legend><c:legendPos val="{side}"/>{_layout(place) if place else ""}<c:overlay val="0"/>{_font(8, INK)}</c:legend>'


def _layout(place: Place | None) -> str:
    if place is None:
        return "<c:layout/>"
    x, y, width, height = place
    edges = '<c:xMode val="edge"/><c:yMode val="edge"/>'
    return (
        f"<c:layout><c:manualLayout>{edges}"
        f'<c:x val="{x}"/><c:y val="{y:g}"/><c:w val="{width}"/><c:h val="{height:g}"/></c:manualLayout></c:layout>'
    )


def _words(mots: Sequence[str]) -> str:
    return f"<c:cat><c:strRef><c:f>Carte!$A$1</c:f>{_cache(mots)}</c:strRef></c:cat>"


def _cache(mots: Sequence[str]) -> str:
    points = "".join(_points(escape(mot) for mot in mots))
    return f'<c:strCache><c:ptCount val="{len(mots)}"/>{points}</c:strCache>'


def _figures(valeurs: Sequence[float], code: str) -> str:
    points = "".join(_points(f"{v:g}" if abs(v) < 1 else f"{v:.2f}" for v in valeurs))
    cache = f'<c:formatCode>{code}</c:formatCode><c:ptCount val="{len(valeurs)}"/>{points}'
    return (
        f"<c:val><c:numRef><c:f>Carte!$B$1</c:f><c:numCache>{cache}</c:numCache></c:numRef></c:val>"
    )


def _points(texts: Iterator[str]) -> Iterator[str]:
    for rank, text in enumerate(texts):
        yield f'<c:pt idx="{rank}"><c:v>{text}</c:v></c:pt>'


def _flags(*, value: bool) -> str:
    shown = f'<c:showLegendKey val="0"/><c:showVal val="{int(value)}"/>'
    return shown + "".join(
        f'<c:show{name} val="0"/>' for name in ("CatName", "SerName", "Percent", "BubbleSize")
    )


def _fill(teinte: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{teinte}"/></a:solidFill>'


def _font(size: float, teinte: str, *, bold: bool = False) -> str:
    look = f'<a:defRPr sz="{size * 100:.0f}" b="{int(bold)}">{_fill(teinte)}<a:latin typeface="Calibri"/></a:defRPr>'
    return (
        f'<c:txPr><a:bodyPr/><a:p><a:pPr>{look}</a:pPr><a:endParaRPr lang="fr-FR"/></a:p></c:txPr>'
    )
