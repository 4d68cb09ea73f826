"""A workbook open in Excel: what only this adapter has to take care of."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import xlwings as xw
from tests.engine.com import METER, Com, ComError
from tests.engine.conditional_formats import RULES
from tests.engine.excel import TestExcel
from tests.engine.pages import PAGES
from tests.excel.opc import find_flaws
from tests.excel.test_other_programs import converted, values_of

from segxl.actions import demo, noter
from segxl.domain.anomalies import SaisieError
from segxl.domain.saisie import is_error
from segxl.excel.com.cells import ERROR_WORDS, read_columns, write_column
from segxl.excel.com.refusals import ExcelGoneError
from segxl.excel.file import FileWorkbook
from segxl.excel.live import LiveWorkbook

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
TODAY = date(2026, 11, 22)
VILLES = pd.DataFrame({"Dossier": ["A", "B", "C"], "Ville": ["Lyon", None, "Brest"], "Note": [1.0, 2.5, None]})  # fmt: skip


@pytest.fixture
def villes(excel: TestExcel) -> xw.Book:
    """Return an open workbook with one table, under a title."""
    book = excel.add()
    sheet = book.sheets[0]
    sheet.name = "Là-bas"
    cells = sheet["B3"].resize(4, 3)
    cells.raw_value = [
        [*VILLES.columns],
        ["A", "Lyon", 1.0],
        ["B", None, 2.5],
        ["C", "Brest", None],
    ]
    sheet.tables.add(source=cells, name="Villes")
    return book


@pytest.fixture(scope="module")
def portefeuilles(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """Return demonstration workbooks of some number of clients, made once."""
    folder = tmp_path_factory.mktemp("portefeuilles")

    def made(clients: int) -> Path:
        target = folder / f"{clients}"
        if not target.exists():
            demo.run(target, clients, 1, TODAY)
        return target / "portefeuille.xlsx"

    return made


def column(book: xw.Book, address: str) -> list[object]:
    return [row[0] for row in book.sheets[0][address].raw_value]


def note(workbook: LiveWorkbook) -> None:
    noter.run(workbook, TODAY)
    workbook.save()


# — the same figures as on a disk —


def test_every_table_is_read_as_from_the_file(
    excel: TestExcel, portefeuilles: Callable[[int], Path]
) -> None:
    path = portefeuilles(60)
    live, file = LiveWorkbook(excel.open(path)), FileWorkbook(path)

    for name in ("Clients", "Criteres", "Baremes", "Couleurs", "Segments", "Parametres", "Cabinet"):
        pd.testing.assert_frame_equal(live.read_table(name).lignes, file.read_table(name).lignes)
        assert live.read_table(name).letters == file.read_table(name).letters
        assert live.read_table(name).sheet == file.read_table(name).sheet


def test_noter_gives_the_same_cells_live_and_on_a_disk(
    excel: TestExcel, portefeuilles: Callable[[int], Path], tmp_path: Path
) -> None:
    path = tmp_path / "portefeuille.xlsx"
    shutil.copyfile(portefeuilles(60), path)
    file = FileWorkbook(path)
    noter.run(file, TODAY)
    file.save()
    book = excel.open(portefeuilles(60))
    note(LiveWorkbook(book))

    saved = FileWorkbook(excel.save(book, tmp_path / "vivant.xlsx"))

    for name in ("Clients", "Etapes", "Indicateurs", "SyntheseSegments", "SyntheseCouleurs"):
        pd.testing.assert_frame_equal(
            saved.read_table(name).lignes, FileWorkbook(path).read_table(name).lignes
        )


@pytest.mark.libreoffice
def test_libreoffice_reads_what_excel_saved(
    excel: TestExcel, portefeuilles: Callable[[int], Path], tmp_path: Path
) -> None:
    book = excel.open(portefeuilles(60))
    note(LiveWorkbook(book))
    path = excel.save(book, tmp_path / "vivant.xlsx")

    other = values_of(converted(path, "xlsx:Calc MS Excel 2007 XML", tmp_path))

    header, *rows = other
    notes = [row[header.index("Note FE")] for row in rows]
    segments = [row[header.index("Segment")] for row in rows]
    ours = FileWorkbook(path).read_table("Clients").lignes
    assert notes == ours["Note FE"].tolist()
    assert segments == ours["Segment"].tolist()


def test_what_excel_saved_is_a_sound_package(
    excel: TestExcel, portefeuilles: Callable[[int], Path], tmp_path: Path
) -> None:
    book = excel.open(portefeuilles(60))
    note(LiveWorkbook(book))

    assert find_flaws(excel.save(book, tmp_path / "vivant.xlsx")) == []


# — round trips —


@pytest.mark.memory
def test_noter_takes_as_many_round_trips_for_ten_times_the_clients(
    excel: TestExcel, portefeuilles: Callable[[int], Path]
) -> None:
    calls = []
    for clients in (60, 600):
        book = excel.open(portefeuilles(clients))
        note(LiveWorkbook(book))
        calls.append(METER.count(lambda book=book: note(LiveWorkbook(book))))  # type: ignore[misc]
        excel.application.workbooks()[0].vba_get("Close", [False])

    # Sixty for the six sheets of a new workbook; Courriers and Réponses stand here too, three
    # round trips each.
    assert calls[0] == calls[1] <= 66


@pytest.mark.memory
def test_the_same_palette_is_painted_once(villes: xw.Book) -> None:
    colours = {"Lyon": ("#FF0000", "#FFFFFF"), 'Br"est': ("#00FF00", "#000000")}

    for _ in range(2):
        workbook = LiveWorkbook(villes)
        workbook.paint_words("Villes", "Ville", ["Ville", "Note"], colours)
        workbook.save()

    rules = [
        [(r.Formula1, r.Interior.Color, r.Font.Color) for r in found] for found in RULES.values()
    ]
    expected = [('=$C1="Lyon"', 0x0000FF, 0xFFFFFF), ('=$C1="Br""est"', 0x00FF00, 0)]
    assert rules == [expected, expected]


@pytest.mark.memory
def test_the_users_own_colours_stay(villes: xw.Book) -> None:
    theirs = villes.sheets[0]["C4:C6"].api.FormatConditions.Add(Type=2, Formula1="=$B4>3")
    workbook = LiveWorkbook(villes)
    workbook.paint_words("Villes", "Ville", ["Ville"], {"Lyon": ("#FF0000", "#FFFFFF")})

    workbook.save()

    assert theirs in next(iter(RULES.values()))


# — Excel at rest, then as before —


def test_excel_is_as_before_after_the_work(villes: xw.Book) -> None:
    app = villes.app
    app.calculation = "manual"
    workbook = LiveWorkbook(villes)
    workbook.write_cells("Villes", {4: {"Ville": "Pau"}})

    workbook.save()

    assert (app.calculation, app.screen_updating, app.enable_events) == ("manual", True, True)


def test_excel_is_as_before_after_a_failure(villes: xw.Book) -> None:
    villes.sheets[0].api.Protect()
    workbook = LiveWorkbook(villes)
    workbook.write_cells("Villes", {4: {"Ville": "Pau"}})

    with pytest.raises(SaisieError):
        workbook.save()

    app = villes.app
    assert (app.calculation, app.screen_updating, app.enable_events) == ("automatic", True, True)


def test_the_selection_and_the_sheet_in_view_stay(villes: xw.Book) -> None:
    villes.sheets[0]["C5"].select()
    workbook = LiveWorkbook(villes)
    workbook.add_table("Anomalies", "Anomalies", {"Feuille": 14, "Problème": 60})

    workbook.save()

    assert villes.sheets.active.name == "Là-bas"
    assert villes.app.api.Selection.Address == "$C$5"


@pytest.mark.memory
def test_a_sheet_added_looks_like_the_others(villes: xw.Book) -> None:
    workbook = LiveWorkbook(villes)
    workbook.add_table("Anomalies", "Anomalies", {"Date": 14, "Problème": 60, "Heures": 9})

    workbook.save()

    sheet = villes.sheets["Anomalies"]
    right = -4152  # xlRight
    assert [sheet[c].api.HorizontalAlignment == right for c in ("B3", "C3", "C4")] == [False, True, True]  # fmt: skip
    assert sheet["A3"].color == (46, 125, 91)
    assert [sheet["A1"].column_width, sheet["B1"].column_width] == [14, 60]
    assert sheet["A4"].number_format == "dd/mm/yyyy"
    assert [(p.Orientation, p.FitToPagesWide, p.PrintTitleRows) for p in PAGES.values()] == [
        (2, 1, "$3:$3")
    ]


# — everything or nothing —


def test_a_protected_sheet_is_named_and_nothing_is_half_written(villes: xw.Book) -> None:
    other = villes.sheets.add("Coffre", after=villes.sheets[0])
    other["A1:A2"].raw_value = [["Dossier"], ["Z"]]
    other.tables.add(source=other["A1:A2"], name="Coffre")
    other.api.Protect()
    workbook = LiveWorkbook(villes)
    workbook.write_columns("Villes", pd.DataFrame({"Ville": ["x", "y", "z"]}, index=[4, 5, 6]))
    workbook.replace_rows("Coffre", pd.DataFrame({"Dossier": ["Q"]}))

    with pytest.raises(SaisieError, match=r"Coffre.*protégée.*Ôtez la protection"):
        workbook.save()

    assert column(villes, "C4:C6") == ["Lyon", None, "Brest"]


def test_a_sheet_added_goes_away_when_the_rest_fails(villes: xw.Book) -> None:
    villes.sheets[0].api.Protect()
    workbook = LiveWorkbook(villes)
    workbook.add_table("Anomalies", "Anomalies", {"Feuille": 14})
    workbook.write_cells("Villes", {4: {"Ville": "Pau"}})

    with pytest.raises(SaisieError):
        workbook.save()

    assert [s.name for s in villes.sheets] == ["Là-bas"]


@pytest.mark.memory
def test_a_cell_being_edited_is_told(villes: xw.Book) -> None:
    workbook = LiveWorkbook(villes)
    workbook.write_cells("Villes", {4: {"Ville": "Pau"}})
    Com.refusal = ComError("Call was rejected by callee.", -2147418111)

    with pytest.raises(SaisieError, match="en cours de saisie"):
        workbook.save()


@pytest.mark.memory
def test_excel_closed_during_the_work_is_no_bug(villes: xw.Book) -> None:
    workbook = LiveWorkbook(villes)
    workbook.write_cells("Villes", {4: {"Ville": "Pau"}})
    Com.refusal = ComError("The RPC server is unavailable.", -2147023174)

    with pytest.raises(ExcelGoneError):
        workbook.save()


# — texts stay texts —


@pytest.mark.parametrize(
    "text",
    ["000001016", "=1+1", "1/2", "mai 2026", "TRUE", "-5", "+33 4", "@SUM(A1)", "'quoted", "12 %", "#N/A", "1E5"],
)  # fmt: skip
def test_excel_interprets_no_text(villes: xw.Book, text: str) -> None:
    workbook = LiveWorkbook(villes)

    workbook.write_cells("Villes", {4: {"Ville": text}})
    workbook.save()

    assert villes.sheets[0]["C4"].raw_value == text
    assert villes.sheets[0]["C4"].api.HasFormula is False


@pytest.mark.parametrize(
    ("given", "held"),
    [
        ("a\r\nb", "a\nb"),
        ("a\x07\ud800b", "ab"),
        ("é" * 40_000, "é" * 32_767),
        ("=" * 40_000, "=" * 32_766),
        ("\x00", None),
        (time(12, 30), "12:30:00"),
        (date(1850, 1, 2), "1850-01-02"),
    ],
    ids=str,
)
def test_what_no_cell_can_hold_is_written_as_far_as_possible(
    villes: xw.Book, given: object, held: object
) -> None:
    workbook = LiveWorkbook(villes)

    workbook.write_cells("Villes", {4: {"Ville": given}})
    workbook.save()

    assert villes.sheets[0]["C4"].raw_value == held


def test_a_long_integer_reaches_excel_as_a_float() -> None:
    given = write_column(pd.Series([33612345678, 5], dtype=object))

    assert [type(v) for v in given] == [float, int]


def test_a_number_too_large_to_be_counted_one_by_one_stays_a_float() -> None:
    assert read_columns([["mot"], [1e300], [2.0]]) == [["mot", 1e300, 2]]


def test_dates_are_dates(villes: xw.Book) -> None:
    workbook = LiveWorkbook(villes)

    workbook.write_cells("Villes", {4: {"Ville": TODAY}})
    workbook.save()

    assert villes.sheets[0]["C4"].raw_value.date() == TODAY


def test_a_date_typed_in_excel_comes_back_as_a_plain_one(villes: xw.Book) -> None:
    villes.sheets[0]["C4"].api.Value = pd.Timestamp(2026, 9, 1).to_pydatetime()

    read = LiveWorkbook(villes).read_table("Villes").lignes.at[4, "Ville"]

    assert type(read) is type(pd.Timestamp(2026, 9, 1).to_pydatetime())
    assert read == pd.Timestamp(2026, 9, 1)


def test_an_error_value_is_read_as_its_word(villes: xw.Book) -> None:
    villes.sheets[0]["C4"].formula = "=1/0"

    assert LiveWorkbook(villes).read_table("Villes").lignes.at[4, "Ville"] == "#DIV/0!"


def test_every_error_of_excel_is_an_error_for_the_domain() -> None:
    assert all(map(is_error, ERROR_WORDS.values()))


def test_whole_numbers_have_no_decimal_point(villes: xw.Book) -> None:
    villes.sheets[0]["C4"].raw_value = 69003

    read = LiveWorkbook(villes).read_table("Villes").lignes

    assert repr(read.at[4, "Ville"]) == "69003"
    assert repr(read.at[4, "Note"]) == "1"


# — formulas, neighbours, other workbooks —


def test_a_formula_of_the_user_is_kept_when_asked(villes: xw.Book) -> None:
    villes.sheets[0]["C5"].formula = '="Di"&"jon"'
    workbook = LiveWorkbook(villes)

    workbook.write_columns("Villes", pd.DataFrame({"Ville": ["x", "y", "z"]}, index=[4, 5, 6]), keep_formulas=True)  # fmt: skip
    workbook.save()

    assert column(villes, "C4:C6") == ["x", "Dijon", "z"]


def test_new_rows_keep_the_formula_of_a_calculated_column(villes: xw.Book) -> None:
    villes.sheets[0]["D4:D6"].formula = "=LEN([@Ville])"
    workbook = LiveWorkbook(villes)

    workbook.append_rows("Villes", pd.DataFrame({"Ville": ["Pau", "Gap"], "Note": [None, None]}))
    workbook.save()

    assert column(villes, "D4:D8") == [4.0, 0.0, 5.0, 3.0, 3.0]


def test_new_rows_go_under_the_last_one_that_somebody_typed(villes: xw.Book) -> None:
    villes.sheets[0]["B6:C6"].clear_contents()
    villes.sheets[0]["D4:D6"].formula = "=LEN([@Ville])"
    workbook = LiveWorkbook(villes)

    workbook.append_rows("Villes", pd.DataFrame({"Dossier": ["D"]}))
    workbook.save()

    assert column(villes, "B4:B6") == ["A", "B", "D"]
    assert villes.sheets[0].tables["Villes"].range.address == "$B$3:$D$6"


def test_two_columns_that_read_the_same_are_told(villes: xw.Book) -> None:
    villes.sheets[0]["D3"].raw_value = "Ville "

    with pytest.raises(SaisieError, match=r"Là-bas!D3 : les colonnes C et D.*même intitulé"):
        LiveWorkbook(villes).read_table("Villes")


def test_a_table_dragged_to_the_end_of_its_sheet_is_told_and_not_read(villes: xw.Book) -> None:
    sheet = villes.sheets[0]
    sheet.tables["Villes"].resize(sheet["B3:D300000"])

    with pytest.raises(SaisieError, match=r"Là-bas!B3:D300000 : .*plus de 200\u202f000 lignes"):
        LiveWorkbook(villes).read_table("Villes")


def test_links_are_formulas_that_show_the_cell(villes: xw.Book) -> None:
    workbook = LiveWorkbook(villes)
    workbook.replace_rows("Villes", pd.DataFrame({"Dossier": ["C3"], "Ville": ["b"], "Note": [1]}))

    workbook.link_cells("Villes", "Dossier", ["'Là-bas'!C3"])
    workbook.save()

    assert villes.sheets[0]["B4"].formula == '=HYPERLINK("#\'Là-bas\'!C3","C3")'
    assert LiveWorkbook(villes).read_table("Villes").lignes.at[4, "Dossier"] == "C3"


def test_a_table_that_cannot_grow_says_where(villes: xw.Book) -> None:
    villes.sheets[0]["C8"].value = "mon total"

    with pytest.raises(SaisieError, match=r"Là-bas!C8.*ne peut pas s’agrandir.*mon total"):
        LiveWorkbook(villes).append_rows("Villes", pd.DataFrame({"Dossier": ["D", "E"]}))


def test_a_table_with_totals_does_not_grow(villes: xw.Book) -> None:
    villes.sheets[0].tables["Villes"].show_totals = True

    with pytest.raises(SaisieError, match="ligne de total"):
        LiveWorkbook(villes).append_rows("Villes", pd.DataFrame({"Dossier": ["D"]}))


def test_totals_are_no_client(villes: xw.Book) -> None:
    villes.sheets[0].tables["Villes"].show_totals = True

    assert [*LiveWorkbook(villes).read_table("Villes").lignes["Dossier"]] == ["A", "B", "C"]


def test_another_open_workbook_with_the_same_table_is_left_alone(
    excel: TestExcel, villes: xw.Book
) -> None:
    other = excel.add()
    other.sheets[0]["A1:B2"].raw_value = [["Dossier", "Ville"], ["Z", "Nulle part"]]
    other.sheets[0].tables.add(source=other.sheets[0]["A1:B2"], name="Villes")
    workbook = LiveWorkbook(villes)

    workbook.write_cells("Villes", {4: {"Ville": "Pau"}})
    workbook.save()

    assert column(villes, "C4:C6") == ["Pau", None, "Brest"]
    assert other.sheets[0]["B2"].value == "Nulle part"


def test_a_client_list_adopted_under_its_own_name_is_the_table_clients(villes: xw.Book) -> None:
    villes.api.Names.Add(Name="segxl_Clients", RefersToR1C1="=Villes[#All]")

    table = LiveWorkbook(villes).read_table("Clients")

    assert [*table.lignes["Dossier"]] == ["A", "B", "C"]


@pytest.mark.parametrize("table", ["villes", "Clients"])
def test_without_evaluation_a_table_is_found_by_walking_the_sheets(
    villes: xw.Book, monkeypatch: pytest.MonkeyPatch, table: str
) -> None:
    """Given Excel for Mac, which evaluates no reference for a script."""
    villes.api.Names.Add(Name="segxl_Clients", RefersToR1C1="=Villes[#All]")
    villes.sheets[0].tables["Villes"].show_totals = True
    monkeypatch.setattr("sys.platform", "darwin")

    read = LiveWorkbook(villes).read_table(table)

    assert [*read.lignes["Dossier"]] == ["A", "B", "C"]
    assert [*read.lignes.index] == [4, 5, 6]


def test_a_filtered_table_is_written_on_its_hidden_rows_too(villes: xw.Book) -> None:
    villes.sheets[0]["5:5"].api.EntireRow.Hidden = True
    workbook = LiveWorkbook(villes)

    workbook.write_columns("Villes", pd.DataFrame({"Note": [7, 8, 9]}, index=[4, 5, 6]))
    workbook.save()

    assert column(villes, "D4:D6") == [7.0, 8.0, 9.0]
    assert villes.sheets[0]["5:5"].api.EntireRow.Hidden is True


def test_colours_changed_in_the_closed_file_are_painted_again_in_excel(
    excel: TestExcel, villes: xw.Book, tmp_path: Path
) -> None:
    workbook = LiveWorkbook(villes)
    workbook.paint_words("Villes", "Ville", ["Ville"], {"Lyon": ("#FF0000", "#FFFFFF")})
    workbook.save()
    file = FileWorkbook(excel.save(villes, tmp_path / "villes.xlsx"))
    file.paint_words("Villes", "Ville", ["Ville"], {"Lyon": ("#0000FF", "#FFFFFF")})

    file.save()

    assert [*openpyxl.load_workbook(file.path).defined_names] == []


@pytest.mark.memory
def test_noter_puts_who_moved_on_record_live_as_on_a_disk(
    excel: TestExcel, portefeuilles: Callable[[int], Path], tmp_path: Path
) -> None:
    later = date(2026, 12, 15)
    path = tmp_path / "portefeuille.xlsx"
    shutil.copyfile(portefeuilles(60), path)
    answers = {row: {"Outil de facturation": "ERP raccordé", "Émission des factures": "Papier"} for row in range(2, 9)}  # fmt: skip
    typing = FileWorkbook(path)
    first = typing.read_table("Clients").lignes.index[0]
    typing.write_cells("Clients", {int(first) + r - 2: cells for r, cells in answers.items()})
    typing.save()
    book = excel.open(path)
    file = FileWorkbook(path)
    noter.run(file, later)
    file.save()

    live = LiveWorkbook(book)
    noter.run(live, later)
    live.save()
    again = METER.count(lambda: note_on(book, later))

    saved = FileWorkbook(excel.save(book, tmp_path / "vivant.xlsx"))
    for name in ("Mouvements", "Historique", "AvantApres"):
        ours, theirs = saved.read_table(name).lignes, FileWorkbook(path).read_table(name).lignes
        pd.testing.assert_frame_equal(ours, theirs)
    assert len(saved.read_table("Mouvements").lignes) > 1
    assert again <= 66
    assert find_flaws(tmp_path / "vivant.xlsx") == []


def note_on(book: xw.Book, day: date) -> None:
    workbook = LiveWorkbook(book)
    noter.run(workbook, day)
    workbook.save()
