"""Since when and how often: the dates of an obligation, its rhythm, its next period to send."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from segxl.domain.loi import RYTHMES, Fait, Loi
from segxl.domain.situation import INCONNUE, yes_no
from segxl.domain.ternary import OUI, Codes

PME, GE_ETI, UNIQUE = "emission_pme", "emission_ge_eti", "emission_assujetti_unique"
DATES = (PME, GE_ETI, UNIQUE)
BY_TAILLE = (PME, PME, GE_ETI, GE_ETI)
"""The fact that dates each of ``tailles.TAILLES``."""
REGIME_CODES = ("reel_mensuel", "reel_trimestriel", "reel_simplifie", "franchise")
"""The end of the facts about each VAT regime, in the order of ``situation.REGIMES``."""
DECADE, MENSUEL, BIMESTRIEL = range(len(RYTHMES))
DECADE_ENDS = (10, 20)
Periode = tuple[date, date, date | None]
"""First day, last day, last day to send it; None where the law is unsure of it."""


def bound_dates(met: pd.DataFrame, loi: Loi) -> tuple[Codes, Codes]:
    """Find which facts may date the issuing and the sending of figures.

    Parameters
    ----------
    met : DataFrame of int, shape (k, m)
        ``taille_min``, ``taille_max`` and ``Assujetti unique``, which is blank for nearly every
        client and then taken for no.
    loi : Loi
        The dates.

    Returns
    -------
    array of int, array of int, shape (k,) each
        Ranks in ``DATES``: of the earliest possible date, of the latest.
    """
    by_taille = np.array([DATES.index(code) for code in BY_TAILLE])
    unique = yes_no(met, "Assujetti unique") == OUI
    ranks = [
        np.where(unique, DATES.index(UNIQUE), by_taille[met[bound].to_numpy()])
        for bound in ("taille_min", "taille_max")
    ]
    days = ordinals_of(loi)
    in_order = days[ranks[0]] <= days[ranks[1]]
    return np.where(in_order, *ranks), np.where(in_order, ranks[1], ranks[0])


def ordinals_of(loi: Loi) -> Codes:
    """Return the dates of ``DATES`` as numbers of days."""
    return np.array([loi.value(code, "date").toordinal() for code in DATES])


def rythmes_at(kind: str, met: pd.DataFrame, days: Codes, loi: Loi) -> Codes:
    """Find how often each situation sends figures on a day of its own.

    Parameters
    ----------
    kind : {"transactions", "paiements"}
        Which figures.
    met : DataFrame of int, shape (k, m)
        ``Régime TVA``.
    days : array of int, shape (k,)
        The day, as an ordinal.
    loi : Loi
        The rhythms and how long they hold.

    Returns
    -------
    array of int, shape (k,)
        Rank in ``RYTHMES``; -1 where no regime is known or the law tells no rhythm that day.
    """
    regime = met["Régime TVA"].to_numpy()
    ranks = np.full(len(met), INCONNUE)
    for number, name in enumerate(REGIME_CODES):
        for day in np.unique(days[regime == number]):
            fait = loi.at(f"{kind}_{name}", date.fromordinal(int(day)))
            found = INCONNUE if fait is None else RYTHMES.index(fait.valeur)
            ranks[(regime == number) & (days == day)] = found
    return ranks


def next_periode(rythme: int, start: date, au: date, delai: Fait | None) -> Periode:
    """Return the first period still to be sent on a day.

    Parameters
    ----------
    rythme : int
        Rank in ``RYTHMES``.
    start : date
        First day of the obligation.
    au : date
        The day of the question.
    delai : Fait or None
        Days left after the end of a period; a fact to confirm gives no last day, and the period
        is then the one that runs.

    Examples
    --------
    >>> [str(d) for d in next_periode(DECADE, date(2027, 9, 1), date(2026, 11, 22), None)]
    ['2027-09-01', '2027-09-10', 'None']
    """
    sure = delai is not None and not delai.a_confirmer
    wait = int(delai.valeur) if sure and delai else 0
    # A period ended less than the delay ago can still be sent.
    day = date.fromordinal(max(start.toordinal(), au.toordinal() - wait))
    first, last = _periode_around(rythme, day)
    limit = date.fromordinal(min(last.toordinal() + wait, date.max.toordinal())) if sure else None
    return max(first, start), last, limit


def _periode_around(rythme: int, day: date) -> tuple[date, date]:
    """Return the first and the last day of the period that holds a day."""
    month = day.month
    if rythme == DECADE:
        return _decade_around(day)
    months = (month - 1 + month % 2, month + month % 2) if rythme == BIMESTRIEL else (month, month)
    return day.replace(month=months[0], day=1), _month_end(day.year, months[1])


def _decade_around(day: date) -> tuple[date, date]:
    ends: Sequence[int] = (*DECADE_ENDS, monthrange(day.year, day.month)[1])
    rank = int(np.searchsorted(DECADE_ENDS, day.day))
    first = ends[rank - 1] + 1 if rank else 1
    return day.replace(day=first), day.replace(day=ends[rank])


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
