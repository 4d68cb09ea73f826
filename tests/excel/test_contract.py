"""What every workbook does, whatever it is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
import xlwings as xw
from tests.excel.fake import FakeWorkbook

from segxl.domain.anomalies import SaisieError
from segxl.excel.file import FileWorkbook
from segxl.excel.live import LiveWorkbook
from segxl.excel.port import Workbook

Opener = Callable[[dict[str, pd.DataFrame]], Workbook]
VILLES = pd.DataFrame(
    {"Dossier": ["A", "B", "C"], "Ville": ["Lyon", None, "Brest"], "Note": [1.0, 2.5, None]}
)


def open_fake(tables: dict[str, pd.DataFrame], _: Path) -> Workbook:
    return FakeWorkbook(tables)


def open_file(tables: dict[str, pd.DataFrame], folder: Path) -> Workbook:
    path = folder / "contrat.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, rows in tables.items():
            filled = rows.astype(object).where(rows.notna(), None)
            book.add_worksheet(name).add_table(
                0, 0, len(rows), len(rows.columns) - 1,
                {"name": name, "data": filled.to_numpy().tolist(), "columns": [{"header": h} for h in rows]},
            )  # fmt: skip
    return FileWorkbook(path)


def open_live(tables: dict[str, pd.DataFrame], _: Path) -> Workbook:
    book = xw.Book()
    for name, rows in tables.items():
        filled = rows.astype(object).where(rows.notna(), None)
        cells = book.sheets.add(name)["A1"].resize(len(rows) + 1, len(rows.columns))
        cells.raw_value = [[*rows.columns], *filled.to_numpy().tolist()]
        cells.sheet.tables.add(source=cells, name=name)
    return LiveWorkbook(book)


@pytest.fixture(
    params=[
        pytest.param(open_fake, id="fake"),
        pytest.param(open_file, id="file"),
        pytest.param(open_live, id="live", marks=pytest.mark.excel),
    ]
)
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Opener:
    if request.param is open_live:
        request.getfixturevalue("excel")
    return lambda tables: request.param(tables, tmp_path)


def saved(workbook: Workbook) -> Workbook:
    """Return the workbook as the next run opens it."""
    workbook.save()
    return FileWorkbook(workbook.path) if isinstance(workbook, FileWorkbook) else workbook


def column_of(workbook: Workbook, header: str, table: str = "Villes") -> list[object]:
    return blanks_as_none(saved(workbook).read_table(table).lignes[header])


def blanks_as_none(values: Iterable[object]) -> list[object]:
    return [None if pd.isna(v) else v for v in values]  # type: ignore[call-overload]


def test_a_table_is_found_by_its_name_in_any_case(opened: Opener) -> None:
    workbook = opened({"Villes": VILLES})

    assert workbook.has_table("villes")
    assert not workbook.has_table("Communes")


def test_a_missing_table_is_named_in_french(opened: Opener) -> None:
    workbook = opened({"Villes": VILLES})

    with pytest.raises(SaisieError, match="le tableau « Communes » n’a pas été trouvé"):
        workbook.read_table("Communes")


def test_a_row_read_bears_its_excel_number(opened: Opener) -> None:
    table = opened({"Villes": VILLES}).read_table("Villes")

    assert [*table.lignes.index] == [2, 3, 4]
    assert table.cell("Ville", 3) == "B3"


def test_a_blank_cell_is_read_as_none(opened: Opener) -> None:
    table = opened({"Villes": VILLES}).read_table("Villes")

    assert blanks_as_none(table.lignes["Ville"]) == ["Lyon", None, "Brest"]
    assert table.lignes["Ville"].loc[3] is None


def test_rows_where_nobody_typed_anything_are_not_read(opened: Opener) -> None:
    gaps = VILLES.reindex([0, 9, 1, 2, 9])

    table = opened({"Villes": gaps}).read_table("Villes")

    assert [*table.lignes.index] == [2, 4, 5]


def test_a_table_is_read_as_it_was_when_the_workbook_was_opened(opened: Opener) -> None:
    workbook = opened({"Villes": VILLES})
    workbook.write_cells("Villes", {2: {"Ville": "Nantes"}})

    assert workbook.read_table("Villes").lignes.at[2, "Ville"] == "Lyon"


def test_a_column_is_written_under_its_header_however_it_is_spelt(opened: Opener) -> None:
    workbook = opened({"Villes": VILLES})

    workbook.write_columns("Villes", pd.DataFrame({" VILLE ": ["Nice", "Metz"]}, index=[2, 4]))

    assert column_of(workbook, "Ville") == ["Nice", None, "Metz"]


def test_a_header_that_the_table_lacks_is_skipped(opened: Opener) -> None:
    workbook = opened({"Villes": VILLES})

    workbook.write_columns("Villes", pd.DataFrame({"Région": ["Bretagne"]}, index=[4]))

    assert [*saved(workbook).read_table("Villes").letters] == ["Dossier", "Ville", "Note"]


@pytest.mark.parametrize("blank", [None, float("nan"), pd.NaT, ""])
def test_a_missing_value_leaves_a_blank_cell(opened: Opener, blank: object) -> None:
    workbook = opened({"Villes": VILLES})

    workbook.write_cells("Villes", {2: {"Ville": blank}, 3: {"Note": blank}})

    assert column_of(workbook, "Ville") == [None, None, "Brest"]
    assert column_of(workbook, "Note") == [1.0, None, None]


def test_rows_are_added_under_the_last_one(opened: Opener) -> None:
    workbook = opened({"Villes": VILLES})

    workbook.append_rows("Villes", pd.DataFrame({"dossier": ["D"], "Ville": ["Pau"], "Autre": [1]}))

    assert column_of(workbook, "Dossier") == ["A", "B", "C", "D"]
    assert column_of(workbook, "Ville") == ["Lyon", None, "Brest", "Pau"]


def test_rows_added_fill_the_blank_rows_at_the_end_of_a_table(opened: Opener) -> None:
    workbook = opened({"Villes": VILLES.reindex([0, 1, 2, 9, 9, 9])})

    workbook.append_rows("Villes", pd.DataFrame({"Dossier": ["D", "E"]}))

    assert [*saved(workbook).read_table("Villes").lignes.index] == [2, 3, 4, 5, 6]


def test_rows_replaced_may_be_fewer(opened: Opener) -> None:
    workbook = opened({"Villes": VILLES})

    workbook.replace_rows("Villes", pd.DataFrame({"Dossier": ["Z"], "Ville": ["Gap"], "Note": [9]}))

    assert column_of(workbook, "Dossier") == ["Z"]


def test_rows_replaced_may_be_more(opened: Opener) -> None:
    workbook = opened({"Villes": VILLES})

    workbook.replace_rows(
        "Villes", pd.DataFrame({"Dossier": [*"VWXYZ"], "Ville": "Gap", "Note": 9.0})
    )

    assert column_of(workbook, "Dossier") == [*"VWXYZ"]
    assert column_of(workbook, "Note") == [9.0] * 5


def test_rows_replaced_keep_the_columns_that_nobody_asked_to_write(opened: Opener) -> None:
    workbook = opened({"Villes": VILLES})

    workbook.replace_rows("Villes", pd.DataFrame({"Note": [7.0, 8.0, 9.0]}))

    assert column_of(workbook, "Ville") == ["Lyon", None, "Brest"]
    assert column_of(workbook, "Note") == [7.0, 8.0, 9.0]


def test_columns_are_added_on_the_right(opened: Opener) -> None:
    workbook = opened({"Villes": VILLES})

    workbook.add_columns("Villes", ["Pays", "Région"])
    workbook.write_cells("Villes", {3: {"Pays": "France"}})

    table = saved(workbook).read_table("Villes")
    assert [*table.letters.values()] == [*"ABCDE"]
    assert blanks_as_none(table.lignes["Pays"]) == [None, "France", None]


@pytest.mark.parametrize(
    "headers",
    [
        ["Dossier", "Note", "Ville"],
        ["Dossier", "Commune"],
        ["Dossier", "=1+1", "R&D <Fils>", "Pays", "Région"],
    ],
)
def test_a_table_takes_other_titles_and_as_many_columns_as_they_are(
    opened: Opener, headers: list[str]
) -> None:
    workbook = opened({"Villes": VILLES})

    workbook.retitle("Villes", headers)
    workbook.replace_rows("Villes", pd.DataFrame({h: [h, None] for h in headers}, dtype=object))

    again = saved(workbook)
    table = again.read_table("Villes")
    assert [*table.letters] == headers
    assert blanks_as_none(table.lignes.iloc[0]) == headers
    assert len(table.lignes) == 1
    again.retitle("Villes", [*VILLES.columns])
    assert [*saved(again).read_table("Villes").letters] == [*VILLES.columns]


def test_cells_of_columns_that_go_leave_room_for_those_that_come(opened: Opener) -> None:
    workbook = opened({"Villes": VILLES})
    workbook.retitle("Villes", ["Dossier"])

    again = saved(workbook)
    again.retitle("Villes", ["Dossier", "Pays"])

    assert column_of(again, "Pays") == [None, None, None]


def test_a_new_table_may_be_retitled_at_once(opened: Opener) -> None:
    workbook = opened({"Villes": VILLES})

    workbook.add_table("Plan", "Plan", {"A": 9, "B": 14, "C": 14}, note="Une ligne")
    workbook.retitle("Plan", ["A", "Lyon"])
    workbook.replace_rows("Plan", pd.DataFrame({"A": ["x"], "Lyon": [3.0]}))

    table = saved(workbook).read_table("Plan")
    assert [*table.letters] == ["A", "Lyon"]
    assert [*table.lignes.iloc[0]] == ["x", 3.0]


def test_a_new_table_takes_rows_at_once(opened: Opener) -> None:
    workbook = opened({"Villes": VILLES})

    workbook.add_table("Courriers", "Courriers", {"Date": 12, "Dossier": 14})
    workbook.append_rows("Courriers", pd.DataFrame({"Dossier": ["A", "B"]}))

    assert column_of(workbook, "Dossier", "Courriers") == ["A", "B"]


def test_a_new_table_stands_under_its_note(opened: Opener) -> None:
    workbook = opened({"Villes": VILLES})

    workbook.add_table("Plan", "Plan", {"Rang": 9, "Dossier": 14}, note="Deux lignes,\n=1+1")
    workbook.append_rows("Plan", pd.DataFrame({"Dossier": ["A", "B"], "Rang": [1, 2]}))

    assert column_of(workbook, "Dossier", "Plan") == ["A", "B"]
    assert note_above(workbook) == ["Deux lignes,", "=1+1"]


def note_above(workbook: Workbook) -> list[object]:
    """Return what stands between the title and the headers of the table Plan."""
    if isinstance(workbook, FakeWorkbook):
        return [*workbook.notes["Plan"].splitlines()]
    if isinstance(workbook, FileWorkbook):
        return [row[0] for row in FileWorkbook(workbook.path)._values.rows("Plan", 3, 1)[1:]]
    return [*xw.books.active.sheets["Plan"]["A2:A3"].value]


def test_a_sentence_of_the_note_is_renewed_and_no_other(opened: Opener) -> None:
    workbook = opened({"Villes": VILLES})
    workbook.add_table("Plan", "Plan", {"Rang": 9, "Dossier": 14}, note="Ma note\nComptés : 2")
    again = saved(workbook)

    again.write_above("Plan", {"Comptés : ": "=3", "Retirés : ": "1"})

    if isinstance(again, FakeWorkbook):
        assert again.above == {"Plan": {"Comptés : ": "=3", "Retirés : ": "1"}}
    else:
        again.save()
        assert note_above(again) == ["Ma note", "Comptés : =3"]


def test_a_table_on_the_first_row_has_no_sentence_to_renew(opened: Opener) -> None:
    workbook = opened({"Villes": VILLES})

    workbook.write_above("Villes", {"Comptés : ": "3"})

    assert column_of(workbook, "Ville") == ["Lyon", None, "Brest"]


@pytest.mark.parametrize(
    "name",
    [
        'Père & Fils <SARL> "À l’Été" =1+1',
        "deux\nlignes",
        "réf_x0041_b",
        " espaces  ",
        "x" * 32_767,
    ],
)
def test_a_name_with_every_dangerous_sign_comes_back_as_it_was(opened: Opener, name: str) -> None:
    workbook = opened({"Villes": VILLES})

    workbook.write_cells("Villes", {2: {"Ville": name}})

    assert column_of(workbook, "Ville")[0] == name
