"""How often VAT is declared: a hint."""

from __future__ import annotations

import pytest
from tests.domain.faits.ecritures import Journal

from segxl.domain.faits.etats import Etat
from segxl.domain.faits.releve import measure_faits


def year_of_sales() -> Journal:
    """Given a sale in January and one in December."""
    entries = Journal()
    entries.sell("01-05", "C1", 120)
    entries.sell("12-05", "C1", 120)
    return entries


def declare(entries: Journal, compte: str, months: range | list[int], sens: int = -1) -> Journal:
    for month in months:
        entries.write(
            "OD", f"{month:02d}-20", f"TVA{month}", (compte, "", sens), ("445710", "", -sens)
        )
    return entries


@pytest.mark.parametrize(
    ("months", "expected"),
    [(range(1, 13), "mensuel"), (range(1, 11), "mensuel"), ([1, 4, 7, 10], "trimestriel"),
     ([1, 4, 7], "trimestriel"), ([5], "annuel"), ([5, 12], "annuel")],
)  # fmt: skip
def test_the_months_that_declare_tell_the_rhythm(months: range | list[int], expected: str) -> None:
    entries = declare(year_of_sales(), "445510", months)

    fait = measure_faits(entries.ecritures).faits["rythme_tva"]

    assert (fait.valeur, fait.etat) == (expected, Etat.PEU_FIABLE)


@pytest.mark.parametrize("compte", ["445670", "445830"])
def test_a_declaration_in_credit_counts_though_4455_stays_silent(compte: str) -> None:
    entries = declare(year_of_sales(), compte, range(1, 13), sens=1)

    assert measure_faits(entries.ecritures).faits["rythme_tva"].valeur == "mensuel"


def test_a_quarter_paid_the_month_after_does_not_count_twice() -> None:
    entries = declare(year_of_sales(), "445510", [3, 6, 9, 12])
    for month in (4, 7, 10):
        entries.write("BQ", f"{month:02d}-19", f"P{month}", ("445510", "", 1), ("512000", "", -1))

    assert measure_faits(entries.ecritures).faits["rythme_tva"].valeur == "trimestriel"


def test_nine_months_of_twelve_are_monthly_with_a_doubt() -> None:
    entries = declare(year_of_sales(), "445510", range(1, 10))

    fait = measure_faits(entries.ecritures).faits["rythme_tva"]

    assert fait.valeur == "mensuel"
    assert "sans doute" in fait.motif


def test_neither_vat_nor_declaration_hints_at_franchise() -> None:
    entries = Journal()
    entries.write("VE", "03-10", "F1", ("411000", "C1", 100), ("706000", "", -100))

    assert measure_faits(entries.ecritures).faits["rythme_tva"].valeur == "franchise"


def test_vat_collected_and_never_declared_tells_nothing() -> None:
    assert measure_faits(year_of_sales().ecritures).faits["rythme_tva"].valeur is None


def test_a_few_months_are_too_little_to_tell() -> None:
    entries = Journal()
    entries.sell("01-05", "C1", 120)
    declare(entries, "445510", [1, 2, 3])

    fait = measure_faits(entries.ecritures).faits["rythme_tva"]

    assert fait.motif == "3 mois d’écritures seulement : trop peu"
