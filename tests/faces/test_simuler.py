"""`segxl simuler` in a terminal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.actions.test_simuler import type_scenarios
from tests.actions.test_valeur import write_clients, write_hours
from tests.simulations import AU

from segxl.excel.file import FileWorkbook

Run = Callable[..., int]
DAY = ("--au", f"{AU:%Y-%m-%d}")


@pytest.fixture
def worked(classeur: Path) -> Path:
    """Return a workbook with a scenario: a profit, a loss, nothing known."""
    write_clients(classeur, Honoraires_annuels={"D1": 1000, "D2": 500})
    write_hours(classeur, ("D1", AU, "AB", 5, 50), ("D2", AU, "AB", 20, 50))
    type_scenarios(
        classeur,
        {"Scénario": "[Alléger]", "Classe": "D", "Action": "Transmettre"},
        {
            "Scénario": "[Alléger]",
            "Dossier": "D1",
            "Action": "Honoraires en %",
            "Montant": "10 %",
        },
    )
    return classeur


def told_by(capsys: pytest.CaptureFixture[str]) -> str:
    """Return what was printed, on one line and with plain spaces."""
    return " ".join(capsys.readouterr().out.split())


def test_the_object_has_each_scenario_before_and_after(
    segxl_json: Callable[..., dict[str, Any]], worked: Path
) -> None:
    before = worked.read_bytes()

    told = segxl_json("simuler", worked, *DAY)

    (one,) = told["simulations"]
    shown = {key: (one["avant"][key], one["apres"][key]) for key in one["avant"]}
    assert one["scenario"] == "[Alléger]"
    assert shown == {
        "clients": (3, 2),
        "honoraires": (1500.0, 1100.0),
        "cout": (1250.0, 250.0),
        "marge": (250.0, 850.0),
        "taux_marge": (0.166667, 0.772727),
        "heures": (25.0, 5.0),
        "classes": ({"A": 1, "B": 0, "C": 0, "D": 1, "sans": 1}, {"A": 1, "B": 0, "C": 0, "D": 0, "sans": 1}),
        "abc": ({"A": 2, "B": 0, "C": 0}, {"A": 1, "B": 0, "C": 0}),
        "rfm": (dict.fromkeys(("12 à 15", "7 à 11", "3 à 6"), 0),) * 2,
        "note_fe": (7.85, 15.2),
        "couleurs": ({"Gris": 1, "Rouge": 1, "Vert clair": 1}, {"Gris": 1, "Vert clair": 1}),
        "segments": ({"Hors champ": 1, "Prioritaire": 1, "Prêt": 1}, {"Hors champ": 1, "Prêt": 1}),
    }  # fmt: skip
    assert [(c["dossier"], c["transmis"], c["apres"] and c["apres"]["marge"]) for c in one["clients"]] == [("D1", False, 850.0), ("D2", True, None)]  # fmt: skip
    assert told["anomalies"] == []
    assert worked.read_bytes() == before


def test_a_refused_workbook_is_an_object_too(
    segxl_json: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    told = segxl_json("simuler", tmp_path / "absent.xlsx")

    assert told["simulations"] == []
    assert told["anomalies"]


def test_the_object_tells_what_is_kept(
    segxl_json: Callable[..., dict[str, Any]], worked: Path
) -> None:
    told = segxl_json("simuler", worked, *DAY, "--retenir", "[alléger]")

    assert told["decisions"] == {"scenario": "[Alléger]", "ecrites": 2, "remplacees": 0, "retirees": 0}  # fmt: skip
    assert "Décision" in FileWorkbook(worked).read_table("Clients").letters


def test_a_page_compares_before_and_after(
    segxl: Run, worked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert segxl("simuler", worked, *DAY) == 0

    told = told_by(capsys)
    assert "[Alléger] Mesure Avant Après Écart" in told
    assert "Clients 3 2 -1 Honoraires 1 500 € 1 100 € -400 €" in told
    assert "Taux de marge 16,7 % 77,3 % +60,6 points" in told
    assert "Rien n’a changé dans vos clients." in told


def test_a_page_tells_the_examples_and_what_they_lack(
    segxl: Run, classeur: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    segxl("simuler", classeur, *DAY)

    told = told_by(capsys)
    assert "vient d’apparaître avec des exemples" in told
    assert "Honoraires n.d. n.d. n.d." in told
    assert "À corriger (4)" in told


def test_a_page_of_many_mistakes_shows_the_first(
    segxl: Run, classeur: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong: dict[str, object] = {"Scénario": "S", "Dossier": "Z", "Action": "Transmettre"}
    type_scenarios(classeur, *[wrong] * 30)
    capsys.readouterr()

    segxl("simuler", classeur, *DAY)

    told = told_by(capsys)
    assert "Aucun scénario à simuler" in told
    assert "autres." in told


def test_a_page_tells_what_was_kept_replaced_and_withdrawn(
    segxl: Run, worked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_clients(worked, Décision={"D1": "À voir", "D3": "Transmettre (scénario [Alléger])"})
    capsys.readouterr()

    assert segxl("simuler", worked, *DAY, "--retenir", "[Alléger]") == 0

    told = told_by(capsys)
    assert "Scénario « [Alléger] » retenu : 2 décisions dans Clients" in told
    assert "1 autre décision est remplacée." in told
    assert "1 décision de ce scénario est retirée" in told


def test_an_unknown_scenario_is_told(
    segxl: Run, worked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert segxl("simuler", worked, "--retenir", "Autre") == 1
    assert "aucun scénario ne porte ce nom" in capsys.readouterr().err
