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
from tests.excel.parts import rows_of
from tests.relations import add_columns

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
    assert [*told["portefeuille"]] == [*figures, "motifs", "contrats", "portail", "reponses"]
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


def test_terminal_json_and_file_tell_the_same(
    classeur: Path, segxl: Callable[..., int], segxl_json: Callable[..., dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    add_columns(
        classeur,
        **{
            "Lettre de mission": ["01/02/2020", "non", None],
            "Portail client": ["utilisé", "non", None],
        },
    )

    told = segxl_json("relation", classeur, "--au", "2026-11-22")
    segxl("relation", classeur, "--au", "2026-11-22")

    printed = capsys.readouterr().out
    assert told["portefeuille"]["contrats"] == {
        "suivis": 3, "complets": 0, "incomplets": 1, "sans_lettre": 1, "a_verifier": 0,
        "lettres_anciennes": 1, "a_renseigner": 1,
    }  # fmt: skip
    assert told["portefeuille"]["portail"]["part_utilises"] == 0.5
    assert [c["dossier_contractuel"] for c in told["clients"]] == [
        "lettre de mission de plus de 3 ans", "manque : lettre de mission", "à renseigner",
    ]  # fmt: skip
    assert "Dossiers contractuels : 0 complet sur 3, 1 où il manque une pièce" in printed
    assert "Portail client : ouvert pour 1 sur 2, utilisé par 1." in printed
    assert rows_of(classeur, "Relation")["Portail client"].dropna().tolist() == ["utilisé", "non"]
    assert find_flaws(classeur) == []


def test_a_day_beyond_reason_is_refused_and_nothing_is_written(
    classeur: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    before = classeur.read_bytes()

    assert segxl("relation", classeur, "--au", "3026-01-01") == 1
    assert "choisissez un jour de 2000 à 2099" in capsys.readouterr().err.replace("Choisissez", "choisissez")  # fmt: skip
    assert segxl("equipe", classeur, "--au", "3026-01-01") == 1
    assert classeur.read_bytes() == before
