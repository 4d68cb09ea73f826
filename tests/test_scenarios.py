"""Each scenario of tests/scenarios, run on the workbook that ships."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from segxl.domain.reglages import Reglages
from segxl.domain.resultats import rate_dossiers
from segxl.domain.tableau import Tableau
from segxl.excel.file import FileWorkbook
from segxl.excel.reglages import read_portefeuille
from segxl.shipped import shipped_path

SCENARIOS: list[dict[str, Any]] = [
    scenario
    for path in sorted((Path(__file__).parent / "scenarios").glob("facturation_*.toml"))
    for scenario in tomllib.loads(path.read_text("utf-8"))["scenario"]
]


@pytest.fixture(scope="session")
def portefeuille() -> tuple[Tableau, Reglages]:
    clients, reglages, _ = read_portefeuille(
        FileWorkbook(shipped_path("workbook/portefeuille.xlsx"))
    )
    return clients, reglages


@pytest.mark.parametrize("scenario", SCENARIOS, ids=[s["titre"] for s in SCENARIOS])
def test_a_situation_leads_to_its_outcome(
    portefeuille: tuple[Tableau, Reglages], scenario: dict[str, Any]
) -> None:
    clients, reglages = portefeuille
    row = {"Dossier": "D1"} | scenario.get("situation", {}) | scenario["reponses"]
    headers = [*clients.letters]
    table = Tableau.of("Clients", headers, [[row.get(h) for h in headers]])

    resultats = rate_dossiers(table, reglages)

    assert set(row) <= set(headers)
    assert _outcome(resultats.lignes, resultats.etapes, reglages) == _expected(scenario["attendu"])


def _outcome(lignes: pd.DataFrame, etapes: pd.DataFrame, reglages: Reglages) -> dict[str, object]:
    note, code = lignes["Note FE"].item(), etapes["code"].item()
    libelles = {c.code: c.libelle for c in reglages.fe.criteres}
    return {
        "note": None if pd.isna(note) else note,
        "couleur": lignes["Couleur"].item(),
        "segment": lignes["Segment"].item(),
        "completude": round(lignes["Complétude"].item(), 4),
        "etape": None if pd.isna(code) else libelles[code],
    }


def _expected(attendu: dict[str, object]) -> dict[str, object]:
    return {"note": None, "etape": None} | attendu


def test_the_scenarios_cover_every_segment_and_every_colour(
    portefeuille: tuple[Tableau, Reglages],
) -> None:
    _, reglages = portefeuille

    seen = [s["attendu"] for s in SCENARIOS]

    assert {a["segment"] for a in seen} == {r.segment for r in reglages.segments}
    assert {a["couleur"] for a in seen} == {c.nom for c in reglages.couleurs}


def test_every_scenario_shows_its_computation() -> None:
    assert [s["titre"] for s in SCENARIOS if not s.get("calcul")] == []
    assert len({s["titre"] for s in SCENARIOS}) == len(SCENARIOS)
