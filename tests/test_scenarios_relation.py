"""Each scenario of tests/scenarios/relation.toml, on the settings that ship."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.relations import classeur_of, relation_of

FILE = Path(__file__).parent / "scenarios" / "relation.toml"
TOLD: dict[str, list[dict[str, Any]]] = tomllib.loads(FILE.read_text("utf-8"))
SCENARIOS, RECLAMATIONS = TOLD["scenario"], TOLD["reclamation"]
SHEETS = ("journal", "enquete", "honoraires", "registre")


@pytest.mark.parametrize("scenario", SCENARIOS, ids=[s["titre"] for s in SCENARIOS])
def test_a_situation_says_how_the_relation_stands(scenario: dict[str, Any]) -> None:
    sheets = {name: scenario[name] for name in SHEETS if name in scenario}
    workbook = classeur_of({"Dossier": "D1"} | scenario.get("client", {}), **sheets)

    (relation,) = relation_of(workbook).relations

    told = {
        "relation": relation.etat,
        "raisons": [r.replace("\u00a0", " ") for r in relation.signaux],
        "geste": relation.geste,
        "ambassadeur": relation.ambassadeur,
        "impaye": relation.impaye.montant / 100 if relation.impaye else 0.0,
        "relance": relation.relance,
    }
    assert {key: told[key] for key in scenario["attendu"]} == scenario["attendu"]


@pytest.mark.parametrize("scenario", RECLAMATIONS, ids=[s["titre"] for s in RECLAMATIONS])
def test_a_complaint_says_what_comes_next(scenario: dict[str, Any]) -> None:
    workbook = classeur_of(
        parametres=scenario.get("parametres"), registre=[{"objet": "Délai"} | scenario["registre"]]
    )

    relation_of(workbook)

    row = workbook.read_table("Reclamations").lignes.iloc[0]
    jour = row["À faire avant le"]
    assert (jour.isoformat() if jour else None) == scenario["attendu"].get("avant")
    assert scenario["attendu"]["lecture"] in row["À faire"]


def test_every_scenario_says_why() -> None:
    everything = [*SCENARIOS, *RECLAMATIONS]

    assert [s["titre"] for s in everything if not s.get("pourquoi")] == []
    assert {s["attendu"]["relation"] for s in SCENARIOS if "relation" in s["attendu"]} == {
        "À risque", "À surveiller", "Inconnue", "Sereine", "Terminée",
    }  # fmt: skip
