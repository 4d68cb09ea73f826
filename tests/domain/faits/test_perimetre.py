"""What belongs to the year: neither opening nor closing entries."""

from __future__ import annotations

import pytest
from tests.domain.faits.ecritures import Journal

from segxl.domain.faits.releve import measure_faits

OPENING = ("512000", "", 600.0), ("411000", "C1", 400.0), ("101000", "", -1000.0)


def year_with_opening(journal: str, journal_lib: str = "") -> Journal:
    """Given an opening entry then one sale of 1,200 to C1."""
    entries = Journal()
    entries.write(journal, "01-01", "AN", *OPENING, journal_lib=journal_lib)
    entries.sell("03-10", "C1", 1200)
    return entries


@pytest.mark.parametrize(
    ("journal", "journal_lib"),
    [("AN", ""), ("ANO", "A nouveaux"), ("AD", "2 BILAN DEBUT"), ("99", "BILAN D’OUVERTURE"),
     ("RAN", "Report à nouveau"), ("ZZ", "")],
)  # fmt: skip
def test_an_opening_journal_is_known_by_its_label_its_code_or_its_accounts(
    journal: str, journal_lib: str
) -> None:
    ecritures = year_with_opening(journal, journal_lib).ecritures

    faits = measure_faits(ecritures).faits

    assert faits["factures_emises"].valeur == 1
    assert faits["creances_ouvertes"].valeur == 160_000


def test_what_was_owed_before_the_year_is_not_paid_within_it() -> None:
    """Given an opening invoice lettered with its payment: its date is not known."""
    entries = Journal()
    entries.write("AN", "01-01", "AN", *OPENING, lettre="A")
    entries.cash("02-20", "C1", 400, lettre="A")
    entries.sell("03-10", "C1", 1200, lettre="B")
    entries.cash("03-30", "C1", 1200, lettre="B")

    faits = measure_faits(entries.ecritures).faits

    assert faits["delai_client_pondere"].valeur == 20
    assert faits["part_groupes_lettres"].valeur == 0.5


def test_an_opening_journal_that_holds_a_charge_keeps_it_in_the_year() -> None:
    entries = year_with_opening("AN", "A nouveaux")
    entries.write("AN", "01-01", "EXT", ("606000", "", -50.0), ("408000", "", 50.0),
                  journal_lib="A nouveaux")  # fmt: skip

    assert measure_faits(entries.ecritures).faits["achats"].valeur == -5_000


def test_purchases_under_an_opening_code_stay_purchases() -> None:
    """Given « AD » for « Achats divers »."""
    entries = Journal()
    entries.write("AD", "02-01", "P1", ("606000", "", 100.0), ("401000", "F1", -100.0))
    entries.sell("03-10", "C1", 1200)

    assert measure_faits(entries.ecritures).faits["factures_recues"].valeur == 1


def test_the_closing_of_charges_and_products_does_not_empty_the_turnover() -> None:
    entries = Journal()
    entries.sell("03-10", "C1", 1200)
    entries.write("OD", "12-31", "CLO", ("706000", "", 1000.0), ("120000", "", -1000.0))

    releve = measure_faits(entries.ecritures)

    assert releve.faits["ca"].valeur == 100_000
    assert any("clôture" in reserve for reserve in releve.reserves)


def test_months_are_counted_from_the_first_entry_to_the_last_opening_included() -> None:
    entries = Journal()
    entries.write("AN", "01-01", "AN", *OPENING)
    entries.sell("03-10", "C1", 1200)
    entries.sell("07-10", "C1", 1200)

    assert measure_faits(entries.ecritures).mois == 7
