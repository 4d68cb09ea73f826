"""The tables behind the charts on the later pages of Tableau de bord; a workbook of before has none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from segxl.domain.anomalies import Anomalie, Gravite, SaisieError
from segxl.excel.port import Workbook

MATRICE, CARTE, NPS = "GraphMatrice", "GraphCarte", "GraphNps"
PARETO, GROS, CLASSES = "GraphPareto", "GraphGros", "GraphClasses"
AVANT_APRES = "AvantApres"
"""Before and after, under the charts."""
CHART_KEPT, SUMMARY_KEPT = "son graphique reste comme avant", "il reste comme avant"


def replace_where_present(workbook: Workbook, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write whole tables, those that the workbook has."""
    for table, rows in tables.items():
        if workbook.has_table(table):
            workbook.replace_rows(table, rows)


def draw_where_present(
    workbook: Workbook, tables: Mapping[str, pd.DataFrame], kept: str = CHART_KEPT
) -> tuple[Anomalie, ...]:
    """Write the rows behind the charts, or of a summary; return why some stay as they were.

    A total or a note under such a table leaves it no room: neither is a reason to keep the notes
    of the clients from being written. ``kept`` says what the reader still sees.
    """
    refused: list[Anomalie] = []
    for table, rows in tables.items():
        try:
            replace_where_present(workbook, {table: rows})
        except SaisieError as error:
            refused += soften(error, kept)
    return tuple(refused)


def soften(error: SaisieError, kept: str) -> list[Anomalie]:
    """Return what refused a table that the notes do not need; ``kept`` says what the reader still sees."""
    return [
        replace(a, gravite=Gravite.A_CORRIGER, problem=f"{a.problem} ; {kept}")
        for a in error.anomalies
    ]
