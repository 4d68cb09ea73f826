"""What is to change in one table of an open workbook, kept until everything can be written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import pandas as pd

from segxl.domain.tableau import records_of
from segxl.domain.textes import fold
from segxl.excel.com.blocks import Block
from segxl.excel.com.cells import typed_value, write_column
from segxl.excel.following_formulas import is_given


@dataclass(frozen=True, slots=True)
class Rectangle:
    """Cells to write in one go: places of columns from 0, of rows from 1, ends included."""

    first: int
    last: int
    top: int
    bottom: int
    rows: list[list[object]]
    before: list[list[object]]


class Draft:
    """The changes of one table, cell by cell in memory, rectangle by rectangle in Excel."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self.headers = list(block.headers)
        self.height = block.height
        """How many rows the table has under its headers."""
        self.overwrites_formulas = False
        """Whether some of the cells to write may hold a formula that goes away."""
        self._cells: dict[int, dict[int, object]] = {}

    @property
    def is_resized(self) -> bool:
        """Whether the table takes another shape, or other titles."""
        return self.height != self.block.height or (*self.headers,) != self.block.headers

    def place(self, header: object) -> int | None:
        """Return the place of a header, from 0; None where the table lacks it."""
        known = {fold(h): i for i, h in enumerate(self.headers)}
        return known.get(fold(header))

    def put(self, columns: pd.DataFrame, *, keep_formulas: bool = False) -> None:
        """Note the values of columns, on the rows of the index; unknown headers are skipped."""
        for header in columns.columns:
            place = self.place(header)
            if place is not None:
                values = write_column(columns[header])
                self._put(place, dict(zip(columns.index, values, strict=True)), keep_formulas)

    def append(self, rows: pd.DataFrame) -> None:
        """Note new rows; the formula of a column stands where it says what a row wants, or where none does."""
        self.put(rows, keep_formulas=True)
        filled = rows.astype(object).where(rows.notna(), None)
        wanted = {rank: {fold(h): v for h, v in row.items()} for rank, row in records_of(filled)}
        for place, header in enumerate(self.block.headers):
            if self.block.is_calculated(place):
                self._calculate(place, header, wanted)

    def put_cells(
        self, rows: Mapping[int, Mapping[str, object]], *, keep_formulas: bool = True
    ) -> None:
        """Note single cells: row → header → value."""
        headers = dict.fromkeys(h for values in rows.values() for h in values)
        for header in headers:
            place = self.place(header)
            if place is not None:
                on = [row for row, values in rows.items() if header in values]
                values = write_column(pd.Series([rows[r][header] for r in on], dtype=object))
                self._put(place, dict(zip(on, values, strict=True)), keep_formulas)

    def link(self, place: int, targets: Sequence[str]) -> None:
        """Turn the texts noted under a header into links."""
        noted = self._cells.get(place, {})
        for row, target in enumerate(targets, 1):
            if target:
                shown = str(noted.get(row) or "").removeprefix("'")
                noted[row] = f"=HYPERLINK({_quoted('#' + target)},{_quoted(shown)})"

    def last_filled(self) -> int:
        """Return the last row where somebody typed something, 0 when nobody did."""
        for rank in range(self.block.height, 0, -1):
            for place, value in enumerate(self.block.rows[rank]):
                is_blank = value is None or (isinstance(value, str) and not value.strip())
                if not is_blank and not self.block.has_formula(place, rank):
                    return rank
        return 0

    def shrink(self, height: int) -> None:
        """End the table on an earlier row, unless totals stand under it."""
        if height < self.height and not self.block.has_totals:
            self.height = height

    def fills_block(self, rectangle: Rectangle) -> bool:
        """Tell whether a rectangle is the whole table, all columns and all rows, as it stands."""
        block = self.block
        return (
            block.stands
            and not self.is_resized
            and (rectangle.first, rectangle.last) == (0, len(self.headers) - 1)
            and (rectangle.top, rectangle.bottom) == (1, block.height)
        )

    def rectangles(self) -> Iterator[Rectangle]:
        """Yield the cells to write, in as few blocks as possible."""
        runs = [(place, run) for place in sorted(self._cells) for run in self._runs(place)]
        runs.sort(key=lambda found: (found[1], found[0]))
        for (top, bottom), group in groupby(runs, key=lambda found: found[1]):
            places = [place for place, _ in group]
            for first, last in _consecutive(places):
                columns = range(first, last + 1)
                ranks = range(top, bottom + 1)
                yield Rectangle(
                    first, last, top, bottom,
                    [[self._cells[p].get(r) for p in columns] for r in ranks],
                    [[typed_value(self.block.raw(p, r)) for p in columns] for r in ranks],
                )  # fmt: skip

    def _put(self, place: int, values: Mapping[int, object], keep_formulas: bool) -> None:  # noqa: FBT001  handed on
        if keep_formulas:
            values = {r: v for r, v in values.items() if not self.block.has_formula(place, r)}
        else:
            self.overwrites_formulas = self.block.stands
        self._cells.setdefault(place, {}).update(values)

    def _calculate(
        self, place: int, header: str, wanted: Mapping[int, Mapping[str, object]]
    ) -> None:
        """Note the formula of a column on new rows, or leave them to Excel."""
        formula = self.block.formula_of_any_row(place)
        noted = self._cells.setdefault(place, {})
        for rank, row in wanted.items():
            if self.block.has_formula(place, rank):
                continue
            if formula and is_given(formula, header, row):
                noted[rank] = formula
            elif noted.get(rank) is None:
                noted.pop(rank, None)

    def _runs(self, place: int) -> list[tuple[int, int]]:
        """Return the runs of rows to write; a blank cell between two of them joins them, blank."""
        runs: list[tuple[int, int]] = []
        for row in sorted(self._cells[place]):
            if runs and all(self._is_blank(place, r) for r in range(runs[-1][1] + 1, row)):
                runs[-1] = runs[-1][0], row
            else:
                runs.append((row, row))
        return runs

    def _is_blank(self, place: int, row: int) -> bool:
        return self.block.holds(place, row) and self.block.raw(place, row) is None


def _consecutive(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the runs of consecutive numbers.

    >>> list(_consecutive([1, 2, 3, 7]))
    [(1, 3), (7, 7)]
    """
    for _, group in groupby(enumerate(places), key=lambda found: found[1] - found[0]):
        run = [place for _, place in group]
        yield run[0], run[-1]


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
