"""`segxl atelier` in a terminal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.actions.test_atelier import FE, poids_of, type_votes

Run = Callable[..., int]


@pytest.fixture
def worked(classeur: Path) -> Path:
    """Return a workbook where two people gave weights to the grid FE."""
    type_votes(classeur, Participant_1=[1] * FE, Participant_2=[0, 30, 20, 10, 10, *[5] * 6])
    return classeur


def told_by(capsys: pytest.CaptureFixture[str]) -> str:
    """Return what was printed, on one line and with plain spaces."""
    return " ".join(capsys.readouterr().out.split())


def test_the_object_has_each_grid_and_each_opinion(
    segxl_json: Callable[..., dict[str, Any]], worked: Path
) -> None:
    before = worked.read_bytes()

    told = segxl_json("atelier", worked)

    fe, enjeu = told["grilles"]
    assert (fe["grille"], fe["participants"]) == ("FE", ["Participant 1", "Participant 2"])
    assert fe["laisses_de_cote"][0] == {"participant": "Participant 3", "raison": "aucun poids"}
    assert fe["criteres"][0] == {
        "code": "SENS",
        "critere": "Sensibilisation",
        "poids_grille": 2.0,
        "poids_actuel": 8,
        "avis": {"Participant 1": 9.09, "Participant 2": 0},
        "poids_moyen": 4.55,
        "ecart": 9.09,
        "poids_propose": 5,
    }
    assert sum(c["poids_propose"] for c in fe["criteres"]) == 100
    assert fe["plus_divises"][0] == {"critere": "Processus adaptés", "ecart": 20.91}
    assert enjeu["participants"] == []
    assert enjeu["criteres"][0]["poids_propose"] is None
    assert (told["retenues"], told["anomalies"]) == ([], [])
    assert worked.read_bytes() == before


def test_the_object_tells_which_grids_are_kept(
    segxl_json: Callable[..., dict[str, Any]], worked: Path
) -> None:
    told = segxl_json("atelier", worked, "--retenir")

    assert told["retenues"] == ["FE"]
    assert poids_of(worked)[0] == 5


def test_a_refused_workbook_is_an_object_too(
    segxl_json: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    told = segxl_json("atelier", tmp_path / "absent.xlsx")

    assert told["grilles"] == []
    assert told["anomalies"]


def test_the_first_page_says_what_to_do(
    segxl: Run, classeur: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert segxl("atelier", classeur) == 0

    assert "La feuille Atelier vient d’apparaître" in told_by(capsys)


def test_a_page_shows_the_weights_and_who_counts(
    segxl: Run, worked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    segxl("atelier", worked)

    told = told_by(capsys)
    assert "Grille FE, en points sur 100 Critère Actuel Moyen Écart Proposé" in told
    assert "Sensibilisation 8 4,5 9,1 5" in told
    assert "Grille Enjeu" not in told
    assert "Comptés : 2 pour FE (Participant 1 et Participant 2)" in told
    assert "Ce qui divise le plus : pour FE, Processus adaptés (écart 20,9)" in told
    assert "Rien n’a changé dans la Grille." in told


def test_a_page_of_one_opinion_shows_no_gap(
    segxl: Run, classeur: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    type_votes(classeur, Participant_1=[*[0] * 10, 1])
    capsys.readouterr()

    segxl("atelier", classeur)

    told = told_by(capsys)
    assert "Nouvelles mentions 4 100 – 100" in told
    assert "À vérifier (10)" in told


def test_a_page_tells_that_notes_are_to_be_computed_again(
    segxl: Run, worked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert segxl("atelier", worked, "--retenir", "--grille", "fe") == 0

    assert "Lancez maintenant Noter" in told_by(capsys)


def test_an_unknown_grid_is_told(
    segxl: Run, worked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert segxl("atelier", worked, "--grille", "Autre") == 1
    assert "aucune grille ne porte ce nom" in capsys.readouterr().err
