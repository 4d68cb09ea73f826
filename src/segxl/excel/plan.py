"""The sheets Plan and À rencontrer: what is planned with each client, and whom to see this month."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from segxl.domain.lecture_plan import PLAN
from segxl.domain.priorite import name_formule
from segxl.domain.tableau import Tableau
from segxl.excel.port import Workbook
from segxl.excel.refusals import refuse_stranger

TABLE, SHEET = "Plan", "Plan"
MEETINGS, MEETINGS_SHEET = "ARencontrer", "À rencontrer"
WIDTHS: Mapping[str, float] = dict(
    zip(PLAN, (11, 26, 9, 32, 16, 13, 13, 27, 58, 12, 30, 13, 32, 16), strict=True)
)
MEETINGS_WIDTHS: Mapping[str, float] = {
    "Rang": 7,
    "Dossier": 11,
    "Raison sociale": 30,
    "Responsable": 20,
    "Date prévue": 13,
    "Raison": 62,
}
NOTE = (
    name_formule()
    + "\nÉtape, Responsable et Date prévue sont à vous : ce que vous y changez est gardé et compté ; une cellule vidée redemande une proposition."
)
MEETINGS_NOTE = (
    "Les premiers par priorité que personne n’a encore rencontrés ce mois-ci (Journal : Rendez-vous ou Visio ; Plan : Fait le).\n"
    + name_formule()
)
RED = ("#F8696B", "#1F1F1F")
"""The red of the notes: one palette for the whole workbook."""
ALERTE = "Alerte"


def read_plan(workbook: Workbook) -> tuple[Tableau, Mapping[str, Mapping[int, str]]]:
    """Return the table Plan and its formulas; an empty one where there is none yet.

    Raises
    ------
    SaisieError
        A table of that name is not segxl's.
    """
    if not workbook.has_table(TABLE):
        return Tableau.of(TABLE, PLAN, []), {}
    plan = workbook.read_table(TABLE).canonical(PLAN)
    refuse_stranger(plan, ("Dossier", "Date prévue"))
    spelling = {found: header for header in PLAN if (found := plan.header(header))}
    formulas = workbook.read_formulas(TABLE)
    return plan, {spelling.get(h, h): rows for h, rows in formulas.items()}


def write_plan(
    workbook: Workbook,
    headers: Collection[str],
    changed: Sequence[pd.DataFrame],
    added: pd.DataFrame,
) -> None:
    """Write the plan in place: rows stay where their users put them, new ones come last.

    Parameters
    ----------
    workbook : Workbook
        The sheet appears with its first rows.
    headers : collection of str
        Those that the table has already.
    changed : sequence of DataFrame
        Columns to write on some Excel rows; a cell that holds a formula is left alone.
    added : DataFrame
        New rows, in their order.
    """
    is_new = not workbook.has_table(TABLE)
    if is_new:
        workbook.add_table(TABLE, SHEET, WIDTHS, note=NOTE)
    else:
        workbook.add_columns(TABLE, [h for h in PLAN if h not in headers])
    for columns in changed:
        if not columns.empty:
            workbook.write_columns(TABLE, columns, keep_formulas=True)
    workbook.append_rows(TABLE, added)
    words = pd.concat([c[ALERTE] for c in (added, *changed) if ALERTE in c]).dropna().unique()
    if is_new or ALERTE in headers:  # else the colours wait for the column, which is on its way
        workbook.paint_words(TABLE, ALERTE, [ALERTE], dict.fromkeys(sorted(words), RED))


def write_meetings(workbook: Workbook, rows: pd.DataFrame) -> None:
    """Put the clients to meet in place of the last ones; the sheet appears with the first plan."""
    if not workbook.has_table(MEETINGS):
        workbook.add_table(MEETINGS, MEETINGS_SHEET, MEETINGS_WIDTHS, note=MEETINGS_NOTE)
    else:
        refuse_stranger(workbook.read_table(MEETINGS), ("Dossier", "Raison"))
    workbook.replace_rows(MEETINGS, rows)
