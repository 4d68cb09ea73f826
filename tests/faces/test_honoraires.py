"""`segxl honoraires` in a terminal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.sources.cabinet import FecCabinet, year_of_the_firm

from segxl.excel.file import FileWorkbook

Run = Callable[..., int]


def told_by(capsys: pytest.CaptureFixture[str]) -> str:
    """Return what was printed, on one line and with plain spaces."""
    return " ".join(capsys.readouterr().out.split())


def test_the_fees_of_a_year_are_told_in_a_page(
    segxl: Run, classeur: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fec = year_of_the_firm().save(tmp_path)

    code = segxl("honoraires", classeur, fec, "--au", "2026-11-22")

    told = told_by(capsys)
    assert code == 0
    assert "6 factures et 1 avoir" in told
    assert "Total HT : 2 350 €, dont 1 700 € rattachés à un dossier (72,3 %)" in told
    assert "COST Ostra SIREN 000 000 042 : 400 €, 1 facture, peut-être Ostra Conseil ?" in told
    assert "CDIV : 50 €, 1 facture, compte collectif" in told
    assert "D1 1 400 € 5,0 j 28/02/2025" in told
    assert FileWorkbook(classeur).has_table("Honoraires")


def test_a_simulation_says_so_and_leaves_the_file_alone(
    segxl: Run, classeur: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = classeur.read_bytes()

    segxl("honoraires", classeur, year_of_the_firm().save(tmp_path), "--simulation")

    assert "Simulation : rien n’a été écrit." in told_by(capsys)
    assert classeur.read_bytes() == before


def test_a_second_run_leaves_the_file_alone(segxl: Run, classeur: Path, tmp_path: Path) -> None:
    fec = year_of_the_firm().save(tmp_path)
    segxl("honoraires", classeur, fec)
    before = classeur.read_bytes()

    segxl("honoraires", classeur, fec)

    assert classeur.read_bytes() == before


def test_more_than_twenty_unknown_accounts_are_summed_up(
    segxl: Run, classeur: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fec = FecCabinet()
    for rank in range(25):
        fec.bill("01-31", f"C{rank:03}[red]", 100 + rank, f"F{rank}", f"Inconnue {rank}")

    segxl("honoraires", classeur, fec.save(tmp_path))

    told = told_by(capsys)
    assert "C024[red] Inconnue 24 : 124 €" in told
    assert "… et 5 autres, pour 510 €." in told


def test_invoices_of_a_later_day_are_counted(
    segxl: Run, classeur: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fec = year_of_the_firm().save(tmp_path)

    segxl("honoraires", classeur, fec, "--au", "2025-02-15")

    assert "6 factures datées après le 15/02/2025 : pas reprises" in told_by(capsys)


def test_a_bad_file_is_refused_in_french(
    segxl: Run, classeur: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = segxl("honoraires", classeur, tmp_path / "absent.txt")

    said = capsys.readouterr()
    assert code == 1
    assert "absent.txt" in said.out + said.err
