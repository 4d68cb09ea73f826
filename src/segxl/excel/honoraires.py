"""The sheet Honoraires: what the firm billed, one invoice a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.honoraires.factures import (
    DOSSIER,
    HEADERS,
    JOUR,
    MONTANT,
    PAYEE,
    PIECE,
    RETARD,
    SOURCE,
    days_late,
)
from segxl.domain.identifiants import key_of
from segxl.domain.saisie import is_error, parse_column, parse_date, parse_number
from segxl.domain.tableau import Tableau
from segxl.domain.textes import fold
from segxl.excel.own_tables import make_table, read_lines
from segxl.excel.port import Workbook

TABLE, SHEET = "Honoraires", "Honoraires"
WIDTHS: Mapping[str, float] = {
    JOUR: 12,
    DOSSIER: 14,
    MONTANT: 14,
    PAYEE: 12,
    RETARD: 16,
    SOURCE: 34,
    PIECE: 20,
}
DEVISE = "Devise"
"""A column of the firm's own: what is not in euros is left out."""
NOTE = (
    "Une ligne par facture du cabinet, hors taxes ; un avoir est négatif.\n"
    "Payée le : le dernier règlement, d’après le lettrage ; le FEC de l’année suivante complète les cases restées vides. Vous pouvez taper la date.\n"
    "Jours de retard : au-delà du « Délai de paiement (jours) » de la feuille Paramètres, 30 s’il n’y est pas."
)


def read_honoraires(workbook: Workbook) -> tuple[pd.DataFrame, tuple[Anomalie, ...]]:
    """Return the invoices on record, and what cannot be read of them.

    Returns
    -------
    DataFrame of object
        Indexed by Excel row, the columns of ``HEADERS``: days, cents, whole days late, texts; None
        or "" where blank. No row without a table Honoraires.

    Raises
    ------
    SaisieError
        A table of that name is not segxl's.
    """
    found = read_lines(workbook, TABLE, (*HEADERS, DEVISE), (JOUR, DOSSIER, MONTANT))
    if found is None:
        return pd.DataFrame(columns=[*HEADERS], dtype=object), ()
    table, filled = found
    is_foreign = ~filled[DEVISE].map(_is_in_euros).astype(bool)
    foreign = [*_find_foreign(table, filled.index[is_foreign])]
    filled = filled[~is_foreign]
    columns: dict[str, pd.Series] = {
        JOUR: parse_column(filled[JOUR], parse_date),
        DOSSIER: parse_column(filled[DOSSIER], key_of),
        MONTANT: _cents(filled[MONTANT]),
        PAYEE: parse_column(filled[PAYEE], parse_date),
        RETARD: parse_column(filled[RETARD], parse_number),
        **{h: pd.Series([_text(v) for v in filled[h]], filled.index) for h in (SOURCE, PIECE)},
    }
    read = filled.assign(**columns).astype(object)
    read = read.where(read.notna(), None)
    anomalies = (*foreign, *_find_unread(table, filled, read))
    return read[read[JOUR].notna() & read[MONTANT].notna()][[*HEADERS]], anomalies


def find_doubts(workbook: Workbook) -> dict[str, Anomalie]:
    """Return the folded number of each client whose invoices cannot all be read → the first flaw."""
    anomalies = read_honoraires(workbook)[1]
    if not anomalies:
        return {}
    lignes = workbook.read_table(TABLE).canonical(HEADERS).lignes
    doubts: dict[str, Anomalie] = {}
    for anomalie in anomalies:
        row = int(anomalie.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        doubts.setdefault(fold(key_of(lignes.at[row, DOSSIER])), anomalie)
    return doubts


def find_late(known: pd.DataFrame, delai: int) -> dict[int, dict[str, object]]:
    """Return the cells « Jours de retard » that the dates, or another delay, make wrong."""
    changes: dict[int, dict[str, object]] = {}
    columns = (known[h] for h in (JOUR, PAYEE, RETARD, MONTANT))
    for row, jour, payee, told, cents in zip(known.index, *columns, strict=True):
        late = days_late(jour, payee, delai) if cents > 0 else None
        if late is not None and late != told:
            changes[int(row)] = {RETARD: late}
    return changes


def write_honoraires(
    workbook: Workbook, changes: Mapping[int, Mapping[str, object]], added: pd.DataFrame
) -> None:
    """Write what changes in the invoices on record, then the new ones; the sheet appears with them.

    ``added`` has the headers of the sheet, its amounts in cents.
    """
    make_table(workbook, TABLE, SHEET, WIDTHS, NOTE)
    if changes:
        workbook.write_cells(TABLE, changes)
    if len(added):
        euros = added[MONTANT].astype("int64") / 100
        rows = added.assign(**{MONTANT: euros})[[*HEADERS]].astype(object)
        workbook.append_rows(TABLE, rows.where(rows.notna(), None))


def _text(value: object) -> str:
    return "" if value is None or is_error(value) else key_of(value)


def _cents(values: pd.Series) -> pd.Series:
    numbers = parse_column(values, parse_number)
    cents = [None if n is None or n != n else round(n * 100) for n in numbers]  # noqa: PLR0124  NaN is the only value unlike itself
    return pd.Series(cents, index=values.index, dtype=object)


def _is_in_euros(value: object) -> bool:
    """Tell whether a cell « Devise » says euros, or nothing."""
    # Without the column, its cells are NaN, the only value unlike itself.
    return value != value or fold(_text(value)) in {"", "eur", "euro", "euros", "€"}  # noqa: PLR0124


def _find_foreign(table: Tableau, rows: pd.Index) -> Iterator[Anomalie]:
    """Yield the invoices in another currency, that cannot be summed with the others."""
    for row in rows:
        problem = "cette facture n’est pas en euros : elle ne compte pas"
        remedy = "convertissez le montant en euros, et videz « Devise »"
        yield table.anomalie(DEVISE, row, problem, remedy)


def _find_unread(table: Tableau, typed: pd.DataFrame, read: pd.DataFrame) -> Iterator[Anomalie]:
    """Yield the cells that somebody typed and that count for nothing."""
    for row in typed.index[read[JOUR].isna()]:
        problem = "la date de cette facture ne se lit pas"
        yield table.anomalie(JOUR, row, problem, "écrivez-la JJ/MM/AAAA")
    for row in typed.index[read[MONTANT].isna()]:
        problem = "le montant de cette facture ne se lit pas"
        yield table.anomalie(MONTANT, row, problem, "saisissez un nombre, sans lettre")
    for row in typed.index[typed[PAYEE].notna() & read[PAYEE].isna()]:
        problem = "la date de paiement ne se lit pas"
        yield table.anomalie(PAYEE, row, problem, "écrivez-la JJ/MM/AAAA, ou videz la cellule")
