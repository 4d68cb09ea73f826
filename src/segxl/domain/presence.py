"""Who is still a client on a day: one rule, whatever asks it."""

from __future__ import annotations

from datetime import date

import pandas as pd

from segxl.domain.relation.attrition import SORTIE
from segxl.domain.saisie import parse_column, parse_date


def has_left(sortie: object, au: date) -> bool:
    """Tell whether a client is gone; whoever leaves on that day is, a departure to come is none.

    >>> day = date(2026, 11, 22)
    >>> has_left(day, day), has_left(date(2026, 11, 23), day), has_left(None, day)
    (True, False, False)
    """
    return isinstance(sortie, date) and sortie <= au


def departs_of(clients: pd.DataFrame, au: date) -> pd.Series:
    """Return the day on which each client who is gone left, same index or part of it.

    Parameters
    ----------
    clients : DataFrame
        « Sortie le » as typed, which may lack; a day that cannot be read tells of no departure.
    au : date
        A departure of a later day has not happened.

    Examples
    --------
    >>> typed = pd.DataFrame({"Sortie le": ["30/06/2026", "bientôt", "01/01/2030"]}, index=[5, 6, 7])
    >>> departs_of(typed, date(2026, 11, 22)).to_dict()
    {5: datetime.date(2026, 6, 30)}
    """
    if SORTIE not in clients:
        return pd.Series(dtype=object)
    days = parse_column(clients[SORTIE], parse_date)
    return days[pd.Series([has_left(day, au) for day in days], days.index, dtype=bool)]


def find_here(clients: pd.DataFrame, au: date) -> set[str]:
    """Return the folded numbers of the clients who have not left."""
    stays = zip(clients["cle"], clients[SORTIE], strict=True)
    return {str(cle) for cle, sortie in stays if not has_left(sortie, au)}


def tell_depart(sortie: date) -> str:
    """Say that a client is gone.

    >>> tell_depart(date(2026, 6, 30))
    'client parti le 30/06/2026'
    """
    return f"client parti le {sortie:%d/%m/%Y}"


def sentence_of(sortie: date) -> str:
    """Say the same in a sentence.

    >>> sentence_of(date(2026, 6, 30))
    'Client parti le 30/06/2026.'
    """
    return f"{tell_depart(sortie).capitalize()}."
