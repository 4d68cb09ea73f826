"""The sheet Courriers: every draft on record, with the fingerprint that proves what was written."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

import pandas as pd

from segxl.excel.layout import COURRIERS_WIDTHS
from segxl.excel.port import Workbook
from segxl.excel.refusals import refuse_stranger

TABLE = "Courriers"


def read_empreintes(workbook: Workbook) -> dict[str, str]:
    """Return the fingerprints of all drafts on record, each with the model it was made from."""
    lignes = _read(workbook)
    known = lignes[lignes["Empreinte"].notna()]
    return dict(zip(known["Empreinte"].map(str), known["Modèle"].map(str), strict=True))


def read_dossiers_with_courrier(workbook: Workbook) -> frozenset[str]:
    """Return the dossiers that have a draft on record."""
    return frozenset(_read(workbook)["Dossier"].dropna().map(str))


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
    if not workbook.has_table(TABLE):
        workbook.add_table(TABLE, TABLE, COURRIERS_WIDTHS)
    workbook.append_rows(TABLE, pd.DataFrame(new, columns=list(COURRIERS_WIDTHS), dtype=object))
