from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from pyopenvba.apps.excel import ExcelApplication
from tests.engine.addin import load_addin
from tests.engine.edge import Edge

ROOT = Path(__file__).parents[2]
ADDIN = ROOT / "workbook" / "segxl.xlam"
SAMPLE = '''
from __future__ import annotations

import xlwings as xw


@xw.func(category="Segmentation")
@xw.arg("notes", ndim=2, doc="Les notes, en colonne.")
@xw.arg("seuil", doc="À partir de quelle note.")
def SEGXL_ESSAI(notes, seuil=10):
    """Donne le « segment » de chaque note,
    d’un seul appel.

    Parameters that only developers read.
    """
    return notes


@xw.func
def SEGXL_BREF():
    """%s"""
    return 1


def helper():
    return 2
''' % ("mot " * 100)


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    folder = tmp_path_factory.mktemp("fonctions")
    (folder / "fonctions_essai.py").write_text(SAMPLE, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "tools"))
        patch.syspath_prepend(str(folder))
        tool: ModuleType = importlib.import_module("addin_udfs")
        yield tool.udf_modules("fonctions_essai")


@pytest.fixture
def edge(excel: ExcelApplication, modules: dict[str, str]) -> Edge:
    """Return what lies outside an Excel that has the functions of the sample."""
    edge = load_addin(excel, ADDIN)
    for name, source in modules.items():
        excel.add_module(source, name=name)
    return edge


def test_every_marked_function_and_no_other_has_its_wrapper(modules: dict[str, str]) -> None:
    wrappers = modules["xlwings_udfs"]

    assert wrappers.count("End Function") == 2
    assert "Function SEGXL_ESSAI(notes, Optional seuil)\n" in wrappers
    assert "Function SEGXL_BREF()\n" in wrappers
    assert '"fonctions_essai", "SEGXL_ESSAI", Array(notes, seuil), Nothing' in wrappers


def test_no_workbook_is_handed_to_xlwings(modules: dict[str, str]) -> None:
    # xlwings would look for sheets of code in it.
    assert "ActiveWorkbook" not in modules["xlwings_udfs"]


def test_a_description_is_the_first_paragraph_on_one_line(modules: dict[str, str]) -> None:
    expected = (
        "Attribute SEGXL_ESSAI.VB_Description = "
        '"Donne le «\u00a0segment\u00a0» de chaque note, d’un seul appel."\n'
    )

    assert f"Function SEGXL_ESSAI(notes, Optional seuil)\n{expected}" in modules["xlwings_udfs"]


def test_a_description_is_no_longer_than_excel_takes(excel: ExcelApplication, edge: Edge) -> None:
    excel.run("SegxlDecrireFonctions")

    description = str(edge.described["'segxl.xlam'!SEGXL_BREF"]["description"])
    assert len(description) == 255
    assert description.endswith("…")


def test_the_wizard_describes_each_function_and_its_arguments(
    excel: ExcelApplication, edge: Edge
) -> None:
    excel.run("SegxlDecrireFonctions")

    assert edge.described["'segxl.xlam'!SEGXL_ESSAI"] == {
        "description": "Donne le «\u00a0segment\u00a0» de chaque note, d’un seul appel.",
        "category": "Segmentation",
        "arguments": ["Les notes, en colonne.", "À partir de quelle note."],
    }
    assert edge.described["'segxl.xlam'!SEGXL_BREF"]["arguments"] == []


def test_a_refusal_while_no_workbook_is_open_is_tried_again(
    excel: ExcelApplication, edge: Edge
) -> None:
    book, excel.application.active_book = excel.workbook, None
    excel.run("SegxlDecrireFonctions")
    assert edge.described == {}

    excel.application.active_book = book
    excel.run("SegxlDecrireFonctions")

    assert len(edge.described) == 2
    edge.described.clear()
    excel.run("SegxlDecrireFonctions")
    assert edge.described == {}


def test_a_module_that_does_not_import_stops_the_build(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    tool = importlib.import_module("addin_udfs")

    with pytest.raises(SystemExit, match="No module named 'absent'"):
        tool.udf_modules("absent")
