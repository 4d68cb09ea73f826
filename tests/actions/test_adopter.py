"""A firm's own list becomes a workbook of segxl, and nothing of the firm's changes."""

from __future__ import annotations

import json
import os
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from tests.actions.listes import FEUILLE, SIRENS, TITRES, write_plain, write_rows, write_table
from tests.excel.opc import find_flaws
from tests.excel.parts import edit_part, edit_parts, read_parts, rows_of, score, value_of
from tests.excel.test_other_programs import converted

from segxl.actions import adopter
from segxl.actions.adopter import BilanAdoption, Demande
from segxl.domain.anomalies import SaisieError
from segxl.domain.tableau import column_letter
from segxl.excel import lecture_tableau
from segxl.excel.file import FileWorkbook
from segxl.excel.ooxml.names import read_names
from segxl.excel.ooxml.package import Package
from segxl.excel.ooxml.structure import find_places
from segxl.faces.cli import app
from segxl.faces.terminal import run_app

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
SENTENCE = re.compile(r"^.+ : .+\. [A-ZÀÉÔ].+\.$", re.DOTALL)
MUST_CHANGE = {
    "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
}  # fmt: skip
REPONSES = {
    "Assujetti TVA": "Oui", "Part B2B": 0.5, "Sensibilisation": "Sait l’expliquer",
    "Processus adaptés": "En place", "Plateforme agréée": "Réception et émission",
    "Transmission au cabinet": "Collecte automatique", "Digitalisation": "Complète",
    "Autonomie": "Très autonome", "Appétence au changement": "Moteur",
    "Émission des factures": "Facture électronique", "Réception des factures": "Par plateforme agréée",
    "Nouvelles mentions": "Les quatre",
}  # fmt: skip


@pytest.fixture
def liste(tmp_path: Path) -> Path:
    """Return a plain list of twelve clients."""
    return write_plain(tmp_path / "Liste du cabinet.xlsx")


@pytest.fixture
def tableau(tmp_path: Path) -> Path:
    """Return a list of six clients in an Excel table."""
    return write_table(tmp_path / "tableau.xlsx")


def adopt(liste: Path, **asked: Any) -> tuple[Path, BilanAdoption]:  # noqa: ANN401  what Demande takes
    target = liste.with_name(f"segxl{liste.suffix}")
    simulation = asked.pop("simulation", False)
    return target, adopter.run(target, Demande(liste=liste, **asked), simulation=simulation)


def refusal(liste: Path, **asked: Any) -> str:  # noqa: ANN401  what Demande takes
    """Return the sentence that refuses a list; nothing is written."""
    with pytest.raises(SaisieError) as refused:
        adopt(liste, **asked)
    assert not liste.with_name(f"segxl{liste.suffix}").exists()
    assert SENTENCE.match(str(refused.value).splitlines()[0])
    return str(refused.value)


def sheet_of(path: Path, name: str) -> str:
    """Return the part of a sheet."""
    return next(p.sheet_part for p in find_places(Package(path)).values() if p.sheet == name)


def looks_of(path: Path, own: Path) -> Iterator[tuple[str, object]]:
    """Yield all that openpyxl sees in the cells of the sheets that ``own`` has."""
    bounds = {s.title: (s.max_row, s.max_column) for s in openpyxl.load_workbook(own).worksheets}
    for sheet in openpyxl.load_workbook(path).worksheets:
        rows, columns = bounds.get(sheet.title, (0, 0))
        for row in sheet.iter_rows(max_row=rows or 1, max_col=columns or 1):
            for c in row:
                if rows:
                    look = c.font, c.fill, c.border, c.alignment, c.number_format, c.protection
                    note = c.comment.text if c.comment else None
                    yield f"{sheet.title}!{c.coordinate}", (c.value, note, *map(repr, look))


@pytest.mark.parametrize("write", [write_plain, write_table])
def test_every_cell_of_the_firm_keeps_its_content_and_its_look(
    write: Callable[[Path], Path], tmp_path: Path
) -> None:
    liste = write(tmp_path / "liste.xlsx")

    path, _ = adopt(liste)

    assert dict(looks_of(path, liste)) == dict(looks_of(liste, liste))
    assert find_flaws(path) == []


def test_only_the_parts_that_must_change_do(liste: Path) -> None:
    before = read_parts(liste)

    path, _ = adopt(liste)

    after = read_parts(path)
    changed = {n for n in before if after.get(n) != before[n]}
    sheet = sheet_of(path, FEUILLE)
    assert changed == MUST_CHANGE | {sheet, f"xl/worksheets/_rels/{Path(sheet).name}.rels"}


def test_the_list_itself_is_never_touched(liste: Path) -> None:
    before = liste.read_bytes()

    adopt(liste)

    assert liste.read_bytes() == before


