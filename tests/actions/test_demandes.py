"""What the firm asks of its clients, and how fast they answer: from the Journal to the sheets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from tests.actions.test_relation import run, write
from tests.excel.opc import find_flaws
from tests.excel.parts import rows_of
from tests.relations import AU, classeur_of, relation_of

from segxl.actions import courriers, journal
from segxl.actions.journal import BilanReponse, Echange
from segxl.domain.anomalies import SaisieError
from segxl.excel.file import FileWorkbook

OLDER = {"Date": 12, "Dossier": 14, "Qui": 18, "Canal": 14, "Type": 22, "Objet": 50, "Clos le": 12}


def ask(path: Path, objet: str, le: date, dossier: str = "D1") -> None:
    workbook = FileWorkbook(path)
    journal.run(workbook, Echange(dossier=dossier, objet=objet, type="demande", le=le), AU)
    workbook.save()


def answer(path: Path, le: date, objet: str = "", dossier: str = "D1") -> BilanReponse:
    workbook = FileWorkbook(path)
    bilan = journal.answer(workbook, dossier, objet, le, AU)
    workbook.save()
    return bilan


def row_of(path: Path, table: str = "Journal") -> int:
    return int(str(rows_of(path, table).index[0]))


def test_the_mean_delay_and_what_waits_stand_in_the_sheets() -> None:
    rows = [
        {"le": "2026-10-01", "type": "Demande", "repondu": "2026-10-03"},
        {"le": "2026-10-10", "type": "Demande", "repondu": "2026-10-15"},
        {"le": "2026-09-01", "type": "Demande"},
        {"le": "2026-11-20", "type": "Demande"},
        {"le": "2026-12-01", "type": "Demande"},
    ]
    workbook = classeur_of(journal=rows)

    bilan = relation_of(workbook)

    line = workbook.read_table("Relation").lignes.iloc[0]
    assert (line["Délai de réponse (j)"], line["Demandes sans réponse"]) == (3.5, 1)
    told = workbook.read_table("BilanRelation").lignes.set_index("Mesure")
    assert told.at["Délai de réponse des clients", "Valeur"] == 3.5
    assert told.at["Demandes sans réponse", "Valeur"] == 2
    assert bilan.anomalies == ()


def test_requests_without_an_answer_yet_have_no_mean() -> None:
    workbook = classeur_of(journal=[{"le": "2026-11-20", "type": "Demande"}])

    relation_of(workbook)

    told = workbook.read_table("BilanRelation").lignes.set_index("Mesure")
    assert told.at["Délai de réponse des clients", "Valeur"] is None


def test_an_answer_that_cannot_be_is_told_and_not_measured() -> None:
    rows = [
        {"le": "2026-10-01", "type": "Demande", "repondu": "2026-09-03"},
        {"le": "2026-10-10", "type": "Échange", "repondu": "oui"},
    ]

    bilan = relation_of(classeur_of(journal=rows))

    assert [a.problem for a in bilan.anomalies] == [
        "la réponse vient avant la demande",
        "« Répondu le » n’est pas une date",
    ]
    assert bilan.relations[0].answers.delais == ()


def test_the_firm_says_from_when_a_silence_is_a_sign() -> None:
    settings = {"Réponse d’un client à signaler (jours)": 90}
    late = [{"le": "2026-10-01", "type": "Demande"}]

    assert relation_of(classeur_of(parametres=settings, journal=late)).relations[0].signaux == ()


def test_an_answer_is_put_on_record_beside_its_request(classeur: Path) -> None:
    ask(classeur, "Relevés d’octobre", date(2026, 11, 2))

    bilan = answer(classeur, date(2026, 11, 12))

    assert (bilan.objet, bilan.jours) == ("Relevés d’octobre", 10)
    assert rows_of(classeur, "Journal")["Répondu le"].iloc[0].date() == date(2026, 11, 12)
    assert run(classeur).relations[0].answers.attentes == ()
    assert find_flaws(classeur) == []


def test_of_several_requests_the_subject_says_which(classeur: Path) -> None:
    for objet in ("Relevés", "Relevés de compte", "Bail"):
        ask(classeur, objet, date(2026, 11, 2))

    with pytest.raises(SaisieError, match="3 demandes attendent"):
        answer(classeur, AU)
    with pytest.raises(SaisieError, match="Choisissez parmi : Relevés · Relevés de compte · Bail"):
        answer(classeur, AU, "Kbis")
    assert answer(classeur, AU, "relevés").objet == "Relevés"
    assert answer(classeur, AU, "bai").objet == "Bail"


@pytest.mark.parametrize(
    ("le", "told"),
    [(date(2026, 11, 1), "vient avant la demande"), (date(2026, 11, 23), "est à venir")],
)
def test_an_answer_of_a_day_that_cannot_be_is_refused(classeur: Path, le: date, told: str) -> None:
    ask(classeur, "Relevés", date(2026, 11, 2))

    with pytest.raises(SaisieError, match=told):
        answer(classeur, le)
    with pytest.raises(SaisieError, match="aucune demande n’attend de réponse de D2"):
        answer(classeur, AU, dossier="D2")


def test_a_request_without_a_day_can_be_answered(classeur: Path) -> None:
    ask(classeur, "Relevés", date(2026, 11, 2))
    write(classeur, "Journal", row_of(classeur), Date=None)

    assert answer(classeur, AU).jours is None


def add_older_journal(path: Path, **renamed: str) -> None:
    """Add a Journal of an earlier segxl, with an open complaint of D1."""
    workbook = FileWorkbook(path)
    widths = {renamed.get(h.replace(" ", "_"), h): width for h, width in OLDER.items()}
    workbook.add_table("Journal", "Journal", widths)
    line = {"Date": date(2026, 10, 1), "Dossier": "D1", "Objet": "Délai", "Type": "Réclamation"}
    row = {renamed.get(h, h): value for h, value in line.items()}
    workbook.append_rows("Journal", pd.DataFrame([row], columns=[*widths], dtype=object))
    workbook.save()


def test_an_older_journal_takes_the_column_with_its_first_request(classeur: Path) -> None:
    add_older_journal(classeur)

    ask(classeur, "Relevés", date(2026, 11, 2))
    answer(classeur, date(2026, 11, 12))

    assert [*rows_of(classeur, "Journal")][-1] == "Répondu le"
    assert find_flaws(classeur) == []


def test_an_answer_in_an_older_journal_adds_the_column(classeur: Path) -> None:
    add_older_journal(classeur)
    write(classeur, "Journal", row_of(classeur), Type="Demande")

    answer(classeur, date(2026, 11, 12))

    assert rows_of(classeur, "Journal")["Répondu le"].iloc[0].date() == date(2026, 11, 12)


def test_a_renamed_type_is_told_with_the_column_that_holds_its_words(scored: Path) -> None:
    add_older_journal(scored, Type="Nature")
    commande = courriers.Commande(vers=scored.parent / "c", beside=scored.parent, today=AU)

    (told,) = run(scored).anomalies

    assert "aucune réclamation" in told.problem
    assert "à la colonne « Nature »" in told.remedy
    with pytest.raises(SaisieError, match="« Type »"):
        courriers.run(FileWorkbook(scored), commande)


def test_a_closing_that_the_journal_cannot_take_is_not_announced(classeur: Path) -> None:
    add_older_journal(classeur, Clos_le="Fini le")
    run(classeur)
    write(classeur, "Reclamations", row_of(classeur, "Reclamations"), **{"Clos le": AU})

    bilan = run(classeur)

    assert bilan.fermees == 0
    assert ["« Clos le »" in a.problem for a in bilan.anomalies] == [True]
