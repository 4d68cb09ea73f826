"""`segxl groupes` in a terminal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.actions.test_valeur import write_clients, write_hours

from segxl.excel.file import FileWorkbook

Run = Callable[..., int]
DAY = ("--au", "2026-11-22")


@pytest.fixture
def worked(classeur: Path) -> Path:
    """Return a workbook of three clients: one large, one small, one whose fees are not known."""
    write_clients(classeur, Honoraires_annuels={"D1": 1000, "D2": 500})
    return classeur


def told_by(capsys: pytest.CaptureFixture[str]) -> str:
    """Return what was printed, on one line and with plain spaces."""
    return " ".join(capsys.readouterr().out.split())


def test_the_object_has_each_group_and_its_clients(
    segxl_json: Callable[..., dict[str, Any]], worked: Path
) -> None:
    before = worked.read_bytes()

    told = segxl_json("groupes", worked, *DAY, "--nombre", 2)

    other, first = told["groupes"]
    assert first == {
        "nom": "Gros honoraires, note FE haute",
        "description": "Plutôt haut : note FE et honoraires.",
        "clients": 1,
        "medianes": {"note_fe": 15.2, "enjeu": None, "honoraires": 1000.0, "taux_marge": None, "heures": None},
        "segments": {"Prêt": 1},
        "classes": {},
        "piste": "Trop peu de clients pour un segment : les suivre un par un.",
        "conditions": {"Honoraires annuels": ">833", "Note FE": ">7,6"},
        "dossiers": ["D1"],
    }  # fmt: skip
    assert (other["nom"], other["dossiers"]) == ("Petits honoraires, note FE basse", ["D2", "D3"])
    assert told["chiffres"] == ["note_fe", "honoraires"]
    assert told["chiffres_trop_peu_connus"] == ["enjeu", "taux_marge", "heures"]
    assert (told["sans_groupe"], told["nettete"]) == ([], 0.166667)
    assert worked.read_bytes() == before


def test_a_single_group_has_no_clarity(
    segxl_json: Callable[..., dict[str, Any]], classeur: Path
) -> None:
    workbook = FileWorkbook(classeur)
    workbook.replace_rows("Clients", workbook.read_table("Clients").lignes.head(1))
    workbook.save()

    told = segxl_json("groupes", classeur, *DAY)

    assert [g["nom"] for g in told["groupes"]] == ["Profil moyen"]
    assert told["nettete"] is None


def test_a_refused_workbook_is_an_object_too(
    segxl_json: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    told = segxl_json("groupes", tmp_path / "absent.xlsx")

    assert told["groupes"] == []
    assert told["anomalies"]


def test_a_page_tells_the_groups_and_that_they_change_nothing(
    segxl: Run, worked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert segxl("groupes", worked, *DAY) == 0

    told = told_by(capsys)
    assert "Gros honoraires, note FE haute : 1 client (Prêt 1). Trop peu de clients" in told
    assert "Regroupés le 22/11/2026 : 3 clients sur 3, en 3 groupes" in told
    assert "Netteté : 0,00 sur 1, faible" in told
    assert "rien n’a changé dans Clients ni dans Segments" in told
    assert FileWorkbook(worked).has_table("GroupesSuggeres")


def test_a_page_tells_what_needs_a_hand(
    segxl: Run, worked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_clients(worked, Honoraires_annuels={"D3": "beaucoup"})
    write_hours(worked, *[("D1", "hier", "AB", 1, 50)] * 30)
    capsys.readouterr()

    segxl("groupes", worked, *DAY)

    told = told_by(capsys)
    assert "À corriger (31)" in told
    assert "… et " in told


@pytest.mark.parametrize("nombre", [1, 9, "beaucoup"])
def test_from_two_to_eight_groups_can_be_asked_for(
    segxl: Run, worked: Path, nombre: object
) -> None:
    assert segxl("groupes", worked, "--nombre", nombre) == 2
