from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from tests.excel.fake import FakeWorkbook
from tests.excel.opc import find_flaws
from tests.excel.parts import rows_of, score

from segxl.actions import journal
from segxl.actions.journal import Echange
from segxl.domain.anomalies import SaisieError
from segxl.domain.journal import DELAI
from segxl.domain.relation.rappels import RAPPEL
from segxl.excel.file import FileWorkbook
from segxl.excel.layout import JOURNAL_WIDTHS
from segxl.excel.reclamations import WIDTHS as RECLAMATIONS

TODAY = date(2026, 11, 22)


def note(classeur: Path, echange: Echange, today: date = TODAY) -> journal.BilanJournal:
    workbook = FileWorkbook(classeur)
    bilan = journal.run(workbook, echange, today)
    workbook.save()
    return bilan


def test_the_sheet_appears_with_the_first_exchange_and_grows_with_the_next(classeur: Path) -> None:
    note(classeur, Echange(dossier="D1", objet="Choix de l’outil", canal="Téléphone"))
    note(classeur, Echange(dossier="lumo energie", objet="Mandat signé", type="mandat", qui="CD"))

    lignes = rows_of(classeur, "Journal")
    assert [*lignes] == [*JOURNAL_WIDTHS]
    assert lignes["Dossier"].tolist() == ["D1", "D1"]
    assert lignes["Objet"].tolist() == ["Choix de l’outil", "Mandat signé"]
    assert lignes["Type"].tolist() == ["Échange", "Mandat"]
    assert lignes["Qui"].tolist() == ["AB", "CD"]
    assert [d.date() for d in lignes["Date"]] == [TODAY, TODAY]
    assert lignes["Clos le"].tolist() == [None, None]


def test_a_meeting_is_followed_up(classeur: Path) -> None:
    bilan = note(classeur, Echange(dossier="D3", objet="Revue", canal="rendez-vous"))

    row = rows_of(classeur, "Journal").iloc[0]
    assert bilan.raison_sociale == "Ostra Conseil"
    assert (row["Suite"], row["Suite le"].date()) == ("Faire le point", date(2026, 11, 29))


def test_a_text_that_looks_like_a_formula_stays_a_text(classeur: Path) -> None:
    note(classeur, Echange(dossier="D1", objet="=1+1", suite="@SOMME(A1)"))

    row = rows_of(classeur, "Journal").iloc[0]
    assert (row["Objet"], row["Suite"]) == ("=1+1", "@SOMME(A1)")


def test_an_unknown_client_is_refused_with_close_ones_and_nothing_is_written(
    classeur: Path,
) -> None:
    before = classeur.read_bytes()

    with pytest.raises(SaisieError, match="Ostra Conseil") as caught:
        note(classeur, Echange(dossier="Ostra Conseils", objet="x"))

    assert "n’a pas été trouvé parmi les clients" in str(caught.value)
    assert classeur.read_bytes() == before


def test_a_wrong_word_writes_nothing(classeur: Path) -> None:
    before = classeur.read_bytes()

    with pytest.raises(SaisieError, match="Rendez-vous · Visio"):
        note(classeur, Echange(dossier="D1", objet="x", canal="pigeon"))

    assert classeur.read_bytes() == before


def test_a_journal_that_lost_a_column_is_refused_where_that_column_would_be_filled() -> None:
    tables = {
        "Clients": pd.DataFrame({"Dossier": ["D1"]}),
        "Journal": pd.DataFrame({"Date": [None], "Dossier": [None], "Objet": [None], "Type": [None]}),
    }  # fmt: skip
    workbook = FakeWorkbook(tables)

    journal.run(workbook, Echange(dossier="D1", objet="x"), TODAY)
    with pytest.raises(SaisieError, match="« Canal »"):
        journal.run(workbook, Echange(dossier="D1", objet="y", canal="Visio"), TODAY)


def test_a_client_without_name_or_collaborateur_can_be_put_on_record() -> None:
    workbook = FakeWorkbook({"Clients": pd.DataFrame({"Dossier": [12.0, "#N/A", None]})})

    bilan = journal.run(workbook, Echange(dossier="12", objet="x"), TODAY)

    assert (bilan.ligne["Dossier"], bilan.ligne["Qui"], bilan.raison_sociale) == ("12", "", "")


def test_a_workbook_without_clients_says_so() -> None:
    with pytest.raises(SaisieError, match="« Clients » n’a pas été trouvé"):
        journal.run(FakeWorkbook({}), Echange(dossier="12", objet="x"), TODAY)


