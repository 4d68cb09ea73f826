"""Lines of fees and of time, each given to its client and summed over twelve months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segxl.domain.honoraires.factures import Periode, months_between
from segxl.domain.textes import fold
from segxl.domain.valeur import temps as t
from segxl.domain.valeur.rangs import Nombres

HORS_CLIENTS = -1
"""The place of a line whose dossier is not a client's."""
HONORAIRES, FREQUENCE, RECENCE = "honoraires", "frequence", "recence"
HEURES, COUT = "heures", "cout"
NEGATIF = "heures_negatives"
_CENTS = 100


def places_of(keys: pd.Series, dossiers: Sequence[str]) -> NDArray[np.int64]:
    """Return the place of the client of each line, ``HORS_CLIENTS`` where it is none.

    >>> places_of(pd.Series(["d2", "D1 ", "X"]), ["D1", "D2"]).tolist()
    [1, 0, -1]
    """
    codes, spellings = pd.factorize(keys.to_numpy(dtype=object))
    # Nearly every line spells its client as the sheet does: those need no folding.
    spelt = dict(zip(dossiers, range(len(dossiers)), strict=True))
    found = [spelt.get(spelling, HORS_CLIENTS) for spelling in spellings.tolist()]
    if HORS_CLIENTS in found:
        folded = {fold(dossier): place for dossier, place in spelt.items()}
        found = [
            folded.get(fold(spelling), HORS_CLIENTS) if place == HORS_CLIENTS else place
            for spelling, place in zip(spellings.tolist(), found, strict=True)
        ]
    return np.array([*found, HORS_CLIENTS], dtype=np.int64)[codes]


def gather_factures(
    places: NDArray[np.int64], jours: pd.Series, cents: pd.Series, count: int, periode: Periode
) -> pd.DataFrame:
    """Sum the invoices of each client.

    Parameters
    ----------
    places : array of int, shape (n,)
        What ``places_of`` gives.
    jours, cents : Series, shape (n,)
        Day and amount of each invoice; a credit note is below zero.
    count : int
        How many clients there are.
    periode : Periode
        The twelve months; a later invoice does not exist yet.

    Returns
    -------
    DataFrame, shape (count,)
        ``honoraires``, cents of the period, NaN for a client without an invoice in it;
        ``frequence``, its days with an invoice in the period; ``recence``, days from the last
        invoice ever to the end of the period, NaN without any. Credit notes count in the fees only.
    """
    days = _days_of(jours)
    amounts = cents.to_numpy(dtype=np.float64)
    start, end = periode.du.toordinal(), periode.au.toordinal()
    known = (places != HORS_CLIENTS) & (days <= end)
    inside = known & (days >= start)
    fees = _sums(places[inside], amounts[inside], count)
    fees[np.bincount(places[inside], minlength=count) == 0] = np.nan
    sold = known & (amounts > 0)
    last = np.full(count, np.iinfo(np.int64).min)
    np.maximum.at(last, places[sold], days[sold])
    recence = np.where(last == np.iinfo(np.int64).min, np.nan, end - last.astype(np.float64))
    return pd.DataFrame(
        {
            HONORAIRES: np.round(fees),
            FREQUENCE: _distinct_days(places, days - start, sold & inside, count, end - start + 1),
            RECENCE: recence,
        }
    )


def gather_temps(
    places: NDArray[np.int64], temps: pd.DataFrame, count: int, periode: Periode
) -> pd.DataFrame:
    """Sum the hours of each client over the period, and what they cost in cents.

    ``temps`` has « Date », « Heures » and « Taux horaire », see ``domain.valeur.temps.rates_of``.
    Both sums are NaN for a client without a line, and for one whose corrections exceed its hours,
    told under ``heures_negatives``; the cost is NaN too where hours have no rate.
    """
    days = _days_of(temps[t.JOUR])
    start, end = periode.du.toordinal(), periode.au.toordinal()
    inside = (places != HORS_CLIENTS) & (days >= start) & (days <= end)
    who, hours = places[inside], temps[t.HEURES].to_numpy(dtype=np.float64)[inside]
    rates = temps[t.TAUX].to_numpy(dtype=np.float64)[inside]
    # No hour costs nothing, whatever its rate.
    costs = np.where(hours == 0, 0.0, hours * rates * _CENTS)
    worked = _sums(who, hours, count)
    worked[np.bincount(who, minlength=count) == 0] = np.nan
    below = worked < 0
    worked[below] = np.nan
    spent = np.where(np.isnan(worked), np.nan, _sums(who, costs, count))
    return pd.DataFrame({HEURES: worked, COUT: np.round(spent), NEGATIF: below})


def month_count(jours: pd.Series, periode: Periode) -> int:
    """Count the calendar months of a period from the first line of it to its end.

    >>> periode = Periode(du=date(2026, 1, 1), au=date(2026, 12, 31), est_entiere=True)
    >>> month_count(pd.Series([date(2026, 10, 5), date(2025, 3, 1)]), periode)
    3
    """
    inside = [jour for jour in jours if periode.du <= jour <= periode.au]
    if not inside:
        return 0
    first: date = min(inside)
    return len(months_between(first, periode.au))


def _sums(places: NDArray[np.int64], values: Nombres, count: int) -> Nombres:
    """Sum the values of each place; whole zeros, where there is no line, are figures too."""
    return np.bincount(places, values, count).astype(np.float64)


def _days_of(jours: pd.Series) -> NDArray[np.int64]:
    """Return days as whole numbers."""
    if jours.dtype == object:
        codes, uniques = pd.factorize(jours)
        ordinals = [jour.toordinal() for jour in uniques]
        return np.array(ordinals or [0], dtype=np.int64)[codes]
    days: Nombres = jours.to_numpy().astype("datetime64[D]").astype(np.int64)
    return days.astype(np.int64) + date(1970, 1, 1).toordinal()


def _distinct_days(
    places: NDArray[np.int64],
    days: NDArray[np.int64],
    kept: NDArray[np.bool_],
    count: int,
    length: int,
) -> NDArray[np.int64]:
    """Count the days of each client with a line that is kept."""
    seen = np.zeros(count * length, dtype=bool)
    seen[places[kept] * length + days[kept]] = True
    # A period has fewer days than sixteen bits count, and they are summed the fastest.
    by_client = seen.view(np.uint8).reshape(count, length)
    return np.asarray(by_client.sum(axis=1, dtype=np.uint16), dtype=np.int64)