def test_charts_names_comments_and_drop_downs_of_the_firm_stay(liste: Path) -> None:
    path, _ = adopt(liste)

    before, after = openpyxl.load_workbook(liste), openpyxl.load_workbook(path)
    assert after.defined_names["CA_total"].value == before.defined_names["CA_total"].value
    suivi: Any = after["Suivi"]
    assert len(suivi._charts) == 1
    rules = {str(v.sqref) for v in after[FEUILLE].data_validations.dataValidation}
    assert "D5:D16" in rules
    assert "I5:I16" in {str(c.sqref) for c in after[FEUILLE].conditional_formatting}
    assert after[FEUILLE].freeze_panes == "C5"
    assert str(after[FEUILLE].merged_cells) == str(before[FEUILLE].merged_cells)


def test_the_firm_finds_its_sheets_first_and_the_one_it_left_open(liste: Path) -> None:
    path, _ = adopt(liste)

    book = openpyxl.load_workbook(path)
    ours = ["Accueil", "Grille segxl", "Segments", "Tableau de bord", "Paramètres"]
    assert book.sheetnames == ["Suivi", FEUILLE, "Grille", *ours]
    assert book.active is not None
    assert book.active.title == "Suivi"
    assert [s.title for s in book if s.sheet_view.tabSelected] == ["Suivi"]


def test_a_filter_becomes_that_of_the_table_with_what_it_hides(liste: Path) -> None:
    path, _ = adopt(liste)

    sheet = openpyxl.load_workbook(path)[FEUILLE]
    filtered = sheet.tables["Clients"].autoFilter
    assert filtered.ref == sheet.tables["Clients"].ref
    assert [c.colId for c in filtered.filterColumn] == [3]
    assert not sheet.auto_filter.ref
    assert "_FilterDatabase" not in read_parts(path)["xl/workbook.xml"].decode()
    hidden = [r for r, d in sheet.row_dimensions.items() if d.hidden]
    assert hidden == [r for r in range(5, 17) if (r - 5) % 3]


def test_a_list_without_filter_buttons_gets_none(tmp_path: Path) -> None:
    rows = [["Nom", "SIREN"], ["Lumo", 1032], ["Ostra", 1024]]

    path, _ = adopt(write_rows(tmp_path / "l.xlsx", rows))

    table = openpyxl.load_workbook(path)["Feuil1"].tables["Clients"]
    assert table.autoFilter is None
    assert table.tableStyleInfo.name is None


def test_each_column_of_segxl_follows_that_of_the_firm(liste: Path) -> None:
    path, _ = adopt(liste)

    first = rows_of(path).loc[5]
    assert first["Dossier"] == "D001"
    assert first["Raison sociale"] == "Société 1 & Fils"
    assert first["SIREN"] == "000001032"
    assert first["Code postal"] == "01000"
    assert first["CA HT"] == 50_000
    assert first["Régime TVA"] == "Réel normal mensuel"
    assert first["Outil de facturation"] == "Papier"
    formula = openpyxl.load_workbook(path)[FEUILLE]["N5"].value
    assert formula == '=IF(Clients[[#This Row],[Nom]]="","",Clients[[#This Row],[Nom]])'


def test_a_new_row_of_the_table_will_follow_too(liste: Path) -> None:
    path, _ = adopt(liste)

    place = find_places(Package(path))["Clients"]
    formulas = dict(zip(place.headers, place.formulas, strict=True))
    assert formulas["Raison sociale"].startswith("IF(Clients[[#This Row],[Nom]]")
    assert formulas["Sensibilisation"] == ""


def test_a_column_that_bears_our_title_is_used_as_it_is(tableau: Path) -> None:
    path, _ = adopt(tableau)

    headers = find_places(Package(path))["Tableau1"].headers
    assert headers.count("Raison sociale") == headers.count("CA HT") == 1
    assert headers.index("CA HT") == 3


def test_a_table_keeps_its_name_its_style_and_the_formulas_that_read_it(tableau: Path) -> None:
    path, _ = adopt(tableau)

    book = openpyxl.load_workbook(path)
    assert book["Notes"]["A1"].value == "=SUM(Tableau1[CA HT])"
    assert book["Portefeuille"].tables["Tableau1"].tableStyleInfo.name == "TableStyleMedium2"
    assert book.defined_names["segxl_Clients"].value == "Tableau1[#All]"
    assert FileWorkbook(path).has_table("Clients")


def test_the_results_stand_in_the_order_of_the_template_with_its_colours(liste: Path) -> None:
    path, _ = adopt(liste)

    sheet = openpyxl.load_workbook(path)[FEUILLE]
    titles = {c.value: c.fill.fgColor.rgb for c in sheet[4][len(TITRES) :]}
    assert [*titles][:4] == ["Dossier", "Raison sociale", "Note FE", "Couleur"]
    assert titles["Note FE"] == "FF2E7D5B"
    assert titles["Sensibilisation"] == "FF1F3A5F"
    assert titles["Motif"] == "FF7F7F7F"


def test_the_new_cells_are_written_in_the_hand_of_the_firm(liste: Path) -> None:
    path, _ = adopt(liste)

    cell = openpyxl.load_workbook(path)[FEUILLE]["N5"]
    assert (cell.font.name, cell.font.sz) == ("Arial", 9)
    assert cell.border.left.style == "thin"
    assert not cell.alignment.wrap_text


