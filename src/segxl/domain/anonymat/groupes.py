"""Nobody is alone in its kind: a client is told like four others at least, or is told less."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import pandas as pd

from segxl.domain.anonymat.lignes import DEPARTEMENT, SECTEUR, TAILLE

LEAST = 5
"""Clients who share what somebody outside may know of one of them."""
KNOWN = (DEPARTEMENT, SECTEUR, TAILLE)
"""What anybody may know of a business, the most revealing first."""


def blank_small_groups(lignes: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, int]]:
    """Blank what makes a client rare, and count how many cells of each column were.

    Parameters
    ----------
    lignes : DataFrame
        The columns of ``KNOWN``, "" where unknown; five rows at least.

    Returns
    -------
    DataFrame
        The same rows: each combination of the three columns is that of five rows at least.
    dict
        Column → cells blanked.
    """
    told = lignes.assign(**{DEPARTEMENT: _without_rare(lignes[DEPARTEMENT])})
    for hidden in accumulate((h,) for h in KNOWN):
        told = _blank(told, _sizes(told) < LEAST, hidden)
    while (sizes := _sizes(told)).lt(LEAST).any():
        # Whoever is left with nothing told is still too few: the next smallest group joins them.
        told = _blank(told, _is_smallest(told[sizes >= LEAST], told.index), KNOWN)
    counts = {h: int(((lignes[h] != "") & (told[h] == "")).sum()) for h in KNOWN}
    return told, counts


def _without_rare(places: pd.Series) -> pd.Series:
    return places.where(places.map(places.value_counts()) >= LEAST, "")


def _sizes(lignes: pd.DataFrame) -> pd.Series:
    """Return how many rows are told like each."""
    return lignes.groupby([*KNOWN])[KNOWN[0]].transform("size")


def _blank(lignes: pd.DataFrame, rows: pd.Series, headers: Sequence[str]) -> pd.DataFrame:
    return lignes.assign(**{h: lignes[h].mask(rows, "") for h in headers})


def _is_smallest(among: pd.DataFrame, rows: pd.Index) -> pd.Series:
    """Tell which rows are of the smallest group among some; of two, the first by its words."""
    groups = among.groupby([*KNOWN]).groups
    _, chosen = min(groups.items(), key=lambda item: (len(item[1]), item[0]))
    return pd.Series(rows.isin(chosen), rows)
