"""The sheet Réponses: who said what, and what the notes make of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from tests.domain.faits.ecritures import DATA
from tests.excel.opc import find_flaws
from tests.excel.parts import place_of, rows_of, score, value_of

from segxl.actions import controler, enquete, expliquer, fec
from segxl.domain.anomalies import SaisieError
from segxl.domain.faits.reprises import feeds_of
from segxl.domain.provenance.origines import HEADERS
from segxl.excel.file import FileWorkbook
from segxl.excel.provenance import NOTE, find_news, record_news
from segxl.excel.reglages import read_portefeuille
from segxl.faces.annonces_justification import announce_justification, json_of_justification
from segxl.sources.reprises import read_reprises

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
FILE = DATA / "000000034FEC20251231.txt"
TODAY = date(2026, 11, 22)
FIN = datetime(2025, 12, 28)  # noqa: DTZ001  as a cell holds it
EMISES = "Factures émises par mois"
Line = Mapping[str, object]


def line(question: str, reponse: object, **more: object) -> Line:
    return {"Dossier": "D1", "Question": question, "Réponse": reponse, "Nature": "Ressenti", **more}


def record(path: Path, *lines: Line) -> bool:
    """Put answers on record; tell whether the sheet changed."""
    workbook = FileWorkbook(path)
    news = find_news(workbook, lines)
    record_news(workbook, news)
    workbook.save()
    return bool(news)


def shown(path: Path) -> list[list[Any]]:
    lignes = rows_of(path, "Reponses", [*HEADERS])
    return lignes.astype(object).where(lignes.notna(), None).to_numpy().tolist()


def measured(path: Path) -> list[Any]:
    return [r[1] for r in shown(path) if r[3] == "Mesuré"]


def fill(path: Path, row: int, cells: Line, table: str = "Clients") -> Path:
    workbook = FileWorkbook(path)
    workbook.write_cells(table, {row: cells}, keep_formulas=False)
    workbook.save()
    return path


def read_fec(path: Path) -> None:
    workbook = FileWorkbook(path)
    fec.run(workbook, [FILE], TODAY)
    workbook.save()


# --- The sheet


def test_the_sheet_appears_with_the_first_answer_and_explains_itself(classeur: Path) -> None:
    record(classeur, line("Autonomie", "Autonome", Auteur="Luc"))

    assert shown(classeur) == [["D1", "Autonomie", "Autonome", "Ressenti", None, "Luc", None]]
    assert place_of(classeur, "Reponses").sheet == "Réponses"
    assert "deux avis à deux niveaux d’écart sont signalés" in NOTE
    assert find_flaws(classeur) == []


def test_the_same_answer_again_changes_nothing(classeur: Path) -> None:
    told = line("Autonomie", "Autonome", Date=TODAY, Auteur="Luc")
    record(classeur, told)

    assert not record(classeur, told)
    assert len(shown(classeur)) == 1


def test_another_answer_of_the_same_person_takes_the_place_of_the_first(classeur: Path) -> None:
    record(classeur, line("Autonomie", "Autonome", Auteur="Luc"))

    record(
        classeur,
        line("autonomie", "Très autonome", Auteur="LUC"),
        line("Autonomie", "Peu autonome", Auteur="Ana"),
    )

    assert [(r[2], r[5]) for r in shown(classeur)] == [
        ("Très autonome", "LUC"),
        ("Peu autonome", "Ana"),
    ]


def test_a_table_of_that_name_that_is_the_firms_own_is_refused(classeur: Path) -> None:
    workbook = FileWorkbook(classeur)
    workbook.add_table("Reponses", "Mes réponses", {"Quand": 12})
    workbook.save()

    with pytest.raises(SaisieError, match="n’a pas la colonne « Dossier »"):
        score(classeur)


# --- What feeds it


def test_entries_put_their_measures_on_record(classeur: Path) -> None:
    read_fec(fill(classeur, 5, {"SIREN": "000 000 034"}))

    assert shown(classeur)[0] == [
        "D1", EMISES, 2, "Mesuré", FIN, "FEC", FILE.name,
    ]  # fmt: skip
    assert measured(classeur) == [EMISES, "Factures reçues par mois", "CA HT"]


def test_a_share_that_the_labels_of_accounts_hint_at_is_a_deduction_to_confirm(
    classeur: Path,
) -> None:
    before = rows_of(classeur)["Part B2B"].tolist()
    read_fec(fill(classeur, 5, {"SIREN": "000 000 034"}))

    hints = {r[1]: r[2:] for r in shown(classeur) if r[3] == "Déduit"}
    assert [*hints] == ["Part B2B", "Part secteur public", "Part international"]
    assert str(hints["Part B2B"][0]).endswith(" %")
    assert hints["Part B2B"][4] == f"{FILE.name}, indice : à confirmer avec le client"
    assert rows_of(classeur)["Part B2B"].tolist() == before


def test_a_hint_that_a_grid_asks_enters_no_note(classeur: Path) -> None:
    fill(classeur, 5, {"SIREN": "000 000 034"})
    rows = rows_of(classeur, "Criteres")
    row = int(rows.index[rows["Critère"] == EMISES][0])
    fill(classeur, row, {"Critère": "Part B2B", "Mesuré par": None}, "Criteres")

    read_fec(classeur)

    assert "Part B2B" not in [r[1] for r in shown(classeur)]


def test_the_answers_of_a_questionnaire_are_declared_those_already_typed_too(
    classeur: Path, tmp_path: Path
) -> None:
    fill(classeur, 5, {"Autonomie": "Autonome"})
    export = tmp_path / "retour.csv"
    export.write_text("Date;Dossier;Autonomie;Digitalisation\n03/11/2026;D1;Autonome;Avancée\n")
    workbook = FileWorkbook(classeur)

    first = enquete.run(workbook, [export], TODAY)
    workbook.save()

    assert not first.is_empty
    assert [r[1:4] for r in shown(classeur)] == [
        ["Autonomie", "Autonome", "Déclaré"],
        ["Digitalisation", "Avancée", "Déclaré"],
    ]
    assert enquete.run(FileWorkbook(classeur), [export], TODAY).is_empty


# --- What it changes


def test_a_note_says_how_far_it_can_be_trusted(classeur: Path) -> None:
    before = score(classeur).resultats.lignes
    known = value_of(classeur, 5, "Sensibilisation")
    record(classeur, line("Sensibilisation", known, Nature="Mesuré"))

    after = score(classeur).resultats.lignes

    first, *others = after["Fiabilité"].tolist()
    assert first > before["Fiabilité"].tolist()[0]
    assert others == before["Fiabilité"].tolist()[1:]
    assert after["Note FE"].tolist() == before["Note FE"].tolist()
    assert value_of(classeur, 5, "Fiabilité") == first


def test_a_measure_that_contradicts_what_is_typed_is_listed_with_its_cell(classeur: Path) -> None:
    fill(classeur, 5, {"SIREN": "000 000 034", EMISES: 400})
    read_fec(classeur)

    told = [a for a in score(classeur).anomalies if EMISES in a.problem]

    (anomalie,) = told
    assert anomalie.value == 400
    assert anomalie.problem == (
        f"« {EMISES} » : mesuré le 28/12/2025, « 2 » ({FILE.name}) ; la saisie est gardée"
    )
    assert anomalie in controler.run(FileWorkbook(classeur))
    assert value_of(classeur, 5, EMISES) == 400


def test_an_explanation_says_where_each_answer_comes_from(classeur: Path) -> None:
    fill(classeur, 5, {"Autonomie": None})
    record(
        classeur,
        line("Autonomie", "Peu autonome", Auteur="Luc", Date=date(2024, 1, 9)),
        line("Autonomie", "Autonome", Auteur="Ana", Date=date(2024, 2, 9)),
    )
    workbook = FileWorkbook(classeur)

    justification = expliquer.show(workbook, "D1", TODAY)
    workbook.save()

    (told,) = [c for c in justification.contributions if c.code == "AUTO"]
    assert told.origine == (
        "ressenti le 09/01/2024, Luc : « Peu autonome », périmé ; "
        "ressenti le 09/02/2024, Ana : « Autonome », périmé"
    )
    rows = rows_of(classeur, "Explication")
    (first, *_) = rows.loc[rows["Élément"] == "Autonomie", "Réponse"]
    assert first == told.dite
    assert str(told.dite).startswith("désaccord : moyenne de ")
    assert justification.fiabilite is not None


def test_an_answer_that_people_disagree_on_is_told_as_their_mean_and_never_as_none(
    classeur: Path,
) -> None:
    fill(classeur, 5, {"Autonomie": None})
    record(
        classeur,
        line("Autonomie", "Pas autonome", Auteur="Luc"),
        line("Autonomie", "Très autonome", Auteur="Ana"),
    )
    justification = expliquer.run(FileWorkbook(classeur), "D1", TODAY)
    console = Console(record=True, width=200)

    announce_justification(console, justification)

    printed = console.export_text()
    assert "None" not in printed
    assert "désaccord : moyenne de 10,0 sur 20" in printed
    told = {
        c["critere"]: c["reponse"] for c in json_of_justification(justification)["contributions"]
    }
    assert told["Autonomie"] == "désaccord : moyenne de 10,0 sur 20"


# --- The mapping in the grid


def test_the_grid_says_which_fact_answers_a_question(classeur: Path) -> None:
    _, reglages, _ = read_portefeuille(FileWorkbook(classeur))

    ours = {f.colonne: f.fait for f in feeds_of(reglages, read_reprises())}

    assert ours[EMISES] == "factures_emises_par_mois"
    assert ours["CA HT"] == "ca"


def test_a_question_without_measure_takes_none(classeur: Path) -> None:
    fill(classeur, 5, {"SIREN": "000 000 034"})
    rows = rows_of(classeur, "Criteres")
    for row in rows.index[rows["Mesuré par"].notna()]:
        fill(classeur, int(row), {"Mesuré par": None}, "Criteres")

    read_fec(classeur)

    assert measured(classeur) == ["CA HT"]


def test_a_measure_that_does_not_exist_is_named(classeur: Path) -> None:
    row = int(rows_of(classeur, "Criteres").index[0])
    fill(classeur, row, {"Mesuré par": "Météo"}, "Criteres")

    (anomalie,) = controler.run(FileWorkbook(classeur))

    assert anomalie.sheet == "Grille"
    assert anomalie.problem == "aucune mesure des écritures ne porte ce nom"
    assert "Factures émises par mois" in anomalie.remedy
