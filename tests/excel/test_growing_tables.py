"""Tables that grow, shrink and take columns, with what stands around them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from tests.excel.opc import find_flaws
from tests.excel.parts import edit_part, place_of, read_parts, rows_of, score, value_of

from segxl.domain.anomalies import SaisieError
from segxl.excel.file import FileWorkbook

Draw = Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], None]


@pytest.fixture
def drawn(tmp_path: Path) -> Callable[..., Path]:
    """Return a workbook with the table Villes in B3:C5 and whatever the test draws around it."""

    def draw(around: Draw | None = None, **options: object) -> Path:
        path = tmp_path / "dessin.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet("Feuille d'essai")
            columns = [{"header": "Dossier"}, {"header": "Ville"}]
            data = [["A", "Lyon"], ["B", "Brest"]]
            sheet.add_table("B3:C5", {"name": "Villes", "columns": columns, "data": data} | options)
            if around:
                around(book, sheet)
        return path

    return draw


def append(path: Path, *dossiers: str) -> None:
    workbook = FileWorkbook(path)
    workbook.append_rows("Villes", pd.DataFrame({"Dossier": dossiers}))
    workbook.save()


def replace(path: Path, count: int) -> None:
    workbook = FileWorkbook(path)
    workbook.replace_rows("Villes", pd.DataFrame({"Dossier": range(count), "Ville": "Gap"}))
    workbook.save()


def test_a_table_never_grows_over_what_stands_beneath(drawn: Callable[..., Path]) -> None:
    path = drawn(lambda _, sheet: sheet.write("C7", "Total"))
    before = path.read_bytes()

    with pytest.raises(SaisieError, match=r"C7 : .* cette cellule est occupée.*Déplacez"):
        append(path, "C", "D")

    assert path.read_bytes() == before


def test_a_table_never_grows_over_another_table_though_blank(drawn: Callable[..., Path]) -> None:
    path = drawn(lambda _, sheet: sheet.add_table("C8:D9", {"header_row": False, "name": "Autre"}))

    with pytest.raises(SaisieError, match="C8"):
        append(path, "C", "D", "E")


def test_a_table_never_grows_over_merged_cells(drawn: Callable[..., Path]) -> None:
    path = drawn(lambda book, sheet: sheet.merge_range("A7:B7", "", book.add_format()))

    with pytest.raises(SaisieError, match="B7"):
        append(path, "C", "D")


def test_a_table_grows_where_the_room_is_free(drawn: Callable[..., Path]) -> None:
    path = drawn(lambda _, sheet: sheet.write("A6", "à côté"))

    append(path, "C", "D")

    assert place_of(path, "Villes").ref == "B3:C7"
    assert find_flaws(path) == []


def test_a_table_with_totals_says_how_to_let_it_grow(drawn: Callable[..., Path]) -> None:
    path = drawn(total_row=True, data=[["A", "Lyon"]])

    with pytest.raises(SaisieError, match="Retirez la ligne de total"):
        append(path, "C", "D")


def test_totals_stay_in_their_place_when_rows_are_fewer(drawn: Callable[..., Path]) -> None:
    columns = [{"header": "Dossier", "total_string": "Total"}, {"header": "Ville"}]
    path = drawn(columns=columns, total_row=True, data=[["A", "Lyon"]])
    workbook = FileWorkbook(path)

    workbook.replace_rows("Villes", pd.DataFrame({"Dossier": ["Z"], "Ville": ["Gap"]}))
    workbook.save()

    assert rows_of(path, "Villes")["Dossier"].tolist() == ["Z"]
    assert find_flaws(path) == []


def test_a_neighbour_that_ends_on_the_same_row_keeps_its_list_and_its_colours(
    drawn: Callable[..., Path],
) -> None:
    def around(_: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.add_table("E3:F5", {"name": "Voisin"})
        sheet.data_validation("E4:E5", {"validate": "list", "source": ["x"]})
        sheet.data_validation("C4:C5", {"validate": "list", "source": ["y"]})

    path = drawn(around)

    append(path, "C")

    sheet = read_parts(path)[place_of(path, "Villes").sheet_part]
    assert re.findall(rb'<dataValidation [^>]*sqref="([^"]*)"', sheet) == [b"E4:E5", b"C4:C6"]
    assert place_of(path, "Voisin").ref == "E3:F5"


def test_charts_follow_a_table_that_shrinks_then_grows(drawn: Callable[..., Path]) -> None:
    def around(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "='Feuille d''essai'!$B$4:$B$5"})
        sheet.insert_chart("H1", chart)

    path = drawn(around)
    shown = []
    for count in (1, 4, 2):
        replace(path, count)
        shown += re.findall(rb"<c:f>(.*?)</c:f>", read_parts(path)["xl/charts/chart1.xml"])

    assert [s.rpartition(b"!")[2] for s in shown] == [b"$B$4:$B$4", b"$B$4:$B$7", b"$B$4:$B$5"]
    assert find_flaws(path) == []


def test_rows_that_go_leave_blank_cells(drawn: Callable[..., Path]) -> None:
    path = drawn()

    replace(path, 5)
    replace(path, 1)

    sheet = read_parts(path)[place_of(path, "Villes").sheet_part]
    assert re.findall(rb'<row r="[5-8]"[^>]*>(.*?)</row>', sheet) == [
        b'<c r="B%d"/><c r="C%d"/>' % (n, n) for n in range(5, 9)
    ]


def test_columns_never_go_over_what_stands_beside(drawn: Callable[..., Path]) -> None:
    path = drawn(lambda _, sheet: sheet.write("D4", "note"))

    with pytest.raises(SaisieError, match=r"D4 : .* ne peut pas s’élargir"):
        FileWorkbook(path).add_columns("Villes", ["Pays"])


def test_columns_never_go_over_the_edge_of_the_sheet(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().add_table("XFC1:XFD3", {"name": "Villes"})

    with pytest.raises(SaisieError, match=r"XFD1 : .* la feuille s’arrête là"):
        FileWorkbook(path).add_columns("Villes", ["Pays"])


def test_a_table_at_the_edge_of_the_sheet_is_read_and_written(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().add_table(
            "XFC1:XFD3", {"name": "Villes", "columns": [{"header": "Dossier"}, {"header": "Ville"}]}
        )
    workbook = FileWorkbook(path)

    workbook.write_cells("Villes", {2: {"Ville": "Lyon"}})
    workbook.save()

    assert value_of(path, 2, "Ville", "Villes") == "Lyon"
    assert find_flaws(path) == []


def test_a_table_without_its_header_row_is_read_by_its_own_headers(
    drawn: Callable[..., Path],
) -> None:
    path = drawn(lambda _, sheet: sheet.write("B3", "un titre"), header_row=False)

    rows = rows_of(path, "Villes")

    assert [*rows.columns] == ["Dossier", "Ville"]
    assert rows["Ville"].tolist() == ["Lyon", "Brest"]


def test_a_table_without_its_header_row_grows_and_takes_columns(drawn: Callable[..., Path]) -> None:
    path = drawn(lambda _, sheet: sheet.write("B2", "un titre"), header_row=False)
    workbook = FileWorkbook(path)

    workbook.append_rows("Villes", pd.DataFrame({"Dossier": ["C"]}))
    workbook.add_columns("Villes", ["Pays"])
    workbook.save()

    after = place_of(path, "Villes")
    assert after.ref.startswith("B")
    assert after.headers == ("Dossier", "Ville", "Pays")
    assert rows_of(path, "Villes")["Dossier"].tolist() == ["A", "B", "C"]
    assert find_flaws(path) == []


def test_a_table_drawn_down_to_the_last_row_is_read_at_once(classeur: Path) -> None:
    part = place_of(classeur, "Clients").table_part
    edit_part(
        classeur,
        part,
        (b'ref="A4:CN7"', b'ref="A4:CN1048576"'),
        (b'ref="A4:CN7"', b'ref="A4:CN1048576"'),
    )

    score(classeur)

    assert len(rows_of(classeur)) == 3
    assert find_flaws(classeur) == []


def test_a_table_drawn_down_to_the_last_row_takes_rows_under_the_filled_ones(
    classeur: Path,
) -> None:
    part = place_of(classeur, "Clients").table_part
    edit_part(
        classeur,
        part,
        (b'ref="A4:CN7"', b'ref="A4:CN1048576"'),
        (b'ref="A4:CN7"', b'ref="A4:CN1048576"'),
    )
    workbook = FileWorkbook(classeur)

    workbook.append_rows("Clients", pd.DataFrame({"Dossier": ["D9"]}))
    workbook.save()

    assert rows_of(classeur)["Dossier"].tolist() == ["D1", "D2", "D3", "D9"]
    assert place_of(classeur, "Clients").last_row == 1_048_576


def test_a_list_of_answers_follows_the_rows_that_are_added(classeur: Path) -> None:
    workbook = FileWorkbook(classeur)
    workbook.append_rows("Clients", pd.DataFrame({"Dossier": ["D8", "D9"]}))
    workbook.save()

    sheet = read_parts(classeur)[place_of(classeur, "Clients").sheet_part]
    lists = re.findall(rb'<dataValidation [^>]*sqref="([^"]*)"', sheet)
    assert {s.rpartition(b":")[2].lstrip(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ") for s in lists} == {b"9"}


def test_new_rows_look_like_the_last_one(classeur: Path) -> None:
    looks = re.compile(rb'<c r="[A-Z]+(\d+)"(?: s="(\d+)")?')

    sheet = read_parts(classeur)[place_of(classeur, "Clients").sheet_part]

    found: dict[bytes, list[bytes]] = {}
    for row, style in looks.findall(sheet):
        found.setdefault(row, []).append(style)
    assert found[b"7"] == found[b"6"] == found[b"5"]
