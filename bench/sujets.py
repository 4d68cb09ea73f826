"""What is measured on: the shipped policy, and workbooks of invented clients."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from segxl.actions import nouveau
from segxl.domain.grille import Grille
from segxl.domain.reglages import Reglages
from segxl.excel.cabinet import fill_cabinet
from segxl.excel.file import FileWorkbook
from segxl.excel.reglages import read_portefeuille
from segxl.shipped import shipped_path
from segxl.sources.demonstration import invent_cabinet, invent_clients

SEED = 1


@cache
def shipped_reglages() -> Reglages:
    """Return the policy of the template: 11 critères FE and 5 Enjeu."""
    template = FileWorkbook(shipped_path(nouveau.TEMPLATE), to_write=False)
    return read_portefeuille(template)[1]


def invent_dossiers(count: int, *grilles: Grille) -> pd.DataFrame:
    """Make up clients who answer these grids."""
    return invent_clients(count, SEED, [c for g in grilles for c in g.criteres])


def make_workbook(path: Path, clients: int) -> Path:
    """Fill the template with invented clients, not scored yet."""
    workbook = FileWorkbook(nouveau.run(path))
    workbook.append_rows("Clients", invent_dossiers(clients, *shipped_reglages().grilles))
    fill_cabinet(workbook, invent_cabinet())
    workbook.save()
    return path
