"""The sheets that tell what was done for each client: Journal, Plan and Courriers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.identifiants import key_of
from segxl.domain.saisie import parse_column, parse_date
from segxl.domain.tableau import Tableau
from segxl.excel.journal import JOURS, read_journal
from segxl.excel.layout import COURRIERS_WIDTHS, JOURNAL_WIDTHS
from segxl.excel.port import Workbook
from segxl.excel.refusals import refuse_stranger

PLAN = ("Dossier", "Étape", "Responsable", "Date prévue", "Date légale", "Fait le", "Remarque")
HEADERS: Mapping[str, Sequence[str]] = {
    "Journal": (*JOURNAL_WIDTHS,),
    "Plan": PLAN,
    "Courriers": (*COURRIERS_WIDTHS,),
}
DAYS: Mapping[str, Sequence[str]] = {
    "Journal": JOURS,
    "Plan": ("Date prévue", "Fait le"),
    "Courriers": ("Date",),
}
NEEDED: Mapping[str, Sequence[str]] = {
    "Journal": ("Date", "Dossier", "Objet"),
    "Plan": ("Dossier", "Étape"),
    "Courriers": ("Date", "Dossier"),
}


def read_traces(workbook: Workbook) -> tuple[dict[str, Tableau], tuple[Anomalie, ...]]:
    """Return those of the three tables that the workbook has, and the days that cannot be read.

    Returns
    -------
    dict of str to Tableau
        Every header of ``HEADERS``, blank where the table lacks it; a dossier as text, a day as
        a date, None where blank or unreadable.
    tuple of Anomalie
        One per day that was typed and is none.

    Raises
    ------
    SaisieError
        A table of such a name is somebody else's: it lacks the columns that segxl fills.
    """
    typed = {name: _typed(workbook, name) for name in HEADERS if workbook.has_table(name)}
    read = {name: _parsed(workbook, tableau) for name, tableau in typed.items()}
    wrong = [a for name in typed for a in _find_unread(typed[name], read[name].lignes)]
    return read, tuple(wrong)


def _typed(workbook: Workbook, name: str) -> Tableau:
    tableau = workbook.read_table(name).canonical(HEADERS[name])
    refuse_stranger(tableau, NEEDED[name])
    lignes = tableau.lignes.dropna(how="all").reindex(columns=pd.Index(HEADERS[name]))
    return replace(tableau, lignes=lignes)


def _parsed(workbook: Workbook, typed: Tableau) -> Tableau:
    lignes = typed.lignes
    if typed.name == "Journal":
        # The Journal has one reader, which leaves out the lines of no dossier.
        read = read_journal(workbook).reindex(lignes.index)
    else:
        days = {h: parse_column(lignes[h], parse_date) for h in DAYS[typed.name]}
        read = lignes.assign(Dossier=parse_column(lignes["Dossier"], key_of), **days)
    return replace(typed, lignes=read.astype(object).where(read.notna(), None))


def _find_unread(typed: Tableau, read: pd.DataFrame) -> Iterator[Anomalie]:
    # A line of no dossier is named as such, not for its days.
    told = typed.lignes[typed.lignes["Dossier"].notna()]
    for header in DAYS[typed.name]:
        for row in told.index[told[header].notna() & read.loc[told.index, header].isna()]:
            problem = f"« {header} » doit être une date"
            yield typed.anomalie(header, row, problem, "saisissez-la ainsi : 12/10/2026")
