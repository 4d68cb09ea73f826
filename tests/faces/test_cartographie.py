from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from tests.domain.faits.ecritures import DATA

from segxl.excel.cabinet import fill_cabinet
from segxl.excel.file import FileWorkbook
from segxl.sources.demonstration import invent_cabinet, siren_number

Run = Callable[..., int]
Capture = pytest.CaptureFixture[str]
FILES = sorted(DATA.glob("000000034FEC*.txt"))


@pytest.fixture
def classeur(classeur: Path) -> Path:
    workbook = FileWorkbook(classeur)
    workbook.write_cells("Clients", {5: {"SIREN": "000 000 034"}}, keep_formulas=False)
    workbook.save()
    return classeur


def test_cartographie_says_what_it_made_and_what_it_shows(
    classeur: Path, segxl: Run, tmp_path: Path, capsys: Capture
) -> None:
    code = segxl("cartographie", classeur, *FILES, "--vers", tmp_path / "c", "--au", "2026-11-22")

    told = capsys.readouterr().out
    assert code == 0
    assert "1 cartographie dans" in told
    assert "D1 Lumo Énergie, 2024 à 2025 : fidèles 95\u00a0%, premier client 85,8\u00a0% (à traiter)." in told  # fmt: skip
    assert len([*(tmp_path / "c").iterdir()]) == 2


def test_cartographie_tells_files_of_nobody_and_files_that_are_wrong(
    classeur: Path, segxl: Run, tmp_path: Path, capsys: Capture
) -> None:
    strangers = [Path(shutil.copy(FILES[1], tmp_path / f"{siren_number(i)}FEC20251231.txt")) for i in range(21, 33)]  # fmt: skip
    strangers.append(Path(shutil.copy(FILES[1], tmp_path / "export.txt")))
    empty = tmp_path / "000000034FEC20231231.txt"
    empty.write_bytes(b"")

    code = segxl("cartographie", classeur, FILES[1], empty, *strangers, "--vers", tmp_path / "c")

    seen = capsys.readouterr()
    assert code == 1
    assert "13 fichiers d’aucun dossier demandé. À qui ?" in seen.out
    assert "… et 3 autres." in seen.out
    assert "2025 : premier client 85,8\u00a0% (à traiter)." in seen.out
    assert "ce fichier est vide" in seen.err
    assert FileWorkbook(classeur).has_table("Cartographie")


def test_cartographie_of_many_companies_shows_the_first_ones(
    classeur: Path, segxl: Run, tmp_path: Path, capsys: Capture
) -> None:
    workbook = FileWorkbook(classeur)
    sirens = [siren_number(i) for i in range(21, 33)]
    workbook.append_rows("Clients", pd.DataFrame({"Dossier": [f"E{i}" for i in range(12)], "SIREN": sirens}))  # fmt: skip
    workbook.save()
    for siren in sirens:
        shutil.copy(FILES[1], tmp_path / f"{siren}FEC20251231.txt")

    code = segxl("cartographie", classeur, tmp_path, "--vers", tmp_path / "c")

    assert code == 0
    assert "12 cartographies dans" in (told := capsys.readouterr().out)
    assert "… et 2 autres." in told


def test_cartographie_tells_rows_of_groups_to_fix(
    classeur: Path, segxl: Run, tmp_path: Path, capsys: Capture
) -> None:
    segxl("cartographie", classeur, *FILES, "--vers", tmp_path / "c")
    workbook = FileWorkbook(classeur)
    workbook.append_rows("Groupes", pd.DataFrame({"Dossier": ["D1"], "Tiers": ["ZZZ"], "Groupe": ["Écoles"]}))  # fmt: skip
    workbook.save()

    code = segxl("cartographie", classeur, *FILES, "--vers", tmp_path / "c")

    assert code == 0
    assert "1 anomalie dans la feuille Groupes :\n  • Groupes!B7" in capsys.readouterr().out


def test_cartographie_of_sales_without_customers_says_so(
    classeur: Path, segxl: Run, tmp_path: Path, capsys: Capture
) -> None:
    lines = FILES[1].read_text("utf-8").replace("\t411", "\t471")
    path = tmp_path / FILES[1].name
    path.write_text(lines, "utf-8")

    code = segxl("cartographie", classeur, path, "--vers", tmp_path / "c")

    assert code == 0
    assert "clients indiscernables dans ces écritures." in capsys.readouterr().out


def test_cartographie_of_a_file_of_nobody_alone_exits_1(
    classeur: Path, segxl: Run, tmp_path: Path, capsys: Capture
) -> None:
    stranger = shutil.copy(FILES[1], tmp_path / f"{siren_number(21)}FEC20251231.txt")

    assert segxl("cartographie", classeur, stranger, "--vers", tmp_path / "c") == 1
    assert "Dites à qui il est" in capsys.readouterr().err
    assert not (tmp_path / "c").exists()


def test_cartographie_without_a_folder_is_a_wrong_usage(
    classeur: Path, segxl: Run, capsys: Capture
) -> None:
    assert segxl("cartographie", classeur, FILES[0]) == 2
    assert "Il manque « --vers »." in capsys.readouterr().err


def test_the_map_of_the_firm_is_called_by_its_name_once(
    classeur: Path, segxl: Run, tmp_path: Path, capsys: Capture
) -> None:
    workbook = FileWorkbook(classeur)
    fill_cabinet(workbook, {**invent_cabinet(), "RCS": f"Lyon {siren_number(7)}"})
    workbook.save()
    fichier = shutil.copy(FILES[1], tmp_path / f"{siren_number(7)}FEC20251231.txt")

    segxl("cartographie", classeur, fichier, "--vers", tmp_path / "c")

    assert "  • Cabinet Exemple & Associés, 2025 :" in capsys.readouterr().out
