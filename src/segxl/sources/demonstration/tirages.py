"""What chance decides in the books of a fictitious company: parts of an amount, days of a year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from segxl.sources.demonstration.livres import months_of

SATURDAY = 5


def share_out(total: int, weights: np.ndarray) -> list[int]:
    """Cut an amount into parts of a cent at least, in proportion to weights.

    >>> share_out(1000, np.array([1.0, 3.0]))
    [250, 750]
    """
    ends = np.rint(np.cumsum(weights) / weights.sum() * total).astype(np.int64)
    return [max(1, int(part)) for part in np.diff(ends, prepend=0)]


def draw_days(debut: date, fin: date, count: int, rng: np.random.Generator) -> list[date]:
    """Draw days of the year, in order; every month has its part of them."""
    months = months_of(debut, fin)
    found = []
    for rank in range(count):
        first, last = months[rank * len(months) // count]
        day = first + timedelta(days=int(rng.integers((last - first).days + 1)))
        found.append(min(weekday_from(day), last))
    return sorted(found)


def weekday_from(day: date) -> date:
    """Return the day, or the Monday after a week-end.

    >>> weekday_from(date(2025, 11, 22)), weekday_from(date(2025, 11, 21))
    (datetime.date(2025, 11, 24), datetime.date(2025, 11, 21))
    """
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= SATURDAY else 0)


def weekday_before(day: date) -> date:
    """Return the day, or the Friday before a week-end.

    >>> weekday_before(date(2025, 11, 22)), weekday_before(date(2025, 11, 21))
    (datetime.date(2025, 11, 21), datetime.date(2025, 11, 21))
    """
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))


def past_day(au: date, days: int, since: date) -> date:
    """Return a working day so long ago, not before a client came.

    >>> past_day(date(2026, 11, 22), 1, date(2026, 1, 1))
    datetime.date(2026, 11, 20)
    """
    return max(weekday_before(au - timedelta(days=days)), since)


def one_of(words: Sequence[str], rng: np.random.Generator) -> str:
    """Draw one word."""
    return words[int(rng.integers(len(words)))]
