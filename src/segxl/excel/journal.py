"""The sheet Journal: what was said, tried and agreed with each client, day by day."""

from __future__ import annotations

import pandas as pd

from segxl.domain.identifiants import key_of
from segxl.domain.saisie import parse_column, parse_date
from segxl.excel.layout import JOURNAL_WIDTHS
from segxl.excel.port import Workbook
from segxl.excel.refusals import refuse_stranger

TABLE = "Journal"
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
    journal = workbook.read_table(TABLE).canonical(headers)
    refuse_stranger(journal, ("Date", "Dossier", "Objet"))
    lignes = journal.lignes.reindex(columns=headers)
    told = lignes[lignes["Dossier"].notna()]
    days = {h: parse_column(told[h], parse_date) for h in JOURS}
    return told.assign(Dossier=parse_column(told["Dossier"], key_of), **days)
