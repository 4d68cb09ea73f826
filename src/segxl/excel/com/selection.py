"""What the user points at in an open workbook, and what they are shown."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import xlwings as xw

from segxl.domain.anomalies import file_error
from segxl.domain.tableau import Tableau
from segxl.excel.com.refusals import is_refusal
from segxl.excel.ooxml.structure import parse_range

VISIBLE, SHOWN = 12, -1
"""xlCellTypeVisible, xlSheetVisible."""
NOTHING_SELECTED = "aucun client n’est sélectionné", "cliquez sur la ligne d’un client, puis recommencez"  # fmt: skip


def selected_rows(book: xw.Book, clients: Tableau) -> list[int]:
    """Return the Excel rows of the clients selected, in the order of the sheet; hidden rows are none.

    Raises
    ------
    SaisieError
        The selection holds no client.
    """
    # xlwings counts the cells of its own answer, and those of a whole sheet are too many for it.
    impl = book.app.impl.selection
    selection = None if impl is None else xw.Range(impl=impl)
    rows: list[int] = []
    if selection is not None and _place_of(selection) == (book.name, clients.sheet):
        areas = [(top, bottom) for _, top, _, bottom in _areas_of(selection)]
        rows = [
            int(row)
            for row in clients.lignes.index
            if any(top <= row <= bottom for top, bottom in areas)
        ]
    if not rows:
        raise file_error(clients.sheet, "", *NOTHING_SELECTED)
    return rows


def show_sheet(book: xw.Book, name: str) -> None:
    """Put a sheet in front of the user, even one that was hidden."""
    sheet = book.sheets[name]
    if sys.platform != "darwin" and sheet.api.Visible != SHOWN:
        sheet.visible = True
    sheet.activate()


def _place_of(selection: xw.Range) -> tuple[str, str]:
    """Return the workbook and the sheet of a selection: another one may be in front by now."""
    return selection.sheet.book.name, selection.sheet.name


def _areas_of(selection: xw.Range) -> Iterator[tuple[int, int, int, int]]:
    """Yield the areas of a selection: first column, first row, last column, last row."""
    if sys.platform == "darwin":
        yield from map(parse_range, selection.address.replace("$", "").split(","))
        return
    cells: Any = selection.api
    # One lone cell would mean the whole sheet; Count cannot count the cells of a whole sheet.
    if cells.Areas.Count > 1 or cells.CountLarge > 1:
        try:
            cells = cells.SpecialCells(VISIBLE)
        except Exception as error:
            if is_refusal(error):  # Excel's way to say that none is visible
                return
            raise
    for number in range(1, int(cells.Areas.Count) + 1):
        address = str(cells.Areas(number).Address).replace("$", "")
        yield parse_range(_whole(address))


def _whole(address: str) -> str:
    """Return the cells of whole columns or rows.

    >>> _whole("A:C"), _whole("5:7"), _whole("B2")
    ('A1:C1048576', 'A5:XFD7', 'B2')
    """
    first, _, last = address.partition(":")
    if first.isalpha():
        return f"{first}1:{last}1048576"
    return f"A{first}:XFD{last}" if first.isdigit() else address
