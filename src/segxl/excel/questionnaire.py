"""The questionnaire to fill: one row per client, the two scores, the grid, how much each question matters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from segxl.domain.anomalies import file_error
from segxl.domain.grille import Critere
from segxl.domain.satisfaction import ECHELLES
from segxl.domain.tableau import column_letter
from segxl.excel.first_use import GREEN, NAVY
from segxl.excel.ooxml.archive import announcing_refusals, refuse_existing
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
from segxl.excel.questionnaire_client import build_alone

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

SUFFIX = ".xlsx"
IDENTITE = {"Dossier": 12, "Raison sociale": 32}
_SEVERAL = "Pour le cabinet seul : ce fichier nomme plusieurs clients, il ne s’envoie à aucun d’eux. Pour un client, faites un questionnaire à son seul dossier."
_WIDTHS = {"Date": 12, COMMENTAIRE: 50}
_USUAL_WIDTH, _HEADER_HEIGHT = 24, 64
_IMPORTANCE_WIDTH = 19


def write_questionnaire(
    path: Path, clients: Sequence[tuple[str, str]], criteres: Sequence[Critere], au: date
) -> None:
    """Write a new questionnaire; never over another file.

    Parameters
    ----------
    path : Path
        An .xlsx file that does not exist yet.
    clients : sequence of (str, str)
        Number and name of each client: nothing else of theirs is written.
    criteres : sequence of Critere
        Two columns each: its answers as a list to choose from, and how much it matters to the
        client, from 1 to 5.
    au : date
        The day of the survey, which a client's row may correct.

    Raises
    ------
    SaisieError
        A file stands there, its name is not that of an .xlsx, or the folder refuses.
    """
    if path.suffix.casefold() != SUFFIX:
        problem, remedy = "un questionnaire est un fichier .xlsx", f"nommez-le {path.stem}{SUFFIX}"
        raise file_error(path.name, path.suffix, problem, remedy)
    refuse_existing(path)
    with announcing_refusals(path):
        draft = path.with_name(f".{path.name}.segxl.tmp")
        try:
            build_questionnaire(clients, criteres, au).save(draft)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)


def build_questionnaire(
    clients: Sequence[tuple[str, str]], criteres: Sequence[Critere], au: date
) -> Workbook:
    """Return the workbook of a questionnaire: a row a client, or a page to fill for one alone."""
    if len(clients) == 1:
        return build_alone(clients[0], criteres, au)
    from openpyxl import Workbook  # noqa: PLC0415  paid by the command that writes one

    book = Workbook()
    sheet: Worksheet = book.create_sheet(SHEET, 0)
    del book[book.sheetnames[1]]
    asked = [title for c in criteres for title in (c.libelle, f"{IMPORTANT} : {c.libelle}")]
    headers = [*IDENTITE, "Date", *QUESTIONS.values(), COMMENTAIRE, *asked]
    _write_titles(sheet, headers)
    for row, (dossier, nom) in enumerate(clients, HEADER_ROW + 1):
        write_text(sheet, row, 1, dossier)
        write_text(sheet, row, 2, nom)
        sheet.cell(row, 3, au).number_format = "dd/mm/yyyy"
    last = HEADER_ROW + max(len(clients), 1)
    lists = {title: scale_of(*ECHELLES[score]) for score, title in QUESTIONS.items()}
    lists |= {f"{IMPORTANT} : {c.libelle}": scale_of(*ECHELLE) for c in criteres}
    lists |= write_lists(book, criteres)
    for number, header in enumerate(headers, 1):
        if header in lists:
            letter = column_letter(number)
            restrict(sheet, f"{letter}{HEADER_ROW + 1}:{letter}{last}", lists[header])
    return book


def _write_titles(sheet: Worksheet, headers: Sequence[str]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415

    sheet["A1"] = "Questionnaire"
    sheet["A1"].font = Font(name=FONT, bold=True, size=16, color=NAVY.lstrip("#"))
    sheet["A2"] = SCALES
    sheet["A3"] = _SEVERAL
    for number, header in enumerate(headers, 1):
        cell = write_text(sheet, HEADER_ROW, number, header)
        is_importance = header.startswith(IMPORTANT)
        colour = GREEN if header in IDENTITE else PALE if is_importance else NAVY
        text = NAVY.lstrip("#") if is_importance else "FFFFFF"
        cell.font = Font(name=FONT, bold=not is_importance, color=text)
        cell.fill = PatternFill("solid", fgColor=colour.lstrip("#"))
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        usual = _IMPORTANCE_WIDTH if is_importance else _USUAL_WIDTH
        width = {**IDENTITE, **_WIDTHS}.get(header, usual)
        sheet.column_dimensions[column_letter(number)].width = width
    sheet.freeze_panes = f"C{HEADER_ROW + 1}"
    sheet.row_dimensions[HEADER_ROW].height = _HEADER_HEIGHT
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
