"""The message of one client: its own model and its own channel, from the cell to the file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from docx import Document

from segxl.actions import courriers, expliquer, trajectoire
from segxl.actions.courriers import BilanCourriers, Commande
from segxl.domain.tableau import records_of
from segxl.excel.courriers import read_dossiers_with_courrier, read_drafts
from segxl.excel.file import FileWorkbook
from segxl.excel.layout import COURRIERS_WIDTHS, JOURNAL_WIDTHS
from segxl.excel.traces import read_traces

TODAY = date(2026, 11, 22)
Write = Callable[..., BilanCourriers]


@pytest.fixture
def write(classeur: Path, tmp_path: Path) -> Write:
    """Return a function that writes to everybody, or as it is told."""

    def run(**wishes: object) -> BilanCourriers:
        base = Commande(vers=tmp_path / "courriers", beside=classeur.parent, today=TODAY)
        commande = Commande(**{f: getattr(base, f) for f in Commande.__slots__} | wishes)
        workbook = FileWorkbook(classeur)
        bilan = courriers.run(workbook, commande)
        workbook.save()
        return bilan

    return run


def type_in(classeur: Path, row: int, /, **cells: object) -> None:
    named = {header.replace("_", " "): value for header, value in cells.items()}
    workbook = FileWorkbook(classeur)
    known = workbook.read_table("Clients").letters
    workbook.add_columns("Clients", [h for h in named if h not in known])
    workbook.write_cells("Clients", {row: named})
    workbook.save()


def complain(classeur: Path) -> None:
    workbook = FileWorkbook(classeur)
    workbook.add_table("Journal", "Journal", JOURNAL_WIDTHS)
    line = {"Date": TODAY, "Dossier": "D1", "Type": "Réclamation", "Objet": "Délai de réponse"}
    workbook.append_rows("Journal", pd.DataFrame([line], columns=[*JOURNAL_WIDTHS], dtype=object))
    workbook.save()


def text_of(path: Path) -> str:
    parts = [Document(str(path)).element, Document(str(path)).sections[0].header._element]
    return "".join(str(t) for part in parts for t in part.itertext())


def register(classeur: Path, dossier: str) -> dict[str, object]:
    """Return the line of a dossier in the register of letters."""
    lines = FileWorkbook(classeur).read_table("Courriers").lignes
    return next(cells for _, cells in records_of(lines) if cells["Dossier"] == dossier)


# --- The model of one client


def test_the_letter_of_one_client_takes_the_place_of_that_of_its_segment(
    classeur: Path, write: Write
) -> None:
    type_in(classeur, 5, Modèle_de_lettre="Votre avis")

    bilan = write()

    assert (
        bilan.fichiers[0].name == "D1 - Lumo Énergie - courrier sur votre avis du 22-11-2026.docx"
    )
    assert "votre avis" in text_of(bilan.fichiers[0]).casefold()
    assert register(classeur, "D1")["Choisi par"] == "choisi pour ce client"
    assert register(classeur, "D3")["Choisi par"] == "segment « Hors champ »"


def test_a_model_that_does_not_exist_holds_one_letter_and_names_the_nearest(
    classeur: Path, write: Write
) -> None:
    type_in(classeur, 5, Modèle_de_lettre="A infomer")

    bilan = write()

    (held,) = bilan.retenues
    assert len(bilan.fichiers) == 2
    assert held.cell.endswith("5")
    assert "aucun modèle de lettre ne porte ce nom (lu : « A infomer »)" in str(held)
    assert "Vouliez-vous dire « a_informer »" in str(held)


def test_a_formula_typed_for_a_name_is_told_and_never_run(classeur: Path, write: Write) -> None:
    type_in(classeur, 5, Modèle_de_lettre='=HYPERLINK("x")', Canal="R&D <Fils> {{7*7}}")

    assert "=HYPERLINK" in str(write().retenues[0])


def test_the_firms_own_model_may_be_that_of_one_client(classeur: Path, write: Write) -> None:
    (classeur.parent / "Modèles").mkdir()
    document = Document()
    document.add_paragraph("Merci pour votre accueil, {{ raison_sociale }}.")
    document.save(str(classeur.parent / "Modèles" / "Après visite.docx"))
    type_in(classeur, 5, Modèle_de_lettre="après visite")

    assert "Merci pour votre accueil" in text_of(write(dossiers=("D1",)).fichiers[0])


def test_the_model_asked_for_is_written_whatever_the_client_has(
    classeur: Path, write: Write
) -> None:
    type_in(classeur, 5, Modèle_de_lettre="a_informer")

    write(modele="Remerciement", dossiers=("D1",))

    line = register(classeur, "D1")
    assert (line["Modèle"], line["Choisi par"]) == ("remerciement", "modèle demandé")


def test_a_register_made_before_gains_the_column_and_a_second_run_adds_nothing(
    classeur: Path, write: Write
) -> None:
    workbook = FileWorkbook(classeur)
    older = {h: w for h, w in COURRIERS_WIDTHS.items() if h != "Choisi par"}
    workbook.add_table("Courriers", "Courriers", older)
    workbook.save()

    write()
    once = classeur.read_bytes()
    write()

    assert classeur.read_bytes() == once
    assert register(classeur, "D2")["Choisi par"] == "segment « Prioritaire »"


# --- Its channel


def test_who_wants_to_be_called_gets_a_call_sheet_that_stays_in_the_firm(
    classeur: Path, write: Write
) -> None:
    type_in(classeur, 5, Canal="Téléphone")

    bilan = write()

    assert bilan.fichiers[0].name == "D1 - Lumo Énergie - fiche d’appel interne du 22-11-2026.docx"
    assert "USAGE INTERNE" in text_of(bilan.fichiers[0])
    assert (bilan.fiches, sum(bilan.par_segment.values())) == (1, 2)
    line = register(classeur, "D1")
    assert (line["Statut"], line["Choisi par"]) == (
        "usage interne",
        "canal de ce client : Téléphone",
    )


def test_a_call_sheet_is_no_letter_anywhere(classeur: Path, write: Write) -> None:
    type_in(classeur, 5, Canal="Téléphone")

    write()

    workbook = FileWorkbook(classeur)
    assert read_dossiers_with_courrier(workbook) == {"D2", "D3"}
    assert {dossier for dossier, _, _ in read_drafts(workbook)} == {"D2", "D3"}
    assert read_traces(workbook)[0]["Courriers"].lignes["Statut"].tolist()[0] == "usage interne"


def test_the_file_kept_for_the_administration_tells_no_call_sheet(
    classeur: Path, write: Write, tmp_path: Path
) -> None:
    type_in(classeur, 5, Canal="Téléphone")
    write()

    made = trajectoire.run(
        FileWorkbook(classeur),
        trajectoire.Commande(vers=tmp_path / "dossiers", au=TODAY, dossiers=("D1", "D2")),
    )

    told = [text_of(path) for path in made.fichiers]
    assert ["Projet de courrier préparé" in text for text in told] == [False, True]
    assert not any("appel interne" in text for text in told)


def test_a_call_sheet_is_a_word_document_even_among_messages(classeur: Path, write: Write) -> None:
    type_in(classeur, 5, Canal="Téléphone", **{"E-mail": None})

    bilan = write(formats=("eml",))

    assert sorted(p.suffix for p in bilan.fichiers) == [".docx", ".eml", ".eml"]


def test_a_channel_out_of_the_list_holds_one_letter(classeur: Path, write: Write) -> None:
    type_in(classeur, 5, Canal="Telefone")

    bilan = write()

    assert len(bilan.fichiers) == 2
    assert "Vouliez-vous dire « Téléphone »" in str(bilan.retenues[0])


def test_who_objected_is_not_called_in_place_of_a_letter_but_may_be_by_name(
    classeur: Path, write: Write
) -> None:
    type_in(classeur, 5, Canal="Téléphone", Opposition="Oui")

    assert "opposé" in str(write().retenues[0])
    (path,) = write(modele="fiche-appel", dossiers=("D1",)).fichiers
    assert "s’est opposé à nos propositions" in text_of(path)


def test_a_complaint_holds_the_usual_call_and_is_the_reason_of_the_one_asked_for(
    classeur: Path, write: Write
) -> None:
    type_in(classeur, 5, Canal="Téléphone")
    complain(classeur)

    assert "une réclamation de ce client est ouverte" in str(write().retenues[0])
    (path,) = write(modele="Fiche d’appel", dossiers=("D1",)).fichiers
    assert "Sa réclamation" in text_of(path)


def test_asked_of_everybody_the_sheet_is_made_for_those_who_are_called(
    classeur: Path, write: Write
) -> None:
    type_in(classeur, 5, Canal="Téléphone")

    bilan = write(modele="fiche-appel")

    assert [p.name[:2] for p in bilan.fichiers] == ["D1"]
    assert bilan.non_concernes == 2


# --- Where it stands with the firm


def test_a_letter_says_what_belongs_to_the_stage_of_its_client(
    classeur: Path, write: Write
) -> None:
    type_in(classeur, 6, Lettre_de_mission="non")

    said = text_of(write(dossiers=("D2",)).fichiers[0])
    type_in(classeur, 6, Étape_du_parcours="Production")
    unsaid = text_of(write(dossiers=("D2",)).fichiers[0])

    assert "relire ensemble la lettre de mission" in said
    assert "relire ensemble" not in unsaid


def test_the_firm_writes_its_own_sentence_in_the_table_of_its_letterhead(
    classeur: Path, write: Write
) -> None:
    type_in(classeur, 6, Étape_du_parcours="Devis")
    workbook = FileWorkbook(classeur)
    lines = workbook.read_table("Cabinet").lignes
    row = int(lines.index[lines["Champ"] == "Phrase, étape Devis"][0])
    workbook.write_cells("Cabinet", {row: {"Valeur": "Votre devis vous attend."}})
    workbook.save()

    assert "Votre devis vous attend." in text_of(write(dossiers=("D2",)).fichiers[0])


def test_a_large_invoice_of_the_journal_is_spoken_of_with_its_client(
    classeur: Path, write: Write
) -> None:
    workbook = FileWorkbook(classeur)
    workbook.add_table("Journal", "Journal", JOURNAL_WIDTHS)
    line = {"Date": date(2026, 10, 20), "Dossier": "D2", "Type": "Facture importante", "Objet": "Bilan"}  # fmt: skip
    workbook.append_rows("Journal", pd.DataFrame([line], columns=[*JOURNAL_WIDTHS], dtype=object))
    workbook.save()

    assert "notre dernière facture" in text_of(write(dossiers=("D2",)).fichiers[0])


def test_a_stage_that_does_not_exist_holds_one_letter(classeur: Path, write: Write) -> None:
    type_in(classeur, 6, Étape_du_parcours="Devi")

    bilan = write()

    assert len(bilan.fichiers) == 2
    assert "Vouliez-vous dire « Devis »" in str(bilan.retenues[0])


# --- Its explanation


def test_the_explanation_says_which_letter_by_which_way_and_who_chose(classeur: Path) -> None:
    type_in(classeur, 5, Canal="rdv", Modèle_de_lettre="Votre avis")

    workbook = FileWorkbook(classeur)
    told = expliquer.show(workbook, "D1")
    workbook.save()

    lines = records_of(FileWorkbook(classeur).read_table("Explication").lignes)
    said = [(x["Rubrique"], x["Élément"], x["Réponse"]) for _, x in lines]
    assert ("Message", "Votre avis", "choisi pour ce client") in said
    assert ("Canal", "Rendez-vous", "choisi pour ce client") in said
    assert ("Segment", "Qui sont ces clients", told.definition) in said
    assert (told.definition, told.segment) == (
        "Clients dont tout est en place, ou presque : les féliciter, et garder le contact.",
        "Prêt",
    )
