"""The tables behind the charts on the later pages of Tableau de bord; a workbook of before has none."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from segxl.excel.port import Workbook

MATRICE, CARTE, NPS = "GraphMatrice", "GraphCarte", "GraphNps"
PARETO, GROS, CLASSES = "GraphPareto", "GraphGros", "GraphClasses"


def replace_where_present(workbook: Workbook, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write whole tables, those that the workbook has."""
    for table, rows in tables.items():
        if workbook.has_table(table):
            workbook.replace_rows(table, rows)
