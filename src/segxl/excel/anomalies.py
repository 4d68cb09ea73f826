"""The sheet Anomalies: what to correct, each line one click away from its cell."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.excel.layout import ANOMALIES_WIDTHS
from segxl.excel.port import Workbook
from segxl.excel.refusals import refuse_stranger

TABLE = "Anomalies"
LONGEST_VALUE = 200


def write_anomalies(workbook: Workbook, anomalies: Sequence[Anomalie]) -> None:
    """List the anomalies; the sheet appears with the first one and says when there is none left."""
    if not workbook.has_table(TABLE):
        if not anomalies:
            return
        workbook.add_table(TABLE, TABLE, ANOMALIES_WIDTHS)
    else:
        refuse_stranger(workbook.read_table(TABLE), ("Cellule", "Problème"))
    rows = [
        (
            a.sheet,
            a.cell,
            "" if a.value is None else str(a.value)[:LONGEST_VALUE],
            a.problem,
            a.remedy,
            str(a.gravite),
        )
        for a in anomalies
    ]
    none_left = [("", "", "", "Aucune anomalie : tout se lit.", "", "")]
    workbook.replace_rows(
        TABLE, pd.DataFrame(rows or none_left, columns=list(ANOMALIES_WIDTHS), dtype=object)
    )
    workbook.link_cells(TABLE, "Cellule", [_target_of(a) for a in anomalies])


def _target_of(anomalie: Anomalie) -> str:
    """Return where a click leads; nowhere when the anomaly has no cell."""
    quoted = anomalie.sheet.replace("'", "''")
    return f"'{quoted}'!{anomalie.cell}" if anomalie.cell else ""
