"""Each scenario of tests/scenarios/obligations.toml, on the law that ships."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from segxl.domain.normalisation import normalise
from segxl.domain.obligations import find_obligations
from segxl.sources.loi import read_loi

FILE = Path(__file__).parent / "scenarios" / "obligations.toml"
SCENARIOS: list[dict[str, Any]] = tomllib.loads(FILE.read_text("utf-8"))["scenario"]
TODAY = date(2026, 11, 22)
PERIODE = ("periode_du", "periode_au", "a_transmettre_avant")


@pytest.mark.parametrize("scenario", SCENARIOS, ids=[s["titre"] for s in SCENARIOS])
def test_a_situation_leads_to_what_the_law_asks(scenario: dict[str, Any]) -> None:
    dossier = normalise(pd.DataFrame([scenario["situation"]], dtype=object))

    answer = find_obligations(dossier, read_loi(), scenario.get("au", TODAY)).iloc[0]

    assert {key: _told(answer[key]) for key in scenario["attendu"]} == scenario["attendu"]
    if "periode" in scenario:
        assert [answer[h] for h in PERIODE if answer[h]] == scenario["periode"]
    assert scenario.get("doute", "") in " · ".join(answer["a_confirmer"])
    assert scenario.get("motif", "") in " · ".join(texte for texte, _, _ in answer["motifs"])


def _told(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) else bool(value)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=[s["titre"] for s in SCENARIOS])
def test_every_answer_to_be_confirmed_says_why(scenario: dict[str, Any]) -> None:
    dossier = normalise(pd.DataFrame([scenario["situation"]], dtype=object))

    answer = find_obligations(dossier, read_loi(), scenario.get("au", TODAY)).iloc[0]

    assert ("à confirmer" not in answer.tolist()) or answer["a_confirmer"]
    assert all(texte and source and confiance for texte, source, confiance in answer["motifs"])
    assert answer["motifs"]


def test_the_scenarios_cover_every_size_and_every_rhythm() -> None:
    seen = [s["attendu"] for s in SCENARIOS]

    assert {a["taille"] for a in seen} == {"Micro", "PME", "ETI", "GE", "à confirmer"}
    assert {a["rythme"] for a in seen} == {"decade", "mensuel", "bimestriel", "non", "à confirmer"}
    assert [s["titre"] for s in SCENARIOS if not s.get("pourquoi")] == []
