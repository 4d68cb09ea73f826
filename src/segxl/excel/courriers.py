"""The sheet Courriers: every draft on record, with the fingerprint that proves what was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from segxl.excel.layout import COURRIERS_WIDTHS
from segxl.excel.port import Workbook
from segxl.excel.refusals import refuse_stranger

TABLE = "Courriers"


def read_empreintes(workbook: Workbook) -> frozenset[str]:
    """Return the fingerprints of all drafts on record."""
    return _read(workbook, "Empreinte")


def read_dossiers_with_courrier(workbook: Workbook) -> frozenset[str]:
    """Return the dossiers that have a draft on record."""
    return _read(workbook, "Dossier")


def _read(workbook: Workbook, header: str) -> frozenset[str]:
    if not workbook.has_table(TABLE):
        return frozenset()
    courriers = workbook.read_table(TABLE).canonical(COURRIERS_WIDTHS)
    refuse_stranger(courriers, ("Dossier", "Empreinte"))
    return frozenset(courriers.lignes[header].dropna().map(str))


def record_courriers(
    workbook: Workbook, known: frozenset[str], lignes: Sequence[Mapping[str, object]]
) -> None:
    """Add the drafts that are not on record yet; the sheet appears with the first one."""
    new = [ligne for ligne in lignes if ligne["Empreinte"] not in known]
    if not new:
        return
    if not workbook.has_table(TABLE):
        workbook.add_table(TABLE, TABLE, COURRIERS_WIDTHS)
    workbook.append_rows(TABLE, pd.DataFrame(new, columns=list(COURRIERS_WIDTHS), dtype=object))
