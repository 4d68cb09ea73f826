"""The relation with the clients, as a terminal tells it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.actions.test_relation import complain

Run = Callable[..., int]
DAY = ("--au", "2026-11-22")


def test_relation_tells_the_figures_and_who_may_leave(
    classeur: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    complain(classeur, "D2")

    code = segxl("relation", classeur, *DAY)

    told = capsys.readouterr().out
    assert code == 0
    assert "Relation au 22/11/2026, 3 dossiers : à risque 1, inconnue 2." in told
    assert "Satisfaction (CSAT) : n.d., aucune réponse." in told
    assert "1 réclamation du Journal inscrite au registre." in told
    assert "Répondre à la réclamation" in told


def test_relation_in_json_has_the_figures_the_reasons_and_nothing_else(
    classeur: Path, segxl_json: Callable[..., dict[str, Any]]
) -> None:
    told = segxl_json("relation", classeur, *DAY)

    assert [*told] == ["portefeuille", "segments", "clients"]
    figures = ["csat", "csat_n", "nps", "nps_n", "churn", "ltv_cac"]
    assert [*told["portefeuille"]] == [*figures, "motifs"]
    assert {*told["portefeuille"]["motifs"]} == {"csat", "nps", "churn", "ltv_cac"}
    assert [c["dossier"] for c in told["clients"]] == ["D1", "D2", "D3"]


def test_relation_of_a_workbook_that_is_none_says_so_in_json(
    tmp_path: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert segxl("relation", tmp_path / "absent.xlsx", "--json") == 1
    assert '"anomalies"' in capsys.readouterr().out
