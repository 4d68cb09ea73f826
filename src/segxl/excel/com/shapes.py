"""Tables of an open workbook that change shape, and sheets that appear when first used."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import xlwings as xw

from segxl.domain.tableau import column_letter
from segxl.excel.com.blocks import Block
from segxl.excel.com.drafts import Draft
from segxl.excel.refusals import NO_ROOM_BESIDE, NO_ROOM_UNDER, refusal

Undo = Callable[[], object]


def free_sheet_name(book: xw.Book, wanted: str) -> str:
    """Return a sheet name that the workbook does not have yet."""
    taken = {sheet.name.casefold() for sheet in book.sheets}
    free, number = wanted, 2
    while free.casefold() in taken:
        free, number = f"{wanted} {number}", number + 1
    return free


def add_table_sheet(book: xw.Book, block: Block, widths: Mapping[str, float]) -> Undo:
    """Add the sheet of a planned table at the end; the user stays on the sheet they look at."""
    shown = book.sheets.active
    sheet = book.sheets.add(block.sheet, after=book.sheets[-1])
    sheet["A1"].value = block.sheet
    sheet["A1"].font.bold = True
    sheet["A1"].font.size = 14
    last = block.header_row + block.height
    whole = sheet.range(block.address(0, len(block.headers) - 1, block.header_row, last))
    whole.raw_value = [list(row) for row in block.rows]
    block.cells = whole
    for column, (header, width) in enumerate(widths.items(), 1):
        cells = sheet.range((1, column)).api.EntireColumn
        cells.ColumnWidth = width
        cells.WrapText = True
        if header == "Date":
            cells.NumberFormat = "dd/mm/yyyy"
    sheet["A1"].wrap_text = False
    sheet.tables.add(source=whole, name=block.table, table_style_name="TableStyleMedium7")
    shown.activate()
    return lambda: _delete_quietly(sheet)


def _delete_quietly(sheet: xw.Sheet) -> None:
    app = sheet.book.app
    app.display_alerts = False
    try:
        sheet.delete()
    finally:
        app.display_alerts = True


def refuse_no_room(sheet: xw.Sheet, draft: Draft, *, rows: int = 0, columns: int = 0) -> None:
    """Raise when a table cannot grow: it has totals, or what stands under or beside it is in the way."""
    block = draft.block
    left = block.first_column + (len(draft.headers) if columns else 0)
    right = left + (columns or len(draft.headers)) - 1
    last = block.header_row + draft.height
    top = block.header_row if columns else last + 1
    bottom = last + rows
    problem, remedy = NO_ROOM_BESIDE if columns else NO_ROOM_UNDER
    if rows and block.has_totals:
        reason = "il a une ligne de total"
        remedy = "retirez la ligne de total (onglet Création de tableau), puis recommencez"
        cell = f"{column_letter(left)}{top}"
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


def resize(sheet: xw.Sheet, draft: Draft) -> Undo:
    """Give a table its new shape; titles of new columns are written first, as Excel reads them."""
    block = draft.block
    known, wanted = len(block.headers), len(draft.headers)
    if wanted > known:
        titles = sheet.range(block.address(known, wanted - 1, block.header_row, block.header_row))
        titles.raw_value = [draft.headers[known:]]
    top = block.header_row
    before = sheet.range(block.address(0, known - 1, top, top + block.height))
    table = sheet.tables[block.table]
    table.resize(sheet.range(block.address(0, wanted - 1, top, top + draft.height)))

    def undo() -> None:
        table.resize(before)
        if wanted > known:
            titles.clear_contents()

    return undo
