"""What clients thought over a year: the portfolio, then each segment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd

from segxl.domain.ecoute.importance import Importance, measure_importance
from segxl.domain.enquete import DOSSIER, JOUR
from segxl.domain.identifiants import key_of
from segxl.domain.saisie import is_error
from segxl.domain.sans_dossier import is_named
from segxl.domain.satisfaction import PORTEFEUILLE, SANS_SEGMENT, measure_portefeuille
from segxl.domain.textes import fold

PERIODE = timedelta(days=365)
"""What the figures tell is what clients thought over the last year."""


def in_period(reponses: pd.DataFrame, au: date) -> pd.Series:
    """Tell which answers are of the year that ends on a day, included."""
    inside = [au - PERIODE < jour <= au for jour in reponses[JOUR]]
    return pd.Series(inside, index=reponses.index, dtype=bool)


def segments_of(clients: pd.DataFrame) -> dict[str, str]:
    """Return the segment of each client that has one, by folded number.

    >>> segments_of(pd.DataFrame({"Dossier": ["D1", 12.0], "Segment": ["Premium", None]}))
    {'d1': 'Premium'}
    """
    lignes = clients.reindex(columns=[DOSSIER, "Segment"])
    known = lignes.mask(lignes.map(is_error), None).dropna()
    pairs = zip(known[DOSSIER], known["Segment"], strict=True)
    return {fold(key_of(dossier)): str(segment).strip() for dossier, segment in pairs}


def measure_year(
    clients: pd.DataFrame, segments: Sequence[str], whole: pd.DataFrame, au: date
) -> pd.DataFrame:
    """Measure the portfolio and its segments by the answers that count over the year up to a day.

    Parameters
    ----------
    clients : DataFrame
        The rows of Clients.
    segments : sequence of str
        In the order to tell them.
    whole : DataFrame
        See ``enquete.merge_reponses``.
    au : date
        The last day of the year.

    Returns
    -------
    DataFrame
        See ``satisfaction.measure_portefeuille``.
    """
    counted, theirs = _counted(clients, whole, au)
    return measure_portefeuille(counted, theirs, segments)


def measure_what_matters(
    clients: pd.DataFrame, segments: Sequence[str], whole: pd.DataFrame, au: date
) -> dict[str, tuple[Importance, ...]]:
    """Measure what the portfolio and its segments call important over the same answers.

    See :func:`measure_year` and ``importance.measure_importance``; a group that was asked nothing
    is left out.
    """
    counted, theirs = _counted(clients, whole, au)
    everybody = pd.Series(PORTEFEUILLE, counted.index, dtype=object)
    named = theirs.where(theirs.notna(), SANS_SEGMENT)
    each = measure_importance(counted, named.reindex(counted.index))
    known = dict.fromkeys([*segments, *each])
    order = [*(s for s in known if s != SANS_SEGMENT), SANS_SEGMENT]
    return measure_importance(counted, everybody) | {s: each[s] for s in order if s in each}


def _counted(
    clients: pd.DataFrame, whole: pd.DataFrame, au: date
) -> tuple[pd.DataFrame, pd.Series]:
    """Return the answers that count over a year, and the segment of those whose client is known."""
    counted = whole[whole["avant"].isna() & in_period(whole, au)]
    known = segments_of(clients)
    named = counted[counted[DOSSIER].map(is_named).astype(bool)]
    return counted, named[DOSSIER].map(lambda dossier: known.get(fold(dossier))).astype(object)