def test_a_cell_that_follows_is_never_one_for_texts_where_excel_would_show_the_formula(
    liste: Path,
) -> None:
    path, _ = adopt(liste)

    row = openpyxl.load_workbook(path)[FEUILLE][5]
    assert "@" not in {c.number_format for c in row if str(c.value).startswith("=")}


def test_coordinates_fold_away_and_answers_are_chosen_in_lists(liste: Path) -> None:
    path, _ = adopt(liste)

    sheet = openpyxl.load_workbook(path)[FEUILLE]
    letters = {c.value: column_letter(int(c.column or 0)) for c in sheet[4]}
    assert sheet.column_dimensions[letters["SIREN"]].hidden
    assert not sheet.column_dimensions[letters["Sensibilisation"]].hidden
    lists = {str(v.sqref): v for v in sheet.data_validations.dataValidation}
    answers = lists[f"{letters['Sensibilisation']}5:{letters['Sensibilisation']}16"]
    assert 'MATCH("SENS",Baremes_Code,0)' in answers.formula1
    followed = lists[f"{letters['SIREN']}5:{letters['SIREN']}16"]
    assert "N° SIREN" in followed.prompt


def test_the_sheet_of_the_list_prints_what_it_printed(liste: Path) -> None:
    path, _ = adopt(liste)

    areas = [n for n in read_names(Package(path)) if n.name == "_xlnm.Print_Area"]
    mine = [(a.formula, a.sheet) for a in areas if "Tableau de bord" not in a.formula]
    assert mine == [("'Clients & prospects d''Été'!$A:$L", 1)]


def answer(path: Path, dossier_row: int) -> None:
    workbook = FileWorkbook(path)
    workbook.write_cells("Clients", {dossier_row: REPONSES})
    workbook.save()


@pytest.mark.parametrize(("write", "row"), [(write_plain, 7), (write_table, 6)])
def test_typed_answers_are_scored(write: Callable[[Path], Path], row: int, tmp_path: Path) -> None:
    path, _ = adopt(write(tmp_path / "liste.xlsx"))
    answer(path, row)
    workbook = FileWorkbook(path)
    workbook.write_cells(
        "Clients", {row: {"Outil de facturation": "ERP raccordé"}}, keep_formulas=False
    )
    workbook.save()

    score(path)

    assert value_of(path, row, "Note FE") == 20
    assert value_of(path, row, "Couleur") == "Vert"
    assert value_of(path, row, "Segment") == "Prêt"
    assert find_flaws(path) == []


def test_answers_in_the_words_of_the_firm_count(liste: Path) -> None:
    path, _ = adopt(liste)

    score(path)

    # ERP raccordé is the best answer of the only critère that the list knows.
    assert value_of(path, 7, "Note FE") == 20
    assert value_of(path, 5, "Note FE") == 0


@pytest.mark.parametrize("write", [write_plain, write_table])
def test_a_second_run_changes_nothing(write: Callable[[Path], Path], tmp_path: Path) -> None:
    path, _ = adopt(write(tmp_path / "liste.xlsx"))
    score(path)
    before = path.read_bytes()

    score(path)

    assert path.read_bytes() == before


def test_a_run_leaves_the_cells_of_the_firm_alone(liste: Path) -> None:
    path, _ = adopt(liste)

    score(path)

    assert dict(looks_of(path, liste)) == dict(looks_of(liste, liste))


def test_the_home_sheet_knows_the_clients_at_once(liste: Path) -> None:
    path, _ = adopt(liste)

    assert value_of(path, 10, "Valeur", "Indicateurs") == 12
    assert "réponses à compléter" in value_of(path, 11, "Ce qui manque", "Etapes")


def test_a_client_imported_later_keeps_what_the_import_says(tmp_path: Path) -> None:
    path, _ = adopt(write_plain(tmp_path / "sans total.xlsx", total=False))
    export = tmp_path / "export.csv"
    export.write_text("Code dossier;Raison sociale;SIREN\nD900;Nova;000001107\n", "utf-8")

    code = run_app(app, ["importer", str(path), str(export)])

    assert code == 0
    assert value_of(path, 17, "Raison sociale") == "Nova"
    assert find_flaws(path) == []


def test_totals_under_the_list_stay_out_of_the_table(liste: Path) -> None:
    path, bilan = adopt(liste)

    assert find_places(Package(path))["Clients"].last_row == 16
    assert "Sous la liste, ligne 18 (« TOTAL ») : rien n’y est changé." in bilan.phrases


def test_rows_inside_the_list_that_are_not_clients_are_told_and_left_blank(tmp_path: Path) -> None:
    rows = [
        ["Code", "Nom", "CA"], ["A1", "Lumo", 10], ["A2", "Ostra", 20], ["", "Sous-total", 30],
        [], ["A3", "Nova", 5], ["A4", "Pivo", 6],
    ]  # fmt: skip

    path, bilan = adopt(write_rows(tmp_path / "l.xlsx", rows))

    assert any("ligne 4 (« Sous-total »)" in phrase for phrase in bilan.phrases)
    assert find_places(Package(path))["Clients"].last_row == 7
    assert rows_of(path)["Dossier"].to_dict() == {2: "A1", 3: "A2", 4: None, 6: "A3", 7: "A4"}
    assert len(score(path).resultats.lignes) == 4


