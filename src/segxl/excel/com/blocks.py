"""Where the tables of an open workbook lie, in as few round trips to Excel as possible."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from functools import cached_property
from importlib import import_module
from typing import Any

import xlwings as xw

from segxl.domain.tableau import column_letter
from segxl.domain.textes import fold
from segxl.excel.com.cells import is_formula, read_columns
from segxl.excel.ooxml.structure import parse_range

_OF_ITS_ROW = re.compile(r"\[@|\[#This Row\]")
ADOPTED = "segxl_Clients"
"""The workbook name of a client list that keeps the table name the firm gave it."""


class Block:
    """The header row and the rows of one table, without its totals."""

    def __init__(self, table: str, cells: xw.Range) -> None:
        self.table = table
        self.cells = cells

    stands = True
    """Whether the table is in Excel already."""

    @classmethod
    def planned(cls, table: str, sheet: str, header_row: int, headers: Sequence[str]) -> Block:
        """Return the block of a table that does not stand in Excel yet, from column A."""
        block = cls.__new__(cls)
        block.table, block.stands = table, False
        block.rows = (tuple(headers), (None,) * len(headers))
        block.sheet = sheet
        block.corner = 1, header_row
        block.formulas = block.rows
        return block

    @cached_property
    def rows(self) -> tuple[tuple[object, ...], ...]:
        """What the cells held when they were first asked for, as Excel hands it over."""
        return as_rows(self.cells.raw_value)

    @cached_property
    def headers(self) -> tuple[str, ...]:
        """The headers, in order."""
        return tuple(str(h).strip() for h in self.rows[0])

    @cached_property
    def columns(self) -> dict[str, list[object]]:
        """The values under each header."""
        if len(self.rows) == 1:
            return {h: [] for h in self.headers}
        return dict(zip(self.headers, read_columns(self.rows[1:]), strict=True))

    def raw(self, place: int, rank: int) -> object:
        """Return what one cell held, as Excel hands it over; None outside the table."""
        return self.rows[rank][place] if self.holds(place, rank) else None

    def holds(self, place: int, rank: int) -> bool:
        """Tell whether a cell is in the table: place of its column from 0, of its row from 1."""
        return 1 <= rank < len(self.rows) and place < len(self.headers)

    def is_calculated(self, place: int) -> bool:
        """Tell whether a column holds formulas from its first row or down to its last."""
        return self.has_formula(place, 1) or self.has_formula(place, self.height)

    def formula_of_any_row(self, place: int) -> str | None:
        """Return the formula of a column that would say the same of a new row; None without one."""
        first, last = (self.formulas[rank][place] for rank in (1, self.height))
        return str(first) if first == last and _OF_ITS_ROW.search(str(first)) else None

    def has_formula(self, place: int, rank: int) -> bool:
        """Tell whether a cell holds a formula."""
        if not self.holds(place, rank):
            return False
        return is_formula(self.formulas[rank][place], self.raw(place, rank))

    @cached_property
    def has_totals(self) -> bool:
        """Whether a row of totals stands under the table."""
        return self.stands and bool(self.cells.api.ListObject.ShowTotals)

    @cached_property
    def formulas(self) -> tuple[tuple[object, ...], ...]:
        """What was typed in the cells: a formula, or the value as text."""
        return as_rows(self.cells.formula)

    @property
    def computed(self) -> dict[str, dict[int, str]]:
        """The formulas of the cells that hold one: header → Excel row → formula, without its equals sign."""
        found: dict[str, dict[int, str]] = {}
        for rank in range(1, len(self.rows)):
            for place, header in enumerate(self.headers):
                if self.has_formula(place, rank):
                    formula = str(self.formulas[rank][place]).removeprefix("=")
                    found.setdefault(header, {})[self.header_row + rank] = formula
        return found

    @cached_property
    def _address(self) -> tuple[str, str]:
        """The sheet and the cells, from e.g. ``'[book.xlsx]Tableau de bord'!$B$29:$G$37``."""
        prefix, _, cells = self.cells.get_address(external=True).rpartition("!")
        # Neither a bracket nor an apostrophe at an end is allowed in the name of a sheet.
        sheet = prefix.rpartition("]")[2].strip("'").replace("''", "'")
        return sheet, cells.replace("$", "")

    @cached_property
    def sheet(self) -> str:
        """Name of the sheet."""
        return self._address[0]

    @property
    def ref(self) -> str:
        """The address of its cells on the sheet."""
        return self._address[1]

    @cached_property
    def corner(self) -> tuple[int, int]:
        """Column and Excel row of the first header."""
        return parse_range(self._address[1])[:2]

    @property
    def first_column(self) -> int:
        """Number of the first column, from 1."""
        return self.corner[0]

    @property
    def header_row(self) -> int:
        """Excel row of the headers."""
        return self.corner[1]

    @property
    def first_row(self) -> int:
        """Excel row of the first row under the headers."""
        return self.header_row + 1

    @property
    def height(self) -> int:
        """How many rows there are under the headers, before the totals."""
        return len(self.rows) - 1

    def address(self, first: int, last: int, top: int, bottom: int) -> str:
        """Return the address of some columns (places from 0, ends included) on some Excel rows."""
        left, right = (column_letter(self.first_column + place) for place in (first, last))
        return f"{left}{top}:{right}{bottom}"

    def part(self, first: int, last: int, top: int, bottom: int) -> xw.Range:
        """Return some columns and rows of the table; both from 0, the headers being row 0."""
        if sys.platform == "darwin":
            return self.cells[top : bottom + 1, first : last + 1]
        # An address asked of a range counts from its own corner.
        address = f"{column_letter(first + 1)}{top + 1}:{column_letter(last + 1)}{bottom + 1}"
        return _as_range(self.cells.api.Range(address))


class Finder:
    """Finds the tables of one workbook, whatever sheet they lie on."""

    def __init__(self, book: xw.Book) -> None:
        self._book = book

    def find(self, table: str) -> Block | None:
        """Return a table of this very workbook; None where there is none."""
        walks = sys.platform == "darwin"
        return self._find_by_walking(table) if walks else self._find_by_name(table)

    def evaluate(self, reference: str) -> Any:  # noqa: ANN401  Excel's own objects
        """Return what a reference or a name means; None where it means nothing.

        On a sheet, Excel takes it for a table of that sheet's workbook, even when another open
        workbook has tables of the same names. Nothing is said by the number of an error.
        """
        found = self._sheet.Evaluate(reference)
        return None if isinstance(found, int) else found

    def _find_by_name(self, table: str) -> Block | None:
        """Let Excel find a table, in one round trip."""
        found = self.evaluate(f"{table}[[#Headers],[#Data]]")
        if found is None and fold(table) == "clients":
            adopted = self.evaluate(ADOPTED)
            if adopted is not None and adopted.ListObject is not None:
                table = adopted.ListObject.Name
                found = self.evaluate(f"{table}[[#Headers],[#Data]]")
        return None if found is None else Block(table, _as_range(found))

    def _find_by_walking(self, table: str) -> Block | None:
        """Look at each table of each sheet: Excel for Mac evaluates no reference for a script."""
        tables = {fold(t.name): t for sheet in self._book.sheets for t in sheet.tables}
        found = tables.get(fold(table))
        if found is None and fold(table) == "clients":
            adopted = [n.refers_to for n in self._book.names if n.name == ADOPTED]
            found = (
                tables.get(fold(str(adopted[0]).strip("=").partition("[")[0])) if adopted else None
            )
        if found is None:
            return None
        return Block(found.name, found.range[:-1, :] if found.show_totals else found.range)

    @cached_property
    def _sheet(self) -> Any:  # noqa: ANN401
        return self._book.api.Worksheets(1)


def as_rows(raw: Any) -> tuple[tuple[object, ...], ...]:  # noqa: ANN401  whatever Excel hands over
    """Return the rows of a block; Excel hands over a lone cell bare."""
    is_block = isinstance(raw, list | tuple) and bool(raw) and isinstance(raw[0], list | tuple)
    return tuple(tuple(row) for row in raw) if is_block else ((raw,),)


def _as_range(cells: Any) -> xw.Range:  # noqa: ANN401
    """Wrap cells of Excel as xlwings does for the arguments of its own functions."""
    windows: Any = import_module("xlwings._xlwindows")
    return xw.Range(impl=windows.Range(xl=cells))
