"""The sheet Journal: what was said, tried and agreed with each client, day by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.identifiants import key_of
from segxl.domain.journal import CANAUX, TYPES
from segxl.domain.saisie import parse_column, parse_date
from segxl.domain.segments.effort import count_efforts
from segxl.domain.tableau import Tableau
from segxl.excel.courriers import TABLE as COURRIERS
from segxl.excel.courriers import read_drafts
from segxl.excel.layout import JOURNAL_WIDTHS
from segxl.excel.port import Workbook
from segxl.excel.refusals import refuse_stranger

TABLE = "Journal"
NOTE = (
    f"Une ligne par échange. Canal : {', '.join(CANAUX)}. Type : {', '.join(TYPES)} ; vide veut dire échange.\n"
    "Une réclamation reste ouverte, et aucune relance ne part, tant que « Clos le » est vide. Une ligne Rendez-vous ou Visio du mois retire le client de la liste À rencontrer."
)
JOURS = ("Date", "Suite le", "Clos le")


def read_journal(workbook: Workbook) -> pd.DataFrame:
    """Return the exchanges of the firm with its clients.

    Returns
    -------
    DataFrame of object, shape (n, 9)
        The headers of ``JOURNAL_WIDTHS``, in the order of the sheet, indexed by Excel row; the
        three days as dates, None where blank or unreadable. No row without a table Journal.
    """
    headers = [*JOURNAL_WIDTHS]
    if not workbook.has_table(TABLE):
        return pd.DataFrame(columns=headers, dtype=object)
    lignes = _read(workbook).lignes.reindex(columns=headers)
    told = lignes[lignes["Dossier"].notna()]
    days = {h: parse_column(told[h], parse_date) for h in JOURS}
    return told.assign(Dossier=parse_column(told["Dossier"], key_of), **days)


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


def record_echange(workbook: Workbook, ligne: Mapping[str, object]) -> None:
    """Add one exchange at the end of the journal; the sheet appears with the first.

    Raises
    ------
    SaisieError
        A table of that name lacks a column that the exchange fills.
    """
    if workbook.has_table(TABLE):
        refuse_stranger(_read(workbook), [h for h in JOURNAL_WIDTHS if ligne.get(h)])
    else:
        workbook.add_table(TABLE, TABLE, JOURNAL_WIDTHS, note=NOTE)
    row = pd.DataFrame([[ligne.get(h) or None for h in JOURNAL_WIDTHS]], columns=[*JOURNAL_WIDTHS])
    workbook.append_rows(TABLE, row.astype(object))


def _read(workbook: Workbook) -> Tableau:
    journal = workbook.read_table(TABLE).canonical([*JOURNAL_WIDTHS])
    refuse_stranger(journal, ("Date", "Dossier", "Objet"))
    return journal
