"""Importing into a firm's own list: the value goes to the column that ours follows, or is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import xlsxwriter
from tests.actions.listes import write_plain, write_rows
from tests.engine.excel import TestExcel
from tests.excel.opc import find_flaws
from tests.excel.parts import rows_of, score, set_cell
from tests.excel.test_other_programs import converted

from segxl.actions import adopter, importer
from segxl.actions.adopter import Demande
from segxl.actions.importer import BilanImport
from segxl.excel.adoption.following import Following
from segxl.excel.file import FileWorkbook
from segxl.excel.following_formulas import read_following
from segxl.excel.live import LiveWorkbook

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
SHOWN = ["N° dossier", "Nom", "N° SIREN", "CA (k€)", "TVA"]
OURS = ["Dossier", "Raison sociale", "SIREN", "CA HT", "Régime TVA"]
IN_OUR_WORDS = "Code dossier;Raison sociale;SIREN;CA HT;Régime TVA\n"
IN_THEIR_WORDS = "N° dossier;Nom;N° SIREN;CA (k€);TVA\n"


@pytest.fixture
def adopte(tmp_path: Path) -> Path:
    """Return the workbook made from a list of twelve clients, without totals under it."""
    return adopt(write_plain(tmp_path / "liste.xlsx", total=False))


def adopt(liste: Path) -> Path:
    path = liste.with_name("adopté.xlsx")
    adopter.run(path, Demande(liste=liste))
    return path


def run_import(path: Path, text: str) -> BilanImport:
    export = path.with_name("export.csv")
    export.write_text(text, "utf-8")
    workbook = FileWorkbook(path)
    bilan = importer.run(workbook, [export])
    workbook.save()
    return bilan


def cells(path: Path, row: int, *headers: str) -> list[Any]:
    """Return some cells of one client: by default those of the firm, then ours."""
    record = rows_of(path).to_dict("index")[row]
    return [record[header] for header in headers or (*SHOWN, *OURS)]


def test_a_new_value_goes_to_the_column_that_ours_follows(adopte: Path) -> None:
    bilan = run_import(adopte, "Dossier;Raison sociale;Ville\nD001;Lumo;Bron\n")

    assert cells(adopte, 5, "Nom", "Raison sociale", "Ville") == ["Lumo", "Lumo", "Bron"]
    assert bilan.detail == (
        "D001, Nom : Société 1 & Fils → Lumo",
        "D001, Ville : Bourg-en-Bresse → Bron",
    )
    assert find_flaws(adopte) == []


def test_every_other_client_still_shows_what_it_did(adopte: Path) -> None:
    before = rows_of(adopte)

    run_import(adopte, "Dossier;Raison sociale\nD001;Lumo\nD012;Ostra\n")

    pd.testing.assert_frame_equal(rows_of(adopte).loc[6:15], before.loc[6:15])


def test_what_our_column_converts_stays_and_is_told(adopte: Path) -> None:
    before = cells(adopte, 5)

    bilan = run_import(adopte, IN_OUR_WORDS + "D001;;;52345,67;Franchise en base\n")

    assert cells(adopte, 5) == before
    assert "1 dossier inchangé." in bilan.phrases
    told = "{} : 1 valeur de l’export n’y est pas écrite (D001). C’est là que l’on corrige."
    assert told.format("CA HT suit votre colonne « CA (k€) »") in bilan.phrases
    assert told.format("Régime TVA suit votre colonne « TVA »") in bilan.phrases
    assert bilan.detail == ()


def test_an_export_with_the_titles_of_the_list_is_read_as_the_list_was(adopte: Path) -> None:
    run_import(adopte, IN_THEIR_WORDS + "D001;Lumo;000001032;54;RSI\n")

    assert cells(adopte, 5) == [
        "D001", "Lumo", 1032, 54, "RSI",
        "D001", "Lumo", "000001032", 54_000, "Réel simplifié",
    ]  # fmt: skip


def test_a_new_client_fills_the_columns_of_the_firm_and_ours_follow(adopte: Path) -> None:
    run_import(adopte, IN_OUR_WORDS + "D900;Nova;000001107;61000;Réel simplifié\n")

    assert cells(adopte, 17) == [
        "D900", "Nova", "000001107", 61, "RSI",
        "D900", "Nova", "000001107", 61_000, "Réel simplifié",
    ]  # fmt: skip
    formulas = FileWorkbook(adopte).read_formulas("Clients")
    assert all(17 in formulas[header] for header in OURS)
    assert find_flaws(adopte) == []


def test_a_new_client_is_scored_without_excel_in_between(adopte: Path) -> None:
    run_import(adopte, "Dossier;Raison sociale;Outil de facturation\nD900;Nova;ERP raccordé\n")

    bilan = score(adopte)

    assert bilan.resultats.lignes.at[17, "Note FE"] == 20
    assert bilan.resultats.dossiers.at[17, "Raison sociale"] == "Nova"


@pytest.mark.parametrize("titles", [IN_OUR_WORDS, IN_THEIR_WORDS])
def test_importing_twice_changes_nothing_the_second_time(adopte: Path, titles: str) -> None:
    text = titles + "D001;Lumo;000001032;54;RSI\nD900;Nova;000001107;61;Franchise en base\n"
    run_import(adopte, text)
    before = adopte.read_bytes()

    bilan = run_import(adopte, text)

    assert bilan.detail == ()
    assert adopte.read_bytes() == before


def test_a_formula_of_the_firm_is_kept_and_told(tmp_path: Path) -> None:
    liste = tmp_path / "l.xlsx"
    with xlsxwriter.Workbook(liste) as book:
        page = book.add_worksheet("Feuil1")
        page.write_row(0, 0, ["Code", "Nom", "CA HT"])
        page.write_row(1, 0, ["A1", "Lumo"])
        page.write_formula("C2", "=10+20", None, 30)
    path = adopt(liste)

    bilan = run_import(path, "Code;CA HT\nA1;99\n")

    assert rows_of(path).at[2, "CA HT"] == 30
    told = "CA HT garde ses formules : 1 valeur de l’export n’y est pas écrite (A1)."
    assert told in bilan.phrases


def test_a_siret_goes_to_the_siret_of_the_firm_and_tells_the_client(tmp_path: Path) -> None:
    rows = [["Nom", "Siret"], ["Lumo", "00000103200013"], ["Ostra", "00000102400013"]]
    path = adopt(write_rows(tmp_path / "l.xlsx", rows))

    run_import(path, "Siret;Nom;Ville\n00000102400013;Ostra 2;Bron\n00000110700013;Nova;Lyon\n")

    shown = ("Siret", "SIREN", "Dossier", "Nom", "Raison sociale")
    old, new = "000001024", "000001107"
    assert cells(path, 3, *shown) == [f"{old}00013", old, old, "Ostra 2", "Ostra 2"]
    assert cells(path, 4, *shown) == [f"{new}00013", new, new, "Nova", "Nova"]


def test_a_siren_alone_does_not_take_the_place_of_a_siret(tmp_path: Path) -> None:
    rows = [["Code", "Nom", "Siret"], ["A1", "Lumo", "00000103200013"]]
    path = adopt(write_rows(tmp_path / "l.xlsx", rows))

    bilan = run_import(path, "Code;SIREN\nA1;000001024\nA2;000001040\n")

    assert cells(path, 2, "Siret", "SIREN") == ["00000103200013", "000001032"]
    assert cells(path, 3, "Siret", "SIREN") == [None, "000001040"]
    assert any("SIREN suit votre colonne « Siret »" in phrase for phrase in bilan.phrases)


def test_a_followed_cell_typed_over_is_an_ordinary_cell(adopte: Path) -> None:
    set_cell(adopte, "Clients", "Raison sociale", 5, b"<v>Autre</v>")

    run_import(adopte, "Dossier;Raison sociale\nD001;Lumo\n")

    assert cells(adopte, 5, "Nom", "Raison sociale") == ["Société 1 & Fils", "Lumo"]


@pytest.mark.libreoffice
def test_libreoffice_computes_what_the_import_wrote(adopte: Path, tmp_path: Path) -> None:
    run_import(adopte, IN_THEIR_WORDS + "D001;Lumo;000001032;54;RSI\nD900;Nova;000001107;61;RSI\n")

    there = converted(converted(adopte, "ods", tmp_path), "xlsx:Calc MS Excel 2007 XML", tmp_path)

    wanted = rows_of(adopte)[[*SHOWN, *OURS]]
    pd.testing.assert_frame_equal(rows_of(there)[[*SHOWN, *OURS]], wanted, check_dtype=False)


def test_excel_gets_the_same_cells_as_the_file(excel: TestExcel, adopte: Path) -> None:
    text = IN_THEIR_WORDS + "D001;Lumo;000001032;54;RSI\nD900;Nova;000001107;61;Franchise en base\n"
    book = excel.open(adopte)
    live = LiveWorkbook(book)
    export = adopte.with_name("vivant.csv")
    export.write_text(text, "utf-8")

    told = importer.run(live, [export])
    live.save()

    seen = LiveWorkbook(book).read_table("Clients").lignes[[*SHOWN, *OURS]]
    assert told.detail == run_import(adopte, text).detail
    wanted = rows_of(adopte)[[*SHOWN, *OURS]]
    pd.testing.assert_frame_equal(seen, wanted, check_dtype=False)


@pytest.mark.parametrize(
    "follow",
    [
        Following(source="N° [ou] d'usage # @"),
        Following(source="Code\npostal", digits=5),
        Following(source="Siret", is_siret=True),
        Following(source="CA", factor=1e3, unit="k€"),
        Following(source="CA", factor=1e6, unit="M€"),
        Following(source="TVA", words={'dit "RN"': "Réel normal mensuel", "N,)": "Exonéré"}),
    ],
)
def test_a_formula_that_follows_is_read_back(follow: Following) -> None:
    assert read_following(follow.formula("Tableau1")) == follow


@pytest.mark.parametrize(
    "shown", ['=IF([@Nom]="","",[@Nom])', '=IF(T[@[Nom]]="","",T[@[Nom]])'], ids=["bare", "named"]
)
def test_a_formula_is_read_back_as_excel_shows_it(shown: str) -> None:
    assert read_following(shown) == Following(source="Nom")


@pytest.mark.parametrize(
    "formula",
    ["[@Nom]", 'IF([@Nom]="","",[@Ville])', 'IF([@Nom]="","",UPPER([@Nom]))', "A1", ""],
)
def test_another_formula_follows_nothing(formula: str) -> None:
    assert read_following(formula) is None


def test_a_workbook_where_nothing_follows_keeps_its_formulas(classeur: Path) -> None:
    set_cell(classeur, "Clients", "Ville", 5, b"<f>1+1</f><v>Lyon</v>")

    bilan = run_import(classeur, "Dossier;Ville\nD1;Bron\n")

    assert rows_of(classeur).iloc[0]["Ville"] == "Lyon"
    assert any("Ville garde ses formules" in phrase for phrase in bilan.phrases)
