"""The texts that a client's obligations rest on, and how long they may be quoted."""

from __future__ import annotations

import calendar
from datetime import date

import pandas as pd

from segxl.domain.gathering import gather
from segxl.domain.loi import Loi
from segxl.domain.motifs import find_motifs
from segxl.domain.obligations import decide_situations
from segxl.domain.saisie import whole_months
from segxl.domain.situation import group_situations

MONTHS = 12


def cite_faits(dossiers: pd.DataFrame, loi: Loi, au: date) -> pd.Series:
    """Name the facts behind what ``obligations.find_obligations`` answers, to be confirmed or not.

    Takes what :func:`find_citations` takes.

    Returns
    -------
    Series of tuple of str, shape (n,), same index
        Codes of the facts that the ``motifs`` of each dossier quote.
    """
    quoted = _quote(dossiers, loi, au)
    return quoted.map(lambda pairs: tuple(dict.fromkeys(fait.code for _, fait in pairs)))


def find_citations(dossiers: pd.DataFrame, loi: Loi, au: date) -> pd.Series:
    """Return the facts of law that each dossier's answers rest on, but those to be confirmed.

    Parameters
    ----------
    dossiers : DataFrame, shape (n, m)
        As :func:`~segxl.domain.obligations.find_obligations` takes them.
    loi : Loi
        The facts of law.
    au : date
        The day of the question.

    Returns
    -------
    Series of tuple, shape (n,), same index
        Pairs (rule in words, Fait).
    """
    quoted = _quote(dossiers, loi, au)
    return quoted.map(lambda pairs: tuple(p for p in pairs if not p[1].a_confirmer))


def _quote(dossiers: pd.DataFrame, loi: Loi, au: date) -> pd.Series:
    """Return the pairs (rule in words, Fait) that each dossier's answers rest on."""
    met, positions = group_situations(dossiers, loi)
    decided = decide_situations(met, loi, au)
    pieces = [(mask, (words, fait)) for mask, words, fait in find_motifs(met, decided, loi)]
    held = gather(pieces, lambda quoted: tuple(dict.fromkeys(quoted)))
    return pd.Series(held.take(positions), index=dossiers.index, dtype=object)


def find_day(citations: pd.Series, loi: Loi) -> date:
    """Return the day of the oldest source among some citations; that of the law where there is none.

    Parameters
    ----------
    citations : Series of tuple
        See :func:`find_citations`.
    loi : Loi
        The facts of law.
    """
    days = (fait.verifie_le for quoted in citations for _, fait in quoted)
    return min(days, default=loi.version)


def is_stale(checked: date, au: date, months: float) -> bool:
    """Tell whether facts of law found on a day are too old to be quoted on another.

    The last day that counts is the same day of the month, or the last one of a shorter month.
    """
    years, month = divmod(checked.month - 1 + whole_months(months), MONTHS)
    year = checked.year + years
    longest = calendar.monthrange(year, month + 1)[1]
    return au > date(year, month + 1, min(checked.day, longest))
