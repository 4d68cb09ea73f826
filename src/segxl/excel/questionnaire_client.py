"""The questionnaire of one client: a page, a question a line, the answer and how much it matters beside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from segxl.domain.grille import Critere
from segxl.domain.satisfaction import ECHELLES
from segxl.excel.first_use import NAVY
from segxl.excel.questionnaire_cellules import (
    COMMENTAIRE,
    ECHELLE,
    FONT,
    HEADER_ROW,
    IMPORTANT,
    PALE,
    QUESTIONS,
    SCALES,
    SHEET,
    restrict,
    scale_of,
    write_lists,
    write_text,
)

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

TITRES = ("Question", "Votre réponse", f"{IMPORTANT} ?")
"""The titles that the import recognises: see ``sources.questionnaire_rempli``."""
PRIVATE = "Vos réponses ne sont lues que par votre cabinet."
_WIDTHS = {"A": 40, "B": 44, "C": 16}
_LINE, _TALL = 24, 60


def build_alone(client: tuple[str, str], criteres: Sequence[Critere], au: date) -> Workbook:
    """Return the workbook of the questionnaire of one client, whose number and name it bears."""
    from openpyxl import Workbook  # noqa: PLC0415  paid by the command that writes one

    book = Workbook()
    sheet: Worksheet = book.create_sheet(SHEET, 0)
    del book[book.sheetnames[1]]
    dossier, nom = client
    _write_titles(sheet)
    scales = {title: scale_of(*ECHELLES[score]) for score, title in QUESTIONS.items()}
    lists = scales | write_lists(book, criteres)
    known: dict[str, object] = {"Dossier": dossier, "Raison sociale": nom, "Date": au}
    asked = [*QUESTIONS.values(), *(c.libelle for c in criteres), COMMENTAIRE]
    for row, question in enumerate([*known, *asked], HEADER_ROW + 1):
        _write_question(sheet, row, question, known.get(question))
        if question in lists:
            restrict(sheet, f"B{row}", lists[question])
    first = HEADER_ROW + 1 + len(known) + len(QUESTIONS)
    if criteres:
        restrict(sheet, f"C{first}:C{first + len(criteres) - 1}", scale_of(*ECHELLE))
    for row in range(first, first + len(criteres)):
        _box(sheet, row, 3)
    sheet.row_dimensions[first + len(criteres)].height = _TALL
    return book


def _write_titles(sheet: Worksheet) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415

    sheet["A1"] = "Questionnaire"
    sheet["A1"].font = Font(name=FONT, bold=True, size=16, color=NAVY.lstrip("#"))
    for row, text in ((2, SCALES), (3, PRIVATE)):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(TITRES))
        sheet.cell(row, 1, text).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.row_dimensions[2].height = 46
    for number, title in enumerate(TITRES, 1):
        cell = write_text(sheet, HEADER_ROW, number, title)
        cell.font = Font(name=FONT, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=NAVY.lstrip("#"))
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    sheet.row_dimensions[HEADER_ROW].height = 34
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _write_question(sheet: Worksheet, row: int, question: str, value: object) -> None:
    """Write one line: its question, and its answer where the firm knows it."""
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    cell = write_text(sheet, row, 1, question)
    cell.font = Font(name=FONT, bold=value is None)
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    sheet.row_dimensions[row].height = _LINE
    if isinstance(value, date):
        sheet.cell(row, 2, value).number_format = "dd/mm/yyyy"
        sheet.cell(row, 2).alignment = Alignment(horizontal="left", vertical="center")
    elif value is not None:
        write_text(sheet, row, 2, str(value)).alignment = Alignment(vertical="center")
    else:
        _box(sheet, row, 2)


def _box(sheet: Worksheet, row: int, column: int) -> None:
    """Show a cell as one to fill."""
    from openpyxl.styles import Alignment, Border, PatternFill, Side  # noqa: PLC0415

    cell = sheet.cell(row, column)
    edge = Side(style="thin", color="9AA7B5")
    cell.border = Border(left=edge, right=edge, top=edge, bottom=edge)
    cell.fill = PatternFill("solid", fgColor=PALE.lstrip("#"))
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="left")
