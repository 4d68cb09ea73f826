"""How long customers take to pay."""

from __future__ import annotations

from tests.domain.faits.ecritures import Journal

from segxl.domain.faits.etats import Etat
from segxl.domain.faits.releve import measure_faits


def test_the_delay_weighs_amounts() -> None:
    """Given 900 paid in 10 days and 100 in 60."""
    entries = Journal()
    entries.sell("03-01", "C1", 900, lettre="A")
    entries.cash("03-11", "C1", 900, lettre="A")
    entries.sell("03-01", "C1", 100, lettre="B")
    entries.cash("04-30", "C1", 100, lettre="B")

    faits = measure_faits(entries.ecritures).faits

    assert faits["delai_client_pondere"].valeur == 15
    assert faits["delai_client_moyen"].valeur == 35
    assert faits["delai_client_median"].valeur == 35


def test_two_payments_of_one_invoice_count_for_their_amounts() -> None:
    entries = Journal()
    entries.sell("03-01", "C1", 1000, lettre="A")
    entries.cash("03-11", "C1", 750, lettre="A")
    entries.cash("03-31", "C1", 250, lettre="A")

    assert measure_faits(entries.ecritures).faits["delai_client_pondere"].valeur == 15


def test_a_letter_used_again_for_another_customer_joins_nothing() -> None:
    entries = Journal()
    for client, paid in (("C1", "03-11"), ("C2", "03-31")):
        entries.sell("03-01", client, 100, lettre="AA")
        entries.cash(paid, client, 100, lettre="AA")

    faits = measure_faits(entries.ecritures).faits

    assert faits["delai_client_pondere"].valeur == 20
    assert "2 groupes lettrés" in faits["delai_client_pondere"].motif


def test_money_received_before_the_invoice_is_a_delay_below_zero() -> None:
    entries = Journal()
    entries.cash("03-01", "C1", 100, lettre="A")
    entries.sell("03-11", "C1", 100, lettre="A")

    assert measure_faits(entries.ecritures).faits["delai_client_pondere"].valeur == -10


def test_a_group_that_does_not_balance_is_left_out_and_told() -> None:
    entries = Journal()
    entries.sell("03-01", "C1", 100, lettre="A")
    entries.cash("03-11", "C1", 100, lettre="A")
    for rank in range(2):
        entries.sell("03-01", "C2", 100, lettre=f"B{rank}")
        entries.cash("12-31", "C2", 40, lettre=f"B{rank}")

    fait = measure_faits(entries.ecritures).faits["delai_client_pondere"]

    assert (fait.valeur, fait.etat) == (10, Etat.PEU_FIABLE)
    assert "33,3\u00a0% des groupes" in fait.motif


def test_groups_that_never_balance_give_no_delay() -> None:
    entries = Journal()
    entries.sell("03-01", "C1", 100, lettre="A")
    entries.cash("03-11", "C1", 40, lettre="A")

    fait = measure_faits(entries.ecritures).faits["delai_client_pondere"]

    assert fait.etat is Etat.NON_DERIVABLE
    assert "équilibré" in fait.motif


def test_enough_lettering_makes_a_trusted_delay() -> None:
    entries = Journal()
    for rank in range(6):
        entries.sell("03-01", "C1", 100, lettre=f"A{rank}")
        entries.cash("03-31", "C1", 100, lettre=f"A{rank}")

    fait = measure_faits(entries.ecritures).faits["delai_client_pondere"]

    assert (fait.valeur, fait.etat) == (30, Etat.CALCULE)


def test_a_credit_balance_is_told_as_such() -> None:
    entries = Journal()
    entries.sell("03-01", "C1", 100)
    entries.cash("03-11", "C1", 300)

    faits = measure_faits(entries.ecritures).faits

    assert (faits["creances_ouvertes"].valeur, faits["creances_ouvertes"].etat) == (
        -20_000,
        Etat.PEU_FIABLE,
    )
    assert faits["delai_client_estime"].valeur is None


def test_bookkeeping_lag_is_the_median_from_entry_to_validation() -> None:
    entries = Journal()
    entries.sell("03-01", "C1", 100, valid_date="2025-03-11")
    entries.sell("04-01", "C1", 100, valid_date="2025-05-01")
    entries.sell("05-01", "C1", 100, valid_date="2025-05-21")

    fait = measure_faits(entries.ecritures).faits["decalage_saisie"]

    assert (fait.valeur, fait.etat) == (20, Etat.CALCULE)


def test_all_validated_in_one_go_says_little_of_the_lag() -> None:
    entries = Journal()
    for day in ("03-01", "04-01"):
        entries.sell(day, "C1", 100, valid_date="2026-03-31")

    assert measure_faits(entries.ecritures).faits["decalage_saisie"].etat is Etat.PEU_FIABLE


def test_without_validation_date_the_lag_is_not_derivable() -> None:
    entries = Journal()
    entries.sell("03-01", "C1", 100)

    assert measure_faits(entries.ecritures).faits["decalage_saisie"].valeur is None


def test_entries_validated_before_their_date_make_a_lag_that_is_little_trusted() -> None:
    entries = Journal()
    entries.sell("03-31", "C1", 100, valid_date="2025-03-01")
    entries.sell("04-30", "C1", 100, valid_date="2025-04-01")

    fait = measure_faits(entries.ecritures).faits["decalage_saisie"]

    assert (fait.valeur, fait.etat) == (-29.5, Etat.PEU_FIABLE)
    assert "la validation précède l’écriture" in fait.motif
