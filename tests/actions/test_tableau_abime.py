"""A note typed under the rows behind a chart: the clients are scored all the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.engine.excel import TestExcel
from tests.excel.parts import edit_part, place_of

from segxl.actions import noter
from segxl.excel.file import FileWorkbook
from segxl.excel.graphiques import CARTE
from segxl.excel.live import LiveWorkbook

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
SHEET, NOTE, AU = "Tableau de bord", "ma note", date(2026, 11, 22)


def cell_under(path: Path) -> str:
    """Return the second cell under the table of départements: Excel takes the first into the table."""
    table = FileWorkbook(path).read_table(CARTE)
    return f"{table.letters['Département']}{int(str(table.lignes.index[-1])) + 2}"


def test_in_a_file_the_clients_are_scored_and_the_chart_is_told(
    classeur: Path, excel: TestExcel, tmp_path: Path
) -> None:
    # Given a note under the rows of the map, which three départements would need
    cell = cell_under(classeur)
    book = excel.open(classeur)
    book.sheets[SHEET][cell].value = NOTE
    workbook = FileWorkbook(excel.save(book, tmp_path / "annoté.xlsx"))

    bilan = noter.run(workbook, AU)
    workbook.save_as(tmp_path / "noté.xlsx")

    (told,) = bilan.anomalies
    assert (told.sheet, told.cell, told.value) == (SHEET, cell, NOTE)
    assert "son graphique reste comme avant" in told.problem
    clients = FileWorkbook(tmp_path / "noté.xlsx").read_table("Clients").lignes
    assert clients["Note FE"].notna().any()


def test_in_excel_the_clients_are_scored_and_the_note_stays(
    classeur: Path, excel: TestExcel
) -> None:
    cell = cell_under(classeur)
    book = excel.open(classeur)
    book.sheets[SHEET][cell].value = NOTE
    workbook = LiveWorkbook(book)

    bilan = noter.run(workbook, AU)
    workbook.save()

    assert [(a.sheet, a.cell) for a in bilan.anomalies] == [(SHEET, cell)]
    assert book.sheets[SHEET][cell].value == NOTE
    assert book.sheets["Clients"]["C5"].value is not None


def with_totals(classeur: Path, rows: int) -> Path:
    """Give the table of segments a row of totals, and room for so many of them only."""
    place = place_of(classeur, "SyntheseSegments")
    short = place.ending_at(place.header_row + rows)
    return edit_part(
        classeur,
        place.table_part,
        (f'ref="{place.ref}"'.encode(), f'ref="{replace(short, totals=1).ref}" totalsRowCount="1"'.encode()),
    )  # fmt: skip


def test_a_row_of_totals_that_leaves_no_room_keeps_its_table_and_stops_nothing(
    classeur: Path,
) -> None:
    workbook = FileWorkbook(with_totals(classeur, 3))
    before = workbook.read_table("SyntheseSegments").lignes

    bilan = noter.run(workbook, AU)
    workbook.save()

    (told,) = bilan.anomalies
    assert "ligne de total ; il reste comme avant" in told.problem
    assert not told.is_blocking
    after = FileWorkbook(classeur)
    assert after.read_table("SyntheseSegments").lignes.equals(before)
    assert after.read_table("Clients").lignes["Note FE"].notna().any()


def test_a_row_of_totals_under_enough_rows_stays_under_them(classeur: Path) -> None:
    place = place_of(classeur, "SyntheseSegments")
    workbook = FileWorkbook(with_totals(classeur, place.last_row - place.header_row))

    bilan = noter.run(workbook, AU)
    workbook.save()

    assert bilan.anomalies == ()
    assert place_of(classeur, "SyntheseSegments").totals == 1
    assert FileWorkbook(classeur).read_table("SyntheseSegments").lignes["Clients"].sum() == 3
