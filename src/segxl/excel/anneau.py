"""The two native charts of a client map: the ring of shares, the columns of amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from segxl.domain.cartographie.carte import Carte
from segxl.domain.cartographie.groupes import teintes_of
from segxl.excel.first_use import NAVY

if TYPE_CHECKING:
    from openpyxl.chart.text import RichText
    from openpyxl.worksheet.worksheet import Worksheet

RING, COLUMNS = (12.5, 9.5), (17.5, 9.5)
"""Width and height of each chart, in centimetres."""
TEINTES_ANNEES = ("9DB0CB", "1F3A5F", "6F8DB5", "C3CDDC", "3F638F")
EUROS = "#,##0"


def draw_ring(sheet: Worksheet, carte: Carte, top: int, last: int) -> Any:  # noqa: ANN401  the library's types stop here
    """Return the ring of the shares of the latest year, titled on one row, down to another."""
    from openpyxl.chart import DoughnutChart, Reference  # noqa: PLC0415
    from openpyxl.chart.label import DataLabelList  # noqa: PLC0415
    from openpyxl.chart.marker import DataPoint  # noqa: PLC0415

    chart: Any = DoughnutChart(holeSize=52)
    _set_title(chart, f"Part des ventes {carte.dernier.nom}")
    chart.add_data(Reference(sheet, min_col=2, min_row=top + 1, max_row=last))
    chart.set_categories(Reference(sheet, min_col=1, min_row=top + 1, max_row=last))
    groupes = [x.groupe for x in carte.dernier.lignes if x.part]
    for rank, teinte in enumerate(teintes_of(groupes).values()):
        point = DataPoint(idx=rank)
        point.graphicalProperties.solidFill = teinte
        point.graphicalProperties.line.solidFill = "FFFFFF"
        chart.series[0].dPt.append(point)
    chart.dataLabels = DataLabelList(
        showVal=True, showPercent=False, showCatName=False, showSerName=False,
        showLegendKey=False, showLeaderLines=False, numFmt="0.0%",
    )  # fmt: skip
    chart.dataLabels.txPr = _letters(900, "FFFFFF")
    chart.legend.position = "r"
    chart.width, chart.height = RING
    return chart


def draw_columns(sheet: Worksheet, top: int, last: int, width: int) -> Any:  # noqa: ANN401
    """Return the amounts of each group, a colour a year."""
    from openpyxl.chart import BarChart, Reference  # noqa: PLC0415

    chart: Any = BarChart()
    chart.type, chart.grouping, chart.gapWidth = "col", "clustered", 60
    _set_title(chart, "Ventes par groupe et par année, en euros")
    chart.add_data(
        Reference(sheet, min_col=2, max_col=width, min_row=top, max_row=last), titles_from_data=True
    )
    chart.set_categories(Reference(sheet, min_col=1, min_row=top + 1, max_row=last))
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.number_format = EUROS
    for rank, serie in enumerate(chart.series):
        teinte = TEINTES_ANNEES[rank % len(TEINTES_ANNEES)]
        serie.graphicalProperties.solidFill = teinte
        serie.graphicalProperties.line.solidFill = teinte
    chart.legend.position = "t"
    chart.width, chart.height = COLUMNS
    return chart


def _set_title(chart: Any, title: str) -> None:  # noqa: ANN401
    from openpyxl.chart.title import title_maker  # noqa: PLC0415

    chart.title = title_maker(title)
    chart.title.overlay = False
    for paragraph in chart.title.tx.rich.p:
        paragraph.pPr = _letters(1200, NAVY.lstrip("#")).p[0].pPr


def _letters(size: int, teinte: str) -> RichText:
    """Return the look of letters in a chart; ``size`` in hundredths of a point."""
    from openpyxl.chart.text import RichText  # noqa: PLC0415
    from openpyxl.drawing.text import (  # noqa: PLC0415
        CharacterProperties,
        Paragraph,
        ParagraphProperties,
    )

    look = ParagraphProperties(defRPr=CharacterProperties(sz=size, b=True, solidFill=teinte))
    return RichText(p=[Paragraph(pPr=look, endParaRPr=CharacterProperties())])
