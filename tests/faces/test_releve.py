from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.actions.test_releve import BILLS, add_bills

Run = Callable[..., int]
Capture = pytest.CaptureFixture[str]


def test_releve_writes_a_draft_and_tells_what_is_held(
    classeur: Path, segxl: Run, tmp_path: Path, capsys: Capture
) -> None:
    add_bills(classeur, *BILLS)

    code = segxl(
        "releve", classeur, "--vers", tmp_path / "r", "--dossier", "d1", "--dossier", "D2",
        "--du", "2026-03-01", "--au", "2026-11-22",
    )  # fmt: skip

    told = " ".join(capsys.readouterr().out.split())
    assert code == 0
    assert [p.name[:2] for p in (tmp_path / "r").glob("*.docx")] == ["D1"]
    assert "1 relevé du 01/03/2026 au 22/11/2026" in told
    assert "Rien n’est envoyé." in told
    assert "1 relevé retenu : • Clients!A6 : relevé retenu : aucune facture" in told


def test_releve_says_that_the_invoices_are_old(
    classeur: Path, segxl: Run, tmp_path: Path, capsys: Capture
) -> None:
    add_bills(classeur, *BILLS)

    segxl("releve", classeur, "--vers", tmp_path / "r", "--dossier", "D1", "--au", "2027-03-01")

    assert "s’arrêtent au 31/12/2026" in " ".join(capsys.readouterr().out.split())


def test_releve_wants_a_client(classeur: Path, segxl: Run, tmp_path: Path, capsys: Capture) -> None:
    assert segxl("releve", classeur, "--vers", tmp_path / "r") == 2
    assert "Il manque « --dossier »" in capsys.readouterr().err


def test_releve_of_nobody_known_is_refused(classeur: Path, segxl: Run, tmp_path: Path) -> None:
    assert segxl("releve", classeur, "--vers", tmp_path / "r", "--dossier", "D99") == 1
    assert not (tmp_path / "r").exists()
