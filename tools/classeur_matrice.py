"""The matrix of readiness and stake: one bubble a cell, its area and its figure count the clients.

The axes of bubbles bear figures alone: words without bubbles name the rows and the columns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from classeur_graphiques import font
from classeur_style import INK, LINE, Styles
from classeur_tables import Place
from segxl.domain.graphiques import couleurs

STAKES = ("Fort", "Moyen", "Faible", couleurs.INCONNU)
"""The rows of the table in one word: they stand in the chart from the right to the left."""
STAKE = "Enjeu : faible sous 5 sur 20, moyen de 5 à 10, fort ensuite"
PLACES, SCALE = "Place des bulles dans le graphique", "Échelle des bulles"
MIDDLE, LEFT = 0.5, 0.4
"""A bubble leaves room on its right for its figure."""
_GAP = 2
_TIMES_LARGEST, _LEAST = 4, 28
"""The largest bubble of a chart is a quarter of it wide: an unseen one, four times its area, halves it."""
_UNSEEN = {"type": "circle", "fill": {"none": True}, "border": {"none": True}}


def write_places(sheet: Worksheet, styles: Styles, place: Place) -> None:
    """Write under the table where each bubble stands: across for its row, up for its column."""
    top, col = place.last_row + _GAP, place.col
    plain = styles.get(align="left", num_format="0.0")
    sheet.write_string(top, col, PLACES, styles.help())
    for rank in range(len(STAKES)):
        sheet.write_number(top + 1 + rank, col, len(STAKES) - rank + LEFT, plain)
        for level in range(len(_colours(place))):
            up = len(_colours(place)) - level + MIDDLE
            sheet.write_number(top + 1 + rank, col + 1 + level, up, plain)
    for level in range(len(_colours(place))):
        sheet.write_number(top + 1 + len(STAKES), col + 1 + level, MIDDLE, plain)
    row, cells = _scale_row(place), f"[{_colours(place)[0]}]:[{_colours(place)[-1]}]"
    formula = f"=MAX({_LEAST},{_TIMES_LARGEST}*MAX(GraphMatrice[{cells}]))"
    sheet.write_string(row, col, SCALE, styles.help())
    sheet.write_formula(row + 1, col, formula, styles.get(align="left"), _LEAST)


def draw_matrix(book: xlsxwriter.Workbook, place: Place, fills: Mapping[str, str]) -> Any:  # noqa: ANN401
    """Return the counts as a cloud of points, one series a colour; the build makes bubbles of them."""
    chart = book.add_chart({"type": "scatter"})
    top, col, last = place.last_row + _GAP + 1, place.col, place.col + len(_colours(place))
    bottom = top + len(STAKES)
    across = top, col, bottom - 1, col
    middles = [(bottom, col + 1, bottom, end) for end in (last, col + len(STAKES))]
    scale = {"name": _cell(place, _scale_row(place), col), "marker": _UNSEEN}
    chart.add_series(scale | _points(place, (top, col, top, col), (top, last, top, last)))
    for name, words, at in (
        ("Préparation", _colours(place), (middles[0], (top, col + 1, top, last))),
        ("Enjeu", STAKES, (across, middles[1])),
    ):
        told = {"name": name, "marker": _UNSEEN, "data_labels": _labels(words, "center")}
        chart.add_series(told | _points(place, *at))
    for here, word in enumerate(_colours(place), col + 1):
        marker = {"type": "circle", "fill": {"color": fills[word]}, "border": {"color": INK, "width": 0.5}}  # fmt: skip
        counts = [_cell(place, row, here) for row in range(place.first_data, place.last_row + 1)]
        told = {"name": _cell(place, place.row, here), "marker": marker, "data_labels": _labels(counts, "right")}  # fmt: skip
        chart.add_series(told | _points(place, across, (top, here, bottom - 1, here)))
    _set_axes(chart, len(STAKES) + 1, len(_colours(place)) + 1)
    return chart


def _points(place: Place, across: Sequence[int], up: Sequence[int]) -> dict[str, str]:
    """Return the cells of how far across some points stand, and of how far up."""
    refs = [f"='{place.sheet}'!{xl_range_abs(*cells)}" for cells in (across, up)]
    return dict(zip(("categories", "values"), refs, strict=True))


def _labels(told: Sequence[str], position: str) -> dict[str, Any]:
    """Return words or the cells of counts, each beside its point or in its middle.

    Excel would write how far up a bubble stands: each figure is tied to its cell.
    """
    custom = [{"value": one, "font": font()} for one in told]
    return {"value": True, "position": position, "num_format": "0;;", "font": font(), "custom": custom}  # fmt: skip


def _set_axes(chart: Any, width: int, height: int) -> None:  # noqa: ANN401
    grid = {"visible": True, "line": {"color": LINE, "width": 0.75}}
    axis = {"name_font": font(), "label_position": "none", "line": {"none": True}, "major_tick_mark": "none", "major_gridlines": grid, "min": 0, "major_unit": 1}  # fmt: skip
    chart.set_x_axis({**axis, "name": STAKE, "max": width})
    chart.set_y_axis({**axis, "max": height})
    chart.set_legend({"none": True})


def _colours(place: Place) -> tuple[str, ...]:
    return place.headers[1:]


def _scale_row(place: Place) -> int:
    """Return the row of the title of the scale, under the places of the bubbles."""
    return place.last_row + _GAP + len(STAKES) + 3


def _cell(place: Place, row: int, col: int) -> str:
    return f"='{place.sheet}'!{xl_rowcol_to_cell(row, col, row_abs=True, col_abs=True)}"
