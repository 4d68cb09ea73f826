"""The sheet Journal: what was said, tried and agreed with each client, day by day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.identifiants import key_of
from segxl.domain.journal import (
    CANAUX,
    DELAI,
    DELAI_MAX,
    JOURS_DE_SUITE,
    REPONDU,
    TYPES,
    is_demande,
    is_reclamation,
)
from segxl.domain.parametres import require_among
from segxl.domain.reglages import POLICY_HEADERS
from segxl.domain.saisie import parse_column, parse_date
from segxl.domain.segments.effort import count_efforts
from segxl.domain.tableau import Tableau
from segxl.excel.courriers import TABLE as COURRIERS
from segxl.excel.courriers import read_drafts
from segxl.excel.layout import JOURNAL_WIDTHS
from segxl.excel.port import Workbook
from segxl.excel.refusals import refuse_stranger

TABLE, PARAMETRES = "Journal", "Parametres"
NOTE = (
    f"Une ligne par échange. Canal : {', '.join(CANAUX)}. Type : {', '.join(TYPES)} ; vide veut dire échange.\n"
    "Une réclamation reste ouverte, et aucune relance ne part, tant que « Clos le » est vide. Une ligne Rendez-vous ou Visio du mois retire le client de la liste À rencontrer.\n"
    "Une ligne Questionnaire remis, que segxl écrit ou que vous tapez, garde le client d’une autre enquête pendant 60 jours.\n"
    "Ce que vous demandez au client : une ligne Demande, et le jour de sa réponse dans « Répondu le ». La feuille Relation en tire son délai de réponse."
)
JOURS = ("Date", "Suite le", "Clos le", REPONDU)
SILENT = {
    "Type": "aucune réclamation, aucune demande n’y est vue",
    "Clos le": "rien n’y est jamais clos",
}
"""What is lost without a column that somebody renamed or took away."""


def read_journal(workbook: Workbook) -> pd.DataFrame:
    """Return the exchanges of the firm with its clients.

    Returns
    -------
    DataFrame of object, shape (n, 10)
        The headers of ``JOURNAL_WIDTHS``, in the order of the sheet, indexed by Excel row; the
        four days as dates, None where blank or unreadable. No row without a table Journal.
    """
    headers = [*JOURNAL_WIDTHS]
    if not workbook.has_table(TABLE):
        return pd.DataFrame(columns=headers, dtype=object)
    lignes = _read(workbook).lignes.reindex(columns=headers)
    told = lignes[lignes["Dossier"].notna()]
    days = {h: parse_column(told[h], parse_date) for h in JOURS}
    return told.assign(Dossier=parse_column(told["Dossier"], key_of), **days)


def read_delai(workbook: Workbook) -> int:
    """Return the days after which a meeting, or the answer to a complaint, is followed up.

    Raises
    ------
    SaisieError
        What was typed is no number of days.
    """
    typed: dict[str, object] = {}
    if workbook.has_table(PARAMETRES):
        headers = POLICY_HEADERS[PARAMETRES]
        lignes = workbook.read_table(PARAMETRES).canonical(headers).lignes.reindex(columns=headers)
        typed = {str(nom): value for nom, value in lignes.to_numpy() if nom is not None}
    return int(require_among(typed, DELAI, JOURS_DE_SUITE, 0, DELAI_MAX))


def read_efforts(workbook: Workbook, dossiers: Sequence[str], au: date) -> pd.Series | None:
    """Count the commercial effort spent on each client; None where no sheet keeps any.

    See ``domain.segments.effort.count_efforts``.
    """
    if not workbook.has_table(TABLE) and not workbook.has_table(COURRIERS):
        return None
    letters = [(key, day) for key, _, day in read_drafts(workbook)]
    return count_efforts(read_journal(workbook), letters, dossiers, au)


def name_ligne(workbook: Workbook, row: int, problem: str, remedy: str) -> Anomalie:
    """Say what a row of the journal entails; the message shows its subject."""
    return _read(workbook).anomalie("Objet", row, problem, remedy)


def find_wrong(workbook: Workbook) -> Iterator[Anomalie]:
    """Yield the columns that the table Journal lacks, and the answers that cannot be."""
    if not workbook.has_table(TABLE):
        return
    journal = _read(workbook)
    for header, lost in SILENT.items():
        if header not in journal.letters:
            problem = f"le tableau Journal n’a pas la colonne « {header} » : {lost}"
            yield Anomalie(sheet=journal.sheet, cell="", value=None, problem=problem, remedy=_restore(journal, header))  # fmt: skip
    if REPONDU not in journal.letters:
        return
    read = read_journal(workbook)
    for row, asked, answered in zip(read.index, read["Date"], read[REPONDU], strict=True):
        if answered is None and str(journal.lignes.at[row, REPONDU] or "").strip():
            yield journal.anomalie(REPONDU, row, f"« {REPONDU} » n’est pas une date", "saisissez par exemple 15/09/2026")  # fmt: skip
        elif isinstance(asked, date) and isinstance(answered, date) and answered < asked:
            yield journal.anomalie(REPONDU, row, "la réponse vient avant la demande", f"corrigez « Date » ou « {REPONDU} »")  # fmt: skip


def _restore(journal: Tableau, header: str) -> str:
    """Say how to give a column back; one that holds the words of « Type » is named."""
    others = [h for h in journal.letters if h not in JOURNAL_WIDTHS and header == "Type"]
    kept = next((h for h in others if any(map(is_reclamation, journal.lignes[h]))), "")
    return f"redonnez le titre « {header} » à la colonne {f'« {kept} »' if kept else 'qui le dit'}, ou ajoutez-la au tableau"


def can_close(workbook: Workbook) -> bool:
    """Tell whether the table Journal has where to write that a complaint is closed."""
    return workbook.has_table(TABLE) and "Clos le" in _read(workbook).letters


def require_types(workbook: Workbook) -> None:
    """Raise when nobody can tell a complaint from an exchange: no letter may leave on a guess.

    Raises
    ------
    SaisieError
        The workbook has a table Journal without its column « Type ».
    """
    if workbook.has_table(TABLE):
        refuse_stranger(_read(workbook), ("Type",))


def record_reponse(workbook: Workbook, row: int, jour: date) -> None:
    """Write the day when a client answered the request of one row."""
    if REPONDU not in _read(workbook).letters:
        workbook.add_columns(TABLE, [REPONDU])
    workbook.write_cells(TABLE, {row: {REPONDU: jour}})


def record_echange(workbook: Workbook, ligne: Mapping[str, object]) -> None:
    """Add one exchange at the end of the journal: see :func:`record_echanges`."""
    record_echanges(workbook, [ligne])


def record_echanges(workbook: Workbook, lignes: Sequence[Mapping[str, object]]) -> None:
    """Add exchanges at the end of the journal; the sheet appears with the first.

    Raises
    ------
    SaisieError
        A table of that name lacks a column that an exchange fills.
    """
    if workbook.has_table(TABLE):
        journal = _read(workbook)
        refuse_stranger(journal, [h for h in JOURNAL_WIDTHS if any(x.get(h) for x in lignes)])
        if any(is_demande(x["Type"]) for x in lignes) and REPONDU not in journal.letters:
            workbook.add_columns(TABLE, [REPONDU])
    else:
        workbook.add_table(TABLE, TABLE, JOURNAL_WIDTHS, note=NOTE)
    cells = [[x.get(h) or None for h in JOURNAL_WIDTHS] for x in lignes]
    rows = pd.DataFrame(cells, columns=[*JOURNAL_WIDTHS], dtype=object)
    workbook.append_rows(TABLE, rows)


def _read(workbook: Workbook) -> Tableau:
    journal = workbook.read_table(TABLE).canonical([*JOURNAL_WIDTHS])
    refuse_stranger(journal, ("Date", "Dossier", "Objet"))
    return journal
