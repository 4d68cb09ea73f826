"""The look of a sheet that appears in Excel when first used: the same as in a closed file."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import xlwings as xw

from segxl.domain.tableau import column_letter
from segxl.excel.com.blocks import Block
from segxl.excel.com.cells import typed_text
from segxl.excel.first_use import GREEN, header_colour
from segxl.excel.ooxml.new_sheet import FIGURES, NOTE_ROW, format_of

WHITE = "#FFFFFF"
TABLE_STYLE = "TableStyleLight1"
TOP, RIGHT, LANDSCAPE, A4 = -4160, -4152, 2, 9
"""xlTop, xlRight, xlLandscape, xlPaperA4."""


def dress_sheet(sheet: xw.Sheet, block: Block, widths: Mapping[str, float], note: str) -> None:
    """Give a new sheet its title, note, widths, header colours, frozen headers and page."""
    title = sheet["A1"]
    title.value = block.sheet
    title.font.bold, title.font.size = True, 14
    for place, (header, width) in enumerate(widths.items()):
        letter = column_letter(place + 1)
        cells = sheet.range(f"{letter}:{letter}")  # rows that come later look the same
        cells.column_width = width
        cells.wrap_text = True
        if code := format_of(header):
            cells.number_format = code
    title.wrap_text = False
    _write_note(sheet, note)
    titles = block.part(0, len(widths) - 1, 0, 0)
    titles.color = GREEN
    for place, header in enumerate(widths):
        if header_colour(block.table, header) != GREEN:
            block.part(place, place, 0, 0).color = header_colour(block.table, header)
    titles.font.color, titles.font.bold = WHITE, True
    if sys.platform != "darwin":  # Excel for Mac gives a script neither windows nor pages
        sheet.range(f"A:{column_letter(len(widths))}").api.VerticalAlignment = TOP
        _set_figures_right(sheet, block, widths)
        _set_window(sheet, block)
        with suppress(Exception):  # Excel knows no page where no printer is installed
            _set_page(sheet.api.PageSetup, block.header_row)


def _write_note(sheet: xw.Sheet, note: str) -> None:
    """Put each line of a note on a row of its own, running over the columns beside it."""
    lines = note.splitlines()
    if lines:
        cells = sheet.range(f"A{NOTE_ROW}:A{NOTE_ROW + len(lines) - 1}")
        cells.raw_value = [[typed_text(line)] for line in lines]
        cells.wrap_text = False


def _set_figures_right(sheet: xw.Sheet, block: Block, widths: Mapping[str, float]) -> None:
    """Put figures on the right, and their headers clear of the button of the filter."""
    for place, header in enumerate(widths):
        if header in FIGURES:
            letter = column_letter(place + 1)
            sheet.range(f"{letter}:{letter}").api.HorizontalAlignment = RIGHT
            block.part(place, place, 0, 0).api.IndentLevel = 1


def _set_window(sheet: xw.Sheet, block: Block) -> None:
    """Keep the headers in view; the sheet is the active one when it has just been added."""
    window = sheet.book.app.api.ActiveWindow
    window.DisplayGridlines = False
    window.SplitRow = block.header_row
    window.FreezePanes = True


def _set_page(page: Any, header_row: int) -> None:  # noqa: ANN401  Excel's own object
    page.PrintTitleRows = f"${header_row}:${header_row}"
    page.Orientation, page.PaperSize = LANDSCAPE, A4
    page.Zoom = False  # Excel then fits the page to the widths below
    page.FitToPagesWide, page.FitToPagesTall = 1, False