def test_another_list_under_the_first_stays_out_of_it(tmp_path: Path) -> None:
    titles = ["Code", "Nom", "Ville"]
    rows = [titles, ["A1", "Lumo", "Lyon"], [], ["Clients perdus"], titles, ["P1", "Nova", "Bron"]]

    path, bilan = adopt(write_rows(tmp_path / "l.xlsx", rows))

    assert find_places(Package(path))["Clients"].last_row == 2
    assert any("Sous la liste, lignes 4 (« Clients perdus »), 5" in p for p in bilan.phrases)


@pytest.mark.parametrize(
    "between",
    [
        [[], []],
        [["Page 1/2"], []],
        [["Page 1/2"], [], ["Cabinet Exemple"], []],
        [[], ["Cabinet Exemple"]],
        [[], ["Page 2"]],
    ],
)
def test_the_pages_of_a_printed_list_are_one_list(between: list[Any], tmp_path: Path) -> None:
    titles = ["Code", "Nom", "Ville"]
    clients = [["A1", "Lumo", "Lyon"], *between, titles, ["A2", "Nova", "Bron"]]
    rows = [["Cabinet Exemple"], titles, *clients]

    path, bilan = adopt(write_rows(tmp_path / "l.xlsx", rows))

    assert rows_of(path)["Dossier"].dropna().tolist() == ["A1", "A2"]
    assert any(phrase.startswith("Dans la liste, ligne") for phrase in bilan.phrases)
    assert len(score(path).resultats.lignes) == 2


def test_columns_filled_beside_every_client_belong_to_the_list(tmp_path: Path) -> None:
    titles = ["CODE_DOS", None, "INTITULE", None, "SIRET", "VILLE", None, "Légende"]
    clients = [[f"{n:04}", None, f"Nom {n}", None, f"0000010{n}00013", "Lyon"] for n in range(5)]

    alone, _ = adopt(write_rows(tmp_path / "l.xlsx", [titles[:6], *clients]))
    beside = refusal(write_rows(tmp_path / "beside" / "l.xlsx", [titles, *clients]))

    assert rows_of(alone)["Dossier"].tolist() == ["0000", "0001", "0002", "0003", "0004"]
    assert value_of(alone, 2, "Raison sociale") == "Nom 0"
    assert "H1 : la liste ne peut pas s’élargir" in beside


def test_a_small_table_under_the_list_is_not_clients(tmp_path: Path) -> None:
    rows = [
        ["Code", "Nom", "SIREN", "CA", "Ville", "Mail", "CP"],
        *([f"A{n}", "Nom", 1032, 10, "Lyon", "a@client.example", 69003] for n in range(5)),
        [], ["AB", 3], ["CD", 2],
    ]  # fmt: skip

    path, _ = adopt(write_rows(tmp_path / "l.xlsx", rows))

    assert find_places(Package(path))["Clients"].ref.endswith("6")


def test_a_list_without_numbers_takes_the_siren_as_its_key(tmp_path: Path) -> None:
    rows = [["Nom", "Siret"], ["Lumo", "000 001 032 00013"], ["Ostra", 102400013]]

    path, bilan = adopt(write_rows(tmp_path / "l.xlsx", rows))

    assert rows_of(path)["Dossier"].tolist() == ["000001032", "000001024"]
    assert any("le SIREN en tient lieu" in phrase for phrase in bilan.phrases)


def test_a_list_without_any_number_is_numbered(tmp_path: Path) -> None:
    rows = [["Nom", "Ville"], ["Lumo", "Lyon"], ["Ostra", "Bron"]]

    path, bilan = adopt(write_rows(tmp_path / "l.xlsx", rows))

    assert rows_of(path)["Dossier"].tolist() == ["C0001", "C0002"]
    assert any("de C0001 à C0002" in phrase for phrase in bilan.phrases)


def test_a_blank_title_and_a_year_become_texts_and_are_told(tmp_path: Path) -> None:
    rows = [["Nom", "Ville", None, 2025], ["Lumo", "Lyon", "vip", 10], ["Ostra", "Bron", None, 9]]

    path, bilan = adopt(write_rows(tmp_path / "l.xlsx", rows))

    titles = [c.value for c in openpyxl.load_workbook(path)["Feuil1"][1]][:4]
    assert titles == ["Nom", "Ville", "Colonne C", "2025"]
    assert "C1 : l’intitulé devient le texte « Colonne C »." in bilan.phrases
    assert find_flaws(path) == []


def test_a_blank_column_between_titles_of_a_list_is_part_of_it(tmp_path: Path) -> None:
    rows = [["Code", "Nom", None, "SIREN", "Ville"], ["A1", "Lumo", None, 1032, "Lyon"]]

    path, _ = adopt(write_rows(tmp_path / "l.xlsx", rows))

    assert find_places(Package(path))["Clients"].headers[:5] == (
        "Code",
        "Nom",
        "Colonne C",
        "SIREN",
        "Ville",
    )
    assert value_of(path, 2, "Ville") == "Lyon"
    assert find_flaws(path) == []


