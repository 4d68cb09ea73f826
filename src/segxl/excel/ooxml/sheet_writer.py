"""Writing the cells of one table, in the look that the workbook gives them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from itertools import count

from segxl.excel.first_use import AT_FIRST_USE
from segxl.excel.ooxml.cells import EPOCH_1900, EPOCH_1904, Cells, Patch
from segxl.excel.ooxml.new_sheet import format_of
from segxl.excel.ooxml.package import Package
from segxl.excel.ooxml.parts import WORKBOOK, WORKBOOK_RELS
from segxl.excel.ooxml.row_heights import fit_rows
from segxl.excel.ooxml.shared_formulas import unshare
from segxl.excel.ooxml.sheet_xml import (
    column_styles,
    filled_columns,
    row_styles,
    rows_backwards,
    rows_between,
)
from segxl.excel.ooxml.structure import Place, read_sheet, write_sheet
from segxl.excel.ooxml.styles import Styles

NOTE_FORMAT = "0.0"
DATE_FORMAT = "dd/mm/yyyy"
NUMBER_FORMATS = {
    "Complétude": "0%",
    "Fiabilité": "0%",
    "Part": "0%",
    "Note moyenne": NOTE_FORMAT,
    "Enjeu": NOTE_FORMAT,
    "Urgence": NOTE_FORMAT,
    "Exposition (€)": "#,##0",
    **dict.fromkeys(("Réception", "Émission", "E-reporting"), DATE_FORMAT),
}
"""How a result is shown in a cell that the user's file never formatted."""
CALCULATION_CHAIN = "xl/calcChain.xml"


class SheetWriter:
    """The sheet of one table, as cells to write."""

    def __init__(self, package: Package, place: Place) -> None:
        self._package = package
        self._place = place
        self._sheet = read_sheet(package, place.sheet_part)

    def write(
        self,
        cells: Mapping[int, Cells],
        styles: Mapping[int, int] | None = None,
        *,
        keep_formulas: bool = False,
    ) -> dict[int, tuple[int, int]]:
        """Write cells; return each column with the first and last row where another content stands.

        ``styles`` maps a column to the look of its new cells: that of the first row by default.
        """
        look = self._look(
            cells, self.styles_of(self._place.first_row) if styles is None else styles
        )
        patch = Patch(
            cells=cells,
            styles=look,
            date_style=self._date_style(cells, look),
            epoch=self._epoch(),
            keep_formulas=keep_formulas,
        )
        written = patch.apply(unshare(self._sheet, {} if keep_formulas else cells))
        if patch.changed:
            if self._place.table in AT_FIRST_USE:
                written = fit_rows(written, cells)
            write_sheet(self._package, self._place.sheet_part, written)
        if patch.changes_formulas:
            drop_calculation_chain(self._package)
        return patch.changed

    def styles_of(self, row: int) -> dict[int, int]:
        """Return the look of the cells of one row; that of the column where a cell has none."""
        cells = next((xml for _, xml in rows_between(self._sheet, row, row)), b"")
        inside = range(self._place.first_column, self._place.last_column + 1)
        styles = column_styles(self._sheet) | row_styles(cells)
        return {c: s for c, s in styles.items() if s and c in inside}

    def last_filled_row(self) -> int:
        """Return the last row where somebody typed something; the header row where nobody did."""
        inside = range(self._place.first_column, self._place.last_column + 1)
        for number, row in rows_backwards(self._sheet):
            if number <= self._place.header_row:
                break
            if number <= self._place.last_row and any(
                c in inside for c in filled_columns(row, formulas=False)
            ):
                return number
        return self._place.header_row

    def _look(self, cells: Mapping[int, Cells], look: Mapping[int, int]) -> dict[int, int]:
        """Return the look of new cells, adding to the workbook the number formats it lacks."""
        bare = {c for row in cells.values() for c in row if not look.get(c)}
        # A column that came to one of our sheets later has the look of those of its first day.
        ours = format_of if self._place.table in AT_FIRST_USE else (lambda _: "")
        formats = {c: _format_of(h) or ours(h) for h, c in self._headers().items() if c in bare}
        styles = Styles(self._package)
        found = {c: styles.number_format(f) for c, f in formats.items() if f}
        styles.save()
        return {c: s for c, s in look.items() if s} | found

    def _date_style(self, cells: Mapping[int, Cells], look: Mapping[int, int]) -> int:
        """Return the look of a date in a column that has none."""
        if not any(
            isinstance(v, date) and not look.get(c)
            for row in cells.values()
            for c, v in row.items()
        ):
            return 0
        styles = Styles(self._package)
        found = styles.number_format(DATE_FORMAT)
        styles.save()
        return found

    def _headers(self) -> dict[str, int]:
        return dict(zip(self._place.headers, count(self._place.first_column), strict=False))

    def _epoch(self) -> date:
        """Return day zero of the workbook."""
        is_1904 = re.search(rb'\sdate1904="(?:1|true)"', self._package.read(WORKBOOK))
        return EPOCH_1904 if is_1904 else EPOCH_1900


def drop_calculation_chain(package: Package) -> None:
    """Leave out the order of calculation: it names formulas that are gone, and not the new ones."""
    if CALCULATION_CHAIN not in package:
        return
    package.drop(CALCULATION_CHAIN)
    for name, pattern in (
        ("[Content_Types].xml", rb'<(?:[\w.-]+:)?Override\b[^>]*?/xl/calcChain\.xml"[^>]*?/>'),
        (WORKBOOK_RELS, rb'<(?:[\w.-]+:)?Relationship\b[^>]*?calcChain\.xml"[^>]*?/>'),
    ):
        package.replace(name, re.sub(pattern, b"", package.read(name)))


def _format_of(header: str) -> str:
    """Return the number format of a result, by its header."""
    return NUMBER_FORMATS.get(header) or (NOTE_FORMAT if header.startswith("Note ") else "")
