"""The letters about the relation: which one may be written, which one waits, and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from docx import Document

from segxl.actions import courriers, relation
from segxl.actions.courriers import BilanCourriers, Commande
from segxl.domain.anomalies import SaisieError
from segxl.excel.enquete import WIDTHS as ENQUETE
from segxl.excel.file import FileWorkbook
from segxl.excel.honoraires import WIDTHS as HONORAIRES
from segxl.excel.layout import JOURNAL_WIDTHS
from segxl.excel.reclamations import WIDTHS as RECLAMATIONS

TODAY = date(2026, 11, 22)
SHEETS = {
    "Honoraires": ("Honoraires", HONORAIRES),
    "Journal": ("Journal", JOURNAL_WIDTHS),
    "Reclamations": ("Réclamations", RECLAMATIONS),
    "Enquete": ("Enquête", ENQUETE),
}
REPONSE, RELANCE, AVIS = "Réponse à une réclamation", "Relance d’honoraires", "Votre avis"
Write = Callable[..., BilanCourriers]


@pytest.fixture
def write(classeur: Path, tmp_path: Path) -> Write:
    """Return a function that writes one model to some clients, D1 unless said."""

    def run(modele: str, *dossiers: str, au: date = TODAY, vers: str = "c") -> BilanCourriers:
        workbook = FileWorkbook(classeur)
        commande = Commande(
            vers=tmp_path / vers, beside=classeur.parent, today=au, modele=modele,
            dossiers=dossiers or ("D1",),
        )  # fmt: skip
        bilan = courriers.run(workbook, commande)
        workbook.save()
        return bilan

    return run


def add(classeur: Path, table: str, *rows: dict[str, object], dossier: str = "D1") -> None:
    sheet, widths = SHEETS[table]
    workbook = FileWorkbook(classeur)
    if not workbook.has_table(table):
        workbook.add_table(table, sheet, widths)
    told = [{"Dossier": dossier} | row for row in rows]
    workbook.append_rows(table, pd.DataFrame(told, columns=[*widths], dtype=object))
    workbook.save()


def set_client(classeur: Path, row: int, **cells: object) -> None:
    named = {header.replace("_", " "): value for header, value in cells.items()}
    workbook = FileWorkbook(classeur)
    workbook.add_columns("Clients", [h for h in named if h not in workbook.read_table("Clients").letters])  # fmt: skip
    workbook.save()
    workbook = FileWorkbook(classeur)
    workbook.write_cells("Clients", {row: named})
    workbook.save()


def complain(classeur: Path, whose: str = "D1", /, **cells: object) -> None:
    """Put a complaint in the register, ready to be answered but for what is said."""
    usual = {
        "Reçue le": date(2026, 11, 2), "Écrite le": date(2026, 11, 3), "Objet": "Dépôt sans nouvelles",
        "Qualité": "Professionnel", "Explication": "Le message est resté sans lecteur.",
    }  # fmt: skip
    named = {header.replace("_", " "): value for header, value in cells.items()}
    add(classeur, "Reclamations", usual | named, dossier=whose)


def bill(classeur: Path, dossier: str = "D1", /, **cells: object) -> None:
    """Put an invoice of 1 200 € on record, due for weeks, and a payment of another one."""
    usual = {"Date": date(2026, 9, 1), "Montant HT": 1200, "Pièce": f"F-{dossier}"}
    named = {header.replace("_", " "): value for header, value in cells.items()}
    paid = {"Date": date(2026, 10, 1), "Montant HT": 77, "Payée le": date(2026, 11, 5), "Pièce": "P"}  # fmt: skip
    add(classeur, "Honoraires", paid, usual | named, dossier=dossier)


def text_of(path: Path) -> str:
    text = "\n".join(str(t) for t in Document(str(path)).element.itertext())
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def held(bilan: BilanCourriers) -> str:
    assert bilan.fichiers == ()
    return "\n".join(map(str, bilan.retenues))


# --- The answer to a complaint


def test_an_open_complaint_lets_its_answer_through_and_no_other_letter(
    classeur: Path, write: Write
) -> None:
    complain(classeur)

    (path,) = write(REPONSE).fichiers

    text = text_of(path)
    assert "Votre réclamation du 3 novembre 2026 porte sur ce point : « Dépôt sans nouvelles »" in text  # fmt: skip
    assert "Le message est resté sans lecteur." in text
    for modele in ("", AVIS, "Remerciement", "Fin du régime simplifié", RELANCE, "Fin de mission"):
        bilan = write(modele, vers=f"autres {modele}")
        assert bilan.fichiers == ()


@pytest.mark.parametrize(
    ("typed", "told"),
    [("hier", "cette date ne se lit pas (lu : « hier »)"), (date(2027, 1, 3), "est à venir")],
)
def test_a_written_day_that_cannot_be_is_told_as_it_was_typed(
    classeur: Path, write: Write, typed: object, told: str
) -> None:
    complain(classeur, Écrite_le=typed)

    reason = held(write(REPONSE))

    assert told in reason
    assert "est vide" not in reason


def test_a_last_day_that_is_no_date_is_told_as_it_was_typed(classeur: Path, write: Write) -> None:
    set_client(classeur, 5, Fin_de_mission_le="bientôt", Préavis="trois mois", Pièces_rendues="liasse")  # fmt: skip

    reason = held(write("Fin de mission"))

    assert "« Fin de mission le » contient « bientôt », qui n’est pas une date" in reason
    assert "est vide" not in reason


@pytest.mark.filterwarnings(
    "ignore:.*is not supported:UserWarning", "ignore:Print area:UserWarning"
)
def test_columns_that_clients_lacks_are_to_be_added(classeur: Path, write: Write) -> None:
    book = openpyxl.load_workbook(classeur)
    clients = book["Clients"].tables["Clients"]
    titles = zip(book["Clients"][clients.ref][0], clients.tableColumns, strict=True)
    title, column = next(both for both in titles if both[0].value == "Fin de mission le")
    title.value = column.name = "Dernier jour convenu"
    book.save(classeur)

    assert "la feuille Clients n’a pas de colonne « Fin de mission le »" in held(write("Fin de mission"))  # fmt: skip


def test_an_exchange_of_the_day_before_does_not_hold_the_answer(
    classeur: Path, write: Write
) -> None:
    complain(classeur)
    add(classeur, "Journal", {"Date": date(2026, 11, 21), "Objet": "Appel"})

    assert len(write(REPONSE).fichiers) == 1


def test_an_objection_to_proposals_does_not_hold_what_the_client_is_owed(
    classeur: Path, write: Write
) -> None:
    set_client(classeur, 5, Opposition="Oui")
    complain(classeur)

    assert len(write(REPONSE).fichiers) == 1


def test_the_gesture_is_printed_only_where_there_is_one(classeur: Path, write: Write) -> None:
    complain(classeur)
    complain(classeur, "D2", Geste="Un avoir de 100 €.")

    without, offered = write(REPONSE, "D1", "D2").fichiers

    assert "Ce que nous vous proposons" not in text_of(without)
    assert "Un avoir de 100 €." in text_of(offered)


@pytest.mark.parametrize(
    ("qualite", "told", "other"),
    [
        ("Consommateur", "médiateur de la consommation", "Conseil régional"),
        ("Professionnel", "président du Conseil régional", "médiateur"),
    ],
)
def test_each_quality_has_its_own_remedy_and_no_delay_is_promised(
    classeur: Path, write: Write, qualite: str, told: str, other: str
) -> None:
    complain(classeur, Qualité=qualite)

    (path,) = write(REPONSE).fichiers

    text = text_of(path)
    assert told in text
    assert other not in text
    assert "confirmer" not in text
    assert " mois" not in text


@pytest.mark.parametrize("header", ["Écrite le", "Objet", "Explication", "Qualité"])
def test_an_answer_waits_for_what_it_has_to_say(classeur: Path, write: Write, header: str) -> None:
    complain(classeur, **{header: None})

    assert f"colonne « {header} » de la feuille Réclamations" in held(write(REPONSE))


def test_a_complaint_dated_later_was_not_written_yet(classeur: Path, write: Write) -> None:
    complain(classeur, Écrite_le=date(2026, 12, 3))

    assert "« Écrite le »" in held(write(REPONSE))


def test_no_answer_is_written_without_the_name_of_the_partner(classeur: Path, write: Write) -> None:
    complain(classeur)
    workbook = FileWorkbook(classeur)
    lignes = workbook.read_table("Cabinet").lignes
    row = int(lignes.index[lignes["Champ"] == "Signataire"][0])
    workbook.write_cells("Cabinet", {row: {"Valeur": None}})
    workbook.save()

    with pytest.raises(SaisieError, match="Signataire"):
        write(REPONSE)


@pytest.mark.parametrize("etape", ["Médiation", "Conseil régional", "Justice"])
def test_a_complaint_that_is_before_somebody_else_is_answered_by_hand(
    classeur: Path, write: Write, etape: str
) -> None:
    complain(classeur, Étape=etape)

    assert f"à l’étape « {etape} »" in held(write(REPONSE))


def test_a_client_without_an_open_complaint_gets_no_answer(classeur: Path, write: Write) -> None:
    complain(classeur, Clos_le=date(2026, 11, 10))

    assert "aucune réclamation de ce client n’est ouverte" in held(write(REPONSE))


def test_a_complaint_closed_in_the_journal_is_closed(classeur: Path, write: Write) -> None:
    complain(classeur)
    add(classeur, "Journal", {"Date": date(2026, 11, 2), "Objet": "Dépôt sans nouvelles", "Type": "Réclamation", "Clos le": TODAY})  # fmt: skip

    assert "aucune réclamation" in held(write(REPONSE))


def test_a_complaint_of_the_journal_alone_first_goes_to_the_register(
    classeur: Path, write: Write
) -> None:
    add(classeur, "Journal", {"Date": date(2026, 11, 2), "Objet": "Délai", "Type": "Réclamation"})

    assert "Lancez « Relation »" in held(write(REPONSE))


def test_of_two_complaints_the_one_without_an_answer_comes_first(
    classeur: Path, write: Write
) -> None:
    complain(classeur, Objet="La première", Étape="Réponse donnée")
    complain(classeur, Objet="La seconde", Reçue_le=date(2026, 11, 10))

    (path,) = write(REPONSE).fichiers

    assert "La seconde" in text_of(path)


def test_a_register_of_an_older_version_gains_the_two_columns(classeur: Path, write: Write) -> None:
    old = {h: w for h, w in RECLAMATIONS.items() if h not in {"Explication", "Geste"}}
    workbook = FileWorkbook(classeur)
    workbook.add_table("Reclamations", "Réclamations", old)
    row = {"Dossier": "D1", "Écrite le": date(2026, 11, 3), "Objet": "Délai", "Qualité": "Professionnel"}  # fmt: skip
    workbook.append_rows("Reclamations", pd.DataFrame([row], columns=[*old], dtype=object))
    workbook.save()

    assert "« Explication »" in held(write(REPONSE))
    workbook = FileWorkbook(classeur)
    relation.run(workbook, TODAY)
    workbook.save()

    table = FileWorkbook(classeur).read_table("Reclamations")
    assert {"Explication", "Geste"} <= {*table.letters}
    assert table.lignes["Objet"].tolist() == ["Délai"]


def test_hostile_words_of_the_register_are_printed_and_never_run(
    classeur: Path, write: Write
) -> None:
    complain(classeur, Objet="<b>&=cmd|x", Explication="{{ 7*7 }}{% if %}")

    (path,) = write(REPONSE).fichiers

    assert "<b>&=cmd|x" in text_of(path)
    assert "{{ 7*7 }}" in text_of(path)


def test_an_explanation_that_names_another_client_is_held(classeur: Path, write: Write) -> None:
    complain(classeur, Explication="Comme chez Ostra Conseil.")

    assert "Ostra Conseil" in held(write(REPONSE))


def test_the_same_answer_twice_is_one_file_and_one_row(classeur: Path, write: Write) -> None:
    complain(classeur)

    assert write(REPONSE).fichiers == write(REPONSE).fichiers

    assert len(FileWorkbook(classeur).read_table("Courriers").lignes) == 1


# --- The reminder of fees


def test_a_reminder_tells_the_client_its_own_invoices_and_no_other(
    classeur: Path, write: Write
) -> None:
    bill(classeur, "D1")
    bill(classeur, "D2", Montant_HT=4321.5, Date=date(2026, 8, 12))
    bill(classeur, "D9", Montant_HT=9876)

    bilan = write(RELANCE, "D1", "D2")

    first, second = map(text_of, bilan.fichiers)
    assert "facture F-D1 du 1er septembre 2026 : 1 200 € hors taxes" in first
    assert "facture F-D2 du 12 août 2026 : 4 321,50 € hors taxes" in second
    for stranger in ("F-D2", "4 321", "F-D9", "9 876", "77 €"):
        assert stranger not in first
    for stranger in ("F-D1", "1 200", "9 876"):
        assert stranger not in second


def test_a_reminder_is_humane(classeur: Path, write: Write) -> None:
    bill(classeur)

    (path,) = write(RELANCE).fichiers

    text = text_of(path)
    assert "Si votre règlement nous est parvenu entre-temps" in text
    assert "Si une difficulté" in text
    assert "parlons-en" in text
    for threat in ("pénalit", "mise en demeure", "huissier", "poursuite", "intérêts", "délai légal"):  # fmt: skip
        assert threat not in text.casefold()


def test_credit_notes_are_told_and_taken_off(classeur: Path, write: Write) -> None:
    bill(classeur)
    bill(classeur, Montant_HT=-200, Pièce="A1", Date=date(2026, 9, 3))

    text = text_of(write(RELANCE).fichiers[0])

    assert "avoir A1 du 3 septembre 2026, à déduire : 200 €" in text
    assert "Soit 1 000 € hors taxes" in text


def test_an_objection_to_proposals_does_not_hold_a_reminder(classeur: Path, write: Write) -> None:
    set_client(classeur, 5, Opposition="Oui")
    bill(classeur)

    assert len(write(RELANCE).fichiers) == 1


def test_nothing_due_yet_makes_no_reminder(classeur: Path, write: Write) -> None:
    bill(classeur, Date=date(2026, 11, 10))
    bill(classeur, "D2", Montant_HT=-50)

    told = held(write(RELANCE, "D1", "D2"))

    assert told.count("il ne doit rien qui soit échu") == 2


def test_an_invoice_or_a_payment_to_come_is_none_yet(classeur: Path, write: Write) -> None:
    bill(classeur, Payée_le=date(2026, 12, 1))
    bill(classeur, "D2", Date=date(2027, 1, 1))

    bilan = write(RELANCE, "D1", "D2")

    assert [p.name[:2] for p in bilan.fichiers] == ["D1"]


def test_a_reminder_waits_while_a_complaint_is_open(classeur: Path, write: Write) -> None:
    bill(classeur)
    complain(classeur)

    assert "une réclamation de ce client est ouverte" in held(write(RELANCE))


def test_a_reminder_waits_after_a_recent_contact(classeur: Path, write: Write) -> None:
    bill(classeur)
    add(classeur, "Journal", {"Date": date(2026, 11, 15), "Objet": "Appel"})

    assert "un échange a eu lieu le 15/11/2026" in held(write(RELANCE))


@pytest.mark.parametrize(
    ("header", "value"), [("Montant HT", "1 k€"), ("Date", "hier"), ("Payée le", "bientôt")]
)
def test_a_reminder_waits_until_every_invoice_of_the_client_can_be_read(
    classeur: Path, write: Write, header: str, value: str
) -> None:
    bill(classeur)
    bill(classeur, **{header: value})
    bill(classeur, "D2")

    bilan = write(RELANCE, "D1", "D2")

    assert [p.name[:2] for p in bilan.fichiers] == ["D2"]
    assert value in str(bilan.retenues[0])


def test_a_reminder_waits_for_the_number_of_an_invoice(classeur: Path, write: Write) -> None:
    bill(classeur, Pièce=None)

    assert "n’a pas de numéro" in held(write(RELANCE))


def test_a_reminder_waits_where_no_payment_at_all_is_on_record(
    classeur: Path, write: Write
) -> None:
    add(classeur, "Honoraires", {"Date": date(2026, 9, 1), "Montant HT": 1200, "Pièce": "F1"})

    assert "aucun paiement n’est inscrit" in held(write(RELANCE))


def test_a_reminder_waits_where_the_invoices_on_record_are_old(
    classeur: Path, write: Write
) -> None:
    bill(classeur)

    assert "les factures lues s’arrêtent au 05/11/2026" in held(write(RELANCE, au=date(2027, 3, 1)))


def test_a_workbook_without_invoices_reminds_nobody(write: Write) -> None:
    assert "il ne doit rien" in held(write(RELANCE))


# --- Who has left


@pytest.mark.parametrize("sortie", [date(2026, 6, 30), TODAY, "22/11/2026"])
@pytest.mark.parametrize("modele", ["", "Remerciement", AVIS, REPONSE, RELANCE, "hors_champ"])
def test_a_client_that_has_left_gets_no_letter(
    classeur: Path, write: Write, modele: str, sortie: object
) -> None:
    set_client(classeur, 5, Sortie_le=sortie)
    complain(classeur)
    bill(classeur)

    told = held(write(modele))

    assert "ce client est parti le" in told
    assert "Fin de mission" in told


def test_the_letter_that_ends_the_mission_may_follow_the_departure(
    classeur: Path, write: Write
) -> None:
    set_client(classeur, 5, Validé_par="Anne Vallon", Sortie_le=date(2026, 10, 31), Fin_de_mission_le="31/10/2026", Préavis="trois mois", Pièces_rendues="grand livre")  # fmt: skip

    assert len(write("Fin de mission").fichiers) == 1


def test_a_departure_to_come_holds_nothing(classeur: Path, write: Write) -> None:
    set_client(classeur, 5, Sortie_le=date(2026, 11, 23))

    assert len(write("Remerciement").fichiers) == 1


def test_a_departure_under_another_name_counts(classeur: Path, write: Write) -> None:
    set_client(classeur, 5, Date_de_sortie=date(2026, 6, 30))

    assert "ce client est parti" in held(write("Remerciement"))


def test_a_departure_that_cannot_be_read_holds_the_letter(classeur: Path, write: Write) -> None:
    set_client(classeur, 5, Sortie_le="bientôt")

    assert "« Sortie le » n’est pas une date" in held(write("Remerciement"))


def test_a_departed_client_does_not_stop_the_others(classeur: Path, write: Write) -> None:
    set_client(classeur, 5, Sortie_le=date(2026, 6, 30))

    assert len(write("Remerciement", "D1", "D2").fichiers) == 1


# --- One survey in sixty days


def test_a_client_that_answered_lately_is_not_asked_again(classeur: Path, write: Write) -> None:
    add(classeur, "Enquete", {"Date": date(2026, 10, 1), "CSAT": 4})

    told = held(write(AVIS))

    assert "a été interrogé le 01/10/2026" in told
    assert "à partir du 30/11/2026" in told
    assert len(write(AVIS, au=date(2026, 11, 30)).fichiers) == 1


def test_a_client_is_sent_one_survey_in_sixty_days(write: Write) -> None:
    assert len(write(AVIS).fichiers) == 1
    assert len(write(AVIS).fichiers) == 1

    assert "a été interrogé le 22/11/2026" in held(write(AVIS, au=date(2027, 1, 20)))
    assert len(write(AVIS, au=date(2027, 1, 21)).fichiers) == 1


def test_a_letter_of_another_kind_is_no_survey(write: Write) -> None:
    write("Remerciement")

    assert len(write(AVIS, au=date(2026, 11, 30)).fichiers) == 1


def test_a_single_invoice_is_not_added_up(classeur: Path, write: Write) -> None:
    bill(classeur)
    bill(classeur, "D2")
    bill(classeur, "D2", Pièce="F-BIS")

    one, two = (text_of(path) for path in write(RELANCE, "D1", "D2").fichiers)

    assert "Soit" not in one
    assert "La TVA s’ajoute à ce montant." in one
    assert "Soit 2 400 € hors taxes ; la TVA s’y ajoute." in two


def test_a_departed_client_is_held_with_the_day_as_people_write_it(
    classeur: Path, write: Write
) -> None:
    set_client(classeur, 5, Sortie_le=date(2026, 8, 27))

    told = held(write("Remerciement"))

    assert "parti le 27/08/2026 (lu : « 27/08/2026 »)" in told
    assert "écrivez de votre main" in told


def test_a_reminder_never_claims_the_same_invoice_twice(classeur: Path, write: Write) -> None:
    bill(classeur)
    bill(classeur)

    told = held(write(RELANCE))

    assert "inscrite deux fois" in told
    assert "cherchez « F-D1 »" in told.lower().replace("f-d1", "F-D1")


# --- The letters that a partner approves


@pytest.mark.parametrize("modele", ["Fin de mission", "Revue des honoraires"])
@pytest.mark.parametrize("approved", [None, "oui", "?"])
def test_a_letter_that_no_partner_approved_waits_and_says_what_to_write(
    classeur: Path, write: Write, modele: str, approved: object
) -> None:
    set_client(classeur, 5, Validé_par=approved)

    told = held(write(modele))

    assert f"la lettre « {modele} » n’est pas validée par un associé" in told
    assert "Écrivez son nom dans la colonne « Validé par »" in told


def test_a_letter_that_a_partner_approved_is_written(classeur: Path, write: Write) -> None:
    set_client(classeur, 5, Validé_par="Anne Vallon")

    assert len(write("Revue des honoraires").fichiers) == 1


def test_a_column_of_approvals_spelt_otherwise_counts(classeur: Path, write: Write) -> None:
    set_client(classeur, 5, **{"VALIDE par": "Anne Vallon"})

    assert len(write("Revue des honoraires").fichiers) == 1


def test_no_approval_is_asked_for_another_letter(write: Write) -> None:
    assert len(write("Remerciement").fichiers) == 1


# — the last exchange, and what is left to follow up —


def test_a_model_of_the_firm_lists_the_open_follow_ups_of_that_client_alone(
    classeur: Path, write: Write
) -> None:
    models = classeur.parent / "Modèles"
    models.mkdir()
    document = Document()
    document.add_paragraph("Reste : {{ suites | join(' ; ') }}.")
    document.save(str(models / "point.docx"))
    day = date(2026, 10, 1)
    add(
        classeur,
        "Journal",
        {"Date": day, "Objet": "Devis", "Suite": "Envoyer le devis", "Suite le": date(2026, 12, 3)},
        {"Date": day, "Objet": "Fait", "Suite": "Rappeler", "Clos le": date(2026, 10, 9)},
        {"Date": day, "Objet": "Plainte", "Type": "Réclamation", "Suite": "S’excuser", "Clos le": day},
    )  # fmt: skip
    add(classeur, "Journal", {"Date": day, "Objet": "x", "Suite": "Relancer Ostra"}, dossier="D2")

    bilan = write("point")

    (path,) = bilan.fichiers
    told = " ".join(p.text for p in Document(str(path)).paragraphs)
    assert "Reste : Envoyer le devis, pour le 3\u00a0décembre 2026." in told
    assert "Ostra" not in told
    assert "excuser" not in told
