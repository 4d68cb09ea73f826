from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from segxl.excel.file import FileWorkbook
from segxl.excel.layout import JOURNAL_WIDTHS
from segxl.sources.demonstration import siren_number

Run = Callable[..., int]
Capture = pytest.CaptureFixture[str]
AU = ("--au", "2026-11-22")


def note(classeur: Path, *lines: tuple[date, str, str]) -> None:
    workbook = FileWorkbook(classeur)
    workbook.add_table("Journal", "Journal", JOURNAL_WIDTHS)
    rows = pd.DataFrame(lines, columns=["Date", "Dossier", "Objet"], dtype=object)
    workbook.append_rows("Journal", rows.reindex(columns=[*JOURNAL_WIDTHS]))
    workbook.save()


def test_trajectoire_writes_a_file_a_client_and_names_the_thin_ones(
    classeur: Path, segxl: Run, tmp_path: Path, capsys: Capture
) -> None:
    note(classeur, (date(2026, 11, 5), "D1", "Appel"))

    code = segxl("trajectoire", classeur, "--vers", tmp_path / "t", *AU)

    told = capsys.readouterr().out
    assert code == 0
    assert len(list((tmp_path / "t").glob("*.docx"))) == 2
    assert "2 dossiers de trajectoire au 22/11/2026" in told
    assert "à relire (rien n’est envoyé)." in told
    assert "2 dossiers à étoffer sur 2" in told
    assert "• D1 Lumo Énergie : 1 rubrique datée sur 8, il en faut 3\n" in told
    assert "aucun élément daté" in told


def test_trajectoire_says_what_it_held_what_it_left_out_and_what_it_could_not_use(
    classeur: Path, segxl: Run, tmp_path: Path, capsys: Capture
) -> None:
    note(
        classeur,
        (date(2026, 11, 5), "D1", "Comme chez Ostra Conseil"),
        (date(2026, 11, 23), "D2", "Demain"),
        (date(2026, 11, 5), "D99", "Parti"),
    )

    code = segxl("trajectoire", classeur, "--vers", tmp_path / "t", *AU)

    told = capsys.readouterr().out
    assert code == 0
    assert "1 dossier de trajectoire au" in told
    assert "1 dossier retenu :\n  • Journal!F4 : dossier retenu : le nom d’un autre client" in told
    assert "1 ligne datée après le 22/11/2026 : absente des dossiers." in told
    assert "1 anomalie dans le classeur :\n  • Journal!B6" in told


def test_trajectoire_shows_the_first_thin_files_and_counts_the_others(
    classeur: Path, segxl: Run, tmp_path: Path, capsys: Capture
) -> None:
    workbook = FileWorkbook(classeur)
    more = pd.DataFrame({"Dossier": [f"E{i}" for i in range(25)], "Assujetti TVA": "Oui", "SIREN": [siren_number(i + 50) for i in range(25)]})  # fmt: skip
    workbook.append_rows("Clients", more)
    workbook.save()

    segxl("trajectoire", classeur, "--vers", tmp_path / "t", *AU)

    told = capsys.readouterr().out
    assert "27 dossiers à étoffer sur 27" in told
    assert told.count("aucun élément daté") == 20
    assert "… et 7 autres." in told


def test_many_held_lines_are_counted_too(
    classeur: Path, segxl: Run, tmp_path: Path, capsys: Capture
) -> None:
    note(classeur, *((date(2026, 11, 5), "D1", f"Ostra Conseil {i}") for i in range(12)))

    segxl("trajectoire", classeur, "--vers", tmp_path / "t", "--dossier", "D1", *AU)

    assert "… et 2 autres lignes." in capsys.readouterr().out


def test_trajectoire_says_that_the_law_is_too_old_to_be_quoted(
    classeur: Path, segxl: Run, tmp_path: Path, capsys: Capture
) -> None:
    segxl("trajectoire", classeur, "--vers", tmp_path / "t", "--au", "2029-01-01")

    assert "trop tôt pour être cité. Mettez segxl à jour." in capsys.readouterr().out


def test_trajectoire_of_an_empty_workbook_says_so(
    segxl: Run, tmp_path: Path, classeur: Path, capsys: Capture
) -> None:
    workbook = FileWorkbook(classeur)
    rows = workbook.read_table("Clients").lignes.index
    workbook.write_cells(
        "Clients", {int(row): {"Assujetti TVA": "Non", "Part B2B": 0} for row in rows}
    )
    workbook.save()

    code = segxl("trajectoire", classeur, "--vers", tmp_path / "t", *AU)

    assert code == 0
    assert "Aucun client n’est dans le champ" in capsys.readouterr().out
    assert not (tmp_path / "t").exists()


def test_trajectoire_without_a_folder_is_a_wrong_usage(
    classeur: Path, segxl: Run, capsys: Capture
) -> None:
    assert segxl("trajectoire", classeur) == 2
    assert "Il manque « --vers »." in capsys.readouterr().err


def test_trajectoire_of_an_unknown_dossier_exits_1(
    classeur: Path, segxl: Run, tmp_path: Path, capsys: Capture
) -> None:
    code = segxl("trajectoire", classeur, "--vers", tmp_path / "t", "--dossier", "D99")

    assert code == 1
    assert "ce dossier n’existe pas dans le classeur" in capsys.readouterr().err
