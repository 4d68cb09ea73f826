"""Columns that contradict one another are told where people look, and decide no letter."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.excel.parts import score

from segxl.actions import controler, courriers
from segxl.actions.courriers import BilanCourriers, Commande
from segxl.excel.file import FileWorkbook

TODAY = date(2026, 11, 22)
SAID = "« Assujetti TVA » dit Non, mais « Part B2B » dit des ventes à des professionnels"


@pytest.fixture
def contradictoire(classeur: Path) -> Path:
    """Return a workbook whose D3 is said out of scope and to sell to businesses."""
    workbook = FileWorkbook(classeur)
    workbook.write_cells("Clients", {7: {"Assujetti TVA": "Non", "Part B2B": 1}})
    workbook.save()
    return classeur


def write(path: Path, modele: str = "") -> BilanCourriers:
    order = Commande(
        vers=path.parent / "courriers",
        beside=path.parent,
        today=TODAY,
        dossiers=("D3",),
        modele=modele,
    )
    return courriers.run(FileWorkbook(path), order)


def test_controler_and_noter_name_the_contradiction_and_block_nothing(contradictoire: Path) -> None:
    found = controler.run(FileWorkbook(contradictoire))
    noted = score(contradictoire)

    (anomalie,) = [a for a in found if a.problem == SAID]
    assert anomalie.cell.endswith("7")
    assert anomalie.gravite.name == "A_CORRIGER"
    assert anomalie in noted.anomalies
    listed = FileWorkbook(contradictoire).read_table("Anomalies").lignes
    assert SAID in " ".join(map(str, listed.to_numpy().ravel()))


def test_a_letter_about_the_reform_waits_for_the_contradiction_to_be_settled(
    contradictoire: Path,
) -> None:
    bilan = write(contradictoire)

    assert bilan.fichiers == ()
    (held,) = bilan.retenues
    assert held.problem == f"courrier retenu : {SAID}"


def test_a_letter_about_something_else_does_not_wait(contradictoire: Path) -> None:
    assert SAID not in " ".join(map(str, write(contradictoire, "Remerciement").retenues))


def test_without_a_contradiction_the_same_letter_is_written(contradictoire: Path) -> None:
    workbook = FileWorkbook(contradictoire)
    workbook.write_cells("Clients", {7: {"Part B2B": 0}})
    workbook.save()

    assert len(write(contradictoire).fichiers) == 1


def test_shares_that_are_not_the_whole_clientele_are_told_once(classeur: Path) -> None:
    workbook = FileWorkbook(classeur)
    workbook.write_cells("Clients", {5: {"Part B2B": 0.9, "Part B2C": 0.9}})
    workbook.save()

    (anomalie,) = controler.run(FileWorkbook(classeur))

    assert anomalie.problem == "les parts de la clientèle font 180 % au lieu de 100 %"


def test_a_status_of_a_day_to_come_is_told(classeur: Path) -> None:
    workbook = FileWorkbook(classeur)
    said = {"Statut plateforme": "Mandat signé", "Date statut": date(2027, 5, 1)}
    workbook.write_cells("Clients", {5: said, 6: said | {"Date statut": TODAY}})
    workbook.save()

    (anomalie,) = controler.run(FileWorkbook(classeur), TODAY)

    assert anomalie.cell.endswith("5")
    assert anomalie.problem == "« Date statut » est à venir : elle dit un fait après le 22/11/2026"
    assert controler.run(FileWorkbook(classeur)) == ()
    assert anomalie in score(classeur, TODAY).anomalies
