"""A workbook open in Excel: read in blocks, written in blocks, everything at the end or nothing.

Each round trip to Excel costs about a millisecond on Windows, whatever it carries: their number
does not depend on the number of clients.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import pandas as pd
import xlwings as xw

from segxl.domain.anomalies import SaisieError
from segxl.domain.tableau import Tableau, column_letter
from segxl.domain.textes import fold
from segxl.excel.com.above import Sentences, write_sentences
from segxl.excel.com.blocks import Block, Finder
from segxl.excel.com.drafts import Draft
from segxl.excel.com.painting import Painting, paint
from segxl.excel.com.refusals import refusals_in_french
from segxl.excel.com.shapes import (
    Undo,
    add_table_sheet,
    free_sheet_name,
    refuse_no_room,
    refuse_no_sheet,
    resize,
)
from segxl.excel.com.suspension import insist, suspended
from segxl.excel.com.writing import write_rectangle
from segxl.excel.ooxml.new_sheet import header_row_under
from segxl.excel.refusals import missing_table, refuse_endless, refuse_repeated_header


class LiveWorkbook:
    """A :class:`~segxl.excel.port.Workbook` open in Excel, driven by xlwings.

    What is asked for is kept in memory until :meth:`save`, which changes the open workbook and
    leaves it to the user to save the file.
    """

    def __init__(self, book: xw.Book) -> None:
        self._book = book
        self._forget()

    def _forget(self) -> None:
        self._finder = Finder(self._book)
        self._blocks: dict[str, Block | None] = {}
        self._drafts: dict[str, Draft] = {}
        self._new: dict[str, tuple[Mapping[str, float], str]] = {}
        self._paintings: list[Painting] = []
        self._sentences: list[Sentences] = []
        self._sheets: dict[str, xw.Sheet] = {}

    @cached_property
    def name(self) -> str:
        """File name shown to the user."""
        return str(self._book.name)

    def has_table(self, table: str) -> bool:
        """Tell whether the workbook holds a table of this name."""
        return self._find(table) is not None

    def sheet_of(self, table: str) -> str:
        """Return the name of the sheet where a table lies."""
        with refusals_in_french(self._book):
            return self._block(table).sheet

    def read_table(self, table: str) -> Tableau:
        """Return a table as it was when it was first asked for, without its blank rows.

        Raises
        ------
        SaisieError
            The workbook lacks it, or Excel refuses to answer.
        """
        with refusals_in_french(self._book):
            block = self._block(table)
            if block.stands:
                refuse_endless(block.sheet, block.table, block.ref)
            refuse_repeated_header(block)
            lignes = pd.DataFrame(block.columns, dtype=object)
            lignes.index = pd.RangeIndex(block.first_row, block.first_row + len(lignes))
            filled = lignes[lignes.notna().any(axis="columns")]
            letters = {
                h: column_letter(block.first_column + i) for i, h in enumerate(block.headers)
            }
            sheet = block.sheet
        if filled.empty:
            blank = [[None] * len(block.headers)]
            filled = pd.DataFrame(blank, columns=[*letters], index=[block.first_row], dtype=object)
        return Tableau(name=table, sheet=sheet, lignes=filled, letters=letters)

    def read_formulas(self, table: str) -> Mapping[str, Mapping[int, str]]:
        """Return the formulas of a table: header → Excel row → formula, without its equals sign."""
        with refusals_in_french(self._book):
            return self._block(table).computed

    def write_columns(
        self, table: str, columns: pd.DataFrame, *, keep_formulas: bool = False
    ) -> None:
        """Write each column under the header of the same name, on the rows of the index."""
        draft = self._draft(table)
        draft.put(
            columns.set_axis(columns.index - draft.block.header_row), keep_formulas=keep_formulas
        )

    def write_cells(
        self, table: str, rows: Mapping[int, Mapping[str, object]], *, keep_formulas: bool = True
    ) -> None:
        """Write single cells: Excel row → header → value."""
        draft = self._draft(table)
        top = draft.block.header_row
        draft.put_cells(
            {row - top: cells for row, cells in rows.items()}, keep_formulas=keep_formulas
        )

    def add_columns(self, table: str, headers: Sequence[str]) -> None:
        """Add columns on the right of a table; what stands there must be empty."""
        if headers:
            draft = self._draft(table)
            refuse_no_room(self._sheet(draft.block.sheet), draft, columns=len(headers))
            draft.headers += headers

    def retitle(self, table: str, headers: Sequence[str]) -> None:
        """Give a table these headers, from its first column to a new last one."""
        draft = self._draft(table)
        more = len(headers) - len(draft.headers)
        if more > 0 and draft.block.stands:
            refuse_no_room(self._sheet(draft.block.sheet), draft, columns=more)
        draft.headers = [*headers]

    def append_rows(self, table: str, rows: pd.DataFrame) -> None:
        """Add rows under the last filled one; the table, its lists and its colours grow with them."""
        if rows.empty:
            return
        draft = self._draft(table)
        first = draft.last_filled() + 1
        self._grow(draft, first + len(rows) - 1)
        draft.append(rows.set_axis(range(first, first + len(rows))))

    def replace_rows(self, table: str, rows: pd.DataFrame) -> None:
        """Put these rows in place of all those of a table; columns of other names are kept."""
        draft = self._draft(table)
        height = max(len(rows), 1)
        self._grow(draft, height)
        every = pd.RangeIndex(1, max(height, draft.block.height) + 1)
        numbered = rows.astype(object).set_axis(range(1, len(rows) + 1))
        draft.put(numbered.reindex(every))
        draft.shrink(height)

    def add_table(
        self, table: str, sheet: str, widths: Mapping[str, float], *, note: str = ""
    ) -> None:
        """Add a sheet with one empty table; ``widths`` gives its headers and their widths."""
        with refusals_in_french(self._book):
            refuse_no_sheet(self._book, sheet)
            free = free_sheet_name(self._book, sheet)
        block = Block.planned(table, free, header_row_under(note), [*widths])
        self._blocks[fold(table)] = block
        self._drafts[fold(table)] = Draft(block)
        self._new[fold(table)] = widths, note

    def link_cells(self, table: str, header: str, targets: Sequence[str]) -> None:
        """Make the cells under ``header`` jump to these places, by a formula that shows the text."""
        draft = self._draft(table)
        place = draft.place(header)
        if place is not None:
            draft.link(place, targets)

    def paint_words(
        self, table: str, header: str, on: Sequence[str], colours: Mapping[str, tuple[str, str]]
    ) -> None:
        """Colour the columns ``on`` by the word under ``header``."""
        self._paintings.append(Painting(self._block(table), header, tuple(on), dict(colours)))

    def write_above(self, table: str, lines: Mapping[str, str]) -> None:
        """Renew the sentences over a table, each found by the words that it starts with."""
        self._sentences.append(Sentences(self._block(table), dict(lines)))

    def save(self) -> None:
        """Change the open workbook: everything, or nothing when Excel refuses.

        Raises
        ------
        SaisieError
            A cell is being edited, a sheet is protected… The workbook is as it was.
        """
        undos: list[Undo] = []
        try:
            with refusals_in_french(self._book), suspended(self._book.app):
                self._apply(undos)
        except BaseException:
            for undo in reversed(undos):
                insist(undo)
            raise
        finally:
            self._forget()

    def _apply(self, undos: list[Undo]) -> None:
        for key, (widths, note) in self._new.items():
            block = self._drafts[key].block
            add_table_sheet(self._book, block, widths, note, undos)
        for draft in self._drafts.values():
            if draft.is_resized:
                resize(self._sheet(draft.block.sheet), draft, undos)
            for rectangle in draft.rectangles():
                write_rectangle(draft, rectangle, undos)
        for sentences in self._sentences:
            write_sentences(self._sheet(sentences.block.sheet), sentences, undos)
        if self._paintings:
            paint(self._book, self._finder, self._paintings)

    def _find(self, table: str) -> Block | None:
        key = fold(table)
        if key not in self._blocks:
            with refusals_in_french(self._book):
                self._blocks[key] = self._finder.find(table)
        return self._blocks[key]

    def _block(self, table: str) -> Block:
        block = self._find(table)
        if block is None:
            raise SaisieError([missing_table(self.name, table)])
        return block

    def _draft(self, table: str) -> Draft:
        if fold(table) not in self._drafts:
            self._drafts[fold(table)] = Draft(self._block(table))
        return self._drafts[fold(table)]

    def _grow(self, draft: Draft, height: int) -> None:
        if height > draft.height:
            if draft.block.stands:
                refuse_no_room(self._sheet(draft.block.sheet), draft, rows=height - draft.height)
            draft.height = height

    def _sheet(self, name: str) -> xw.Sheet:
        if name not in self._sheets:
            self._sheets[name] = self._book.sheets[name]
        return self._sheets[name]
