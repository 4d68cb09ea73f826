"""A run in a terminal leaves in sight the sheet it tells of, even where it was hidden."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from segxl.actions import demo
from segxl.excel.demonstration import arrange

Run = Callable[..., int]
AU = date(2026, 11, 22)
DAY = ("--au", f"{AU:%Y-%m-%d}")
SHEETS = {
    "Atelier": ("atelier",),
    "Cartographie": ("cartographie", "{}/fec", "--vers", "{}/cartes", *DAY),
    "Équipe": ("equipe", *DAY),
    "Faits": ("fec", "{}/fec", *DAY),
    "Groupes suggérés": ("groupes", *DAY),
    "Journal": ("journal", "--dossier", "C0001", "--objet", "Point", *DAY),
    "Plan": ("plan", *DAY),
    "Relation": ("relation", *DAY),
    "Rendement": ("segments", *DAY),
    "Simulation": ("simuler", *DAY),
    "Valeur": ("valeur", *DAY),
}


@pytest.fixture(scope="module")
def cabinet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a firm."""
    folder = tmp_path_factory.mktemp("cabinet")
    demo.run(folder, 40, 7, AU)
    return folder


def is_visible(path: Path, sheet: str) -> bool:
    with zipfile.ZipFile(path) as archive:
        workbook = archive.read("xl/workbook.xml").decode()
    (tab,) = re.findall(f'<sheet [^>]*name="{sheet}"[^>]*>', workbook)
    return "hidden" not in tab


@pytest.mark.parametrize("sheet", SHEETS)
def test_the_sheet_of_a_run_comes_back_in_sight(cabinet: Path, segxl: Run, sheet: str) -> None:
    path = cabinet / f"{sheet}.xlsx"
    shutil.copy(cabinet / demo.CLASSEUR, path)
    command, *words = (word.format(cabinet) for word in SHEETS[sheet])
    segxl(command, path, *words)
    arrange(path, ())
    assert not is_visible(path, sheet)

    segxl(command, path, *words)

    assert is_visible(path, sheet)
