"""Before and after, as the dashboard shows it."""

from __future__ import annotations

from datetime import date

import pytest

from segxl.domain import historique as h
from segxl.domain.avant_apres import PAS_ENCORE, PAS_NOTE, RIEN, list_avant_apres

FIRST, LAST = date(2026, 1, 5), date(2026, 11, 22)


def row(past: dict[date, h.Figures], mesure: str) -> list[str]:
    return [*list_avant_apres(past).set_index("Mesure").loc[mesure]]


def test_the_first_measure_says_its_day_and_leaves_no_blank() -> None:
    told = row({LAST: {h.NOTE: 9.4}}, h.NOTE)

    assert told == [RIEN, "9,4", RIEN, "Première mesure le 22/11/2026"]


def test_nothing_measured_says_what_to_click() -> None:
    assert row({}, h.NOTE) == [RIEN, RIEN, RIEN, PAS_NOTE]
    assert row({LAST: {h.HONORAIRES: None}}, h.HONORAIRES) == [RIEN, RIEN, RIEN, PAS_ENCORE]


@pytest.mark.parametrize(
    ("mesure", "before", "now", "told"),
    [
        (h.NOTE, 9.0, 11.2, ["9,0", "11,2", "+2,2", "↗ En progrès"]),
        (h.SANS_PLATEFORME, 12, 7, ["12", "7", "-5", "↗ En progrès"]),
        (h.SANS_PLATEFORME, 7, 12, ["7", "12", "+5", "↘ En recul"]),
        (h.CLIENTS, 300, 297, ["300", "297", "-3", "↘ En baisse"]),
        (h.CLIENTS, 297, 300, ["297", "300", "+3", "↗ En hausse"]),
        (h.MARGE, 99_000, 99_000, ["99\u202f000\u00a0€", "99\u202f000\u00a0€", "0\u00a0€", "→ Stable"]),
        (h.HONORAIRES, 1_850_000, 2_044_977, ["1\u202f850\u00a0k€", "2\u202f045\u00a0k€", "+195\u00a0k€", "↗ En progrès"]),
        (h.HONORAIRES, 450_000, 150_000, ["450\u00a0k€", "150\u00a0k€", "-300\u00a0k€", "↘ En recul"]),
    ],
)  # fmt: skip
def test_a_figure_is_told_at_first_at_last_with_the_gap_and_a_word(
    mesure: str, before: float, now: float, told: list[str]
) -> None:
    *figures, lecture = row({FIRST: {mesure: before}, LAST: {mesure: now}}, mesure)

    assert figures == told[:3]
    assert lecture == f"{told[3]}, du 05/01/2026 au 22/11/2026"


def test_a_day_that_does_not_know_a_figure_is_not_its_last() -> None:
    between = date(2026, 5, 1)
    past: dict[date, h.Figures] = {
        FIRST: {h.CLIENTS: 10},
        between: {h.CLIENTS: 12},
        LAST: {h.NOTE: 9.0},
    }

    assert row(past, h.CLIENTS)[-1] == "↗ En hausse, du 05/01/2026 au 01/05/2026"
