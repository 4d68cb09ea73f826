"""The relation with the clients, as a terminal tells it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from tests.actions.test_relation import complain
from tests.actions.test_valeur import write_clients, write_setting
from tests.excel.opc import find_flaws

from segxl.excel.file import FileWorkbook

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


def test_relation_tells_what_keeping_a_client_is_worth_and_what_rubs_most(
    classeur: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    write_clients(classeur, Honoraires_annuels={"D1": 1000, "D2": 2000})
    write_setting(classeur, "Taux horaire AB", 60)
    segxl("relation", classeur, *DAY)
    workbook = FileWorkbook(classeur)
    rub = {"Irritant": "Pièces <b>& =cmd|x", "Minutes perdues": 10, "Fois par mois": 6, "Action": "Ouvrir un dépôt"}  # fmt: skip
    workbook.append_rows("Irritants", pd.DataFrame([rub], dtype=object))
    workbook.save()
    capsys.readouterr()

    segxl("relation", classeur, *DAY)

    told = " ".join(capsys.readouterr().out.split())
    assert "Garder un client un an : 1 500 € ; en gagner un : n.d., la dépense" in told
    assert "Premier irritant : Pièces <b>& =cmd|x, 60 € par mois. Prochain geste : Ouvrir un dépôt." in told  # fmt: skip
    assert find_flaws(classeur) == []
