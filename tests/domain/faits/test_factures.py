"""Invoices, credit notes and who they are for."""

from __future__ import annotations

import pytest
from tests.domain.faits.ecritures import Journal

from segxl.domain.faits.etats import Etat
from segxl.domain.faits.releve import measure_faits


def test_invoices_of_one_piece_to_two_customers_are_two() -> None:
    entries = Journal()
    entries.write(
        "VE", "03-10", "LOT", ("411000", "C1", 120), ("411000", "C2", 60), ("706000", "", -180)
    )

    assert measure_faits(entries.ecritures).faits["factures_emises"].valeur == 2


def test_an_invoice_with_its_entry_number_at_zero_is_known_by_its_piece_and_date() -> None:
    entries = Journal()
    for day, piece in (("03-10", "F1"), ("03-10", "F2"), ("03-11", "F2")):
        entries.sell(day, "C1", 120, piece=piece, num="0")

    assert measure_faits(entries.ecritures).faits["factures_emises"].valeur == 3


def test_a_credit_note_is_not_an_invoice_and_lowers_what_was_invoiced() -> None:
    entries = Journal()
    entries.sell("03-10", "C1", 1200)
    entries.sell("03-20", "C1", -200)

    releve = measure_faits(entries.ecritures)

    assert releve.faits["factures_emises"].valeur == 1
    assert releve.faits["avoirs_emis"].valeur == 1
    assert [c.montant for c in releve.clients] == [100_000]


def test_an_amount_written_below_zero_is_the_other_side() -> None:
    """Given a credit note typed as a negative debit, as some software does."""
    entries = Journal()
    entries.sell("03-10", "C1", 1200)
    entries.sell("03-20", "C1", -200)
    ecritures = entries.ecritures
    flipped = ecritures.assign(debit=-ecritures["credit"], credit=-ecritures["debit"])

    assert measure_faits(flipped).faits == measure_faits(ecritures).faits


def test_a_payment_is_not_an_invoice() -> None:
    entries = Journal()
    entries.sell("03-10", "C1", 1200)
    entries.cash("04-10", "C1", 1200)

    assert measure_faits(entries.ecritures).faits["avoirs_emis"].valeur == 0


def test_a_fixed_asset_is_a_purchase_invoice_and_not_a_purchase() -> None:
    entries = Journal()
    entries.buy("02-01", "F1", 120)
    entries.write("AC", "03-01", "IMMO", ("218300", "", 1000), ("401000", "F2", -1000))

    faits = measure_faits(entries.ecritures).faits

    assert faits["factures_recues"].valeur == 2
    assert faits["fournisseurs"].valeur == 2
    assert faits["achats"].valeur == 10_000


def test_invoices_a_month_are_divided_by_the_months_that_hold_entries() -> None:
    entries = Journal()
    for day in ("01-10", "01-20", "05-10"):
        entries.sell(day, "C1", 120)

    assert measure_faits(entries.ecritures).faits["factures_emises_par_mois"].valeur == 1.5


@pytest.mark.parametrize(
    ("compte", "aux", "label"),
    [("411000", "", "Clients"), ("41110", "", "CLIENTS AU 31/03"), ("411DIV", "", "Clients divers"),
     ("411000", "CDIV", "CLIENTS DIVERS"), ("411100", "", "Clients - Ventes de biens")],
)  # fmt: skip
def test_a_collective_account_never_passes_for_a_customer(
    compte: str, aux: str, label: str
) -> None:
    entries = Journal()
    entries.sell("03-10", "C1", 100)
    lines = (compte, aux, 900), ("706000", "", -900)
    entries.write("VE", "04-10", "Z", *lines, compte_lib=label, aux_lib=label)

    releve = measure_faits(entries.ecritures)

    assert [c.code for c in releve.clients] == ["C1"]
    assert (releve.faits["clients"].valeur, releve.faits["clients"].etat) == (1, Etat.PEU_FIABLE)
    assert releve.faits["part_premier_client"].valeur == 0.1
    assert releve.faits["hhi"].valeur == 0.01
    assert releve.faits["dependance"].valeur == "Non"
    assert releve.faits["factures_emises"].valeur == 2
    assert "1 compte collectif, 90\u00a0% du facturé" in releve.faits["clients"].motif


def test_with_one_collective_account_alone_customers_are_not_derivable() -> None:
    entries = Journal()
    entries.sell("03-10", "", 1200)

    faits = measure_faits(entries.ecritures).faits

    for code in ("clients", "part_premier_client", "hhi", "dependance"):
        assert faits[code].etat is Etat.NON_DERIVABLE, code
    assert faits["factures_emises"].valeur == 1


def test_a_label_without_its_code_names_nobody() -> None:
    """Given CompAuxLib filled and CompAuxNum blank, as one software does."""
    entries = Journal()
    entries.write("VE", "03-10", "F1", ("411000", "", 100), ("706000", "", -100), aux_lib="ALPHA")

    assert measure_faits(entries.ecritures).faits["clients"].valeur is None


def test_one_general_account_per_customer_is_a_customer() -> None:
    entries = Journal()
    for compte in ("411BEJO00", "411DUPO00", "4110012"):
        lines = (compte, "", 100), ("706000", "", -100)
        entries.write("VE", "03-10", compte, *lines, compte_lib=f"SOCIETE {compte}")

    fait = measure_faits(entries.ecritures).faits["clients"]

    assert (fait.valeur, fait.etat) == (3, Etat.CALCULE)


def test_sales_straight_to_the_bank_leave_customers_unknown_and_turnover_known() -> None:
    entries = Journal()
    entries.write(
        "BQ", "03-10", "Z", ("512000", "", 120), ("706000", "", -100), ("445710", "", -20)
    )

    faits = measure_faits(entries.ecritures).faits

    assert faits["ca"].valeur == 10_000
    for code in ("factures_emises", "avoirs_emis", "clients", "part_premier_client", "hhi",
                 "delai_client_pondere", "creances_ouvertes", "part_inconnue"):  # fmt: skip
        assert (faits[code].valeur, faits[code].etat) == (None, Etat.NON_DERIVABLE), code
        assert "411" in faits[code].motif


def test_sales_mostly_at_the_till_make_what_is_invoiced_little_trusted() -> None:
    entries = Journal()
    entries.sell("03-10", "C1", 120)
    entries.write("CA", "03-31", "Z", ("530000", "", 900), ("707000", "", -900))

    fait = measure_faits(entries.ecritures).faits["clients"]

    assert (fait.valeur, fait.etat) == (1, Etat.PEU_FIABLE)
    assert "90\u00a0% du chiffre d’affaires ne passe pas par un compte client" in fait.motif


def test_a_year_without_any_product_has_no_turnover_rather_than_zero() -> None:
    entries = Journal()
    entries.buy("03-10", "F1", 120)

    faits = measure_faits(entries.ecritures).faits

    assert (faits["ca"].valeur, faits["ca"].etat) == (None, Etat.NON_DERIVABLE)


def test_without_entries_no_fact_is_derivable() -> None:
    entries = Journal()
    entries.sell("03-10", "C1", 120)

    releve = measure_faits(entries.ecritures.head(0))

    assert {fait.etat for fait in releve.faits.values()} == {Etat.NON_DERIVABLE}
    assert releve.debut is None


def test_customers_whose_credit_notes_cancel_everything_leave_no_share() -> None:
    entries = Journal()
    entries.sell("03-10", "C1", 120)
    entries.sell("03-20", "C1", -120)

    faits = measure_faits(entries.ecritures).faits

    assert faits["clients"].valeur == 1
    assert faits["part_premier_client"].motif == "les avoirs annulent toutes les factures"
