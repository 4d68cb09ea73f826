from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from segxl.excel.file import FileWorkbook
from segxl.excel.layout import JOURNAL_WIDTHS
from segxl.shipped import shipped_path

Run = Callable[..., int]
Capture = pytest.CaptureFixture[str]
AU = ("--au", "2026-11-22")


def test_fiche_writes_a_page_a_client_and_says_whom_it_is_for(
    classeur: Path, segxl: Run, tmp_path: Path, capsys: Capture
) -> None:
    code = segxl("fiche", classeur, "--vers", tmp_path / "f", *AU)

    told = capsys.readouterr().out
    assert code == 0
    assert len(list((tmp_path / "f").glob("*.docx"))) == 3
    assert "3 fiches client au 22/11/2026" in told
    assert "Documents internes au cabinet" in told


def test_fiche_of_one_client_by_its_number(classeur: Path, segxl: Run, tmp_path: Path) -> None:
    segxl("fiche", classeur, "--vers", tmp_path / "f", "--dossier", "d2", *AU)

    assert [path.name[:2] for path in (tmp_path / "f").glob("*.docx")] == ["D2"]


def test_fiche_lists_the_texts_that_it_left_out_and_counts_the_others(
    classeur: Path, segxl: Run, tmp_path: Path, capsys: Capture
) -> None:
    workbook = FileWorkbook(classeur)
    clients = pd.DataFrame({"Dossier": [f"E{i:02}" for i in range(12)]})
    workbook.append_rows("Clients", clients.assign(Plateforme="Ostra Conseil").astype(object))
    workbook.add_table("Journal", "Journal", JOURNAL_WIDTHS)
    line = {"Date": date(2026, 11, 5), "Dossier": "D1", "Objet": "vu avec Ostra Conseil"}
    row = pd.DataFrame([line], columns=[*JOURNAL_WIDTHS], dtype=object)
    workbook.append_rows("Journal", row)
    workbook.save()

    segxl("fiche", classeur, "--vers", tmp_path / "f", *AU)

    told = " ".join(capsys.readouterr().out.split())
    assert "13 textes tus, qui nomment un autre client :" in told
    assert "• Clients, ligne 8, Plateforme" in told
    assert "… et 3 autres." in told


def test_fiche_says_that_the_law_is_old(
    classeur: Path, segxl: Run, tmp_path: Path, capsys: Capture
) -> None:
    segxl("fiche", classeur, "--vers", tmp_path / "f", "--au", "2029-01-01")

    assert "Mettez segxl à jour" in capsys.readouterr().out


def test_fiche_of_an_empty_workbook_says_so(segxl: Run, tmp_path: Path, capsys: Capture) -> None:
    empty = tmp_path / "vide.xlsx"
    empty.write_bytes(shipped_path("workbook/portefeuille.xlsx").read_bytes())

    code = segxl("fiche", empty, "--vers", tmp_path / "f", *AU)

    assert code == 0
    assert capsys.readouterr().out.startswith("Aucun client dans vide.xlsx.")
    assert not (tmp_path / "f").exists()


def test_fiche_without_a_folder_is_a_wrong_usage(classeur: Path, segxl: Run) -> None:
    assert segxl("fiche", classeur) == 2


def test_fiche_in_a_folder_that_is_a_file_is_told(
    classeur: Path, segxl: Run, tmp_path: Path, capsys: Capture
) -> None:
    taken = tmp_path / "f"
    taken.write_text("")

    code = segxl("fiche", classeur, "--vers", taken, *AU)

    assert code == 1
    assert "le fichier ne peut pas être écrit" in " ".join(capsys.readouterr().err.split())
