"""A file of the SIRENE register completes the clients one has, and adds none."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from segxl.actions import importer
from segxl.actions.importer import BilanImport
from segxl.excel.file import FileWorkbook

TITLES = "siren,denominationUniteLegale,activitePrincipaleUniteLegale,trancheEffectifsUniteLegale,etatAdministratifUniteLegale"
LUMO, NOVA = "443061841", "552100554"


@pytest.fixture
def registered(classeur: Path) -> Path:
    """Return a workbook whose D1 has a SIREN, no staff and no activity."""
    workbook = FileWorkbook(classeur)
    workbook.write_cells("Clients", {5: {"SIREN": LUMO}})
    workbook.save()
    return classeur


def bring(path: Path, *lines: str, titles: str = TITLES) -> BilanImport:
    export = path.parent / "StockUniteLegale.csv"
    export.write_text("\n".join((titles, *lines)) + "\n", "utf-8")
    workbook = FileWorkbook(path)
    bilan = importer.run(workbook, [export])
    workbook.save()
    return bilan


def clients(path: Path) -> pd.DataFrame:
    return FileWorkbook(path).read_table("Clients").lignes.set_index("Dossier")


def test_what_the_register_knows_fills_the_clients_one_has(registered: Path) -> None:
    bilan = bring(registered, f"{LUMO},LUMO ENERGIE SAS,62.01Z,12,A")

    lumo = clients(registered).loc["D1"]
    assert (lumo["Code NAF"], lumo["Effectif"], lumo["Raison sociale"]) == ("62.01Z", 35, "Lumo Énergie")  # fmt: skip
    assert "etatAdministratifUniteLegale" not in clients(registered)
    assert any("le milieu est retenu" in phrase for phrase in bilan.phrases)


def test_a_siren_that_is_no_clients_is_listed_and_not_added(registered: Path) -> None:
    before = clients(registered)

    bilan = bring(registered, f"{NOVA},NOVA,56.10A,03,A")

    assert clients(registered).index.tolist() == before.index.tolist()
    assert bilan.is_empty
    assert (
        f"1 ligne sans client, pas ajoutée (un fichier de référence n’ajoute personne) : {NOVA} NOVA."
        in bilan.phrases
    )


def test_the_name_and_the_staff_that_one_typed_stay(registered: Path) -> None:
    workbook = FileWorkbook(registered)
    workbook.write_cells("Clients", {5: {"Effectif": 22, "Raison sociale": None}})
    workbook.save()

    bring(registered, f"{LUMO},LUMO ENERGIE SAS,62.01Z,11,A")

    lumo = clients(registered).loc["D1"]
    assert (lumo["Effectif"], lumo["Raison sociale"]) == (22, "LUMO ENERGIE SAS")


@pytest.mark.parametrize("band", ["NN", "53", ""])
def test_a_band_without_a_middle_leaves_the_staff_blank(registered: Path, band: str) -> None:
    bring(registered, f"{LUMO},LUMO,62.01Z,{band},A")

    assert clients(registered).at["D1", "Effectif"] is None


def test_a_second_import_changes_nothing(registered: Path) -> None:
    line = f"{LUMO},LUMO,62.01Z,12,A"
    bring(registered, line)

    assert bring(registered, line).is_empty


def test_a_list_of_clients_that_has_a_number_of_the_firm_adds_them_still(registered: Path) -> None:
    bring(registered, f"C9,{NOVA},NOVA,56.10A,03,A", titles=f"Code dossier,{TITLES}")

    assert "C9" in clients(registered).index
