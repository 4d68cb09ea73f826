"""A day for each meeting: so many a month for each person, on working days, spread over the month.

The days of a month do not depend on the day of the run, and a meeting that stays in its month
keeps its day: a plan drawn again next week moves as little as it can.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd

from segxl.domain.capacite import Capacity
from segxl.domain.jours_ouvres import list_ouvres
from segxl.domain.ternary import Codes, Masque

LAST_YEAR = 2099
"""Nobody plans further; a number beyond is no longer read as a date either."""
MONTHS = 12


def assign_dates(
    demandes: pd.DataFrame, pris: pd.DataFrame, capacite: Capacity, au: date
) -> pd.Series:
    """Give each meeting to plan a day after ``au``.

    Everyone fills their months in the order of the meetings, as many in a month as the capacity
    leaves beside what is taken.

    Parameters
    ----------
    demandes : DataFrame, shape (n, 3)
        ``Responsable``; ``Ordre``, numbers no two alike; ``Précédente``, the day proposed last
        time, as ``datetime64``, NaT where there was none.
    pris : DataFrame, shape (k, 2)
        The meetings that already take a place: ``Responsable`` and ``Jour``, as ``datetime64``.
    capacite : Capacity
        Meetings a month of each person.
    au : date
        The day of the plan.

    Returns
    -------
    Series of datetime64, shape (n,), same index
        NaT where no day is left before 2100.
    """
    owners, names = pd.factorize(demandes["Responsable"])
    theirs = pd.Index(names).get_indexer(pd.Index(pris["Responsable"], dtype=object))
    days = pris["Jour"].to_numpy(dtype="datetime64[D]")[theirs >= 0]
    theirs = theirs[theirs >= 0]
    crowd = np.bincount(np.concatenate([owners, theirs]), minlength=1).max()
    each = [capacite.of(str(name)) for name in names]
    slots, width = _slots_by_owner(each, au, int(crowd) // capacite.least + 2)
    at = (days.astype("datetime64[M]") - np.datetime64(au, "M")).astype(np.int64)
    inside = (at >= 0) & (at < width)
    theirs, days, at = theirs[inside], days[inside], at[inside]
    ordered = np.argsort(demandes["Ordre"].to_numpy(), kind="stable")
    months = np.empty(len(demandes), dtype=np.int64)
    for owner, rows in _rows_by(owners, ordered):
        mine = theirs == owner
        room = _room_of(at[mine], days[mine] > np.datetime64(au), slots[owner], each[owner])
        months[rows] = np.searchsorted(np.cumsum(room), np.arange(len(rows)), side="right")
    taken: dict[int, list[np.datetime64]] = {}
    for group, day in zip((theirs * (width + 1) + at).tolist(), days, strict=True):
        taken.setdefault(group, []).append(day)
    before = demandes["Précédente"].to_numpy(dtype="datetime64[D]")
    # A day already past, or today's, is proposed to nobody.
    before = np.where(before > np.datetime64(au), before, np.datetime64("NaT"))
    found = np.full(len(demandes), np.datetime64("NaT"), dtype="datetime64[D]")
    for group, rows in _rows_by(owners * (width + 1) + months, ordered):
        owner, month = divmod(group, width + 1)
        if month < width:
            found[rows] = _days_in(slots[owner][month], before[rows], taken.get(group, []))
    return pd.Series(found.astype("datetime64[s]"), index=demandes.index)


def _slots_by_owner(each: list[int], au: date, most: int) -> tuple[list[list[np.ndarray]], int]:
    """Return the days of each person, by their meetings a month, and how many months there are."""
    slots = {count: slots_of(count, au, most) for count in dict.fromkeys([*each, 1])}
    return [slots[count] for count in each], len(slots[1])


def slots_of(capacite: int, au: date, most: int) -> list[np.ndarray]:
    """Return the days of meetings of one person, month by month from that of ``au``, days to come only.

    Parameters
    ----------
    capacite : int
        Meetings a month, spread evenly over its working days.
    au : date
        The day of the plan.
    most : int
        How many months at most; none goes beyond 2099.
    """
    firsts = range(au.year * MONTHS + au.month - 1, (LAST_YEAR + 1) * MONTHS)[:most]
    if not firsts:
        return []
    end = divmod(firsts[-1], MONTHS)
    last = date(end[0], end[1] + 1, monthrange(end[0], end[1] + 1)[1])
    ouvres = list_ouvres(au.replace(day=1), last)
    months = (ouvres.astype("datetime64[M]") - np.datetime64(au, "M")).astype(np.int64)
    bounds = np.searchsorted(months, np.arange(len(firsts) + 1))
    middles = 2 * np.arange(capacite) + 1
    slots = [
        ouvres[first + middles * (last - first) // (2 * capacite)]
        for first, last in pairwise(bounds.tolist())
    ]
    slots[0] = slots[0][slots[0] > np.datetime64(au)]
    return slots


def _room_of(at: Codes, is_ahead: Masque, slots: list[np.ndarray], capacite: int) -> np.ndarray:
    """Return how many meetings each month still takes, beside those at the months ``at``."""
    taken = np.bincount(at, minlength=len(slots))
    ahead = np.bincount(at[is_ahead], minlength=len(slots))
    sizes = np.array([len(days) for days in slots], dtype=np.int64)
    room: Codes = np.minimum(sizes - ahead, capacite - taken)
    return room.clip(0)


def _days_in(slots: np.ndarray, before: np.ndarray, taken: list[np.datetime64]) -> np.ndarray:
    """Return the days of the meetings of one person in one month, in the order of the meetings.

    A day proposed before in that month stays; the others take the days left, the first ones first.
    """
    kept = before.astype("datetime64[M]") == slots[0].astype("datetime64[M]")
    if kept.all():
        return before
    if not kept.any() and not taken:
        return slots[: len(before)]
    free = slots.tolist()
    for day in [*before[kept].tolist(), *np.array(taken, dtype="datetime64[D]").tolist()]:
        if day in free:
            free.remove(day)
    found = before.copy()
    found[~kept] = np.array(free[: int((~kept).sum())], dtype="datetime64[D]")
    return found


def _rows_by(codes: Codes, ordered: Codes) -> Iterator[tuple[int, Codes]]:
    """Yield each code with its rows, in their order."""
    grouped = ordered[np.argsort(codes[ordered], kind="stable")]
    values, firsts = np.unique(codes[grouped], return_index=True)
    for value, (first, last) in zip(
        values.tolist(), pairwise([*firsts.tolist(), len(grouped)]), strict=True
    ):
        yield value, grouped[first:last]
