"""CSAT and NPS, and when they are not told."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segxl.domain.satisfaction import (
    AUCUNE,
    LEAST,
    SANS_SEGMENT,
    TROP_PEU,
    csat,
    measure_portefeuille,
    measure_satisfaction,
    nps,
)

NOTES_NPS = st.lists(st.integers(0, 10) | st.none(), max_size=40)
NOTES_CSAT = st.lists(st.integers(1, 5) | st.none(), max_size=40)


@pytest.mark.parametrize(
    ("notes", "score"),
    [
        ([10, 9, 10, 4], 50.0),
        ([9, 5, 10, 6, 4, 5, 7, 8, 8, 9, 6], -18.18),
        ([1, 5, 5, 6, 7, 3, 9, 10, 10], -22.22),
        ([10], 100.0),
        ([0, 6], -100.0),
        ([7, 8], 0.0),
    ],
)
def test_the_nps_is_promoters_minus_detractors(notes: list[int], score: float) -> None:
    assert nps(notes) == pytest.approx(score, abs=0.01)


def test_the_csat_is_the_share_of_4_and_5() -> None:
    assert csat([5, 4, 3, 2, 1]) == pytest.approx(40.0)


@pytest.mark.parametrize("blank", [None, float("nan"), 11, -1, 4.5, "9", True])
def test_what_is_no_answer_of_the_scale_is_not_counted(blank: object) -> None:
    assert nps([10, 9, 10, 4, blank]) == 50.0
    assert nps([blank]) is None


@given(NOTES_NPS)
def test_an_nps_stays_between_its_ends_and_depends_on_no_order(notes: list[int | None]) -> None:
    score = nps(notes)

    assert score == nps(sorted(notes, key=str))
    assert (score is None) == (not any(n is not None for n in notes))
    assert score is None or -100 <= score <= 100


@given(NOTES_CSAT)
def test_a_csat_stays_between_its_ends_and_depends_on_no_order(notes: list[int | None]) -> None:
    score = csat(notes)

    assert score == csat(notes[::-1])
    assert score is None or 0 <= score <= 100


@given(NOTES_NPS, st.integers(9, 10))
def test_one_more_promoter_never_lowers_an_nps(notes: list[int | None], promoter: int) -> None:
    before = nps(notes)

    assert before is None or (nps([*notes, promoter]) or 0) >= before - 1e-9


def test_fewer_than_five_answers_are_not_told() -> None:
    told = pd.DataFrame({"CSAT": [5, 4, 5, 1, None], "NPS": [9, 9, 2, 10, 8]}, dtype=object)

    line = measure_satisfaction(told, pd.Series("P", told.index)).loc["P"]

    assert (line["CSAT"], line["n CSAT"], line["motif CSAT"]) == (None, LEAST - 1, TROP_PEU)
    assert (line["NPS"], line["n NPS"], line["motif NPS"]) == (pytest.approx(40.0), LEAST, "")


def test_no_answer_is_told_apart_from_too_few() -> None:
    told = pd.DataFrame({"CSAT": [5] * 6, "NPS": [None] * 6}, dtype=object)

    line = measure_satisfaction(told, pd.Series("P", told.index)).loc["P"]

    assert line["motif NPS"] == AUCUNE


def test_each_client_is_a_group_like_another() -> None:
    told = pd.DataFrame({"CSAT": [5] * 5 + [1], "NPS": [10] * 5 + [0]}, dtype=object)

    mesures = measure_satisfaction(told, pd.Series(["D1"] * 5 + ["D2"]))

    assert mesures["CSAT"].to_dict() == {"D1": 100.0, "D2": None}


def test_the_portfolio_comes_first_then_the_segments_in_the_order_of_the_rules() -> None:
    told = pd.DataFrame({"CSAT": [5, 5, 5, 5], "NPS": [9, 9, 9, 9]}, dtype=object)
    segments = pd.Series([None, "Socle", "Ancien", "Premium"], dtype=object)

    mesures = measure_portefeuille(told, segments, ["Premium", "Standard", "Socle"])

    assert [*mesures.index] == ["Portefeuille", "Premium", "Socle", "Ancien", SANS_SEGMENT]


def test_without_any_answer_nothing_is_measured() -> None:
    empty = pd.DataFrame(columns=["CSAT", "NPS"], dtype=object)

    assert measure_portefeuille(empty, pd.Series(dtype=object), ["Premium"]).empty