def test_an_amount_in_thousands_typed_as_a_text_is_not_taken_for_euros(tmp_path: Path) -> None:
    rows = [
        ["Code", "Nom", "CA (k€)"],
        ["A1", "Lumo", 12],
        ["A2", "Ostra", "environ 12"],
        ["A3", "Nova", "12"],
    ]

    path, _ = adopt(write_rows(tmp_path / "l.xlsx", rows))

    assert rows_of(path)["CA HT"].tolist() == [12_000, "environ 12 k€", "12 k€"]
    assert len(score(path).anomalies) == 2


@pytest.mark.parametrize("simulation", [True, False])
def test_what_noter_cannot_read_is_told_first_where_the_firm_corrects_it(
    tmp_path: Path, *, simulation: bool
) -> None:
    rows = [
        ["Dossier", "Nom", "Outil de facturation", "Salariés"],
        ["A1", "Lumo", "Excel", "3 personnes"],
        ["A2", "Ostra", "papier", 4],
        ["A2", "Nova", "Papier", None],
    ]

    path, bilan = adopt(write_rows(tmp_path / "l.xlsx", rows), simulation=simulation)

    told = "À corriger avant de noter : « Outil de facturation » (1 cellule), « Salariés » (1 cellule) et « Dossier » (2 cellules)."
    assert told in bilan.phrases
    assert [a.cell for a in bilan.anomalies] == ["C2", "D2", "A3", "A4"]
    if not simulation:
        assert len(score(path).anomalies) == len(bilan.anomalies)


def test_words_of_the_firm_under_our_own_title_are_not_said_to_be_translated(
    tmp_path: Path,
) -> None:
    rows = [["Dossier", "Nom", "Régime TVA"], ["A1", "Lumo", "RSI"]]

    _, bilan = adopt(write_rows(tmp_path / "l.xlsx", rows))

    assert not any("se lit" in phrase for phrase in bilan.phrases)
    assert [a.cell for a in bilan.anomalies] == ["C2"]


def test_a_second_table_of_the_sheet_keeps_its_place(tmp_path: Path) -> None:
    liste = tmp_path / "l.xlsx"
    with xlsxwriter.Workbook(liste) as book:
        page = book.add_worksheet("Feuil1")
        page.write_row(0, 0, ["Code", "Nom", "SIREN"])
        page.write_row(1, 0, ["A1", "Lumo", 1032])
        page.add_table("A20:B22", {"name": "Tarifs", "columns": [{"header": "X"}, {"header": "Y"}]})

    path, _ = adopt(liste)

    places = find_places(Package(path))
    assert places["Tarifs"].ref == "A20:B22"
    assert places["Clients"].sheet == "Feuil1"
    assert find_flaws(path) == []


def test_a_print_area_of_the_firm_stays(tmp_path: Path) -> None:
    liste = tmp_path / "l.xlsx"
    with xlsxwriter.Workbook(liste) as book:
        page = book.add_worksheet("Feuil1")
        page.write_row(0, 0, ["Code", "Nom", "SIREN"])
        page.write_row(1, 0, ["A1", "Lumo", 1032])
        page.print_area("A1:B2")

    path, _ = adopt(liste)

    areas = [n.formula for n in read_names(Package(path)) if n.name == "_xlnm.Print_Area"]
    assert areas == ["Feuil1!$A$1:$B$2", "'Tableau de bord'!$A$1:$M$94"]


def test_shares_written_sixty_are_shown_sixty_percent(tmp_path: Path) -> None:
    rows = [["Code", "Nom", "% B2B", "% B2C"], ["A", "Lumo", 60, 40], ["B", "Ostra", 30, 70]]

    path, _ = adopt(write_rows(tmp_path / "l.xlsx", rows))

    sheet = openpyxl.load_workbook(path)["Feuil1"]
    cell = next(sheet.cell(2, int(c.column or 0)) for c in sheet[1] if c.value == "Part B2B")
    assert cell.number_format == '0" %"'
    assert score(path).anomalies == ()


@pytest.mark.parametrize(
    "title", ["N° [ou] code", "Nom # l'usage", "Nom\nd’usage", 'Nom "x" & <y>']
)
def test_titles_that_formulas_must_escape_are_followed(title: str, tmp_path: Path) -> None:
    rows = [["Code", title, "Ville"], ["A", "Lumo", "Lyon"]]
    liste = write_rows(tmp_path / "l.xlsx", rows)
    saved = tmp_path / "c.toml"
    saved.write_text(f'{json.dumps(title)} = "Raison sociale"\n', "utf-8")

    path, _ = adopt(liste, correspondance=saved)

    assert value_of(path, 2, "Raison sociale") == "Lumo"
    assert find_flaws(path) == []


def test_a_mapping_is_saved_then_obeyed(liste: Path, tmp_path: Path) -> None:
    saved = tmp_path / "colonnes.toml"
    adopt(liste, correspondance=saved)[0].unlink()
    text = saved.read_text("utf-8")
    assert '"Nom" = "Raison sociale"' in text
    saved.write_text(text.replace('"Gérant" = "Contact"', '"Gérant" = "Groupe"'), "utf-8")

    path, _ = adopt(liste, correspondance=saved)

    assert value_of(path, 5, "Groupe") == "Gérant 0"
    assert value_of(path, 5, "Contact") is None


