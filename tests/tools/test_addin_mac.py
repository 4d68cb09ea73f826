from __future__ import annotations

from pathlib import Path

import pytest
from pyopenvba.apps.excel import ExcelApplication
from tests.engine.addin import MAC_CONF, MAC_PYTHON, add_table, load_addin, press, sent
from tests.engine.edge import Edge

ADDIN = Path(__file__).parents[2] / "workbook" / "segxl.xlam"


@pytest.fixture
def edge(excel: ExcelApplication) -> Edge:
    """Return what lies outside an Excel for macOS where segxl is installed."""
    return load_addin(excel, ADDIN, mac=True)


def test_a_click_starts_an_isolated_python_for_the_active_workbook(
    excel: ExcelApplication, edge: Edge
) -> None:
    add_table(excel)

    press(excel, "noter")

    [parameters] = edge.shell
    path, python, command, name, *_ = parameters.split("|")
    assert path == "false;;;;;"
    assert python == f"'{MAC_PYTHON}' -I"
    assert command == sent("noter")
    assert name == excel.workbook.name


def test_the_status_bar_stays_until_python_has_finished(
    excel: ExcelApplication, edge: Edge
) -> None:
    press(excel, "aide")

    assert edge.status == ["segxl…"]


@pytest.mark.parametrize(
    "name", ["$(touch x).xlsx", "`id`.xlsx", 'a".xlsx', "a|b.xlsx", "a\\b.xlsx"]
)
def test_a_name_that_the_shell_would_run_is_refused(
    excel: ExcelApplication, edge: Edge, name: str
) -> None:
    add_table(excel)
    excel.workbook.name = name

    press(excel, "noter")

    assert edge.shell == []
    assert excel.dialogs[0][1].startswith("Renommez le classeur\u00a0:")
    assert edge.status[-1] is False


@pytest.mark.parametrize("name", ["Clients d'Arc & Cie (2026) à 20 %.xlsx", "[copie] été.xlsx"])
def test_an_ordinary_name_is_taken(excel: ExcelApplication, edge: Edge, name: str) -> None:
    add_table(excel)
    excel.workbook.name = name

    press(excel, "noter")

    assert f"|{name}|" in edge.shell[0]


def test_an_interpreter_may_lie_under_an_apostrophe(excel: ExcelApplication, edge: Edge) -> None:
    edge.files[MAC_CONF]["INTERPRETER_MAC"] = "/Users/l'été/bin/python"

    press(excel, "aide")

    assert edge.shell[0].split("|")[1] == r"'/Users/l'\''été/bin/python' -I"


def test_there_is_nothing_to_restart(excel: ExcelApplication, edge: Edge) -> None:
    press(excel, "redemarrer")

    assert "rien à redémarrer" in excel.dialogs[0][1]
    assert edge.shell == []


def test_the_dialog_asks_for_one_file_without_a_filter(excel: ExcelApplication, edge: Edge) -> None:
    add_table(excel)
    edge.answer = "/Users/zoe/été.csv"

    press(excel, "importer")

    assert "/Users/zoe/été.csv".encode("utf-16-be").hex().upper() in edge.shell[0]


def test_someone_who_has_not_installed_segxl_is_told_how(
    excel: ExcelApplication, edge: Edge
) -> None:
    edge.files.clear()

    press(excel, "aide")

    assert edge.shell == []
    assert "«\u00a0segxl installer\u00a0»" in excel.dialogs[0][1]


def test_a_missing_script_is_told_in_french(excel: ExcelApplication, edge: Edge) -> None:
    edge.dll = False

    press(excel, "aide")

    assert excel.dialogs[0][1].startswith("Lancez «\u00a0segxl installer\u00a0»")
    assert edge.status[-1] is False
