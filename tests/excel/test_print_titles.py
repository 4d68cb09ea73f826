"""The headers of a sheet that segxl adds come back on each printed page."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from tests.excel.opc import find_flaws
from tests.excel.parts import edit_part, read_parts

from segxl.actions import nouveau
from segxl.excel.file import FileWorkbook
from segxl.excel.layout import SHEET_OF
from segxl.excel.ooxml.names import PRINT_TITLES, read_names
from segxl.excel.ooxml.package import Package

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return nouveau.run(tmp_path / "cabinet.xlsx")


def add(path: Path, *tables: str, note: str = "") -> Path:
    workbook = FileWorkbook(path)
    for table in tables:
        workbook.add_table(table, SHEET_OF[table], {"Dossier": 12, "Heures": 9}, note=note)
    workbook.save()
    return path


def titles_of(path: Path) -> dict[str, str | None]:
    return {s.title: s.print_title_rows for s in openpyxl.load_workbook(path).worksheets}


def test_the_header_row_is_repeated_under_whatever_note(path: Path) -> None:
    add(add(path, "Temps", note="Une ligne.\nDeux lignes."), "ARencontrer", "Loi")

    titles = titles_of(path)
    assert titles["Temps"] == "$5:$5"
    assert titles["À rencontrer"] == titles["Calendrier légal"] == "$3:$3"
    assert titles["Clients"] == "$4:$4"
    assert find_flaws(path) == []


def test_it_is_printed_in_landscape_and_one_page_wide(path: Path) -> None:
    page = openpyxl.load_workbook(add(path, "Valeur"))["Valeur"]

    assert (page.page_setup.orientation, page.page_setup.fitToHeight) == ("landscape", 0)
    fit = page.sheet_properties.pageSetUpPr
    assert fit is not None
    assert fit.fitToPage


def test_a_second_run_adds_no_second_name(path: Path) -> None:
    add(path, "Valeur")
    before = read_parts(path)["xl/workbook.xml"]

    workbook = FileWorkbook(path)
    workbook.replace_rows("Valeur", pd.DataFrame({"Dossier": ["A", "B"]}))
    workbook.save()

    assert read_parts(path)["xl/workbook.xml"] == before


def test_a_workbook_whose_sheets_were_moved_names_the_right_one(path: Path) -> None:
    add(path, "Valeur")
    book = openpyxl.load_workbook(path)
    book.move_sheet("Valeur", -4)
    book.create_sheet("L’été & l'hiver", 0)
    book.save(path)

    add(path, "Relation")

    titles = titles_of(path)
    assert (titles["Valeur"], titles["Relation"], titles["L’été & l'hiver"]) == ("$3:$3", "$3:$3", None)  # fmt: skip


def test_a_name_left_by_a_sheet_that_is_gone_makes_room(path: Path) -> None:
    rank = len(openpyxl.load_workbook(path).worksheets)
    lost = f'<definedName name="{PRINT_TITLES}" localSheetId="{rank}">#REF!</definedName></definedNames>'
    edit_part(path, "xl/workbook.xml", (b"</definedNames>", lost.encode()))

    add(path, "Valeur")

    names = [(n.name, n.formula) for n in read_names(Package(path)) if n.sheet == rank]
    assert names == [(PRINT_TITLES, "'Valeur'!$3:$3")]


def test_a_workbook_without_any_name_takes_its_first(tmp_path: Path) -> None:
    path = tmp_path / "nu.xlsx"
    openpyxl.Workbook().save(path)

    add(path, "Irritants")

    assert titles_of(path) == {"Sheet": None, "Irritants": "$3:$3"}
    assert find_flaws(path) == []


def test_the_header_of_a_figure_stands_over_it(path: Path) -> None:
    sheet = openpyxl.load_workbook(add(path, "Valeur"))["Valeur"]

    assert [sheet[cell].alignment.horizontal for cell in ("A3", "B3", "B4")] == [None, "right", "right"]  # fmt: skip


def test_a_column_that_comes_to_one_of_our_sheets_later_shows_its_figures(path: Path) -> None:
    add(path, "Rendement")
    workbook = FileWorkbook(path)
    workbook.add_columns("Rendement", ["Part de l’effort"])
    workbook.replace_rows("Rendement", pd.DataFrame({"Part de l’effort": [0.0132]}))
    workbook.save()

    assert openpyxl.load_workbook(path)["Rendement"]["C4"].number_format == "0.0%_ _ "