def test_a_simulation_says_all_and_writes_nothing(liste: Path) -> None:
    path, bilan = adopt(liste, simulation=True)

    assert not path.exists()
    assert bilan.simulation
    assert "  « Nom » → Raison sociale" in bilan.phrases
    assert [p.name for p in liste.parent.iterdir()] == [liste.name]


@pytest.fixture
def two_sheets(tmp_path: Path) -> Path:
    """Return a workbook with a list on each of two sheets, the first one longer."""
    liste = tmp_path / "l.xlsx"
    with xlsxwriter.Workbook(liste) as book:
        for year, clients in (("2025", 3), ("2026", 1)):
            page = book.add_worksheet(f"Clients {year}")
            page.write_row(0, 0, ["Code", "Nom", "SIREN"])
            for row in range(1, clients + 1):
                page.write_row(row, 0, [f"A{year}-{row}", "Lumo", SIRENS[row]])
    return liste


@pytest.mark.parametrize("asked", [{"feuille": "clients 2026"}, {"devant": "Clients 2026"}])
def test_the_sheet_asked_for_or_in_front_is_taken(two_sheets: Path, asked: dict[str, str]) -> None:
    path, _ = adopt(two_sheets, **asked)

    assert value_of(path, 2, "Dossier") == "A2026-1"


def test_a_sheet_in_front_without_a_list_leaves_the_choice(two_sheets: Path) -> None:
    path, _ = adopt(two_sheets, devant="Grille")

    assert value_of(path, 2, "Dossier") == "A2025-1"


def test_lists_on_other_sheets_are_told(two_sheets: Path) -> None:
    told = adopt(two_sheets, simulation=True)[1].phrases
    asked = adopt(two_sheets, feuille="Clients 2025", simulation=True)[1].phrases

    words = "La liste de la feuille « Clients 2026 » n’est pas reprise"
    assert [phrase.startswith(words) for phrase in told].count(True) == 1
    assert not any(phrase.startswith(words) for phrase in asked)


def test_a_name_clients_of_the_firm_does_not_stand_in_the_way(tmp_path: Path) -> None:
    liste = tmp_path / "l.xlsx"
    with xlsxwriter.Workbook(liste) as book:
        book.add_worksheet("Feuil1").write_row(0, 0, ["Nom", "SIREN"])
        book.get_worksheet_by_name("Feuil1").write_row(1, 0, ["Lumo", 1032])
        book.define_name("Clients", "=Feuil1!$A$1:$B$2")

    path, _ = adopt(liste)

    assert "Clients_segxl" in find_places(Package(path))
    assert value_of(path, 2, "Dossier") == "000001032"
    assert find_flaws(path) == []


