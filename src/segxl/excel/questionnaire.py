"""The questionnaire to fill: one row per client, the two scores, the grid, how much each question matters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from segxl.domain.anomalies import file_error
from segxl.domain.grille import Critere
from segxl.domain.satisfaction import CSAT, ECHELLES, NPS
from segxl.domain.tableau import column_letter
from segxl.excel.first_use import GREEN, NAVY
from segxl.excel.ooxml.archive import announcing_refusals, refuse_existing

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

SUFFIX = ".xlsx"
SHEET, ANSWERS = "Questionnaire", "Réponses possibles"
IDENTITE = {"Dossier": 12, "Raison sociale": 32}
QUESTIONS = {CSAT: "Satisfaction (de 1 à 5)", NPS: "Recommandation (de 0 à 10)"}
"""The titles of the two scores, which the import recognises."""
COMMENTAIRE = "Commentaire"
IMPORTANT, ECHELLE = "Important pour vous : ", (1, 5)
"""The title of how much a question matters, before that of the question, and the answers."""
HEADER_ROW = 5
_SCALES = "Satisfaction : 1 pas du tout, 5 tout à fait. Recommander le cabinet : 0 certainement pas, 10 certainement. « Important pour vous » : 1 pas du tout, 5 beaucoup. Une question peut rester sans réponse."
_SEVERAL = "Pour le cabinet seul : ce fichier nomme plusieurs clients, il ne s’envoie à aucun d’eux. Pour un client, faites un questionnaire à son seul dossier."
_PRIVATE = "Vos réponses ne sont lues que par votre cabinet."
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_WIDTHS = {"Date": 12, COMMENTAIRE: 50}
_USUAL_WIDTH, _HEADER_HEIGHT = 24, 64
_PALE, _IMPORTANCE_WIDTH = "#DDE5EE", 19
_FONT = "Calibri"


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
    """Return the workbook of a questionnaire."""
    from openpyxl import Workbook  # noqa: PLC0415  paid by the command that writes one

    book = Workbook()
    sheet: Worksheet = book.create_sheet(SHEET, 0)
    del book[book.sheetnames[1]]
    asked = [title for c in criteres for title in (c.libelle, f"{IMPORTANT}{c.libelle}")]
    headers = [*IDENTITE, "Date", *QUESTIONS.values(), COMMENTAIRE, *asked]
    _write_titles(sheet, headers, alone=len(clients) == 1)
    for row, (dossier, nom) in enumerate(clients, HEADER_ROW + 1):
        _write_text(sheet, row, 1, dossier)
        _write_text(sheet, row, 2, nom)
        sheet.cell(row, 3, au).number_format = "dd/mm/yyyy"
    last = HEADER_ROW + max(len(clients), 1)
    lists = {title: _scale_of(*ECHELLES[score]) for score, title in QUESTIONS.items()}
    lists |= {f"{IMPORTANT}{c.libelle}": _scale_of(*ECHELLE) for c in criteres}
    lists |= _write_lists(book, criteres)
    for number, header in enumerate(headers, 1):
        if header in lists:
            letter = column_letter(number)
            _restrict(sheet, f"{letter}{HEADER_ROW + 1}:{letter}{last}", lists[header])
    return book


def _write_titles(sheet: Worksheet, headers: Sequence[str], *, alone: bool) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415

    sheet["A1"] = "Questionnaire"
    sheet["A1"].font = Font(name=_FONT, bold=True, size=16, color=NAVY.lstrip("#"))
    sheet["A2"] = _SCALES
    sheet["A3"] = _PRIVATE if alone else _SEVERAL
    for number, header in enumerate(headers, 1):
        cell = _write_text(sheet, HEADER_ROW, number, header)
        is_importance = header.startswith(IMPORTANT)
        colour = GREEN if header in IDENTITE else _PALE if is_importance else NAVY
        text = NAVY.lstrip("#") if is_importance else "FFFFFF"
        cell.font = Font(name=_FONT, bold=not is_importance, color=text)
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


def _scale_of(least: int, most: int) -> str:
    """Return the answers of a scale, as a list of Excel writes them in a file.

    >>> _scale_of(1, 5)
    '"1,2,3,4,5"'
    """
    return f'"{",".join(map(str, range(least, most + 1)))}"'


def _write_lists(book: Workbook, criteres: Sequence[Critere]) -> dict[str, str]:
    """Write the answers of each critère on a hidden sheet; return the cells they stand in.

    A list written in the rule itself would stop at 255 characters, and at the first comma.
    """
    sheet = book.create_sheet(ANSWERS)
    sheet.sheet_state = "hidden"
    places: dict[str, str] = {}
    for critere in criteres:
        answers = [niveau.reponse for niveau in critere.niveaux if niveau.reponse]
        if answers:
            column = len(places) + 1
            for row, answer in enumerate(answers, 1):
                _write_text(sheet, row, column, answer)
            letter = column_letter(column)
            places[critere.libelle] = f"'{ANSWERS}'!${letter}$1:${letter}${len(answers)}"
    return places


def _restrict(sheet: Worksheet, cells: str, answers: str) -> None:
    """Let cells take the answers of a list only."""
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    rule = DataValidation(
        type="list",
        formula1=answers,
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="Réponse inconnue",
        error="Choisissez dans la liste, ou laissez la cellule vide.",
    )
    rule.add(cells)
    sheet.add_data_validation(rule)


def _write_text(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Write a text as a text, even one that looks like a formula."""
    cell: Cell = sheet.cell(row, column, _FORBIDDEN.sub("", text))
    cell.data_type = "s"
    return cell
