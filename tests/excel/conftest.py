from __future__ import annotations

from pathlib import Path

import pytest
from tests.excel.parts import score

from segxl.shipped import shipped_path


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """Return a copy of the blank workbook."""
    path = tmp_path / "portefeuille.xlsx"
    path.write_bytes(shipped_path("workbook/portefeuille.xlsx").read_bytes())
    return path


@pytest.fixture
def scored(classeur: Path) -> Path:
    """Return a workbook of three clients, scored once."""
    score(classeur)
    return classeur
