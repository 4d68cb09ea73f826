"""The questionnaire is a plain workbook: what it asks, and what it must not tell."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from tests.excel.opc import find_flaws
from tests.excel.parts import read_parts

from segxl.domain.anomalies import SaisieError
from segxl.domain.grille import Critere, Niveau
from segxl.excel.questionnaire import write_questionnaire
from segxl.excel.questionnaire_cellules import ANSWERS, HEADER_ROW, SHEET

AU = date(2026, 11, 22)


def critere(libelle: str, *answers: str) -> Critere:
    niveaux = tuple(Niveau(points=float(i), reponse=a) for i, a in enumerate(answers))
    return Critere(
        code=libelle[:3],
        libelle=libelle,
        grille="FE",
        famille="",
        type="Liste" if answers else "Nombre",
        poids=1,
        niveaux=niveaux or (Niveau(points=1.0, seuil=1.0),),
    )


GRILLE = [critere("Outil", "Papier, ou rien", "Logiciel"), critere("Volume")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    clients = [("D1", "Lumo Énergie"), ("0012", '=HYPERLINK("http://x")')]
    write_questionnaire(tmp_path / "q.xlsx", clients, GRILLE, AU)
    return tmp_path / "q.xlsx"


def test_it_has_a_row_per_client_and_a_column_per_question(path: Path) -> None:
    sheet = openpyxl.load_workbook(path)[SHEET]

    rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=HEADER_ROW)]

    assert rows[0] == [
        "Dossier", "Raison sociale", "Date", "Satisfaction (de 1 à 5)",
        "Recommandation (de 0 à 10)", "Commentaire", "Outil", "Important pour vous : Outil",
        "Volume", "Important pour vous : Volume",
    ]  # fmt: skip
    assert rows[1] == ["D1", "Lumo Énergie", datetime(2026, 11, 22), *[None] * 7]  # noqa: DTZ001  a cell knows no time zone
    assert find_flaws(path) == []


def test_the_allowed_answers_are_lists_to_choose_from(path: Path) -> None:
    book = openpyxl.load_workbook(path)

    rules = {str(r.sqref): r.formula1 for r in book[SHEET].data_validations.dataValidation}

    assert rules == {
        "D6:D7": '"1,2,3,4,5"',
        "E6:E7": '"0,1,2,3,4,5,6,7,8,9,10"',
        "H6:H7": '"1,2,3,4,5"',
        "J6:J7": '"1,2,3,4,5"',
        "G6:G7": f"'{ANSWERS}'!$A$1:$A$2",
    }
    assert [c.value for c in book[ANSWERS]["A"]] == ["Papier, ou rien", "Logiciel"]
    assert book[ANSWERS].sheet_state == "hidden"


def test_one_client_has_a_page_with_a_question_a_line(tmp_path: Path) -> None:
    path = tmp_path / "un.xlsx"
    write_questionnaire(path, [("0012", '=HYPERLINK("http://x")')], GRILLE, AU)
    book = openpyxl.load_workbook(path)
    sheet = book[SHEET]

    rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=HEADER_ROW)]
    rules = {str(r.sqref): r.formula1 for r in sheet.data_validations.dataValidation}

    assert rows[:4] == [
        ["Question", "Votre réponse", "Important pour vous ?"],
        ["Dossier", "0012", None],
        ["Raison sociale", '=HYPERLINK("http://x")', None],
        ["Date", datetime(2026, 11, 22), None],  # noqa: DTZ001  a cell knows no time zone
    ]
    assert [row[0] for row in rows[4:]] == [
        "Satisfaction (de 1 à 5)", "Recommandation (de 0 à 10)", "Outil", "Volume", "Commentaire",
    ]  # fmt: skip
    assert rules == {
        "B9": '"1,2,3,4,5"',
        "B10": '"0,1,2,3,4,5,6,7,8,9,10"',
        "B11": f"'{ANSWERS}'!$A$1:$A$2",
        "C11:C12": '"1,2,3,4,5"',
    }
    assert not any(b"<f>" in part for part in read_parts(path).values())
    assert find_flaws(path) == []


def test_a_grid_without_question_still_asks_the_scores(tmp_path: Path) -> None:
    write_questionnaire(tmp_path / "un.xlsx", [("D1", "Lumo")], [], AU)

    sheet = openpyxl.load_workbook(tmp_path / "un.xlsx")[SHEET]

    assert [str(r.sqref) for r in sheet.data_validations.dataValidation] == ["B9", "B10"]


def test_a_name_that_looks_like_a_formula_stays_a_text(path: Path) -> None:
    assert not any(b"<f>" in part for part in read_parts(path).values())


def test_one_that_names_several_clients_says_that_it_stays_in_the_firm(
    path: Path, tmp_path: Path
) -> None:
    write_questionnaire(tmp_path / "un.xlsx", [("D1", "Lumo")], GRILLE, AU)

    told = [openpyxl.load_workbook(p)[SHEET]["A3"].value for p in (path, tmp_path / "un.xlsx")]

    assert str(told[0]).startswith("Pour le cabinet seul")
    assert told[1] == "Vos réponses ne sont lues que par votre cabinet."


def test_it_never_takes_the_place_of_another_file(path: Path) -> None:
    before = path.read_bytes()

    with pytest.raises(SaisieError, match="un fichier porte déjà ce nom"):
        write_questionnaire(path, [("D1", "Lumo")], GRILLE, AU)

    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["q.csv", "q", "absent/q.xlsx"])
def test_a_place_that_cannot_be_is_refused_and_nothing_is_left(tmp_path: Path, name: str) -> None:
    with pytest.raises(SaisieError):
        write_questionnaire(tmp_path / name, [("D1", "Lumo")], GRILLE, AU)

    assert [*tmp_path.iterdir()] == []
