"""Shares, Herfindahl-Hirschman, Gini and dependency, on the vectors of reference."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.faits.ecritures import Journal

from segxl.domain.faits.concentration import gini, hhi
from segxl.domain.faits.releve import measure_faits


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [([1, 2, 3, 4], 0.3), ([1, 1, 1, 1], 0.25), ([7], 1.0), ([5, -3, 0], 1.0)],
)
def test_the_hhi_is_the_one_of_reference(amounts: list[float], expected: float) -> None:
    assert hhi(amounts) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [([1, 2, 3, 4], 0.25), ([0, 0, 0, 10], 0.75), ([5], 0.0), ([3, 3, 3], 0.0)],
)
def test_the_gini_is_the_one_of_reference(amounts: list[float], expected: float) -> None:
    assert gini(amounts) == pytest.approx(expected, abs=1e-9)


def test_of_nothing_neither_index_is_a_number() -> None:
    assert math.isnan(hhi([]))
    assert math.isnan(gini([]))


@given(st.lists(st.integers(1, 10**10), min_size=1, max_size=30))
def test_the_hhi_stays_between_even_shares_and_one_customer(amounts: list[int]) -> None:
    assert 1 / len(amounts) - 1e-9 <= hhi(amounts) <= 1 + 1e-9


@pytest.mark.parametrize(("first", "expected"), [(8000, "Non"), (8000.01, "Oui")])
def test_eighty_percent_sharp_is_no_dependency(first: float, expected: str) -> None:
    entries = Journal()
    entries.write("VE", "03-10", "F1", ("411000", "C1", first), ("706000", "", -first))
    entries.write("VE", "03-11", "F2", ("411000", "C2", 2000), ("706000", "", -2000))

    fait = measure_faits(entries.ecritures).faits["dependance"]

    assert fait.valeur == expected
    assert "sur 2 clients" in fait.motif


def test_a_customer_credited_more_than_invoiced_weighs_nothing() -> None:
    entries = Journal()
    for day, client, ttc in (
        ("03-10", "C1", 300),
        ("03-11", "C2", 100),
        ("03-12", "C3", 60),
        ("03-13", "C3", -180),
    ):
        entries.sell(day, client, ttc)

    faits = measure_faits(entries.ecritures).faits

    assert faits["part_premier_client"].valeur == 0.75
    assert faits["hhi"].valeur == 0.625
