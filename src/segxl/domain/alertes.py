"""What is wrong with a day of the plan, in words that the sheet paints red."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd

from segxl.domain.jours_ouvres import as_days

PAST = "Date prévue passée : à refixer, ou à marquer « Fait le »"
UNREAD = "Date prévue illisible"
NO_DAY = "Aucune date avant 2100 : la capacité ne suffit pas"


def find_alertes(plan: pd.DataFrame, au: date) -> pd.Series:
    """Say what is late, or will be.

    Parameters
    ----------
    plan : DataFrame, shape (n, m)
        ``Date légale``; ``jour``, as ``datetime64``, NaT where there is none; ``main Date prévue``
        where a hand fixed it; ``est fait``.
    au : date
        The day of the plan.

    Returns
    -------
    Series of object, shape (n,), same index
        None where nothing is wrong.
    """
    today = np.datetime64(au)
    days = plan["jour"].to_numpy(dtype="datetime64[D]")
    limits = as_days(plan["Date légale"])
    by_hand, done = (plan[h].to_numpy(dtype=bool) for h in ("main Date prévue", "est fait"))
    of_law = np.select([limits < today, days > limits], [_late(limits, today), _after(limits)], "")
    of_day = np.select(
        [done, by_hand & np.isnat(days), np.isnat(days), by_hand & (days < today)],
        ["", UNREAD, NO_DAY, PAST],
        "",
    )
    both = np.where((of_law != "") & (of_day != ""), " ; ", "")
    told = of_law.astype(object) + both + of_day
    return pd.Series(np.where(told == "", None, told), index=plan.index, dtype=object)


def _late(limits: np.ndarray, today: np.datetime64) -> np.ndarray:
    """Say since how long each date of the law is past."""
    return _words(limits, lambda day: _since((today.astype(date) - day).days))


def _after(limits: np.ndarray) -> np.ndarray:
    """Say after which date of the law each day comes."""
    return _words(limits, lambda day: f"Après la date légale du {day:%d/%m/%Y}")


def _words(limits: np.ndarray, word: Callable[[date], str]) -> np.ndarray:
    """Word each distinct date once."""
    codes, distinct = pd.factorize(limits)
    return np.array(
        [*(word(d) for d in distinct.astype("datetime64[D]").tolist()), ""], dtype=object
    )[codes]


def _since(days: int) -> str:
    """Say since how many days a date of the law is past.

    >>> _since(1), _since(82)
    ('Date légale passée depuis 1 jour', 'Date légale passée depuis 82 jours')
    """
    return f"Date légale passée depuis {days} jour" + ("s" if days > 1 else "")
