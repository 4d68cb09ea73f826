"""One date of the law changes: every client that depends on it moves, and nothing else does."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from tests.excel.parts import rows_of

from segxl.actions import demo, noter
from segxl.domain.loi import Loi
from segxl.excel.file import FileWorkbook
from segxl.excel.layout import OBLIGATIONS
from segxl.shipped import shipped_path
from segxl.sources.loi import read_loi

TODAY = date(2026, 11, 22)
BEFORE, AFTER = date(2027, 9, 1), date(2027, 12, 1)
RELATIVE = ["Priorité", "Raison de la priorité"]
"""A rank moves when the others do."""


@pytest.fixture
def reportee(tmp_path: Path) -> Loi:
    """The law, where the issuing of small businesses begins three months later."""
    folder = Path(shutil.copytree(shipped_path("loi"), tmp_path / "loi"))
    calendrier = folder / "calendrier.toml"
    told, count = re.subn(
        r"(\[emission_pme\]\n[^\[]*?valeur = )2027-09-01",
        rf"\g<1>{AFTER}",
        calendrier.read_text("utf-8"),
    )
    assert count == 1
    calendrier.write_text(told, "utf-8")
    return read_loi(folder)


@pytest.fixture
def portefeuille(tmp_path: Path) -> Path:
    return demo.run(tmp_path / "demo", 80, 1, TODAY).classeur


def noted(path: Path, loi: Loi) -> pd.DataFrame:
    workbook = FileWorkbook(path)
    noter.run(workbook, TODAY, loi)
    workbook.save()
    return rows_of(path).set_index("Dossier")


def test_a_date_that_moves_moves_every_client_that_depends_on_it(
    portefeuille: Path, reportee: Loi
) -> None:
    before, after = noted(portefeuille, read_loi()), noted(portefeuille, reportee)

    concerned = before["Émission"] == pd.Timestamp(BEFORE)
    assert concerned.sum() > 20
    assert (after.loc[concerned, "Émission"] == pd.Timestamp(AFTER)).all()
    waiting = concerned & before["Raison de la priorité"].str.startswith("Émission", na=False)
    later = after.loc[waiting, "Jours restants"] - before.loc[waiting, "Jours restants"]
    assert {*later} == {(AFTER - BEFORE).days}


def test_a_date_that_moves_leaves_everything_else_as_it_was(
    portefeuille: Path, reportee: Loi
) -> None:
    before, after = noted(portefeuille, read_loi()), noted(portefeuille, reportee)

    depends = (before[["Émission", "E-reporting"]] == pd.Timestamp(BEFORE)).any(axis="columns")
    others = [h for h in before.columns if h not in OBLIGATIONS]
    assert after[others].equals(before[others])
    assert (
        after.loc[~depends]
        .drop(columns=RELATIVE)
        .equals(before.loc[~depends].drop(columns=RELATIVE))
    )
    kept = ["Réception", "Taille légale"]
    assert after[kept].equals(before[kept])