def test_macros_stay(tableau: Path) -> None:
    def with_macros(name: str, content: bytes) -> bytes:
        types = (
            b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
        )
        if name != "[Content_Types].xml":
            return content
        return content.replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml").replace(
            b"</Types>", types
        )

    edit_parts(tableau, with_macros)
    with zipfile.ZipFile(tableau, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macros")
    liste = tableau.rename(tableau.with_suffix(".xlsm"))

    path, _ = adopt(liste)

    assert path.suffix == ".xlsm"
    assert read_parts(path)["xl/vbaProject.bin"] == b"\xd0\xcf\x11\xe0 macros"
    assert b"macroEnabled" in read_parts(path)["[Content_Types].xml"]


def test_five_hundred_clients_are_followed(tmp_path: Path) -> None:
    path, bilan = adopt(write_plain(tmp_path / "grand.xlsx", 500))

    assert bilan.phrases[0].endswith(": 500 clients, lignes 5 à 504.")
    assert rows_of(path)["Raison sociale"].tolist()[-1] == "Société 500 & Fils"
    assert find_flaws(path) == []


@pytest.mark.libreoffice
@pytest.mark.parametrize("write", [write_plain, write_table])
def test_libreoffice_computes_what_segxl_wrote(
    write: Callable[[Path], Path], tmp_path: Path
) -> None:
    path, _ = adopt(write(tmp_path / "liste.xlsx"))
    answer(path, 6)
    score(path)

    # Through another format and back, so that every formula is computed anew.
    there = converted(converted(path, "ods", tmp_path), "xlsx:Calc MS Excel 2007 XML", tmp_path)

    place = next(p for p in find_places(Package(path)).values() if "Note FE" in p.headers)
    rows = {"min_row": place.first_row, "max_row": place.last_row}
    columns = {"min_col": place.column("Dossier"), "max_col": place.last_column}
    shown, wanted = (
        [
            [v for v in row if v not in (None, "")]
            for row in openpyxl.load_workbook(p, data_only=True)[place.sheet].iter_rows(
                values_only=True, **rows, **columns
            )
        ]
        for p in (there, path)
    )
    assert shown == wanted


@pytest.mark.libreoffice
def test_a_table_is_still_known_after_libreoffice_saved_the_workbook(
    tableau: Path, tmp_path: Path
) -> None:
    path, _ = adopt(tableau)

    seen = converted(path, "xlsx:Calc MS Excel 2007 XML", tmp_path)

    assert score(seen).resultats.lignes.index.tolist() == [5, 6, 7, 8, 9, 10]


# What is refused: one sentence, with the cell and the remedy; nothing is written.


def put(row: int, column: int, value: object) -> Callable[[Any, Any], None]:
    return lambda _, page: page.write(row, column, value)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (put(0, 3, "Segment"), "Feuil1!D1 : votre colonne porte le titre d’une colonne que segxl remplit"),
        (put(0, 3, "NOM"), "Feuil1!D1 : cet intitulé est déjà celui de la colonne A"),
        (put(2, 9, "légende"), "Feuil1!J3 : la liste ne peut pas s’élargir : cette cellule est occupée"),
        (lambda b, p: p.merge_range("A3:B3", "Lumo", b.add_format()), "Feuil1!A3:B3 : des cellules de la liste sont fusionnées"),
        (lambda b, p: p.merge_range("A1:B1", "Nom", b.add_format()), "Feuil1!A1:B1 : des cellules de la liste sont fusionnées"),
        (lambda _, p: p.write_formula("D1", '="Ré"&"gion"', None, "Région"), "Feuil1!D1 : une formule donne cet intitulé"),
        (lambda _, p: p.write("D1", True), "Feuil1!D1 : cet intitulé n’est pas un texte"),
        (lambda _, p: (p.write("D1", 2025), p.write_formula("A9", "=D1+1", None, 2026)), "Feuil1!D1 : une formule lit cet intitulé"),
        (lambda _, p: p.write_array_formula("D2:D3", "{=A2:A3}"), "Feuil1!D2:D3 : une formule matricielle remplit plusieurs cellules"),
        (lambda _, p: p.protect(), "Feuil1!A1 : cette feuille est protégée"),
        (lambda b, p: p.insert_chart("F2", chart_of(b)), "Feuil1!F2 : un dessin se trouve à la place des colonnes de segxl"),
        (lambda b, _: b.define_name("Baremes_Code", "=Feuil1!$A$1"), "votre nom « Baremes_Code » est un nom dont segxl a besoin"),
        (lambda b, _: add_table(b, "Segments"), "Feuil2!A1 : votre tableau « Segments » porte un nom dont segxl a besoin"),
        (lambda b, _: add_table(b, "Clients"), "Feuil2!A1 : votre tableau « Clients » porte un nom dont segxl a besoin"),
        (lambda b, _: add_table(b, "Courriers"), "votre tableau « Courriers »"),
    ],
)  # fmt: skip
def test_what_would_have_to_change_is_refused(
    spoil: Callable[[Any, Any], None], words: str, tmp_path: Path
) -> None:
    liste = tmp_path / "l.xlsx"
    with xlsxwriter.Workbook(liste) as book:
        page = book.add_worksheet("Feuil1")
        for number, row in enumerate(
            [["Nom", "SIREN", "Ville"], ["Lumo", 1032, "Lyon"], ["Ostra", 1024, "Bron"]]
        ):
            page.write_row(number, 0, row)
        spoil(book, page)

    assert words in refusal(liste)


def chart_of(book: Any) -> Any:  # noqa: ANN401  XlsxWriter is not typed
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Feuil1!$B$2:$B$3"})
    return chart


def add_table(book: Any, name: str) -> None:  # noqa: ANN401  XlsxWriter is not typed
    page = book.add_worksheet("Feuil2")
    page.add_table("A1:B2", {"name": name, "columns": [{"header": "X"}, {"header": "Y"}]})


def test_a_table_without_its_titles_is_refused(tmp_path: Path) -> None:
    liste = tmp_path / "l.xlsx"
    with xlsxwriter.Workbook(liste) as book:
        titles = [{"header": h} for h in ("Code", "Nom", "SIREN")]
        book.add_worksheet().add_table("A2:C4", {"header_row": False, "columns": titles})

    assert "cache sa ligne d’en-tête" in refusal(liste)


def test_the_strict_dialect_is_refused(tableau: Path) -> None:
    main, strict = (
        b"schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"purl.oclc.org/ooxml/spreadsheetml/main",
    )
    edit_part(tableau, "xl/workbook.xml", (main, strict))

    assert "Enregistrez le classeur au format « Classeur Excel (.xlsx) »" in refusal(tableau)


def test_a_list_too_long_for_segxl_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lecture_tableau, "MOST_ROWS", 80)

    assert "lignes remplies" in refusal(write_plain(tmp_path / "l.xlsx", 100))


def test_a_table_fed_by_a_query_is_refused(tableau: Path) -> None:
    part = find_places(Package(tableau))["Tableau1"].table_part
    edit_part(tableau, part, (b" displayName=", b' tableType="queryTable" displayName='))

    assert "alimenté par une requête" in refusal(tableau)


def test_a_protected_structure_is_refused(tableau: Path) -> None:
    edit_part(
        tableau,
        "xl/workbook.xml",
        (b"<bookViews", b'<workbookProtection lockStructure="1"/><bookViews'),
    )

    assert "la structure du classeur est protégée" in refusal(tableau)


