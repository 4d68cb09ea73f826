"""The values of a workbook: what formulas last gave, error values as their words.

They are read with wolfxl, which has openpyxl's API, and only as the file was when it was opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import pandas as pd

from segxl.domain.textes import fold
from segxl.excel.ooxml.archive import damaged
from segxl.excel.ooxml.package import Package, is_well_formed
from segxl.excel.ooxml.structure import Place

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNREADABLE = (OSError, ValueError, KeyError, RuntimeError)
"""What wolfxl raises on a part that is cut short or badly encoded."""


class Values:
    """The values of one workbook file."""

    def __init__(self, package: Package) -> None:
        self._package = package

    def headers(self, place: Place) -> tuple[str, ...]:
        """Return the headers of a table as its cells show them, one per column.

        A program that writes a cell of the header row may forget the table's own list of columns.
        """
        width = place.last_column - place.first_column + 1
        known = (*place.headers, *("" for _ in range(width)))[:width]
        columns = place.first_column, place.last_column
        shown = next(self._rows(place.sheet, place.header_row, place.header_row, *columns), None)
        if shown is None or not place.header_shown:
            return known
        return tuple(
            decode_text(s)
            if isinstance(s, str) and fold(s) not in {"", fold(h)}
            else h or f"Colonne {n}"
            for n, (h, s) in enumerate(zip(known, shown, strict=True), 1)
        )

    def filled_rows(self, place: Place) -> Iterator[tuple[int, list[object]]]:
        """Yield the number and the values of each row that holds something; spaces are nothing."""
        words: dict[str, str] = {}  # one object per word: clients share most of theirs
        columns = place.first_column, place.last_column
        rows = self._rows(place.sheet, place.first_row, place.last_row, *columns)
        for number, row in enumerate(rows, place.first_row):
            if row.count(None) < len(row):
                yield number, [_words_of(v, words) if isinstance(v, str) else v for v in row]

    def shown(self, sheet: str, column: int, row: int) -> object:
        """Return the value of one cell; None where the sheet is new."""
        return next(
            (v for values in self._rows(sheet, row, row, column, column) for v in values), None
        )

    def rows(self, sheet: str, last_row: int, last_column: int) -> list[tuple[object, ...]]:
        """Return the values of a sheet from its first cell on; texts as Excel shows them."""
        return [
            tuple(decode_text(v) if isinstance(v, str) else v for v in row)
            for row in self._rows(sheet, 1, last_row, 1, last_column)
        ]

    def _rows(
        self, sheet: str, first: int, last: int, first_column: int, last_column: int
    ) -> Iterator[tuple[object, ...]]:
        """Yield rows of a sheet, on some columns; none where the sheet is new."""
        if sheet not in self._book.sheetnames or not 1 <= first <= last:
            return
        book_sheet = self._book[sheet]
        # The range is known: the file need not be opened once more for the size that it tells.
        book_sheet.reset_dimensions()
        try:
            yield from book_sheet.iter_rows(
                min_row=first,
                max_row=last,
                min_col=first_column,
                max_col=last_column,
                values_only=True,
            )
        except _UNREADABLE as error:
            raise damaged(self._package.path) from error

    @cached_property
    def _book(self) -> Any:  # noqa: ANN401  wolfxl is not typed
        import wolfxl  # noqa: PLC0415  0.15 s that a command without a workbook does not pay

        for part in self._package.names:
            # Cut short, they would read as blanks; their checksum is verified on the way.
            if "sharedStrings" in part and not is_well_formed(self._package.read(part)):
                raise damaged(self._package.path)
        try:
            return wolfxl.load_workbook(self._package.path, data_only=True, read_only=True)
        except _UNREADABLE as error:
            raise damaged(self._package.path) from error


def _words_of(text: str, words: dict[str, str]) -> str | None:
    """Return a text as Excel shows it; None for spaces only, the same object for the same text."""
    if text not in words:
        words[text] = decode_text(text)
    shown = words[text]
    return shown if shown and not shown.isspace() else None


def decode_text(text: str) -> str:
    r"""Return a text as Excel shows it: some characters are stored as ``_x000D_``.

    >>> decode_text("A_x000D_\nB_x005F_x0041_")
    'A\r\nB_x0041_'
    """
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text


def lists_of(rows: pd.DataFrame) -> list[list[object]]:
    """Return rows as lists, None where a cell is blank."""
    filled = rows.astype(object)
    return filled.where(rows.notna() & (filled != ""), None).to_numpy().tolist()


def blank_as_none(value: object) -> object:
    """Return None for a missing value; a text without a letter would count as a filled cell."""
    return None if value is None or value == "" or pd.isna(value) else value  # type: ignore[call-overload]
