"""The sheet Courriers: every draft on record, with the fingerprint that proves what was written."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from datetime import date

import pandas as pd

from segxl.domain.identifiants import key_of
from segxl.domain.relation.contacts import is_internal, sent_day
from segxl.domain.saisie import parse_column, parse_date
from segxl.excel.layout import COURRIERS_WIDTHS
from segxl.excel.own_tables import make_table
from segxl.excel.port import Workbook
from segxl.excel.refusals import refuse_stranger

TABLE, PAR, STATUT = "Courriers", "Choisi par", "Statut"


def read_empreintes(workbook: Workbook) -> dict[str, str]:
    """Return the fingerprints of all drafts on record, each with the model it was made from."""
    lignes = _read(workbook)
    known = lignes[lignes["Empreinte"].notna()]
    return dict(zip(known["Empreinte"].map(str), known["Modèle"].map(str), strict=True))


def read_dossiers_with_courrier(workbook: Workbook) -> frozenset[str]:
    """Return the dossiers that have a draft on record."""
    return frozenset(_read_letters(workbook)["Dossier"].dropna().map(key_of))


def read_envois(workbook: Workbook) -> list[tuple[str, date | None]]:
    """Return the dossier and the day of each letter that left, as « Statut » says."""
    lignes = _read(workbook)
    told = lignes[lignes["Dossier"].notna()]
    days = parse_column(told["Date"], parse_date)
    sent = [sent_day(*cells) for cells in zip(days, told["Statut"], strict=True)]
    return [*zip(parse_column(told["Dossier"], key_of), sent, strict=True)]


def read_drafts(workbook: Workbook) -> list[tuple[str, str, date]]:
    """Return the dossier, the model and the day of each draft on record that has all three."""
    lignes = _read_letters(workbook)
    told = lignes[lignes["Dossier"].notna() & lignes["Modèle"].notna()]
    days = parse_column(told["Date"], parse_date)
    keys = parse_column(told["Dossier"], key_of)
    lines = zip(keys, told["Modèle"].map(str), days, strict=True)
    return [(key, modele, day) for key, modele, day in lines if isinstance(day, date)]


def _read_letters(workbook: Workbook) -> pd.DataFrame:
    """Return the drafts that a client may read."""
    lignes = _read(workbook)
    return lignes[~lignes[STATUT].map(is_internal).astype(bool)]


def _read(workbook: Workbook) -> pd.DataFrame:
    headers = [*COURRIERS_WIDTHS]
    if not workbook.has_table(TABLE):
        return pd.DataFrame(columns=headers, dtype=object)
    courriers = workbook.read_table(TABLE).canonical(headers)
    refuse_stranger(courriers, ("Dossier", "Empreinte"))
    return courriers.lignes.reindex(columns=headers)


def record_courriers(
    workbook: Workbook, known: Container[str], lignes: Sequence[Mapping[str, object]]
) -> None:
    """Add the drafts that are not on record yet; the sheet appears with the first one."""
    new = [ligne for ligne in lignes if ligne["Empreinte"] not in known]
    if not new:
        return
    make_table(workbook, TABLE, TABLE, COURRIERS_WIDTHS, "")
    workbook.append_rows(TABLE, pd.DataFrame(new, columns=list(COURRIERS_WIDTHS), dtype=object))
