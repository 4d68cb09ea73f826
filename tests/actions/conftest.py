from __future__ import annotations

from pathlib import Path

import pytest
from tests.excel.parts import score


@pytest.fixture
def scored(classeur: Path) -> Path:
    """Return a workbook of three clients, scored once."""
    score(classeur)
    return classeur
