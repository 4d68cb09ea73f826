"""Sales invoices one by one, before VAT, with the day they were paid."""

from __future__ import annotations

from datetime import date

import pytest
from tests.domain.faits.ecritures import Journal, read_clean

from segxl.domain.faits.factures import find_factures
from segxl.domain.faits.perimetre import read_lignes
from segxl.domain.faits.tiers import CLIENTS, read_tiers
from segxl.domain.faits.ventes import HT, PAYEE, read_ventes

YEARS = ("000000034FEC20241231.txt", "000000034FEC20251231.txt")


@pytest.mark.parametrize("name", YEARS)
def test_they_are_the_invoices_that_the_facts_count(name: str) -> None:
    ecritures = read_clean(name)
    lignes = read_lignes(ecritures)
    counted = find_factures(lignes, read_tiers(lignes, CLIENTS))

    sold = read_ventes(ecritures)

    assert int((sold.factures[HT] > 0).sum()) == counted.factures
    assert int((sold.factures[HT] < 0).sum()) == counted.avoirs
    assert int(sold.factures[HT].sum()) == counted.couvert == sold.chiffre


def test_an_invoice_is_paid_the_day_of_the_last_payment_of_its_letter() -> None:
    journal = Journal()
    journal.sell("01-10", "C1", 120, lettre="A")
    journal.cash("02-01", "C1", 50, lettre="A")
    journal.cash("03-01", "C1", 70, lettre="A")

    assert read_ventes(journal.ecritures).factures[PAYEE].tolist() == [date(2025, 3, 1)]


def test_a_letter_that_does_not_balance_pays_nothing() -> None:
    journal = Journal()
    journal.sell("01-10", "C1", 120, lettre="A")
    journal.cash("02-01", "C1", 50, lettre="A")

    assert read_ventes(journal.ecritures).factures[PAYEE].tolist() == [None]


def test_one_letter_of_two_customers_is_two_letters() -> None:
    journal = Journal()
    journal.sell("01-10", "C1", 120, lettre="A")
    journal.cash("02-01", "C1", 120, lettre="A")
    journal.sell("01-10", "C2", 60, lettre="A")
    journal.cash("05-01", "C2", 60, lettre="A")

    paid = read_ventes(journal.ecritures).factures[PAYEE].tolist()

    assert paid == [date(2025, 2, 1), date(2025, 5, 1)]


def test_a_credit_note_that_cancels_an_invoice_is_no_payment() -> None:
    journal = Journal()
    journal.sell("01-10", "C1", 120, lettre="A")
    journal.sell("02-01", "C1", -120, lettre="A")

    assert read_ventes(journal.ecritures).factures[PAYEE].tolist() == [None, None]


def test_a_year_without_customers_has_no_invoice() -> None:
    journal = Journal()
    journal.write("BQ", "01-10", "R1", ("512000", "", 120), ("706000", "", -120))

    sold = read_ventes(journal.ecritures)

    assert sold.factures.empty
    assert sold.chiffre == 12000


def test_a_customer_keeps_the_longest_of_its_names_as_it_was_read() -> None:
    journal = Journal()
    journal.sell("01-10", "C1", 120, aux_lib="ÉTÉ SARL")
    journal.sell("02-10", "C1", 120, aux_lib="Été & Fils (SARL)")
    journal.sell("03-10", "C2", 120, aux_lib="Clients divers")

    told = [(compte.nom, compte.collectif) for compte in read_ventes(journal.ecritures).tiers]

    assert told == [("Été & Fils (SARL)", False), ("", True)]
