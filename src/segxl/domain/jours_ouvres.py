"""The days when a firm meets its clients: neither week-ends nor public holidays."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
from pandas.tseries.offsets import Easter

FIXES = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
"""Month and day of the public holidays that never move (code du travail, art. L. 3133-1)."""
APRES_PAQUES = (1, 39, 50)
"""Days from Easter Sunday to Easter Monday, Ascension Day and Whit Monday."""


def as_days(dates: pd.Series) -> np.ndarray:
    """Return a column of dates as ``datetime64[D]``, NaT where blank; each distinct date once.

    >>> as_days(pd.Series([date(2026, 9, 1), None], dtype=object)).tolist()
    [datetime.date(2026, 9, 1), None]
    """
    codes, distinct = pd.factorize(dates.to_numpy())
    return np.array([*distinct, None], dtype="datetime64[D]")[codes]


def feries_of(year: int) -> list[date]:
    """Return the eleven public holidays of a year, where nothing local is added.

    >>> [f"{d:%d/%m}" for d in feries_of(2027)[8:]]
    ['29/03', '06/05', '17/05']
    """
    easter = (pd.Timestamp(year, 1, 1) + Easter()).date()
    return [
        *(date(year, month, day) for month, day in FIXES),
        *(easter + timedelta(days) for days in APRES_PAQUES),
    ]


def list_ouvres(first: date, last: date) -> np.ndarray:
    """Return the working days between two dates, both included, as ``datetime64[D]``."""
    years = range(first.year, last.year + 1)
    feries = np.array([d for year in years for d in feries_of(year)], dtype="datetime64[D]")
    days = np.arange(np.datetime64(first), np.datetime64(last) + 1)
    found: np.ndarray = days[np.is_busday(days, holidays=feries)]
    return found
