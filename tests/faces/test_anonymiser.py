from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.actions.test_anonymiser import write_portfolio

Run = Callable[..., int]
Capture = pytest.CaptureFixture[str]


def test_anonymiser_says_what_it_kept_quiet(
    classeur: Path, segxl: Run, tmp_path: Path, capsys: Capture
) -> None:
    write_portfolio(classeur)

    code = segxl("anonymiser", classeur, "--vers", tmp_path / "a.xlsx", "--au", "2026-11-22")

    told = " ".join(capsys.readouterr().out.split())
    assert code == 0
    assert "43 clients au 22/11/2026, sans nom" in told
    assert "Clients partis ou à venir, laissés de côté : 4." in told
    assert "Cases tues, trop peu de clients les partagent : Département" in told
    assert "engagement de confidentialité" in told


def test_anonymiser_over_the_workbook_is_refused(
    classeur: Path, segxl: Run, capsys: Capture
) -> None:
    assert segxl("anonymiser", classeur, "--vers", classeur) == 1
    assert "le classeur du cabinet lui-même" in " ".join(capsys.readouterr().err.split())


def test_anonymiser_wants_a_file(classeur: Path, segxl: Run) -> None:
    assert segxl("anonymiser", classeur) == 2
