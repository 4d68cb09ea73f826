"""The fictitious company: two years whose answers are known."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.domain.faits.ecritures import DATA, read_clean

from segxl.domain.faits.comparaison import compare_years
from segxl.domain.faits.etats import Etat
from segxl.domain.faits.releve import Releve, measure_faits

EXPECTED: dict[str, Any] = json.loads((DATA / "EXPECTED.json").read_text("utf-8"))
YEARS = ("2024", "2025")
EXPECTED_CODES = {
    "ca", "factures_emises", "avoirs_emis", "factures_recues", "clients", "fournisseurs",
    "part_premier_client", "delai_client_pondere", "delai_client_moyen", "creances_ouvertes",
}  # fmt: skip


def measure_year(year: str) -> Releve:
    return measure_faits(read_clean(f"000000034FEC{year}1231.txt"))


def cents(euros: str) -> int:
    return round(float(euros) * 100)


@pytest.mark.parametrize("year", YEARS)
def test_every_known_answer_is_reached_exactly(year: str) -> None:
    known = EXPECTED[year]

    faits = measure_year(year).faits

    assert {code: fait.valeur for code, fait in faits.items() if code in EXPECTED_CODES} == {
        "ca": cents(known["ca_ht"]),
        "factures_emises": known["sales_invoices"],
        "avoirs_emis": known["credit_notes"],
        "factures_recues": known["purchase_invoices"],
        "clients": known["customers"],
        "fournisseurs": known["suppliers"],
        "part_premier_client": known["top_share_ttc"],
        "delai_client_pondere": known["collection_delay_weighted"],
        "delai_client_moyen": known["collection_delay_mean_unweighted"],
        "creances_ouvertes": cents(known["open_receivables_411"]),
    }


@pytest.mark.parametrize("year", YEARS)
def test_each_customer_is_invoiced_what_is_known(year: str) -> None:
    known = {code: cents(euros) for code, euros in EXPECTED[year]["ttc_by_customer"].items()}

    assert {c.code: c.montant for c in measure_year(year).clients} == known


@pytest.mark.parametrize("year", YEARS)
def test_vat_declared_twelve_months_is_told_as_a_hint(year: str) -> None:
    fait = measure_year(year).faits["rythme_tva"]

    assert (fait.valeur, fait.etat) == ("mensuel", Etat.PEU_FIABLE)
    assert f"{EXPECTED[year]['vat_4455_months']} mois sur 12" in fait.motif


def test_the_two_years_compare_as_known() -> None:
    known = EXPECTED["compare"]

    found = compare_years(measure_year("2024"), measure_year("2025"))

    assert found.nouveaux == tuple(known["new"])
    assert found.dormants == tuple(known["dormant"])
    assert found.fideles == tuple(known["loyal"])
    assert found.croissance.valeur == known["ca_growth"]
    assert found.annees == (2024, 2025)


def test_a_year_without_lettering_has_no_delay_but_an_order_of_magnitude() -> None:
    ecritures = read_clean("000000034FEC20251231.txt").assign(lettre="")

    faits = measure_faits(ecritures).faits

    assert faits["delai_client_pondere"].etat is Etat.NON_DERIVABLE
    assert "aucun lettrage" in faits["delai_client_pondere"].motif
    assert "25 jours" in faits["delai_client_pondere"].motif
    assert (faits["delai_client_estime"].valeur, faits["delai_client_estime"].etat) == (
        25.4673,
        Etat.PEU_FIABLE,
    )


def test_entry_numbers_at_zero_change_nothing() -> None:
    ecritures = read_clean("000000034FEC20251231.txt")

    assert measure_faits(ecritures.assign(num="0")).faits == measure_faits(ecritures).faits


def test_customers_kept_in_the_general_account_are_the_same_customers() -> None:
    """Given « 411CALPHA » and no auxiliary, under the one label « Clients »."""
    ecritures = read_clean("000000034FEC20251231.txt")
    comptes = ecritures["compte"].where(
        ecritures["aux"] == "", ecritures["compte"].str[:3] + ecritures["aux"]
    )

    moved = measure_faits(ecritures.assign(compte=comptes, aux="", aux_lib=""))

    expected, found = measure_faits(ecritures).faits, moved.faits
    same = set(expected) - {c for c in expected if c.startswith("part_")} | {"part_premier_client"}
    assert {c: found[c] for c in same} == {c: expected[c] for c in same}
    assert found["part_inconnue"].motif == "aucun libellé ne nomme un client"
