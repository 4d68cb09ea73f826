"""What a workbook received by mail can try against the add-in."""

from __future__ import annotations

import re
import sys

import pytest
from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.exceptions import VBARuntimeError
from tests.engine.addin import COMSPEC, CONF, PYTHON, add_table, messages, press, sent
from tests.engine.edge import Edge
from xlwings.utils import prepare_sys_path


def active_sheet(excel: ExcelApplication, name: str, cells: dict[str, str]) -> None:
    sheet = excel.workbook.active_sheet
    sheet.vba_set("Name", name)
    for cell, value in cells.items():
        excel.sheet(name).set_value(cell, value)


def test_a_sheet_of_the_workbook_never_chooses_the_interpreter(
    excel: ExcelApplication, edge: Edge
) -> None:
    hostile = {
        "A1": "INTERPRETER_WIN",
        "B1": r"\\evil\python.exe",
        "A2": "PYTHONPATH",
        "B2": r"\\evil",
    }
    active_sheet(excel, "segxl.conf", hostile)

    press(excel, "aide")

    assert excel.evaluate('GetConfig("INTERPRETER_WIN")') == PYTHON
    assert excel.evaluate('GetConfig("PYTHONPATH")') == ""
    assert "evil" not in edge.servers[0][0]


def test_a_file_beside_the_workbook_never_chooses_the_interpreter(
    excel: ExcelApplication, edge: Edge
) -> None:
    excel.workbook.path = r"C:\Recu"
    for separator in ("\\", "/"):
        beside = f"C:{separator}Recu{separator}segxl.conf"
        edge.files[beside] = {"INTERPRETER_WIN": r"\\evil\python.exe", "PYTHONPATH": r"\\evil"}

    press(excel, "aide")

    assert excel.evaluate('GetConfig("INTERPRETER_WIN")') == PYTHON
    assert "evil" not in edge.servers[0][0]


def test_a_sheet_of_code_changes_nothing(excel: ExcelApplication, edge: Edge) -> None:
    active_sheet(excel, "pandas.py", {"A1": "raise SystemExit"})

    press(excel, "aide")

    assert edge.commands == [sent("aide")]
    assert excel.dialogs == []


def test_one_python_serves_every_workbook_of_a_session(excel: ExcelApplication, edge: Edge) -> None:
    excel.workbook.path = r"C:\Premier"
    press(excel, "aide")
    excel.add_workbook().path = r"C:\Second"
    press(excel, "aide")
    excel.application.active_book = None
    press(excel, "aide")

    assert len(set(edge.servers)) == 1
    assert "Premier" not in edge.servers[0][0]
    assert "xlam" not in edge.servers[0][0]


def test_python_starts_isolated_and_searches_no_folder_of_a_workbook(
    excel: ExcelApplication, edge: Edge, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(excel, "aide")
    command = edge.servers[0][0]
    handed = re.findall(r'prepare_sys_path\(\\"(.*?)\\"\)', command)[0]
    before = ["first", "second"]
    monkeypatch.setattr(sys, "path", list(before))

    prepare_sys_path(handed)  # type: ignore[no-untyped-call]

    assert command.startswith(f'{COMSPEC}  /K ""{PYTHON}" -I -B -c ')
    assert sys.path == before


def test_folders_that_the_person_configured_are_searched(
    excel: ExcelApplication, edge: Edge, monkeypatch: pytest.MonkeyPatch
) -> None:
    edge.files[CONF]["PYTHONPATH"] = "/opt/un;/opt/deux"
    press(excel, "aide")
    handed = re.findall(r'prepare_sys_path\(\\"(.*?)\\"\)', edge.servers[0][0])[0]
    monkeypatch.setattr(sys, "path", ["first"])

    prepare_sys_path(handed)  # type: ignore[no-untyped-call]

    assert set(sys.path) == {"/opt/un", "/opt/deux", "first"}


@pytest.mark.parametrize("server", ["True", "False"])
@pytest.mark.parametrize("interpreter", ["", "python", "pythonw", "python.exe"])
def test_a_python_without_its_path_is_never_looked_for(
    excel: ExcelApplication, edge: Edge, interpreter: str, server: str
) -> None:
    edge.files[CONF] = {"INTERPRETER_WIN": interpreter, "USE UDF SERVER": server}

    press(excel, "aide")

    assert edge.servers == []
    assert edge.shell == []
    assert "«\u00a0segxl installer\u00a0»" in messages(excel)[0]


def test_without_a_server_python_is_isolated_too(excel: ExcelApplication, edge: Edge) -> None:
    edge.files[CONF]["USE UDF SERVER"] = "False"
    edge.files[PYTHON] = {}
    add_table(excel)
    excel.workbook.path = r"C:\Recu"

    press(excel, "noter")

    [command] = edge.shell
    assert command.startswith(f"{COMSPEC} /C ")
    assert f'"{PYTHON}" -I -B -c ' in command
    assert sent("noter") in command
    assert '--wb="Book1"' in command
    assert "Recu" not in command


@pytest.mark.parametrize("caller", ["Image 1", None])
@pytest.mark.parametrize(
    "call",
    [
        ("RunPython", "import os"),
        ("SegxlExecuter", "import os"),
        ("ExecuteWindows", True, r"\\evil\a.exe", PYTHON),
        ("ExecuteMac", "import os", "/opt/python"),
    ],
)
def test_neither_a_shape_nor_a_formula_runs_a_command(
    excel: ExcelApplication, edge: Edge, call: tuple[str, ...], caller: str | None
) -> None:
    edge.caller = caller or excel.workbook.active_sheet.vba_get("Range", ["A1"])

    with pytest.raises(VBARuntimeError, match="que depuis son ruban"):
        excel.run(*call)

    assert edge.servers == []
    assert edge.shell == []
    assert edge.commands == []
