"""The three charts of the dashboard: flat, labelled, one series each, no legend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from classeur_contenu import COULEURS, FAMILLES, TEINTES
from classeur_style import FONT, INK, LINE, MUTED, NAVY, SMALL
from classeur_tables import Place

NOTE_MAX = 20
GAP = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Graphique:
    """One chart: the column it shows, the colour of each bar, the words around it.

    ``top`` is the end of the scale when it is known (notes are out of 20).
    """

    kind: str
    table: str
    header: str
    fills: Sequence[str]
    title: str
    description: str
    width: int
    labels: str = "0;;"
    top: float | None = None


GRAPHIQUES = (
    Graphique(
        kind="column",
        table="SyntheseCouleurs",
        header="Clients",
        fills=[c["fond"] for c in COULEURS],
        title="Clients par couleur",
        description="Nombre de clients de chaque couleur, de Rouge à Vert, puis hors champ et à confirmer",
        width=411,
    ),
    Graphique(
        kind="bar",
        table="SyntheseSegments",
        header="Clients",
        fills=list(TEINTES.values()),
        title="Clients par segment",
        description="Nombre de clients de chaque segment, dans l’ordre des règles",
        width=411,
    ),
    Graphique(
        kind="bar",
        table="SyntheseFamilles",
        header="Note moyenne",
        fills=[NAVY] * len(FAMILLES),
        title="Note moyenne par famille, sur 20",
        description="Note moyenne sur 20 de chaque famille de critères",
        width=411,
        labels="0.0;;",
        top=NOTE_MAX,
    ),
)


def insert_charts(
    book: xlsxwriter.Workbook,
    sheet: Worksheet,
    places: Mapping[str, Place],
    at: tuple[int, int],
    height: int,
) -> None:
    """Insert the charts side by side, from a first cell on."""
    left = 0
    for graphique in GRAPHIQUES:
        chart = draw(book, graphique, places[graphique.table])
        chart.set_size({"width": graphique.width, "height": height})
        options = {
            "x_offset": left,
            "object_position": 1,
            "description": graphique.description,
        }
        sheet.insert_chart(*at, chart, options)
        left += graphique.width + GAP


def draw(book: xlsxwriter.Workbook, graphique: Graphique, place: Place) -> Any:  # noqa: ANN401
    """Return the chart of one column: each bar its colour and its figure."""
    chart = book.add_chart({"type": graphique.kind})
    border = {"color": MUTED, "width": 0.5}
    chart.add_series(
        {
            "name": graphique.header,
            "categories": place.reference(place.headers[0]),
            "values": place.reference(graphique.header),
            "points": [{"fill": {"color": c}, "border": border} for c in graphique.fills],
            "gap": 45,
            "data_labels": {
                "value": True,
                "position": "outside_end",
                "num_format": graphique.labels,
                "font": font(bold=True),
            },
        }
    )
    chart.set_title({"name": graphique.title, "name_font": font(bold=True, color=NAVY)})
    chart.set_legend({"none": True})
    chart.set_chartarea({"border": {"color": LINE}})
    set_axes(chart, graphique)
    return chart


def set_axes(chart: Any, graphique: Graphique) -> None:  # noqa: ANN401
    """Show the words, hide the scale: each bar already carries its figure."""
    words = {"num_font": font(), "line": {"color": LINE}, "major_tick_mark": "none"}
    scale = {"visible": False, "min": 0, "major_gridlines": {"visible": False}}
    if graphique.top is not None:
        scale["max"] = graphique.top
    if graphique.kind == "column":
        chart.set_x_axis(words)
        chart.set_y_axis(scale)
    else:
        chart.set_x_axis(scale)
        chart.set_y_axis({**words, "reverse": True})


def font(**changes: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return the font of the charts: the one of the sheets."""
    return {"name": FONT, "size": SMALL, "color": INK, "bold": False, **changes}
