"""Each scenario of tests/scenarios/simulation.toml, on the portfolio of ten clients that it tells."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.simulations import portefeuille_of, simulate, told_of

from segxl.domain.simulation.portrait import Portrait
from segxl.faces.annonces_simulation import json_of_simulation

FILE = Path(__file__).parent / "scenarios" / "simulation.toml"
TOLD: dict[str, Any] = tomllib.loads(FILE.read_text("utf-8"))
SCENARIOS: list[dict[str, Any]] = TOLD["scenario"]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=[s["titre"] for s in SCENARIOS])
def test_a_scenario_gives_what_a_hand_computes(scenario: dict[str, Any]) -> None:
    workbook = portefeuille_of(TOLD["clients"], scenario["lignes"], TOLD["taux_horaire"])

    bilan = simulate(workbook)

    (told,) = json_of_simulation(bilan)["simulations"]
    after = {**told["apres"], **told["apres"]["classes"]}
    assert {key: told["avant"][key] for key in TOLD["avant"]} == TOLD["avant"]
    shown = {key: "n.d." if after[key] is None else after[key] for key in scenario["apres"]}
    assert shown == scenario["apres"]
    assert [x.split(" ", 1)[1].split(" :")[0] for x in told_of(bilan)] == scenario.get(
        "anomalies", []
    )


def test_every_scenario_says_why() -> None:
    assert [s["titre"] for s in SCENARIOS if not s.get("pourquoi")] == []


def test_a_portrait_is_what_the_page_shows() -> None:
    (essai,) = simulate(portefeuille_of(TOLD["clients"], SCENARIOS[0]["lignes"])).essais

    assert isinstance(essai.avant, Portrait)
    assert essai.apres.taux is not None
    assert essai.avant.taux is not None
    # A fifth of the portfolio less, ten points of margin more.
    assert essai.apres.clients == 0.8 * essai.avant.clients
    assert round(essai.apres.taux - essai.avant.taux, 9) == 0.1
