"""Tables of an open workbook that change shape, and sheets that appear when first used."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Mapping

import xlwings as xw

from segxl.domain.anomalies import file_error
from segxl.domain.tableau import column_letter
from segxl.excel.com.blocks import Block
from segxl.excel.com.cells import typed_text, typed_value, with_formulas
from segxl.excel.com.drafts import Draft
from segxl.excel.com.looks import TABLE_STYLE, WHITE, dress_sheet
from segxl.excel.first_use import BORN_HIDDEN, GREEN, UNNOTICED, sheet_to_hide
from segxl.excel.refusals import NO_ROOM_BESIDE, NO_ROOM_UNDER, refusal

Undo = Callable[[], object]


def free_sheet_name(book: xw.Book, wanted: str) -> str:
    """Return a sheet name that the workbook does not have yet."""
    taken = {sheet.name.casefold() for sheet in book.sheets}
    free, number = wanted, 2
    while free.casefold() in taken:
        free, number = f"{wanted} {number}", number + 1
    return free


def refuse_no_sheet(book: xw.Book, sheet: str) -> None:
    """Raise when the structure of the workbook is protected: no sheet can be added."""
    if sys.platform != "darwin" and book.api.ProtectStructure:
        raise file_error(
            book.name,
            "",
            f"la structure du classeur est protégée : segxl ne peut pas y ajouter la feuille {sheet}",
            "ôtez la protection (onglet Révision, Protéger le classeur), puis recommencez",
        )


def add_table_sheet(
    book: xw.Book, block: Block, widths: Mapping[str, float], note: str, undos: list[Undo]
) -> None:
    """Add the sheet of a planned table at the end; the user stays on the sheet they look at."""
    shown = book.sheets.active
    known = {sheet.name for sheet in book.sheets}
    undos.append(lambda: _remove_sheets(book, known, shown))
    sheet = book.sheets.add(block.sheet, after=book.sheets[-1])
    last = block.header_row + block.height
    whole = sheet.range(block.address(0, len(block.headers) - 1, block.header_row, last))
    whole.raw_value = [list(row) for row in block.rows]
    block.cells = whole
    sheet.tables.add(source=whole, name=block.table, table_style_name=TABLE_STYLE)
    dress_sheet(sheet, block, widths, note)
    shown.activate()
    if block.sheet in BORN_HIDDEN:
        sheet.visible = False
    _make_room(book, {shown.name} | ({block.sheet} - set(UNNOTICED)), undos)


def _make_room(book: xw.Book, kept: Collection[str], undos: list[Undo]) -> None:
    """Hide the least needed of our sheets when there are too many to find one's way."""
    name = sheet_to_hide([sheet.name for sheet in book.sheets if sheet.visible], kept)
    if name is not None:
        hidden = book.sheets[name]
        undos.append(lambda: setattr(hidden, "visible", True))
        hidden.visible = False


def _remove_sheets(book: xw.Book, known: Collection[str], shown: xw.Sheet) -> None:
    """Delete the sheets that were not there before, even one that Excel has only half made."""
    book.app.display_alerts = False
    try:
        for sheet in [*book.sheets]:
            if sheet.name not in known:
                sheet.delete()
    finally:
        book.app.display_alerts = True
    shown.activate()


def refuse_no_room(sheet: xw.Sheet, draft: Draft, *, rows: int = 0, columns: int = 0) -> None:
    """Raise when a table cannot grow: it has totals, or what stands under or beside it is in the way."""
    block = draft.block
    left = block.first_column + (len(draft.headers) if columns else 0)
    right = left + (columns or len(draft.headers)) - 1
    last = block.header_row + draft.height
    top = block.header_row if columns else last + 1
    bottom = last + rows
    problem, remedy = NO_ROOM_BESIDE if columns else NO_ROOM_UNDER
    if block.has_totals:
        reason = "il a une ligne de total"
        remedy = "retirez la ligne de total (onglet Création de tableau), puis recommencez"
        cell = f"{column_letter(block.first_column)}{last + 1}"
        raise refusal(
            sheet.name, cell, "total", f"{problem.format(block.table)} : {reason}", remedy
        )
    held = sheet.range((top, left), (bottom, right)).raw_value
    lines = held if isinstance(held, tuple) and isinstance(held[0], tuple) else ((held,),)
    for row, line in enumerate(lines, top):
        for column, value in enumerate(line, left):
            if value is not None:
                cell = f"{column_letter(column)}{row}"
                told = f"{problem.format(block.table)} : cette cellule est occupée"
                raise refusal(sheet.name, cell, value, told, remedy)


def resize(sheet: xw.Sheet, draft: Draft, undos: list[Undo]) -> None:
    """Give a table its new shape and titles; those of new columns are written first, as Excel reads them."""
    block = draft.block
    known, wanted = len(block.headers), len(draft.headers)
    top, last = block.header_row, block.header_row + draft.height
    before = sheet.range(block.address(0, known - 1, top, top + block.height))
    table = sheet.tables[block.table]
    gained = []
    lost = sheet.range(block.address(wanted, known - 1, top, top + block.height)) if wanted < known else None  # fmt: skip
    held = _held_beyond(block, wanted) if lost is not None else []
    colour = lost[0, 0].color if lost is not None else None
    if wanted > known:
        gained.append(sheet.range(block.address(known, wanted - 1, top, last)))
    if draft.height > block.height:
        gained.append(sheet.range(block.address(0, wanted - 1, top + block.height + 1, last)))

    def undo() -> None:
        table.resize(before)
        for cells in gained:  # Excel filled them with titles and with the formulas of the columns
            cells.clear_contents()
        if lost is not None:
            lost.raw_value, lost[0, :].color = held, colour

    undos.append(undo)
    if wanted > known:
        titles = sheet.range(block.address(known, wanted - 1, top, top))
        titles.raw_value = [[typed_text(title) for title in draft.headers[known:]]]
    table.resize(sheet.range(block.address(0, wanted - 1, top, last)))
    if (*draft.headers[:known],) != block.headers[:wanted]:
        _retitle(sheet, draft, undos)
    if lost is not None:
        lost.clear_contents()
        lost[0, :].color = None


def _retitle(sheet: xw.Sheet, draft: Draft, undos: list[Undo]) -> None:
    """Write all the titles of a table, in the look of the first day.

    Two columns never bear one title, not even while they are written: Excel would number it.
    """
    block, count = draft.block, len(draft.headers)
    titles = sheet.range(block.address(0, count - 1, block.header_row, block.header_row))
    before = [[*block.rows[0]][:count]]

    def write(told: list[list[object]]) -> None:
        passing: list[object] = [f"segxl {n}" for n in range(len(told[0]))]
        titles[:, : len(told[0])].raw_value = [passing]
        titles[:, : len(told[0])].raw_value = told

    undos.append(lambda: write(before))
    write([[typed_text(title) for title in draft.headers]])
    gained = titles[:, len(block.headers) :] if count > len(block.headers) else None
    if gained is not None:
        gained.color, gained.font.color, gained.font.bold = GREEN, WHITE, True


def _held_beyond(block: Block, place: int) -> list[list[object]]:
    """Return what to give Excel for the columns from a place on to hold again what they hold."""
    typed = [[typed_value(value) for value in row[place:]] for row in block.rows]
    return with_formulas(typed, [row[place:] for row in block.formulas[: len(typed)]])
