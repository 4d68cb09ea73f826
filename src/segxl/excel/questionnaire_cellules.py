"""The cells of a questionnaire: texts that stay texts, and the answers that each may take."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from segxl.domain.grille import Critere
from segxl.domain.satisfaction import CSAT, NPS
from segxl.domain.tableau import column_letter

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

SHEET, ANSWERS = "Questionnaire", "Réponses possibles"
QUESTIONS = {CSAT: "Satisfaction (de 1 à 5)", NPS: "Recommandation (de 0 à 10)"}
"""The titles of the two scores, which the import recognises."""
COMMENTAIRE = "Commentaire"
HEADER_ROW = 5
IMPORTANT, ECHELLE = "Important pour vous", (1, 5)
"""How much a question matters, and the answers."""
SCALES = "Satisfaction : 1 pas du tout, 5 tout à fait. Recommander le cabinet : 0 certainement pas, 10 certainement. « Important pour vous » : 1 pas du tout, 5 beaucoup. Une question peut rester sans réponse."
FONT, PALE = "Calibri", "#DDE5EE"
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def scale_of(least: int, most: int) -> str:
    """Return the answers of a scale, as a list of Excel writes them in a file.

    >>> scale_of(1, 5)
    '"1,2,3,4,5"'
    """
    return f'"{",".join(map(str, range(least, most + 1)))}"'


def write_lists(book: Workbook, criteres: Sequence[Critere]) -> dict[str, str]:
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
                write_text(sheet, row, column, answer)
            letter = column_letter(column)
            places[critere.libelle] = f"'{ANSWERS}'!${letter}$1:${letter}${len(answers)}"
    return places


def restrict(sheet: Worksheet, cells: str, answers: str) -> None:
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


def write_text(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Write a text as a text, even one that looks like a formula."""
    cell: Cell = sheet.cell(row, column, _FORBIDDEN.sub("", text))
    cell.data_type = "s"
    return cell
