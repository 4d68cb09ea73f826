from __future__ import annotations

from datetime import date

import pytest

from segxl.domain.jours_ouvres import feries_of, list_ouvres


@pytest.mark.parametrize(
    ("year", "moving"),
    [
        (2026, ["06/04", "14/05", "25/05"]),
        (2027, ["29/03", "06/05", "17/05"]),
        (2038, ["26/04", "03/06", "14/06"]),  # the latest Easter there is
    ],
)
def test_the_days_that_follow_easter_are_those_of_the_year(year: int, moving: list[str]) -> None:
    assert [f"{d:%d/%m}" for d in feries_of(year)[8:]] == moving


def test_a_year_has_eleven_public_holidays() -> None:
    assert len(set(feries_of(2026))) == 11


def test_nobody_meets_on_a_week_end_nor_on_a_holiday() -> None:
    days = list_ouvres(date(2026, 12, 24), date(2027, 1, 4)).tolist()

    assert [d.day for d in days] == [24, 28, 29, 30, 31, 4]


def test_a_single_day_off_leaves_nothing() -> None:
    assert list_ouvres(date(2026, 11, 11), date(2026, 11, 11)).tolist() == []
