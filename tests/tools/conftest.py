from __future__ import annotations

from pathlib import Path

import pytest
from pyopenvba.apps.excel import ExcelApplication
from tests.engine.addin import load_addin
from tests.engine.edge import Edge

ADDIN = Path(__file__).parents[2] / "workbook" / "segxl.xlam"


@pytest.fixture
def excel() -> ExcelApplication:
    """Return an Excel with one blank workbook."""
    application = ExcelApplication()
    application.add_workbook()
    return application


@pytest.fixture
def edge(excel: ExcelApplication) -> Edge:
    """Return what lies outside an Excel where segxl is installed."""
    return load_addin(excel, ADDIN)
