"""A workbook lying on a disk, changed in place: only the parts that must change do.

Writing goes cell by cell into the sheet's own XML: all else must stay byte for byte.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from segxl.domain.anomalies import SaisieError
from segxl.domain.tableau import Tableau
from segxl.domain.textes import fold
from segxl.excel.adoption.upgrade import add_template_columns
from segxl.excel.following_cells import (
    FollowingCells,
    added_cells,
    column_formulas,
    replacing_cells,
)
from segxl.excel.lecture_tableau import read_tableau
from segxl.excel.ooxml.above import write_sentences
from segxl.excel.ooxml.archive import refuse_if_open
from segxl.excel.ooxml.cells import Cells
from segxl.excel.ooxml.columns import retitle_table, widen_table
from segxl.excel.ooxml.links import link_column
from segxl.excel.ooxml.names import find_named_places
from segxl.excel.ooxml.new_sheet import add_sheet
from segxl.excel.ooxml.package import Package
from segxl.excel.ooxml.painting import paint_words
from segxl.excel.ooxml.ranges import resize_table
from segxl.excel.ooxml.recalcul import Cell, Changes, forget_stale_values, note_changes
from segxl.excel.ooxml.sheet_writer import SheetWriter
from segxl.excel.ooxml.structure import Place, read_sheet
from segxl.excel.ooxml.tabs import bring_back_tab
from segxl.excel.ooxml.values import Values, blank_as_none, lists_of
from segxl.excel.refusals import missing_table, refuse_no_room_beside, refuse_no_room_under


class FileWorkbook:
    """A :class:`~segxl.excel.port.Workbook` stored in an ``.xlsx`` or ``.xlsm`` file."""

    def __init__(self, path: Path, *, to_write: bool = True) -> None:
        if to_write:
            refuse_if_open(path)
        self.path = path
        self._package = Package(path)
        self._values = Values(self._package)
        self._places = find_named_places(self._package)
        self._read: set[str] = set()
        self._tables: dict[str, tuple[Place, Tableau]] = {}
        self._changes: Changes = {}
        self._written: dict[Cell, object] = {}

    @property
    def name(self) -> str:
        """File name shown to the user."""
        return self.path.name

    def has_table(self, table: str) -> bool:
        """Tell whether the workbook holds a table of this name."""
        return fold(table) in self._places

    def read_table(self, table: str) -> Tableau:
        """Return a table as it was when the workbook was opened, without its blank rows.

        Raises
        ------
        SaisieError
            Its headers are merged or repeated, or it has more rows than segxl takes.
        """
        place = self._place(table)
        known, tableau = self._tables.get(fold(table), (None, None))
        if tableau is None or known != place:
            tableau = read_tableau(self._values, place, self._sheet(place), table)
            self._tables[fold(table)] = place, tableau
        # Actions of one run read the same tables; what one of them adds to its own stays its own.
        return replace(tableau, lignes=tableau.lignes.copy(deep=False))

    def read_formulas(self, table: str) -> Mapping[str, Mapping[int, str]]:
        """Return the formulas of a table: header → Excel row → formula, without its equals sign."""
        return column_formulas(self._package, self._place(table))

    def write_columns(
        self, table: str, columns: pd.DataFrame, *, keep_formulas: bool = False
    ) -> None:
        """Write each column under the header of the same name, on the rows of the index."""
        place = self._place(table)
        numbers = [place.columns.get(fold(h)) for h in columns.columns]
        cells = {
            int(str(row)): {n: v for n, v in zip(numbers, values, strict=True) if n}
            for row, values in zip(columns.index, lists_of(columns), strict=True)
        }
        self._write(place, cells, keep_formulas=keep_formulas)

    def write_cells(
        self, table: str, rows: Mapping[int, Mapping[str, object]], *, keep_formulas: bool = True
    ) -> None:
        """Write single cells: Excel row → header → value."""
        place = self._place(table)
        headers = dict.fromkeys(h for values in rows.values() for h in values)
        numbers = {h: place.columns[fold(h)] for h in headers if fold(h) in place.columns}
        cells = {
            row: {numbers[h]: blank_as_none(v) for h, v in values.items() if h in numbers}
            for row, values in rows.items()
        }
        self._write(place, cells, keep_formulas=keep_formulas)

    def add_columns(self, table: str, headers: Sequence[str]) -> None:
        """Add columns on the right of a table; what stands there must be empty."""
        if not headers:
            return
        place = self._place(table)
        self._refuse_no_room_beside(place, len(headers))
        titles = dict(enumerate(headers, place.last_column + 1))
        self._write_titles(place, widen_table(self._package, place, headers), titles)

    def retitle(self, table: str, headers: Sequence[str]) -> None:
        """Give a table these headers, from its first column to a new last one."""
        place = self._place(table)
        if (more := len(headers) - len(place.headers)) > 0:
            self._refuse_no_room_beside(place, more)
        titles = dict(enumerate(headers, place.first_column))
        self._write_titles(place, retitle_table(self._package, place, headers), titles)

    def add_template_columns(self, table: str, headers: Sequence[str], template: Path) -> None:
        """Add columns on the right of Clients as a new workbook shows them, lists and colours too."""
        place = self._place(table)
        self._refuse_no_room_beside(place, len(headers))
        self._places[fold(table)] = add_template_columns(self._package, place, headers, template)

    def append_rows(self, table: str, rows: pd.DataFrame) -> None:
        """Add rows under the last filled one, in its look, with the formulas of the columns."""
        place = self._place(table)
        if rows.empty:
            return
        writer = SheetWriter(self._package, place)
        first = writer.last_filled_row() + 1
        last = max(first + len(rows) - 1, place.last_row)
        self._refuse_no_room_under(place, last)
        cells = dict(enumerate(added_cells(place, rows), first))
        self._write(place, cells, writer.styles_of(place.last_row), keep_formulas=True)
        self._places[fold(table)] = resize_table(self._package, place, last)

    def replace_rows(self, table: str, rows: pd.DataFrame) -> None:
        """Put these rows in place of all those of a table; columns of other names are kept."""
        place = self._place(table)
        last = place.header_row + max(len(rows), 1)
        self._refuse_no_room_under(place, last)
        # The totals stay where they are, under blank rows.
        last = place.last_row if place.totals else last
        cells = replacing_cells(place, rows, last)
        styles = SheetWriter(self._package, place).styles_of(place.last_row)
        self._write(place, cells, styles)
        self._places[fold(table)] = resize_table(self._package, place, last)

    def add_table(
        self, table: str, sheet: str, widths: Mapping[str, float], *, note: str = ""
    ) -> None:
        """Add a sheet with one empty table; ``widths`` gives its headers and their widths."""
        add_sheet(self._package, table, sheet, widths, note)
        self._places[fold(table)] = find_named_places(self._package)[fold(table)]

    def link_cells(self, table: str, header: str, targets: Sequence[str]) -> None:
        """Make the cells under ``header`` jump to these places; replaces the links of the sheet."""
        place = self._place(table)
        if fold(header) in place.columns:
            link_column(self._package, place, header, targets)

    def paint_words(
        self, table: str, header: str, on: Sequence[str], colours: Mapping[str, tuple[str, str]]
    ) -> None:
        """Colour the columns ``on`` by the word under ``header``."""
        paint_words(self._package, self._place(table), header, on, colours)

    def bring_back(self, table: str) -> None:
        """Show the sheet of a table where it was hidden; nothing where there is no such table."""
        if self.has_table(table):
            bring_back_tab(self._package, self._place(table).sheet)

    def write_above(self, table: str, lines: Mapping[str, str]) -> None:
        """Renew the sentences over a table, each found by the words that it starts with."""
        write_sentences(self._package, self._place(table), lines, self._values)

    def save(self) -> None:
        """Write the workbook back to its file."""
        self.save_as(self.path)

    def save_as(self, path: Path) -> None:
        """Write the workbook to another file, all or nothing."""
        following = FollowingCells(self._values, self._places.values(), self._written)
        forget_stale_values(self._package, self._changes, following.given)
        if self._package.is_changed or path != self.path:
            self._package.save(path)

    def _place(self, table: str) -> Place:
        """Return where a table lies, with the headers that its cells show."""
        if (key := fold(table)) not in self._places:
            raise SaisieError([missing_table(self.name, table)])
        if key not in self._read:
            place = self._places[key]
            self._places[key] = replace(place, headers=self._values.headers(place))
            self._read.add(key)
        return self._places[key]

    def _refuse_no_room_beside(self, place: Place, columns: int) -> None:
        places = self._places.values()
        refuse_no_room_beside(place, columns, self._sheet(place), places, self._values.shown)

    def _refuse_no_room_under(self, place: Place, last: int) -> None:
        if last > place.last_row:
            places = self._places.values()
            refuse_no_room_under(place, last, self._sheet(place), places, self._values.shown)

    def _sheet(self, place: Place) -> bytes:
        """Return the sheet of a table, in the spelling that segxl edits."""
        return read_sheet(self._package, place.sheet_part)

    def _write_titles(self, before: Place, place: Place, titles: Cells) -> None:
        """Write titles in the look of those that stay, where the header row is not hidden."""
        self._places[fold(place.table)] = place
        if place.header_shown:
            looks = SheetWriter(self._package, before).styles_of(place.header_row)
            look = looks.get(min(before.last_column, place.last_column), 0)
            self._write(place, {place.header_row: titles}, dict.fromkeys(titles, look))

    def _write(
        self,
        place: Place,
        cells: Mapping[int, Cells],
        styles: Mapping[int, int] | None = None,
        *,
        keep_formulas: bool = False,
    ) -> None:
        """Write cells in the sheet of a table, and note where another content stands now."""
        writer = SheetWriter(self._package, place)
        changed = writer.write(cells, styles, keep_formulas=keep_formulas)
        if keep_formulas:  # the others are results, in columns that no column of segxl follows
            self._written |= {
                (place.sheet, column, row): value
                for row, values in cells.items()
                for column, value in values.items()
            }
        note_changes(self._changes.setdefault(place.sheet, {}), changed)
