"""A workbook in memory of clients, their hours, and the scenarios tried on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
from tests.excel.fake import FakeWorkbook
from tests.relations import classeur_of, frame_of

from segxl.actions import simuler
from segxl.actions.simuler import BilanSimulation
from segxl.domain.simulation.gestes import HEADERS
from segxl.domain.valeur.temps import HEADERS as TEMPS
from segxl.excel.simulation import WIDTHS

AU = date(2026, 11, 22)
Rows = Sequence[Mapping[str, Any]]


def portefeuille_of(
    clients: Mapping[str, Sequence[float | None]],
    lignes: Rows = (),
    taux: float | None = 50,
    answers: Mapping[str, Mapping[str, object]] | None = None,
) -> FakeWorkbook:
    """Return clients with their fees and hours; ``answers`` are other cells of each dossier."""
    rows = [
        {"Dossier": key, "Honoraires annuels": fees, "Assujetti TVA": "Oui"} | {**(answers or {}).get(key, {})}
        for key, (fees, _) in clients.items()
    ]  # fmt: skip
    workbook = classeur_of(*rows)
    worked = [
        {"Dossier": key, "Date": AU, "Collaborateur": "AB", "Heures": hours, "Taux horaire": taux}
        for key, (_, hours) in clients.items()
        if hours is not None
    ]
    add(workbook, "Temps", frame_of(worked, [*TEMPS]))
    if lignes:
        named = [{"Scénario": "Essai"} | {**ligne} for ligne in lignes]
        add(workbook, "Scenarios", frame_of(named, [*WIDTHS]))
    workbook.save()
    return workbook


def add(workbook: FakeWorkbook, table: str, rows: pd.DataFrame) -> None:
    workbook.add_table(table, table, dict.fromkeys(map(str, rows.columns), 10.0))
    workbook.replace_rows(table, rows)


def simulate(workbook: FakeWorkbook, retenir: str = "") -> BilanSimulation:
    bilan = simuler.run(workbook, AU, retenir)
    workbook.save()
    return bilan


def told_of(bilan: BilanSimulation) -> list[str]:
    """Return the cells and the problems of what is to be corrected in the scenarios."""
    return [f"{a.cell} {a.problem}" for a in bilan.anomalies if a.sheet == "Scenarios"]


def cell_of(header: str, row: int = 2) -> str:
    return f"{chr(ord('A') + HEADERS.index(header))}{row}"
