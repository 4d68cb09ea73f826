"""What the cells that follow others give, for the readers of a file that do not compute."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

import pandas as pd

from segxl.domain.textes import fold
from segxl.excel.following_formulas import is_given, read_following
from segxl.excel.ooxml.cells import Cells, Formula
from segxl.excel.ooxml.package import Package
from segxl.excel.ooxml.recalcul import Cell, Computed, formulas_of
from segxl.excel.ooxml.structure import Place, read_sheet
from segxl.excel.ooxml.values import Values, lists_of

Written = Mapping[Cell, object]


def column_formulas(package: Package, place: Place) -> dict[str, dict[int, str]]:
    """Return the formulas of a table: header → Excel row → formula, without its equals sign."""
    found: dict[str, dict[int, str]] = {}
    inside = range(place.first_row, place.last_row + 1)
    for column, row, formula, _ in formulas_of(read_sheet(package, place.sheet_part)):
        if row in inside and place.covers(column, row):
            header = place.headers[column - place.first_column].strip()
            found.setdefault(header, {})[row] = formula
    return found


def added_cells(place: Place, rows: pd.DataFrame) -> list[Cells]:
    """Return the cells of new rows: their values, and the formulas of the columns that compute."""
    names = [*map(fold, rows.columns)]
    columns = [*map(place.columns.get, names)]
    computed = {
        place.first_column + i: (header, formula)
        for i, (header, formula) in enumerate(zip(place.headers, place.formulas, strict=False))
        if "[#This Row]" in formula
    }
    found: list[Cells] = []
    for values in lists_of(rows):
        cells = {c: v for c, v in zip(columns, values, strict=True) if c and v is not None}
        row = dict(zip(names, values, strict=True)) if computed else {}
        formulas = {c: Formula(f) for c, (h, f) in computed.items() if is_given(f, h, row)}
        found.append(cells | formulas)
    return found


def replacing_cells(place: Place, rows: pd.DataFrame, last: int) -> dict[int, Cells]:
    """Return the cells of rows put in place of all those of a table, down to its new last row."""
    columns = [*map(place.columns.get, map(fold, rows.columns))]
    lines = lists_of(rows)
    lines += [[None] * len(columns)] * (max(place.last_row, last) - place.header_row - len(lines))
    return {
        number: {c: v for c, v in zip(columns, values, strict=True) if c}
        for number, values in enumerate(lines, place.first_row)
    }


class FollowingCells:
    """The cells of some tables that follow others, once some of those were written."""

    def __init__(self, values: Values, places: Iterable[Place], written: Written) -> None:
        self._values = values
        self._places = [*places]
        self._written = written
        self._read: dict[str, dict[int, list[object]]] = {}

    def given(self, cell: Computed, computing: Container[Cell]) -> object:
        """Return what a cell gives; None where it follows nothing, or a cell that computes."""
        follow = read_following(cell.formula)
        place = self._place_of(cell)
        if follow is None or place is None or fold(follow.source) not in place.columns:
            return None
        source = cell.sheet, place.columns[fold(follow.source)], cell.row
        if source in computing:
            return None
        return follow.value(self._written.get(source, self._before(place, source)))

    def _place_of(self, cell: Computed) -> Place | None:
        on = (p for p in self._places if p.sheet == cell.sheet)
        return next((p for p in on if p.covers(cell.column, cell.row)), None)

    def _before(self, place: Place, cell: Cell) -> object:
        """Return what a cell held when the workbook was opened."""
        if place.table not in self._read:
            self._read[place.table] = dict(self._values.filled_rows(place))
        row = self._read[place.table].get(cell[2], [])
        rank = cell[1] - place.first_column
        return row[rank] if rank < len(row) else None
