"""From a workbook to the groups that it suggests, and that change nothing in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from tests.actions.test_valeur import write_clients, write_hours
from tests.engine.excel import TestExcel
from tests.excel.opc import find_flaws

from segxl.actions import demo, groupes, noter
from segxl.actions.groupes import BilanGroupes
from segxl.domain.anomalies import SaisieError
from segxl.excel.file import FileWorkbook
from segxl.excel.live import LiveWorkbook

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
AU = date(2026, 11, 22)
TABLES = ("Clients", "Criteres", "Baremes", "Couleurs", "Segments", "Parametres", "Cabinet")


def run(path: Path, nombre: int = 0) -> BilanGroupes:
    workbook = FileWorkbook(path)
    bilan = groupes.run(workbook, AU, nombre)
    workbook.save()
    return bilan


def sheet_of(path: Path) -> pd.DataFrame:
    return FileWorkbook(path).read_table("GroupesSuggeres").lignes


def above(path: Path) -> list[str]:
    """Return the two sentences over the table."""
    sheet = openpyxl.load_workbook(path)["Groupes suggérés"]
    texts = [str(sheet.cell(row, 1).value) for row in range(1, 12)]
    return [t for t in texts if t.startswith(("Regroupés", "Netteté"))]


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the workbook of an invented firm, made once."""
    folder = tmp_path_factory.mktemp("cabinet")
    demo.run(folder, 60, 1, AU)
    return folder / "portefeuille.xlsx"


@pytest.fixture
def cabinet(firm: Path, tmp_path: Path) -> Path:
    path = tmp_path / "cabinet.xlsx"
    path.write_bytes(firm.read_bytes())
    return path


def test_the_sheet_appears_and_nothing_else_changes(cabinet: Path) -> None:
    before = {name: FileWorkbook(cabinet).read_table(name).lignes for name in TABLES}

    bilan = run(cabinet, 4)

    lignes = sheet_of(cabinet)
    assert lignes["Groupe suggéré"].tolist() == [g.nom for g in bilan.suggestion.groupes]
    assert lignes["Clients"].sum() + len(bilan.suggestion.laisses) == 60
    assert len(lignes) == 4
    assert lignes.drop(columns=["Règle à essayer"]).notna().all(axis=None)
    assert above(cabinet)[0].startswith("Regroupés le 22/11/2026 : 60 clients sur 60, en 4 groupes")
    for name, known in before.items():
        pd.testing.assert_frame_equal(FileWorkbook(cabinet).read_table(name).lignes, known)
    assert find_flaws(cabinet) == []


def test_a_second_run_changes_nothing_and_another_number_replaces_all(cabinet: Path) -> None:
    run(cabinet, 4)
    before = cabinet.read_bytes()

    run(cabinet, 4)
    again = cabinet.read_bytes()
    run(cabinet, 2)

    assert again == before
    assert len(sheet_of(cabinet)) == 2
    assert "en 2 groupes" in above(cabinet)[0]


def test_the_order_of_the_clients_changes_nothing(cabinet: Path, tmp_path: Path) -> None:
    sorted_ = tmp_path / "trié.xlsx"
    workbook = FileWorkbook(cabinet)
    workbook.replace_rows("Clients", workbook.read_table("Clients").lignes.iloc[::-1])
    workbook.save_as(sorted_)

    run(cabinet)
    run(sorted_)

    pd.testing.assert_frame_equal(sheet_of(sorted_), sheet_of(cabinet))


def test_a_rule_to_try_makes_a_segment(cabinet: Path) -> None:
    write_clients(cabinet, Honoraires_annuels={"C0001": 100, "C0002": 1_000_000})
    groupe = next(g for g in run(cabinet, 5).suggestion.groupes if "Honoraires annuels" in g.conditions)  # fmt: skip
    workbook = FileWorkbook(cabinet)
    workbook.add_columns("Segments", ["Honoraires annuels", "Enjeu"])
    regles = workbook.read_table("Segments").lignes
    new = {"Ordre": 0, "Segment": "Essai", "Teinte": "#FFFFFF", **groupe.conditions}
    rows = pd.concat([pd.DataFrame([new]), regles.assign(**{"Honoraires annuels": None, "Enjeu": None})])  # fmt: skip
    workbook.replace_rows("Segments", rows[[*workbook.read_table("Segments").letters, *(h for h in groupe.conditions if h not in regles)]].astype(object))  # fmt: skip
    workbook.save()

    bilan = noter.run(FileWorkbook(cabinet), AU)

    assert (bilan.resultats.lignes["Segment"] == "Essai").any()


def test_three_clients_make_three_groups_at_most(classeur: Path) -> None:
    write_clients(classeur, Honoraires_annuels={"D1": 1000, "D2": 500, "D3": 90_000})
    write_hours(classeur, ("D1", AU, "AB", 5, 50), ("D2", AU, "AB", 20, 50))

    bilan = run(classeur, 5)

    assert len(bilan.suggestion.groupes) == 3
    assert {g.piste for g in bilan.suggestion.groupes} == {"Trop peu de clients pour un segment : les suivre un par un."}  # fmt: skip


def test_a_workbook_without_any_client_is_told(classeur: Path) -> None:
    workbook = FileWorkbook(classeur)
    headers = [*workbook.read_table("Clients").letters]
    workbook.replace_rows("Clients", pd.DataFrame(columns=headers, dtype=object))
    workbook.save()

    bilan = run(classeur)

    assert bilan.suggestion.groupes == ()
    assert "aucun client" in above(classeur)[0]
    assert find_flaws(classeur) == []


def test_a_table_of_the_firm_under_that_name_is_refused(classeur: Path) -> None:
    workbook = FileWorkbook(classeur)
    workbook.add_table("GroupesSuggeres", "À moi", {"Club": 12})
    workbook.save()

    with pytest.raises(SaisieError, match="n’a pas la colonne « Groupe suggéré »"):
        run(classeur)


def test_looking_writes_nothing_at_all(cabinet: Path) -> None:
    before = cabinet.read_bytes()

    groupes.run(FileWorkbook(cabinet, to_write=False), AU, simulation=True)

    assert cabinet.read_bytes() == before


def test_in_excel_the_same_cells_are_written(cabinet: Path, excel: TestExcel, tmp_path: Path) -> None:  # fmt: skip
    book = excel.open(cabinet)
    for nombre in (3, 4):
        workbook = LiveWorkbook(book)
        groupes.run(workbook, AU, nombre)
        workbook.save()
    live = excel.save(book, tmp_path / "excel.xlsx")

    run(cabinet, 4)

    pd.testing.assert_frame_equal(sheet_of(live), sheet_of(cabinet), check_dtype=False)
    assert [str(v) for v in book.sheets["Groupes suggérés"]["A6:A7"].value] == above(cabinet)
