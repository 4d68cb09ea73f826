"""From a workbook and its invoices to the statement of one client."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from docx import Document
from docx.oxml.ns import qn

from segxl.actions import releve
from segxl.actions.releve import BilanReleve, Commande
from segxl.domain.anomalies import SaisieError
from segxl.excel.cabinet import fill_cabinet
from segxl.excel.file import FileWorkbook
from segxl.excel.honoraires import WIDTHS
from segxl.excel.port import Workbook

AU = date(2026, 11, 22)
BILLS = (
    (date(2025, 3, 31), "D1", 480.0, None, "F-AVANT"),
    (date(2025, 4, 30), "D1", 999.0, date(2025, 5, 2), "F-VIEUX"),
    (date(2026, 1, 31), "D1", 1200.0, date(2026, 3, 12), "F-001"),
    (date(2026, 2, 28), "d1", 1200.5, date(2026, 3, 12), "F-002"),
    (date(2026, 3, 31), "D1", -200.0, None, "A-003"),
    (date(2026, 10, 31), "D1", 600.0, None, "F-004"),
    (date(2026, 12, 31), "D1", 777.0, None, "F-DEMAIN"),
    (date(2026, 1, 31), "D2", 98765.0, date(2026, 2, 1), "F-D2"),
    (date(2026, 5, 31), "D3", 4321.0, None, "F-D3"),
)


@pytest.fixture
def billed(classeur: Path) -> Path:
    """Return a workbook whose three clients were billed; D1 has a credit note to take off."""
    add_bills(classeur, *BILLS)
    return classeur


def add_bills(classeur: Path, *bills: tuple[object, ...]) -> None:
    workbook = FileWorkbook(classeur)
    append_bills(workbook, *bills)
    workbook.save()


def append_bills(workbook: Workbook, *bills: tuple[object, ...]) -> None:
    if not workbook.has_table("Honoraires"):
        workbook.add_table("Honoraires", "Honoraires", WIDTHS)
    names = ["Date", "Dossier", "Montant HT", "Payée le", "Pièce"]
    rows = pd.DataFrame([*bills], columns=names, dtype=object)
    workbook.append_rows("Honoraires", rows)


def run(
    classeur: Path, *dossiers: str, du: date | None = None, au: date = AU
) -> tuple[BilanReleve, Path]:
    vers = classeur.parent / "relevés"
    commande = Commande(vers=vers, dossiers=dossiers, au=au, du=du)
    return releve.run(FileWorkbook(classeur, to_write=False), commande), vers


def text_of(path: Path) -> str:
    texts = Document(str(path)).element.iter(qn("w:t"))
    told = "|".join(t.text or "" for t in texts)
    return told.replace("\u00a0", " ").replace("\u202f", " ")


def statement(classeur: Path, dossier: str, du: date | None = None, au: date = AU) -> str:
    (path,) = run(classeur, dossier, du=du, au=au)[0].fichiers
    return text_of(path)


def test_a_statement_lists_the_year_and_what_remains(billed: Path) -> None:
    before = billed.read_bytes()

    bilan, _ = run(billed, "D1")

    (path,) = bilan.fichiers
    text = text_of(path)
    assert path.name == "D1 - Lumo Énergie - relevé du 23-11-2025 au 22-11-2026.docx"
    for told in (
        "31/01/2026|F-001|facture|1 200,00 €|réglée le 12/03/2026, 10 jours de retard",
        "28/02/2026|F-002|facture|1 200,50 €|réglée le 12/03/2026|",
        "31/03/2026|A-003|avoir|-200,00 €|à déduire",
        "31/10/2026|F-004|facture|600,00 €|à régler",
        "Total de la période, hors taxes, avoirs déduits|2 800,50 €",
        "Avant cette période, encore ouvertes|",
        "31/03/2025|F-AVANT|facture|480,00 €|à régler",
        "Reste à régler au 31 octobre 2026, hors taxes : 880,00 €",
        "Les montants sont hors taxes",
        "au-delà de 30 jours après la date de la facture",
    ):
        assert told in text
    assert "F-VIEUX" not in text
    assert "F-DEMAIN" not in text
    assert billed.read_bytes() == before


def test_a_statement_is_a_letter_of_the_firm_to_its_client(billed: Path) -> None:
    (path,) = run(billed, "D1")[0].fichiers

    text, section = text_of(path), Document(str(path)).sections[0]
    assert "Lumo Énergie" in text
    assert "1 rue du Moulin|69003 Lyon" in text
    assert "Projet à relire" in section.header.paragraphs[0].text
    assert "inscrite au tableau de l’Ordre" in section.footer.paragraphs[-1].text


def test_no_part_of_a_statement_holds_anything_of_another_client(billed: Path) -> None:
    (path,) = run(billed, "D1")[0].fichiers

    with zipfile.ZipFile(path) as archive:
        parts = "".join(archive.read(n).decode("utf-8", "replace") for n in archive.namelist())
    parts = parts.replace("\u202f", "").replace("\u00a0", "").replace(" ", "")
    assert "F-001" in parts
    for told in ("Ostra", "Père", "Estrade", "Guyonnet", "F-D2", "F-D3", "98765", "4321", "quaides", "Bastia"):  # fmt: skip
        assert told not in parts


def test_the_period_is_the_one_asked_for(billed: Path) -> None:
    text = statement(billed, "D1", du=date(2026, 2, 1), au=date(2026, 2, 28))

    assert "du 1er au 28 février 2026" in text
    assert "F-002|facture|1 200,50 €|à régler" in text
    assert "31/01/2026|F-001|facture|1 200,00 €|à régler" in text.partition("Avant cette période")[2]  # fmt: skip
    assert "A-003" not in text


def test_a_client_that_owes_nothing_is_told_so(billed: Path) -> None:
    assert "Rien ne reste à régler au 31 octobre 2026." in statement(billed, "D2")


def test_a_credit_note_alone_is_in_the_client_s_favour(billed: Path) -> None:
    add_bills(billed, (date(2026, 6, 1), "D2", -50.0, None, "A-9"))

    assert "Reste en votre faveur au 31 octobre 2026, hors taxes : 50,00 €" in statement(billed, "D2")  # fmt: skip


def test_without_a_single_payment_on_record_nobody_is_told_to_pay(classeur: Path) -> None:
    add_bills(classeur, (date(2026, 1, 31), "D1", 1200.0, None, "F-1"))

    text = statement(classeur, "D1")

    assert "F-1|facture|1 200,00 €|règlement non suivi" in text
    assert "ne dit pas ce qui reste à régler" in text
    assert "à régler|" not in text
    assert "Objet : Relevé de vos factures|" in text


def test_a_client_without_an_invoice_is_held_with_the_reason(billed: Path) -> None:
    bilan, vers = run(billed, "D2", du=date(2026, 6, 1))

    (held,) = bilan.retenues
    assert (held.sheet, held.cell) == ("Clients", "A6")
    assert "aucune facture de ce client du 01/06/2026 au 22/11/2026" in held.problem
    assert not vers.exists()


def test_a_workbook_without_invoices_holds_everybody(classeur: Path) -> None:
    bilan, _ = run(classeur, "D1", "D2")

    assert bilan.fichiers == ()
    assert [a.cell for a in bilan.retenues] == ["A5", "A6"]


@pytest.mark.parametrize(
    ("bill", "problem"),
    [
        (("hier", "D1", 10.0, None, "F-9"), "la date de cette facture ne se lit pas"),
        ((date(2026, 5, 1), "D1", "cent", None, "F-9"), "le montant de cette facture"),
        ((date(2026, 5, 1), "D1", 10.0, "payée", "F-9"), "la date de paiement ne se lit pas"),
    ],
)
def test_an_invoice_that_cannot_be_read_holds_its_own_client_alone(
    billed: Path, bill: tuple[object, ...], problem: str
) -> None:
    add_bills(billed, bill)

    bilan, _ = run(billed, "D1", "D2")

    (held,) = bilan.retenues
    assert problem in held.problem
    assert [p.name[:2] for p in bilan.fichiers] == ["D2"]


def test_a_number_that_names_another_client_holds_the_statement(billed: Path) -> None:
    add_bills(billed, (date(2026, 5, 1), "D1", 10.0, None, "pour Ostra Conseil"))

    bilan, _ = run(billed, "D1")

    (held,) = bilan.retenues
    assert held.sheet == "Honoraires"
    assert "figure dans son relevé" in held.problem
    assert bilan.fichiers == ()


def test_a_period_that_ends_before_it_starts_is_refused(billed: Path) -> None:
    with pytest.raises(SaisieError, match="finit avant de commencer"):
        run(billed, "D1", du=date(2026, 12, 1))


def test_an_incomplete_letterhead_is_refused(billed: Path) -> None:
    workbook = FileWorkbook(billed)
    fill_cabinet(workbook, {"Nom": ""})
    workbook.save()

    with pytest.raises(SaisieError, match="en-tête du cabinet est incomplet"):
        run(billed, "D1")


def test_the_same_statement_is_the_same_file_and_an_edited_one_is_kept(billed: Path) -> None:
    (path,) = run(billed, "D1")[0].fichiers
    before = path.read_bytes()
    (again,) = run(billed, "D1")[0].fichiers
    assert (again, again.read_bytes()) == (path, before)

    document = Document(str(path))
    document.add_paragraph("Vu avec Inès")
    document.save(str(path))

    (second,) = run(billed, "D1")[0].fichiers
    assert second.name == f"{path.stem} (2).docx"
    assert "Vu avec Inès" in text_of(path)


def test_a_text_of_a_cell_is_never_a_template(billed: Path) -> None:
    add_bills(billed, (date(2026, 5, 1), "D1", 10.0, None, "{{ cabinet_nom }} <b>&"))

    assert "{{ cabinet_nom }} <b>&" in statement(billed, "D1")


def test_old_invoices_are_told_to_be_checked_first(billed: Path) -> None:
    assert not run(billed, "D1")[0].is_ancien
    assert run(billed, "D1", au=date(2027, 3, 1))[0].is_ancien
