from __future__ import annotations

from datetime import date

import pytest

from segxl.domain import historique as h
from segxl.domain.evolution import (
    INCONNU,
    PREMIERE_FOIS,
    Move,
    find_evolutions,
    shown,
    shown_move,
)

FIRST, SECOND, TODAY = date(2025, 11, 22), date(2026, 5, 1), date(2026, 11, 22)


def find(past: dict[date, h.Figures], now: h.Figures, mesure: str) -> Move:
    return {x.mesure: x for x in find_evolutions(past, TODAY, now)}[mesure]


def test_a_measure_is_set_beside_the_first_day_and_the_day_before() -> None:
    past: dict[date, h.Figures] = {
        SECOND: {h.TAUX: 0.50},
        FIRST: {h.TAUX: 0.40},
        date(2026, 3, 1): {h.TAUX: 0.99},
    }

    found = find(past, {h.TAUX: 0.43}, h.TAUX)

    assert (found.premier, found.precedent) == ((FIRST, 0.40), (SECOND, 0.50))
    assert found.lecture == "En progrès depuis le premier calcul, en recul depuis le précédent."


def test_a_measure_that_came_later_is_compared_from_the_first_day_that_knows_it() -> None:
    past: dict[date, h.Figures] = {FIRST: {h.CLIENTS: 3.0}, SECOND: {h.CLIENTS: 3.0, h.NOTE: 9.0}}

    found = find(past, {h.NOTE: 9.04}, h.NOTE)

    assert (found.premier, found.precedent) == ((SECOND, 9.0), None)
    assert found.lecture == "Stable depuis le premier calcul."


@pytest.mark.parametrize(
    ("mesure", "now", "word"),
    [
        (h.SANS_PLATEFORME, 2.0, "En progrès"),
        (h.SANS_PLATEFORME, 9.0, "En recul"),
        (h.CLIENTS, 9.0, "En hausse"),
        (h.CLIENTS, 2.0, "En baisse"),
        (h.NOTE, 4.0, "En recul"),
    ],
)
def test_fewer_clients_without_a_platform_is_progress_and_the_count_of_clients_is_neither(
    mesure: str, now: float, word: str
) -> None:
    assert find({FIRST: {mesure: 5.0}}, {mesure: now}, mesure).lecture.startswith(word)


def test_the_day_itself_and_later_days_are_nothing_to_compare_with() -> None:
    past: dict[date, h.Figures] = {TODAY: {h.NOTE: 5.0}, date(2027, 1, 1): {h.NOTE: 6.0}}

    assert find(past, {h.NOTE: 7.0}, h.NOTE).lecture == PREMIERE_FOIS


def test_a_figure_unknown_today_says_so() -> None:
    found = find({FIRST: {h.MARGE: 5.0}}, {h.MARGE: None}, h.MARGE)

    assert (found.premier, found.lecture) == ((FIRST, 5.0), INCONNU)


def test_a_difference_is_that_of_the_figures_as_they_are_shown() -> None:
    assert (shown(h.TAUX, 0.414), shown(h.TAUX, 0.456)) == ("41\u00a0%", "46\u00a0%")
    assert shown_move(h.TAUX, 0.414, 0.456) == "+5\u00a0points"
    assert shown_move(h.NOTE, 9.14, 10.06) == "+1"
    assert shown_move(h.CLIENTS, 300, 285) == "-15"


def test_the_word_since_the_first_calculation_is_blank_where_nothing_tells() -> None:
    assert find({FIRST: {h.NOTE: 9.0}}, {h.NOTE: 11.0}, h.NOTE).depuis_premier == "en progrès"
    assert find({}, {h.NOTE: 11.0}, h.NOTE).depuis_premier == ""
    assert find({FIRST: {h.NOTE: 9.0}}, {}, h.NOTE).depuis_premier == ""
