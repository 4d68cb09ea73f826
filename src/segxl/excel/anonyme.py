"""The anonymous workbook: a sheet of clients, a sheet of the portfolio, and no name."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from segxl.domain.anonymat import ensemble as e
from segxl.domain.anonymat import lignes as n
from segxl.domain.tableau import column_letter
from segxl.excel.first_use import GREEN, NAVY
from segxl.excel.own_book import FONT, add_table, parts_of, write_text

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

CLIENTS, PORTEFEUILLE, COURBE = "Clients", "Portefeuille", "Courbe"
WIDTHS: Mapping[str, float] = {
    n.NUMERO: 7, n.SECTEUR: 10, n.DEPARTEMENT: 13, n.TAILLE: 9, n.HONORAIRES: 13, n.TAUX: 11,
    n.ABC: 9, n.ABCD: 9, n.NOTE: 9, n.COULEUR: 13, n.SEGMENT: 20, n.ANCIENNETE: 13, n.MISSIONS: 10,
}  # fmt: skip
PERCENT, EUROS = "0%", "#,##0"
FORMATS: Mapping[str, str] = {n.HONORAIRES: EUROS, n.TAUX: PERCENT}
GAP, HEAD_HEIGHT = 2, 32


def build_anonyme(
    lignes: pd.DataFrame, chiffres: pd.DataFrame, courbe: pd.DataFrame, texts: Sequence[str]
) -> dict[str, bytes]:
    """Return the parts of the workbook; equal figures give equal bytes.

    Parameters
    ----------
    lignes, chiffres, courbe : DataFrame
        See ``domain.anonymat``.
    texts : sequence of str
        The title, then what a reader has to know.
    """
    from openpyxl import Workbook  # noqa: PLC0415  paid by the command that writes one

    book = Workbook()
    del book[book.sheetnames[0]]
    title, *notes = texts
    clients = _sheet(book, CLIENTS, title, notes)
    top = len(texts) + GAP
    _write_table(clients, CLIENTS, top, lignes, FORMATS)
    clients.freeze_panes = f"B{top + 1}"
    clients.print_title_rows = f"{top}:{top}"
    for column, header in enumerate(WIDTHS, 1):
        clients.column_dimensions[column_letter(column)].width = WIDTHS[header]
    whole = _sheet(book, PORTEFEUILLE, title, [])
    bottom = _write_table(whole, PORTEFEUILLE, 1 + GAP, chiffres, {})
    for row, nom in enumerate(chiffres[e.CHIFFRE], 2 + GAP):
        whole.cell(row, 2).number_format = _format_of(str(nom))
    if len(courbe):
        _write_table(whole, COURBE, bottom + GAP, courbe, dict.fromkeys(e.COURBE, PERCENT))
    for letter, width in (("A", 38), ("B", 22), ("C", 40)):
        whole.column_dimensions[letter].width = width
    return parts_of(book)


def _sheet(book: Workbook, name: str, title: str, notes: Sequence[str]) -> Worksheet:
    """Add a sheet: its title, its notes, its page."""
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415

    sheet: Worksheet = book.create_sheet(name)
    for row, text in enumerate((title, *notes), 1):
        write_text(sheet, row, 1, text)
    sheet["A1"].font = Font(name=FONT, bold=True, size=14, color=NAVY.lstrip("#"))
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    return sheet


def _write_table(
    sheet: Worksheet, name: str, top: int, frame: pd.DataFrame, formats: Mapping[str, str]
) -> int:
    """Write a table; return its last row."""
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415

    sheet.row_dimensions[top].height = HEAD_HEIGHT
    for column, header in enumerate(frame.columns, 1):
        write_text(sheet, top, column, header)
        cell = sheet.cell(top, column)
        cell.font = Font(name=FONT, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=GREEN.lstrip("#"))
        is_text = _is_text(frame[header])
        cell.alignment = Alignment(
            horizontal="left" if is_text else "right",
            indent=min(column - 1, 1) if is_text else 0,
            wrap_text=True,
            vertical="center",
        )
    for row, values in enumerate(frame.itertuples(index=False, name=None), top + 1):
        for column, (header, value) in enumerate(zip(frame.columns, values, strict=True), 1):
            _write(sheet, row, column, value, formats.get(header))
    last = top + len(frame)
    add_table(sheet, name, f"A{top}:{column_letter(len(frame.columns))}{last}")
    return last


def _write(sheet: Worksheet, row: int, column: int, value: object, code: str | None) -> None:
    if isinstance(value, str):
        if value:
            from openpyxl.styles import Alignment  # noqa: PLC0415

            write_text(sheet, row, column, value)
            sheet.cell(row, column).alignment = Alignment(
                horizontal="left", indent=min(column - 1, 1)
            )
        return
    if not isinstance(value, int | float) or math.isnan(value):
        return
    cell = sheet.cell(row, column, int(value) if float(value).is_integer() else float(value))
    if code:
        cell.number_format = code


def _is_text(values: pd.Series) -> bool:
    return any(isinstance(value, str) for value in values)


def _format_of(chiffre: str) -> str:
    if chiffre.startswith(("Part", "Taux")):
        return PERCENT
    return f"{EUROS}.00" if chiffre.endswith("(€)") else "General"