def test_a_workbook_shared_as_excel_once_did_is_refused(tableau: Path) -> None:
    with zipfile.ZipFile(tableau, "a") as archive:
        archive.writestr("xl/revisions/revisionHeaders.xml", "<headers/>")

    assert "partagé à l’ancienne façon" in refusal(tableau)


def test_a_workbook_of_segxl_is_refused(classeur: Path, liste: Path) -> None:
    assert "ce classeur est déjà un classeur segxl" in refusal(classeur)
    path, _ = adopt(liste)
    again = path.rename(path.with_name("deja.xlsx"))

    assert "ce classeur est déjà un classeur segxl" in refusal(again)


def test_a_workbook_without_a_list_says_what_a_list_needs(tmp_path: Path) -> None:
    rows = [["Recettes", "Dépenses"], [10, 20]]

    told = refusal(write_rows(tmp_path / "l.xlsx", rows))

    assert "aucune liste de clients n’a été reconnue" in told
    assert "« SIREN »" in told


def test_an_unknown_sheet_is_refused_with_those_there_are(liste: Path) -> None:
    assert f"« {FEUILLE} »" in refusal(liste, feuille="Fournisseurs")


def test_a_mapping_that_asks_for_a_title_the_list_has_is_refused(tmp_path: Path) -> None:
    rows = [["Nom", "Raison sociale", "SIREN"], ["Lu", "Lumo", 1032]]
    saved = tmp_path / "c.toml"
    saved.write_text('"Nom" = "Raison sociale"\n', "utf-8")

    told = refusal(write_rows(tmp_path / "l.xlsx", rows), correspondance=saved)

    assert "Feuil1!B1 : la correspondance demande à « Nom »" in told


def test_a_list_open_in_excel_is_refused_unless_excel_itself_asks(liste: Path) -> None:
    lock = liste.with_name(f"~${liste.name}")
    lock.write_bytes(b"")
    assert "le classeur est ouvert dans Excel" in refusal(liste)

    path, _ = adopt(liste, is_saved=True)

    assert path.exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("l.csv", b"Nom;SIREN\nLumo;1\n", "ce n’est pas un classeur .xlsx ou .xlsm"),
        ("l.xls", b"\xd0\xcf\x11\xe0 old", "ce n’est pas un classeur .xlsx ou .xlsm"),
        ("l.xlsx", b"\xd0\xcf\x11\xe0 encrypted", "protégé par un mot de passe"),
        ("l.xlsx", b"PK\x03\x04 cut", "abîmé"),
        ("l.xlsx", b"", "abîmé"),
    ],
)
def test_a_file_that_is_not_a_workbook_is_refused(
    name: str, content: bytes, words: str, tmp_path: Path
) -> None:
    liste = tmp_path / name
    liste.write_bytes(content)

    assert words in refusal(liste)


@pytest.mark.parametrize("folder", ["", "dossier.xlsx"])
def test_a_folder_is_not_a_list(folder: str, tmp_path: Path) -> None:
    liste = Path(folder and tmp_path / folder)
    liste.mkdir(exist_ok=True)

    with pytest.raises(SaisieError, match="c’est un dossier, pas un classeur"):
        adopter.run(tmp_path / "segxl.xlsx", Demande(liste=liste))


def test_a_missing_list_is_refused(tmp_path: Path) -> None:
    assert "le fichier n’existe pas" in refusal(tmp_path / "rien.xlsx")


def test_a_file_that_stands_there_is_never_replaced(liste: Path) -> None:
    target = liste.with_name("segxl.xlsx")
    target.write_bytes(b"precious")

    with pytest.raises(SaisieError, match="un fichier porte déjà ce nom"):
        adopt(liste)

    assert target.read_bytes() == b"precious"


def test_a_copy_in_another_format_is_refused(liste: Path) -> None:
    with pytest.raises(SaisieError, match="la même extension"):
        adopter.run(liste.with_name("segxl.xlsm"), Demande(liste=liste))


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such right on folders")
def test_a_folder_that_refuses_leaves_nothing(liste: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "fichier"
    blocked.write_bytes(b"")

    with pytest.raises(SaisieError, match="ne peut pas être enregistré ici"):
        adopter.run(blocked / "segxl.xlsx", Demande(liste=liste))


def test_the_command_says_what_it_understood(
    liste: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = liste.with_name("neuf.xlsx")

    code = run_app(app, ["nouveau", str(target), "--depuis", str(liste)])

    told = capsys.readouterr().out
    assert code == 0
    assert "« Nom » → Raison sociale" in told
    assert "Votre liste n’a pas changé." in told


def test_a_terminal_names_the_option_that_a_sentence_asks_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    liste = write_rows(tmp_path / "l.xlsx", [["Recettes", "Dépenses"], [10, 20]])

    code = run_app(app, ["nouveau", str(tmp_path / "n.xlsx"), "--depuis", str(liste)])

    assert code == 1
    assert "précisez la feuille (--feuille)" in capsys.readouterr().err
    assert "--" not in refusal(liste)


def test_options_of_a_list_need_a_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_app(app, ["nouveau", str(tmp_path / "n.xlsx"), "--simulation"]) == 2
    assert "--depuis" in capsys.readouterr().err
