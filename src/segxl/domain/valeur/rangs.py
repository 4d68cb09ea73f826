"""Levels of a column of figures, by rank or by thresholds: equal values always share a level."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from segxl.domain.textes import fold

Nombres = NDArray[np.float64]
Niveaux = NDArray[np.int64]
INCONNU = -1
"""The level of what is not known."""


def levels_of(
    values: Nombres, count: int, seuils: Sequence[float] = (), parmi: Nombres | None = None
) -> Niveaux:
    """Return the level of each value, from 0 to ``count`` - 1; ``INCONNU`` where it is NaN.

    Parameters
    ----------
    values : array of float, shape (n,)
        The figures, where the larger is the better.
    count : int
        How many levels there are.
    seuils : sequence of float, optional
        Where each level but the first starts, included, in rising order. Without them, levels are
        quantiles: a value stands at the share of those below it, plus half of those equal to it.
    parmi : array of float, optional
        Whose quantiles these are: ``values`` unless told otherwise. A value beyond them all has the
        first or the last level.

    Notes
    -----
    The rank of a value does not depend on the order of the rows, and a larger value never has a
    lower level. Where all are equal, all stand in the middle.

    Examples
    --------
    >>> levels_of(np.array([10.0, 30.0, 20.0]), 3).tolist(), levels_of(np.array([7.0, 7.0]), 5).tolist()
    ([0, 2, 1], [2, 2])
    >>> levels_of(np.array([5.0, np.nan, 12.0]), 2, [12]).tolist()
    [0, -1, 1]
    >>> levels_of(np.array([0.0, 20.0, 99.0]), 3, parmi=np.array([10.0, 30.0, 20.0])).tolist()
    [0, 1, 2]
    """
    levels = np.full(len(values), INCONNU, dtype=np.int64)
    known = ~np.isnan(values)
    if seuils:
        levels[known] = np.searchsorted(np.asarray(seuils), values[known], side="right")
        return levels
    if parmi is not None:
        ranked = np.sort(parmi[~np.isnan(parmi)])
        below, upto = (np.searchsorted(ranked, values[known], side=s) for s in ("left", "right"))
        levels[known] = np.minimum(_level_at(below + upto, count, len(ranked)), count - 1)
        return levels
    levels[known] = np.searchsorted(_edges_of(values[known], count), values[known], side="right")
    return levels


def _edges_of(values: Nombres, count: int) -> Nombres:
    """Return the least value of each level but the first; fewer where the last ones are empty."""
    ranked = np.sort(values)
    starts = np.flatnonzero(np.concatenate([[True], ranked[1:] != ranked[:-1]])[: len(ranked)])
    levels = _level_at(starts + np.append(starts[1:], len(ranked)), count, len(ranked))
    firsts = np.searchsorted(levels, np.arange(1, count))
    return ranked[starts[firsts[firsts < len(starts)]]]


def break_ties(values: Nombres, dossiers: Sequence[str]) -> Niveaux:
    """Return who goes first of clients of equal figures, by their keys; 0 where no other is equal.

    >>> break_ties(np.array([5.0, 5.0, 9.0, 5.0]), ["c", "A", "z", "b"]).tolist()
    [2, 0, 0, 1]
    """
    _, places, sizes = np.unique(values, return_inverse=True, return_counts=True)
    tied = np.flatnonzero(sizes[places] > 1)
    keys = [fold(dossiers[place]) for place in tied.tolist()]
    ranks = np.zeros(len(values), dtype=np.int64)
    ranks[tied] = np.argsort(np.argsort(keys, kind="stable"), kind="stable")
    return ranks


def _level_at(doubled: Niveaux, count: int, total: int) -> Niveaux:
    """Return the level of a rank among ``total`` values.

    Ranks come doubled: whole figures, that no rounding moves over an edge.
    """
    return doubled * count // (2 * max(total, 1))
