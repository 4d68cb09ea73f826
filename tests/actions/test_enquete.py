"""From the export of a survey to the sheet Enquête, to the grid, and to what clients think."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.engine.excel import TestExcel
from tests.excel.opc import find_flaws
from tests.excel.parts import rows_of, score, set_cell

from segxl.actions import (
    courriers,
    enquete,
    importer,
    journal,
    nouveau,
    questionnaire,
    relation,
)
from segxl.actions.courriers import Commande
from segxl.actions.enquete import BilanEnquete
from segxl.actions.journal import Echange
from segxl.actions.questionnaire import Demande
from segxl.domain.anomalies import SaisieError
from segxl.domain.ecoute.importance import IMPORTANT
from segxl.domain.fiche.suivi import follow_clients
from segxl.domain.journal import find_recent
from segxl.domain.saisie import parse_date
from segxl.excel.enquete import TABLE, WIDTHS
from segxl.excel.file import FileWorkbook
from segxl.excel.journal import read_journal
from segxl.excel.layout import JOURNAL_WIDTHS
from segxl.excel.live import LiveWorkbook
from segxl.excel.questionnaire_cellules import HEADER_ROW, SHEET
from segxl.sources import constats_enquete as constats
from segxl.sources.demonstration import siren_number
from segxl.sources.enquete import DATES, HORS_ECHELLE

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
DATA = Path(__file__).parent.parent / "sources" / "data"
OLD = Path(__file__).parent / "data" / "version_0.xlsx"
AU = date(2026, 11, 22)
TITLES = "Date;Client;CSAT;NPS;Commentaire"
JOUR = "03/11/2026"


def write(path: Path, *lines: str, titles: str = TITLES) -> Path:
    path.write_text("\n".join([titles, *lines]), "utf-8")
    return path


def run(path: Path, *exports: Path, au: date = AU, simulation: bool = False) -> BilanEnquete:
    workbook = FileWorkbook(path)
    bilan = enquete.run(workbook, exports, au, simulation=simulation)
    workbook.save()
    return bilan


def recorded(path: Path, *headers: str) -> list[list[Any]]:
    lignes = rows_of(path, TABLE, headers or ["Dossier", "CSAT", "NPS"])
    return lignes.astype(object).where(lignes.notna(), None).to_numpy().tolist()


def type_in(path: Path, table: str, cells: Mapping[int, Mapping[str, object]]) -> None:
    """Type cells: position of the row in the table → header → value."""
    workbook = FileWorkbook(path)
    rows = [*workbook.read_table(table).lignes.index]
    changes = {rows[i]: values for i, values in cells.items()}
    workbook.write_cells(table, changes, keep_formulas=False)
    workbook.save()


@pytest.fixture
def export(tmp_path: Path) -> Path:
    return write(
        tmp_path / "enquete.csv",
        f"{JOUR};D1;4 - Satisfait;9/10;très bien",
        f"{JOUR};d2@client.example;5;;",
        f"{JOUR};Ostra Conseil;2;3;",
    )


# — on record —


def test_each_answer_is_put_on_record_once(classeur: Path, export: Path) -> None:
    bilan = run(classeur, export)

    assert recorded(classeur) == [["D1", 4, 9], ["D2", 5, None], ["D3", 2, 3]]
    first = rows_of(classeur, TABLE).iloc[0]
    assert parse_date(first["Date"]) == date(2026, 11, 3)
    assert (first["Comptée"], first["Commentaire"]) == ("Oui", "très bien")
    assert first["Source"] == "enquete.csv, ligne 2"
    assert "3 nouvelles réponses." in bilan.phrases
    assert bilan.constats == {}
    assert find_flaws(classeur) == []


def test_a_second_import_of_the_same_export_adds_nothing(classeur: Path, export: Path) -> None:
    run(classeur, export)
    before = classeur.read_bytes()

    bilan = run(classeur, export)

    assert bilan.is_empty
    assert "3 réponses déjà enregistrées." in bilan.phrases
    assert classeur.read_bytes() == before


def test_a_second_import_of_an_export_without_dates_adds_nothing(
    classeur: Path, tmp_path: Path
) -> None:
    export = write(tmp_path / "e.csv", "D1;4;9", "D2;5;10", titles="Dossier;CSAT;NPS")
    run(classeur, export)

    assert run(classeur, export, au=date(2027, 6, 1)).is_empty


def test_a_simulation_writes_nothing_and_tells_the_same(classeur: Path, export: Path) -> None:
    before = classeur.read_bytes()

    told = run(classeur, export, simulation=True)

    assert classeur.read_bytes() == before
    assert told.phrases == run(classeur, export).phrases


def test_an_export_that_fills_a_blank_score_completes_the_answer(
    classeur: Path, tmp_path: Path
) -> None:
    run(classeur, write(tmp_path / "a.csv", f"{JOUR};D1;6;9;"))

    bilan = run(classeur, write(tmp_path / "b.csv", f"{JOUR};D1;5;9;"))

    assert "1 réponse complétée." in bilan.phrases
    assert recorded(classeur) == [["D1", 5, 9]]


def test_a_row_typed_by_hand_is_an_answer_like_another(classeur: Path, export: Path) -> None:
    run(classeur, export)
    type_in(classeur, TABLE, {0: {"Source": None, "Date": "3 novembre 2026", "CSAT": "4"}})

    bilan = run(classeur, export)

    assert "3 réponses déjà enregistrées." in bilan.phrases


def test_what_cannot_be_read_in_the_sheet_counts_for_nothing_and_is_told(
    classeur: Path, export: Path
) -> None:
    run(classeur, export)
    type_in(classeur, TABLE, {0: {"CSAT": 7}, 1: {"Date": "bientôt"}})

    bilan = run(classeur)

    assert [a.cell for a in bilan.constats[constats.ILLISIBLES]] == ["A10", "C9"]
    whole = bilan.mesures.loc["Portefeuille"]
    assert (whole["n CSAT"], whole["n NPS"]) == (1, 2)


def test_a_table_of_the_firm_that_bears_the_name_is_refused(classeur: Path, export: Path) -> None:
    workbook = FileWorkbook(classeur)
    workbook.add_table(TABLE, "Mes enquêtes", {"Client": 20, "Avis": 20})
    workbook.save()
    before = classeur.read_bytes()

    with pytest.raises(SaisieError, match="le tableau Enquete n’a pas la colonne « Date »"):
        run(classeur, export)

    assert classeur.read_bytes() == before


def test_a_column_that_somebody_removed_comes_back(classeur: Path, export: Path) -> None:
    workbook = FileWorkbook(classeur)
    kept = {h: w for h, w in WIDTHS.items() if h not in {"Comptée", "Source"}}
    workbook.add_table(TABLE, "Enquête", kept)
    workbook.save()

    run(classeur, export)

    assert recorded(classeur, "Dossier", "Comptée", "Source")[0] == ["D1", "Oui", "enquete.csv, ligne 2"]  # fmt: skip


def test_in_an_open_workbook_the_same_answers_are_put_on_record(
    classeur: Path, export: Path, excel: TestExcel
) -> None:
    book = excel.open(classeur)
    live = LiveWorkbook(book)

    told = enquete.run(live, [export], AU)
    live.save()

    assert told.phrases == run(classeur, export).phrases
    seen = LiveWorkbook(book).read_table(TABLE).lignes
    assert seen[["Dossier", "CSAT", "NPS"]].fillna(0).to_numpy().tolist() == [
        ["D1", 4, 9],
        ["D2", 5, 0],
        ["D3", 2, 3],
    ]


# — who answered —


def test_unknown_and_ambiguous_clients_are_listed_with_suggestions_and_never_guessed(
    classeur: Path, tmp_path: Path
) -> None:
    type_in(classeur, "Clients", {0: {"Raison sociale": "Ostra Conseil"}})
    export = write(
        tmp_path / "e.csv",
        f"{JOUR};Ostra Conseil;4;9;",
        f"{JOUR};Ostra Consiel;4;9;",
        f"{JOUR};;4;9;",
        titles=TITLES,
    )

    bilan = run(classeur, export)

    [shared] = bilan.constats[constats.AMBIGUS]
    [unknown] = bilan.constats[constats.INCONNUS]
    assert "plusieurs clients y répondent : D1 Ostra Conseil et D3 Ostra Conseil" in str(shared)
    assert (unknown.cell, unknown.value) == ("ligne 3", "Ostra Consiel")
    assert "D3 Ostra Conseil" in unknown.remedy
    assert len(bilan.constats[constats.ANONYMES]) == 1


def test_an_answer_that_may_be_of_two_clients_counts_for_the_portfolio_alone(
    classeur: Path, tmp_path: Path
) -> None:
    # Given two clients of one name, and an anonymous answer
    type_in(classeur, "Clients", {i: {"Segment": "Prêt"} for i in range(3)})
    type_in(classeur, "Clients", {0: {"Raison sociale": "Ostra Conseil"}})
    lines = [f"{JOUR};Ostra Conseil;4;9;", f"{JOUR};Ostra Conseil;4;9;", f"{JOUR};;5;10;", f"{JOUR};D2;1;0;"]  # fmt: skip

    bilan = run(classeur, write(tmp_path / "e.csv", *lines, titles=TITLES))

    assert bilan.mesures["n CSAT"].to_dict() == {"Portefeuille": 4, "Prêt": 1}
    told = FileWorkbook(classeur).read_table("Enquete").lignes["Dossier"].tolist()
    assert told == [
        "Ostra Conseil (à préciser)",
        "Ostra Conseil (à préciser, 2)",
        "(anonyme)",
        "D2",
    ]


def test_an_export_that_grew_brings_only_its_new_answers_even_without_a_client(
    classeur: Path, tmp_path: Path
) -> None:
    first, *more = [f"{JOUR};;4;9;", f"{JOUR};;5;10;", f"{JOUR};;4;9;"]
    run(classeur, write(tmp_path / "e.csv", first, titles=TITLES))

    run(classeur, write(tmp_path / "e.csv", *more, first, titles=TITLES))

    scores = FileWorkbook(classeur).read_table("Enquete").lignes["CSAT"].tolist()
    assert sorted(scores) == [4, 4, 5]


def test_an_answer_to_which_the_firm_gave_its_dossier_is_not_told_again(
    classeur: Path, tmp_path: Path
) -> None:
    # Given the firm that writes whose answer it was, on the sheet
    type_in(classeur, "Clients", {0: {"Raison sociale": "Ostra Conseil"}})
    export = write(tmp_path / "e.csv", f"{JOUR};Ostra Conseil;4;9;", f"{JOUR};D2;4;9;", titles=TITLES)  # fmt: skip
    run(classeur, export)
    type_in(classeur, "Enquete", {0: {"Dossier": "D3"}})

    bilan = run(classeur, export)

    assert bilan.is_empty
    assert FileWorkbook(classeur).read_table("Enquete").lignes["Dossier"].tolist() == ["D3", "D2"]


def test_marks_of_two_clients_are_told(classeur: Path, tmp_path: Path) -> None:
    export = write(tmp_path / "e.csv", f"{JOUR};D1;Ostra Conseil;4", titles="Date;Dossier;Raison sociale;CSAT")  # fmt: skip

    bilan = run(classeur, export)

    [told] = bilan.constats[constats.CONTREDITS]
    assert "désigne à la fois D1 Lumo Énergie et D3 Ostra Conseil" in told.problem


def test_a_row_that_says_nothing_is_nobodys_problem(classeur: Path, tmp_path: Path) -> None:
    bilan = run(classeur, write(tmp_path / "e.csv", f"{JOUR};Inconnu;;;", f"{JOUR};D1;4;9;"))

    assert bilan.constats == {}
    assert "  1 ligne sans note, sans effet sur CSAT et NPS." in bilan.phrases


def test_repeats_off_the_scale_and_wrong_days_are_listed_with_their_line(
    classeur: Path, tmp_path: Path
) -> None:
    lines = (f"{JOUR};D1;4;9;", f"{JOUR};D1;4;9;", f"{JOUR};D2;6;11;", "30/02/2026;D3;4;9;")

    found = run(classeur, write(tmp_path / "e.csv", *lines)).constats

    assert {kind: [a.cell for a in told] for kind, told in found.items()} == {
        HORS_ECHELLE: ["ligne 4", "ligne 4"],
        DATES: ["ligne 5"],
        constats.DOUBLONS: ["ligne 3"],
    }


def test_a_formula_in_a_comment_stays_text_in_the_sheet(classeur: Path, tmp_path: Path) -> None:
    formulas = ["=HYPERLINK(1)", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3"]
    lines = [f"{i:02d}/11/2026;D1;4;9;{formula}" for i, formula in enumerate(formulas, 1)]

    run(classeur, write(tmp_path / "e.csv", *lines))

    assert rows_of(classeur, "Enquete")["Commentaire"].tolist() == formulas
    assert not FileWorkbook(classeur).read_formulas("Enquete")


def test_a_comment_is_told_by_nothing_but_its_column(classeur: Path, tmp_path: Path) -> None:
    words = "Le dirigeant divorce"
    lines = (f"{JOUR};D1;4;9;{words}", f"{JOUR};D1;4;9;{words}", f"{JOUR};X;6;9;{words}")

    bilan = run(classeur, write(tmp_path / "e.csv", *lines))

    told = [*bilan.phrases, *bilan.detail, *bilan.constats, *map(str, bilan.anomalies)]
    assert not any(words in text for text in told)
    assert recorded(classeur, "Commentaire") == [[words]]
    assert not rows_of(classeur).map(lambda cell: cell == words).any(axis=None)


def test_a_comment_is_in_no_letter(classeur: Path, tmp_path: Path) -> None:
    run(classeur, write(tmp_path / "e.csv", f"{JOUR};D1;1;0;Indicible"))
    score(classeur)

    bilan = courriers.run(
        FileWorkbook(classeur),
        Commande(beside=tmp_path, vers=tmp_path / "lettres", formats=("eml",), today=AU),
    )

    assert bilan.fichiers
    assert not any(b"Indicible" in path.read_bytes() for path in bilan.fichiers)


# — sixty days —


def test_a_client_asked_again_too_soon_keeps_its_answer_which_does_not_count(
    classeur: Path, tmp_path: Path
) -> None:
    lines = ("01/09/2026;D1;4;9;", "30/10/2026;D1;1;0;", "31/10/2026;D1;5;10;")

    bilan = run(classeur, write(tmp_path / "e.csv", *lines))

    [told] = bilan.constats[constats.TROP_TOT]
    assert (told.cell, told.value) == ("ligne 3", "D1, CSAT 1, NPS 0")
    assert "avait déjà répondu le 01/09/2026, 59 jours avant" in told.problem
    assert recorded(classeur, "CSAT", "Comptée") == [[4, "Oui"], [1, "Non"], [5, "Oui"]]
    assert bilan.mesures.loc["Portefeuille", "n CSAT"] == 2


def test_an_older_answer_that_comes_later_takes_the_place_of_the_one_it_precedes(
    classeur: Path, tmp_path: Path
) -> None:
    run(classeur, write(tmp_path / "b.csv", "20/10/2026;D1;1;0;"))

    run(classeur, write(tmp_path / "a.csv", "01/10/2026;D1;5;10;"))

    assert recorded(classeur, "CSAT", "Comptée") == [[1, "Non"], [5, "Oui"]]


# — what clients think —


def test_figures_come_per_portfolio_and_segment_never_under_five_answers(tmp_path: Path) -> None:
    classeur = tmp_path / "p.xlsx"
    nouveau.run(classeur)
    workbook = FileWorkbook(classeur)
    importer.run(workbook, [DATA / "clean.csv"])
    workbook.save()
    rows = len(rows_of(classeur))
    segments = {i: {"Segment": "Prêt" if i < rows - 4 else "À informer"} for i in range(rows)}
    type_in(classeur, "Clients", segments)

    bilan = run(classeur, DATA / "survey.csv")

    assert bilan.mesures["n CSAT"].to_dict() == {"Portefeuille": 119, "À informer": 2, "Prêt": 100}
    whole = bilan.mesures.loc["Portefeuille"]
    assert (whole["CSAT"], whole["NPS"]) == pytest.approx((64.7059, 3.5714), abs=1e-4)
    assert bilan.mesures["motif CSAT"].to_dict() == {
        "Portefeuille": "",
        "À informer": "trop peu de réponses",
        "Prêt": "",
    }
    assert len(bilan.constats[constats.AMBIGUS]) == 17


def test_answers_older_than_a_year_stay_on_record_and_out_of_the_figures(
    classeur: Path, export: Path
) -> None:
    run(classeur, export)

    bilan = run(classeur, au=date(2027, 11, 3))

    assert bilan.mesures.empty
    assert bilan.anciennes == 3


def test_without_any_survey_nothing_is_measured(classeur: Path) -> None:
    bilan = run(classeur)

    assert bilan.mesures.empty
    assert bilan.is_empty
    assert not FileWorkbook(classeur).has_table(TABLE)


def test_a_workbook_of_an_earlier_version_takes_a_survey(tmp_path: Path) -> None:
    ancien = Path(shutil.copy(OLD, tmp_path / "ancien.xlsx"))
    dossier = rows_of(ancien)["Dossier"].iloc[0]

    run(ancien, write(tmp_path / "e.csv", f"{JOUR};{dossier};4;9;"))

    assert recorded(ancien) == [[dossier, 4, 9]]
    assert find_flaws(ancien) == []


# — the questionnaire, there and back —


def answer(path: Path, back: Path, *rows: dict[str, Any]) -> Path:
    """Fill the first rows of a questionnaire, header → answer."""
    book = openpyxl.load_workbook(path)
    sheet = book[SHEET]
    columns: dict[Any, Any] = {cell.value: cell.column for cell in sheet[HEADER_ROW]}
    for number, cells in enumerate(rows, HEADER_ROW + 1):
        for header, value in cells.items():
            sheet.cell(number, columns[header], value)
    book.save(back)
    return back


def ask(classeur: Path, path: Path, dossiers: Sequence[str] = (), au: date = AU) -> Path:
    questionnaire.run(FileWorkbook(classeur), path, Demande(au=au, dossiers=tuple(dossiers)))
    return path


def test_the_answers_of_a_questionnaire_come_back_without_retyping(
    classeur: Path, tmp_path: Path
) -> None:
    back = answer(
        ask(classeur, tmp_path / "q.xlsx"),
        tmp_path / "retour.xlsx",
        {"Satisfaction (de 1 à 5)": 4, "Recommandation (de 0 à 10)": 9, "Commentaire": "bien"},
        {},
        {"Émission des factures": "Papier", "Nouvelles mentions": "Aucune"},
    )

    bilan = run(classeur, back)

    assert recorded(classeur, "Dossier", "CSAT", "NPS", "Commentaire") == [["D1", 4, 9, "bien"]]
    assert rows_of(classeur)["Émission des factures"].tolist() == ["Portail ou EDI", "Papier", "Papier"]  # fmt: skip
    assert bilan.detail == (
        "D3, Émission des factures : vide → Papier",
        "D3, Nouvelles mentions : vide → Aucune",
    )
    assert bilan.constats == {}
    assert run(classeur, back).is_empty
    assert find_flaws(classeur) == []


def test_what_matters_to_a_client_comes_back_and_enters_no_note(
    classeur: Path, tmp_path: Path
) -> None:
    sent = ask(classeur, tmp_path / "q.xlsx")
    title = "Important pour vous : Émission des factures"
    back = answer(sent, tmp_path / "r.xlsx", {title: 5, "Satisfaction (de 1 à 5)": 2}, {title: 1})
    before = rows_of(classeur)

    bilan = run(classeur, back)

    assert recorded(classeur, "Dossier", "CSAT", IMPORTANT) == [
        ["D1", 2, "Émission des factures : 5"],
        ["D2", None, "Émission des factures : 1"],
    ]
    assert rows_of(classeur).equals(before)
    [told] = bilan.importances["Portefeuille"]
    assert (told.sujet, told.part, told.n) == ("Émission des factures", None, 2)
    assert run(classeur, back).is_empty


def fill_page(path: Path, back: Path, answers: Mapping[str, Any], **important: Any) -> Path:  # noqa: ANN401  cells
    """Fill the page of one client: question → answer, and how much it matters."""
    book = openpyxl.load_workbook(path)
    sheet = book[SHEET]
    rows = {sheet.cell(row, 1).value: row for row in range(HEADER_ROW + 1, sheet.max_row + 1)}
    for column, cells in ((2, answers), (3, important)):
        for question, value in cells.items():
            sheet.cell(rows[question], column, value)
    book.save(back)
    return back


def test_the_page_of_one_client_comes_back_without_retyping(classeur: Path, tmp_path: Path) -> None:
    said = {"Recommandation (de 0 à 10)": 9, "Nouvelles mentions": "Aucune", "Commentaire": "bien"}
    sent = ask(classeur, tmp_path / "q.xlsx", ["D3"])
    back = fill_page(sent, tmp_path / "r.xlsx", said, Sensibilisation=5, Autonomie=2)

    bilan = run(classeur, back)

    assert recorded(classeur, "Dossier", "CSAT", "NPS", IMPORTANT, "Commentaire", "Source") == [
        ["D3", None, 9, "Sensibilisation : 5 · Autonomie : 2", "bien", "r.xlsx, B8"]
    ]
    assert bilan.detail == ("D3, Nouvelles mentions : vide → Aucune",)
    assert bilan.constats == {}
    assert run(classeur, back).is_empty


def test_what_is_wrong_on_the_page_of_one_client_is_told_with_its_cell(
    classeur: Path, tmp_path: Path
) -> None:
    sent = ask(classeur, tmp_path / "q.xlsx", ["D3"])
    back = fill_page(
        sent,
        tmp_path / "r.xlsx",
        {"Satisfaction (de 1 à 5)": 9, "Sensibilisation": "bof"},
        Sensibilisation="beaucoup",
    )

    told = [str(a) for a in run(classeur, back).anomalies]

    assert any(line.startswith("r.xlsx!B9 : « CSAT » va de 1 à 5") for line in told)
    assert any(line.startswith("r.xlsx!B11 : « Sensibilisation »") for line in told)
    assert any(line.startswith("r.xlsx!C11 : cette importance ne se lit pas") for line in told)


def test_a_page_that_nobody_filled_brings_nothing(classeur: Path, tmp_path: Path) -> None:
    assert run(classeur, ask(classeur, tmp_path / "q.xlsx", ["D3"])).is_empty


def test_a_questionnaire_of_an_earlier_version_still_comes_back(
    classeur: Path, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(ask(classeur, tmp_path / "q.xlsx"))
    sheet = book[SHEET]
    for column in reversed(range(1, sheet.max_column + 1)):
        if str(sheet.cell(HEADER_ROW, column).value).startswith("Important pour vous"):
            sheet.delete_cols(column)
    sheet.cell(HEADER_ROW + 1, 4, 3)
    book.save(tmp_path / "ancien.xlsx")

    bilan = run(classeur, tmp_path / "ancien.xlsx")

    assert recorded(classeur, "Dossier", "CSAT", IMPORTANT) == [["D1", 3, None]]
    assert bilan.importances == {}


def test_an_export_read_again_completes_answers_with_what_matters(
    classeur: Path, tmp_path: Path
) -> None:
    run(classeur, write(tmp_path / "a.csv", f"{JOUR};D1;5;9;"))
    later = write(tmp_path / "b.csv", f"{JOUR};D1;5;9;4", titles="Date;Client;CSAT;NPS;Importance : Paie")  # fmt: skip

    bilan = run(classeur, later)

    assert "1 réponse complétée." in bilan.phrases
    assert recorded(classeur, "CSAT", IMPORTANT) == [[5, "Paie : 4"]]
    assert run(classeur, later).is_empty


def test_a_formula_in_a_subject_stays_text_and_a_typed_cell_that_cannot_be_read_is_told(
    classeur: Path, tmp_path: Path
) -> None:
    titles = 'Date;Client;Importance : =HYPERLINK("http://x")'
    export = write(tmp_path / "e.csv", f"{JOUR};D1;5", f"{JOUR};D2;4", titles=titles)
    run(classeur, export)
    assert recorded(classeur, IMPORTANT)[0] == ['=HYPERLINK("http://x") : 5']
    assert find_flaws(classeur) == []

    type_in(classeur, TABLE, {1: {IMPORTANT: "la paie, surtout"}})
    bilan = run(classeur)

    [told] = bilan.constats[constats.ILLISIBLES]
    assert told.problem == "ce qui compte ne se lit pas : « la paie, surtout »"


def test_a_typed_answer_is_never_overwritten_and_the_difference_is_told(
    classeur: Path, tmp_path: Path
) -> None:
    back = answer(ask(classeur, tmp_path / "q.xlsx"), tmp_path / "r.xlsx", {"Sensibilisation": "Jamais informé"})  # fmt: skip

    bilan = run(classeur, back)

    [told] = bilan.constats[constats.DIFFERENCES]
    assert str(told) == (
        "r.xlsx!G6 : D1 : « Sensibilisation » vaut « Informé » dans Clients, qui est gardé"
        " (lu : « Jamais informé »). Si la réponse du questionnaire est la bonne, recopiez-la dans Clients."
    )
    assert rows_of(classeur)["Sensibilisation"].iloc[0] == "Informé"


def test_an_answer_that_the_grid_lacks_is_not_taken(classeur: Path, tmp_path: Path) -> None:
    back = answer(ask(classeur, tmp_path / "q.xlsx"), tmp_path / "r.xlsx", {}, {}, {"Nouvelles mentions": "Dix"})  # fmt: skip

    bilan = run(classeur, back)

    [told] = bilan.constats[constats.REPONSES]
    assert "« Nouvelles mentions » n’a pas cette réponse" in told.problem
    assert rows_of(classeur)["Nouvelles mentions"].tolist() == ["Trois", "Aucune", None]


def test_two_people_of_a_client_who_answer_otherwise_fill_nothing(
    classeur: Path, tmp_path: Path
) -> None:
    titles = "Dossier;Nouvelles mentions;Émission des factures"
    export = write(tmp_path / "e.csv", "D3;Aucune;Papier", "D3;Trois;Papier", titles=titles)

    bilan = run(classeur, export)

    assert bilan.detail == ("D3, Émission des factures : vide → Papier",)
    [told] = bilan.constats[constats.REPONSES]
    assert "a une autre réponse pour le même client (ligne 3)" in told.problem


def test_of_two_files_the_first_fills_and_the_second_is_told(
    classeur: Path, tmp_path: Path
) -> None:
    files = [
        write(tmp_path / f"{answer}.csv", f"D3;{answer}", titles="Dossier;Nouvelles mentions")
        for answer in ("Aucune", "Trois")
    ]

    bilan = run(classeur, *files)

    assert rows_of(classeur)["Nouvelles mentions"].iloc[2] == "Aucune"
    assert len(bilan.constats[constats.DIFFERENCES]) == 1


def test_a_formula_of_clients_stays(classeur: Path, tmp_path: Path) -> None:
    row = int(rows_of(classeur).index[2])
    set_cell(classeur, "Clients", "Nouvelles mentions", row, b'<f>IF(1=1,"","")</f><v></v>')
    export = write(tmp_path / "e.csv", "D3;Aucune", titles="Dossier;Nouvelles mentions")

    bilan = run(classeur, export)

    assert len(bilan.constats[constats.FORMULES]) == 1
    formulas = FileWorkbook(classeur).read_formulas("Clients")
    assert formulas["Nouvelles mentions"] == {row: 'IF(1=1,"","")'}


def test_a_file_that_is_refused_leaves_the_workbook_alone(
    classeur: Path, export: Path, tmp_path: Path
) -> None:
    before = classeur.read_bytes()
    wrong = write(tmp_path / "autre.csv", "1;2", titles="Humeur;Couleur")

    with pytest.raises(SaisieError):
        run(classeur, export, wrong)

    assert classeur.read_bytes() == before


def test_a_questionnaire_leaves_out_who_answered_within_sixty_days(
    classeur: Path, export: Path, tmp_path: Path
) -> None:
    run(classeur, export)
    type_in(classeur, TABLE, {1: {"Date": date(2026, 9, 23)}})

    bilan = questionnaire.run(FileWorkbook(classeur), tmp_path / "q.xlsx", Demande(au=AU))

    assert bilan.clients == 1
    assert bilan.ecartes == ("D1 Lumo Énergie (03/11/2026)", "D3 Ostra Conseil (03/11/2026)")


def note(classeur: Path, dossier: str, le: date, *, canal: str = "", type_: str = "") -> None:
    workbook = FileWorkbook(classeur)
    journal.run(
        workbook, Echange(dossier=dossier, le=le, objet="Point", canal=canal, type=type_), AU
    )
    workbook.save()


def test_a_questionnaire_after_an_event_asks_those_alone_and_says_which_event(
    classeur: Path, tmp_path: Path
) -> None:
    note(classeur, "D1", date(2026, 10, 23), canal="Rendez-vous")
    note(classeur, "D2", date(2026, 11, 20), type_="Bilan remis")
    note(classeur, "D3", date(2026, 10, 22), type_="Facture importante")

    bilan = questionnaire.run(
        FileWorkbook(classeur), tmp_path / "q.xlsx", Demande(au=AU, apres_evenement=True)
    )

    assert bilan.clients == 2
    assert bilan.evenements == (
        "D1 Lumo Énergie : Rendez-vous du 23/10/2026",
        'D2 Père & Fils <SARL> "À l’Été" =1+1 : Bilan remis du 20/11/2026',
    )


def test_whoever_has_an_open_complaint_is_not_asked_after_an_event(
    classeur: Path, tmp_path: Path
) -> None:
    note(classeur, "D1", AU, canal="Rendez-vous")
    note(classeur, "D3", AU, canal="Rendez-vous")
    note(classeur, "D3", AU, type_="Réclamation")
    demande = Demande(au=AU, apres_evenement=True)

    bilan = questionnaire.run_each(FileWorkbook(classeur), tmp_path / "q", demande)

    assert [p.name[:2] for p in bilan.fichiers] == ["D1"]
    assert bilan.reclamations == ("D3 Ostra Conseil",)


def test_nothing_that_happened_lately_asks_nobody(classeur: Path, tmp_path: Path) -> None:
    note(classeur, "D1", date(2026, 10, 1), canal="Rendez-vous")
    demande = Demande(au=AU, apres_evenement=True)

    with pytest.raises(SaisieError, match="aucun événement des 30 derniers jours"):
        questionnaire.run_each(FileWorkbook(classeur), tmp_path / "q", demande)

    assert not (tmp_path / "q").exists()


def test_whoever_has_a_letter_asking_for_its_opinion_is_not_asked_twice(
    classeur: Path, tmp_path: Path
) -> None:
    score(classeur)
    workbook = FileWorkbook(classeur)
    commande = courriers.Commande(
        vers=tmp_path / "c", beside=classeur.parent, today=date(2026, 9, 24), modele="Votre avis", dossiers=("D1",)
    )  # fmt: skip
    courriers.run(workbook, commande)
    workbook.save()

    held = questionnaire.run(FileWorkbook(classeur), tmp_path / "q.xlsx", Demande(au=AU))
    later = Demande(au=date(2026, 11, 23))
    asked = questionnaire.run(FileWorkbook(classeur), tmp_path / "q2.xlsx", later)

    assert (held.clients, held.ecartes) == (2, ("D1 Lumo Énergie (24/09/2026)",))
    assert asked.clients == 3


def test_each_client_may_have_its_own_questionnaire_which_a_second_run_leaves_alone(
    classeur: Path, export: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "Questionnaires"
    first = questionnaire.run_each(FileWorkbook(classeur), folder, Demande(au=AU, dossiers=("D2",)))
    kept = first.fichiers[0].read_bytes()
    run(classeur, export)
    type_in(classeur, TABLE, {1: {"Date": date(2026, 9, 23)}})

    again = questionnaire.run_each(FileWorkbook(classeur), folder, Demande(au=AU))

    assert first.fichiers == (
        folder / "D2 - Père & Fils SARL À l’Été =1+1 - questionnaire du 22-11-2026.xlsx",
    )
    assert (len(again.fichiers), again.deja, len(again.ecartes)) == (0, 1, 2)
    assert first.fichiers[0].read_bytes() == kept
    sheet = openpyxl.load_workbook(first.fichiers[0])[SHEET]
    assert [cell.value for cell in sheet["B"]].count("D2") == 1


def hand_out(classeur: Path, folder: Path, au: date, *dossiers: str) -> questionnaire.BilanEnvois:
    workbook = FileWorkbook(classeur)
    bilan = questionnaire.run_each(workbook, folder, Demande(au=au, dossiers=dossiers))
    workbook.save()
    return bilan


def test_a_questionnaire_handed_out_holds_the_next_one_for_sixty_days(
    classeur: Path, tmp_path: Path
) -> None:
    hand_out(classeur, tmp_path / "q", AU, "D2")

    held = hand_out(classeur, tmp_path / "r", date(2027, 1, 20))
    free = questionnaire.run(FileWorkbook(classeur), tmp_path / "q.xlsx", Demande(au=date(2027, 1, 21), dossiers=("D2",)))  # fmt: skip

    assert held.ecartes == ('D2 Père & Fils <SARL> "À l’Été" =1+1 (22/11/2026)',)
    assert free.clients == 1
    told = rows_of(classeur, "Journal")
    assert told["Type"].tolist() == ["Questionnaire remis"] * 3
    assert told["Dossier"].tolist() == ["D2", "D1", "D3"]
    assert find_flaws(classeur) == []


def test_a_second_run_of_the_same_day_writes_nothing_twice_and_holds_nobody(
    classeur: Path, tmp_path: Path
) -> None:
    first = hand_out(classeur, tmp_path / "q", AU, "D2")
    before = classeur.read_bytes()

    again = hand_out(classeur, tmp_path / "q", AU, "D2")

    assert (first.inscrits, again.inscrits) == (1, 0)
    assert (again.deja, again.ecartes) == (1, ())
    assert classeur.read_bytes() == before


def test_a_questionnaire_handed_out_is_no_exchange(classeur: Path, tmp_path: Path) -> None:
    hand_out(classeur, tmp_path / "q", date(2026, 11, 20))

    workbook = FileWorkbook(classeur)
    relation.run(workbook, AU)

    assert relation.measure(workbook, AU)[0].contact is None
    assert find_recent(read_journal(workbook), AU, 15) == {}
    assert follow_clients(read_journal(workbook), AU) == {}


def test_a_letter_that_asks_for_an_opinion_waits_after_a_questionnaire(
    classeur: Path, tmp_path: Path
) -> None:
    hand_out(classeur, tmp_path / "q", date(2026, 11, 20), "D2")
    commande = Commande(vers=tmp_path / "c", beside=tmp_path, today=AU, modele="satisfaction", dossiers=("D2",))  # fmt: skip

    bilan = courriers.run(FileWorkbook(classeur), commande)

    assert "ce client a été interrogé le 20/11/2026" in bilan.retenues[0].problem


def test_a_journal_that_cannot_keep_it_stops_the_questionnaire(
    classeur: Path, tmp_path: Path
) -> None:
    workbook = FileWorkbook(classeur)
    kept = {h: w for h, w in JOURNAL_WIDTHS.items() if h != "Type"}
    workbook.add_table("Journal", "Journal", kept)
    workbook.save()

    with pytest.raises(SaisieError, match="n’a pas la colonne « Type »"):
        hand_out(classeur, tmp_path / "q", AU, "D2")

    assert not (tmp_path / "q").exists()


def test_a_list_for_the_firm_hands_nothing_out(classeur: Path, tmp_path: Path) -> None:
    bilan = questionnaire.run(FileWorkbook(classeur), tmp_path / "q.xlsx", Demande(au=AU))

    assert bilan.inscrits == 0


def test_a_folder_that_cannot_be_made_is_told(classeur: Path, tmp_path: Path) -> None:
    (tmp_path / "Questionnaires").write_text("un fichier", "utf-8")

    with pytest.raises(SaisieError, match="Questionnaires"):
        questionnaire.run_each(FileWorkbook(classeur), tmp_path / "Questionnaires", Demande(au=AU))


def test_a_questionnaire_for_nobody_is_refused(
    classeur: Path, export: Path, tmp_path: Path
) -> None:
    run(classeur, export)

    with pytest.raises(SaisieError, match="aucun client à interroger"):
        ask(classeur, tmp_path / "q.xlsx", ["D1"])

    assert not (tmp_path / "q.xlsx").exists()


def test_a_questionnaire_asks_the_client_nothing_of_what_is_at_stake_with_it(
    classeur: Path, tmp_path: Path
) -> None:
    sheet = openpyxl.load_workbook(ask(classeur, tmp_path / "q.xlsx", ["D1"]))[SHEET]

    headers = [cell.value for cell in sheet["A"]]
    assert "Sensibilisation" in headers
    assert not {"Risque client", "Rentabilité"} & {*headers}


def test_every_client_can_be_found_by_its_siren(classeur: Path, tmp_path: Path) -> None:
    type_in(classeur, "Clients", {0: {"SIREN": siren_number(1)}})
    export = write(tmp_path / "e.csv", f"{int(siren_number(1))};4", titles="SIREN;CSAT")

    run(classeur, export)

    assert recorded(classeur, "Dossier", "CSAT") == [["D1", 4]]