def test_follow_ups_that_are_due_are_listed_with_the_name_of_the_client(classeur: Path) -> None:
    note(classeur, Echange(dossier="D1", objet="Revue", canal="Rendez-vous"))
    note(classeur, Echange(dossier="D2", objet="Devis", suite="Rappeler", suite_le=TODAY))

    early, later = (
        journal.list_suites(FileWorkbook(classeur, to_write=False), day)
        for day in (TODAY, date(2026, 12, 1))
    )

    assert early.suites["Dossier"].tolist() == ["D2"]
    assert later.suites["Dossier"].tolist() == ["D2", "D1"]
    assert later.suites["Raison sociale"].tolist()[1] == "Lumo Énergie"


def test_a_follow_up_that_was_closed_on_the_sheet_is_not_listed_any_more(classeur: Path) -> None:
    note(classeur, Echange(dossier="D2", objet="Devis", suite="Rappeler", suite_le=TODAY))
    workbook = FileWorkbook(classeur)
    (row,) = workbook.read_table("Journal").lignes.index
    workbook.write_cells("Journal", {row: {"Clos le": TODAY}})
    workbook.save()

    assert journal.list_suites(FileWorkbook(classeur), TODAY).suites.empty


def test_a_workbook_without_a_journal_has_nothing_to_follow_up(classeur: Path) -> None:
    assert journal.list_suites(FileWorkbook(classeur), TODAY).suites.empty


def test_the_workbook_can_be_scored_after_an_exchange(classeur: Path) -> None:
    note(classeur, Echange(dossier="D1", objet="Revue"))

    score(classeur)

    assert len(rows_of(classeur, "Journal")) == 1


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_the_sheet_proposes_the_words_it_knows(classeur: Path) -> None:
    note(classeur, Echange(dossier="D1", objet="Point"))

    sheet = openpyxl.load_workbook(classeur)["Journal"]
    proposed = {str(v.formula1) for v in sheet.data_validations.dataValidation}
    assert any("Rendez-vous" in words for words in proposed)
    assert any("Réclamation" in words for words in proposed)
    assert find_flaws(classeur) == []


# — the delay of a follow-up, and the calls promised to who complained —


def settle(classeur: Path, value: object) -> None:
    workbook = FileWorkbook(classeur)
    lignes = workbook.read_table("Parametres").lignes
    (row,) = lignes.index[lignes["Paramètre"] == DELAI]
    workbook.write_cells("Parametres", {int(row): {"Valeur": value}})
    workbook.save()


def answer_complaint(classeur: Path, le: date, dossier: str = "D1") -> None:
    cells = {"Dossier": dossier, "Objet": "Retard de la liasse", "Étape": "Réponse donnée", "Étape le": le}  # fmt: skip
    workbook = FileWorkbook(classeur)
    if not workbook.has_table("Reclamations"):
        workbook.add_table("Reclamations", "Réclamations", RECLAMATIONS)
    workbook.append_rows("Reclamations", pd.DataFrame([cells], columns=[*RECLAMATIONS], dtype=object))  # fmt: skip
    workbook.save()


def test_the_firm_says_when_a_meeting_is_followed_up(classeur: Path) -> None:
    settle(classeur, "10")

    bilan = note(classeur, Echange(dossier="D3", objet="Revue", canal="rendez-vous"))

    assert bilan.ligne["Suite le"] == date(2026, 12, 2)


@pytest.mark.parametrize("typed", ["bientôt", -1, 1e9])
def test_a_delay_that_is_no_number_of_days_is_refused_and_nothing_is_written(
    classeur: Path, typed: object
) -> None:
    settle(classeur, typed)
    before = classeur.read_bytes()

    with pytest.raises(SaisieError, match=re.escape(f"« {DELAI} » ne convient pas")):
        note(classeur, Echange(dossier="D3", objet="Revue"))

    assert classeur.read_bytes() == before


def test_who_complained_and_was_answered_is_called_until_an_exchange_is_on_record(
    classeur: Path,
) -> None:
    answer_complaint(classeur, date(2026, 11, 10))
    note(classeur, Echange(dossier="D2", objet="Devis", suite="Rappeler", le=date(2026, 11, 18), suite_le=date(2026, 11, 19)))  # fmt: skip

    early, due = (
        journal.list_suites(FileWorkbook(classeur, to_write=False), day)
        for day in (date(2026, 11, 16), TODAY)
    )
    note(classeur, Echange(dossier="D1", objet="Appel", le=date(2026, 11, 12)))
    called = journal.list_suites(FileWorkbook(classeur, to_write=False), TODAY)

    headers = ["Suite le", "Dossier", "Raison sociale", "Suite", "Qui", "Objet"]
    assert early.suites.empty
    assert due.suites[headers].iloc[0].tolist() == [
        date(2026, 11, 17), "D1", "Lumo Énergie", RAPPEL, "AB", "Retard de la liasse",
    ]  # fmt: skip
    assert (due.suites["Dossier"].tolist(), due.rappels) == (["D1", "D2"], 1)
    assert (called.suites["Dossier"].tolist(), called.rappels) == (["D2"], 0)
