"""How many of our sheets are in sight: eight at most, the least needed hidden first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from tests.engine.excel import TestExcel
from tests.excel.opc import find_flaws

from segxl.actions import nouveau
from segxl.excel.file import FileWorkbook
from segxl.excel.first_use import HIDDEN_FIRST, MOST_SHEETS
from segxl.excel.layout import SHEET_OF
from segxl.excel.live import LiveWorkbook
from segxl.excel.port import Workbook

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
AT_FIRST_USE = ["Loi", "Anomalies", "Courriers", "Plan", "ARencontrer", "Journal"]
Visible = Callable[[list[str]], list[str]]


def add(workbook: Workbook, tables: list[str]) -> None:
    for table in tables:
        workbook.add_table(table, SHEET_OF[table], {"Fait": 20})
    workbook.save()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return nouveau.run(tmp_path / "cabinet.xlsx")


def in_a_file(path: Path, tables: list[str]) -> list[str]:
    add(FileWorkbook(path), tables)
    assert find_flaws(path) == []
    book = openpyxl.load_workbook(path)
    return [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]


def in_excel(excel: TestExcel, path: Path, tables: list[str]) -> list[str]:
    book = excel.open(path)
    for table in tables:
        add(LiveWorkbook(book), [table])
    return [sheet.name for sheet in book.sheets if sheet.visible]


def test_up_to_eight_sheets_all_are_in_sight(path: Path) -> None:
    assert in_a_file(path, AT_FIRST_USE[:2])[-2:] == ["Calendrier légal", "Anomalies"]


def test_past_eight_the_least_needed_are_hidden(path: Path) -> None:
    visible = in_a_file(path, AT_FIRST_USE)

    assert len(visible) == MOST_SHEETS
    assert visible[-1] == "Journal"
    assert "Plan" in visible
    assert "Calendrier légal" not in visible


@pytest.mark.memory
def test_excel_hides_the_same_sheets(excel: TestExcel, path: Path) -> None:
    live = in_excel(excel, path, AT_FIRST_USE)

    assert live == in_a_file(path, AT_FIRST_USE)


@pytest.mark.memory
def test_the_record_that_others_are_compared_with_is_not_shown_unasked(
    excel: TestExcel, path: Path
) -> None:
    live = in_excel(excel, path, ["Historique"])

    assert "Historique" not in live
    assert live == in_a_file(path, ["Historique"])


def test_the_sheet_in_front_is_never_hidden(path: Path) -> None:
    in_a_file(path, AT_FIRST_USE[:2])
    book = openpyxl.load_workbook(path)
    book.active = book["Calendrier légal"]
    book.save(path)

    visible = in_a_file(path, ["Plan"])

    assert "Calendrier légal" in visible
    assert "Anomalies" not in visible


def visible_in(path: Path) -> list[str]:
    book = openpyxl.load_workbook(path)
    return [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]


def test_a_hidden_sheet_comes_back_and_leaves_eight_in_sight(path: Path) -> None:
    in_a_file(path, AT_FIRST_USE)
    workbook = FileWorkbook(path)

    workbook.bring_back("Loi")
    workbook.save()

    visible = visible_in(path)
    assert "Calendrier légal" in visible
    assert len(visible) == MOST_SHEETS
    assert find_flaws(path) == []


def test_a_sheet_in_sight_stays_as_it_is(path: Path) -> None:
    in_a_file(path, AT_FIRST_USE)
    before = path.read_bytes()
    workbook = FileWorkbook(path)

    workbook.bring_back("Journal")
    workbook.save()

    assert path.read_bytes() == before


def test_the_sheets_of_the_firm_do_not_count(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    for number in range(9):
        book.create_sheet(f"À nous {number}")
    book.save(path)

    assert "Calendrier légal" in in_a_file(path, AT_FIRST_USE[:2])


def test_every_sheet_that_may_be_hidden_appears_at_first_use() -> None:
    assert set(HIDDEN_FIRST) <= set(SHEET_OF.values())
