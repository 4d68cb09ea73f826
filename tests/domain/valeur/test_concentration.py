"""ABC classes, Pareto, HHI and Gini: the reference figures, then what holds for any fees."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segxl.domain.valeur.concentration import (
    SANS_HONORAIRES,
    SANS_POSITIF,
    TROP_PEU,
    Concentration,
    classes_abc,
    curve_of,
    top_share,
)
from segxl.domain.valeur.rangs import Nombres

PORTFOLIO = Path(__file__).parents[2] / "sources" / "data" / "clean.csv"
CENTS = st.one_of(st.none(), st.integers(-100_000, 1_000_000))


def cents(*euros: float | None) -> Nombres:
    return np.array([np.nan if e is None else e * 100 for e in euros], dtype=float)


def classes(*euros: float | None) -> str:
    return "".join(c or "?" for c in classes_abc(cents(*euros), np.arange(len(euros))))


def test_a_portfolio_of_300_clients_gives_its_known_figures() -> None:
    with PORTFOLIO.open(encoding="utf-8") as file:
        fees = [float(row["honoraires"]) for row in csv.DictReader(file, delimiter=";")]

    found = Concentration.of(np.round(np.array(fees) * 100))

    assert (found.clients, found.honoraires, found.clients_pour_80) == (300, 125_238_364, 162)
    told = (found.part_top20, found.part_premier, found.hhi, found.gini)
    assert [round(x or 0, d) for x, d in zip(told, (4, 4, 6, 4), strict=True)] == [
        0.4447,
        0.0170,
        0.005239,
        0.3868,
    ]
    assert not found.motifs


@pytest.mark.parametrize(
    ("fees", "hhi"), [((1, 2, 3, 4), 0.3), ((1, 1, 1, 1), 0.25), ((7,), 1.0), ((-5, 7), 1.0)]
)
def test_the_index_of_herfindahl_leaves_credit_notes_out(
    fees: tuple[float, ...], hhi: float
) -> None:
    assert Concentration.of(cents(*fees)).hhi == pytest.approx(hhi, abs=1e-9)


def test_gini_is_hidden_under_five_clients() -> None:
    few, enough = (Concentration.of(cents(*range(1, n + 1))) for n in (4, 5))

    assert (few.gini, few.motifs) == (None, {"gini": TROP_PEU})
    assert enough.gini == pytest.approx(4 / 15, abs=1e-9)


@pytest.mark.parametrize("fees", [(), (None, None), (0, 0), (-3,)])
def test_without_fees_nothing_is_told_and_the_reason_is(fees: tuple[float | None, ...]) -> None:
    found = Concentration.of(cents(*fees))

    assert (found.part_top20, found.hhi, found.gini, found.clients_pour_80) == (None,) * 4
    known = any(x is not None for x in fees)
    assert found.motifs["hhi"] == (SANS_POSITIF if known else SANS_HONORAIRES)


def test_the_classes_of_reference() -> None:
    assert classes(100, 80, 60, 40, 20, 10, 5, 5, 3, 2) == "AAAABBCCCC"


def test_who_crosses_a_threshold_belongs_to_the_class_it_starts_in() -> None:
    assert classes(79, 15, 6) == "AAB"
    assert classes(80, 15, 5) == "ABC"


def test_one_client_is_in_class_a_and_equal_ones_share_in_the_order_of_their_numbers() -> None:
    assert classes(12) == "A"
    assert classes(*[10] * 20) == "A" * 16 + "B" * 3 + "C"


def test_nothing_and_less_than_nothing_are_in_class_c_and_unknown_in_none() -> None:
    assert classes(100, 0, -50, None) == "ACC?"


def test_other_thresholds_give_other_classes() -> None:
    assert "".join(classes_abc(cents(50, 30, 20), np.arange(3), 0.5, 0.8)) == "ABC"


@given(fees=st.lists(CENTS, max_size=40), order=st.randoms())
def test_every_client_is_in_one_class_whatever_the_order_of_the_rows(
    fees: list[int | None], order: Random
) -> None:
    amounts = np.array([np.nan if f is None else f for f in fees], dtype=float)
    places = np.arange(len(fees))
    found = classes_abc(amounts, places)
    shuffled = [*places]
    order.shuffle(shuffled)

    again = classes_abc(amounts[shuffled], places[shuffled])

    assert {*found[~np.isnan(amounts)]} <= {"A", "B", "C"}
    assert [*again] == [*found[shuffled]]
    assert Concentration.of(amounts[shuffled]) == Concentration.of(amounts)


def test_a_loss_brings_the_curve_of_margins_above_one_and_back() -> None:
    assert curve_of(cents(50, 80, -30)).tolist() == [0.8, 1.3, 1.0]
    assert top_share(cents(50, 80, None, -30)) == 0.8
    assert curve_of(cents(-1)).tolist() == []
