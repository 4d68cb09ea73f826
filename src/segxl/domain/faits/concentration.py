"""How much hangs on few customers: top share, Herfindahl-Hirschman, Gini, dependency."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike

DEPENDANCE = 80
"""More than this share of the invoiced amount, in percent, on one customer is a dependency."""
LEAST_GINI = 5
"""Under this many customers a Gini index says nothing."""


def hhi(montants: ArrayLike, total: float | None = None) -> float:
    """Return the Herfindahl-Hirschman index, from near 0 (spread) to 1 (one customer).

    Parameters
    ----------
    montants : array-like of float, shape (n,)
        What each customer was invoiced; zero and less are left out.
    total : float, optional
        What the shares are taken of; the sum of the amounts by default. Larger where a part
        belongs to customers nobody can tell apart: the index is then the least it can be.

    Examples
    --------
    >>> hhi([1, 2, 3, 4]), hhi([1, 1, 1, 1]), hhi([7])
    (0.3, 0.25, 1.0)
    """
    ranked = np.sort(np.asarray(montants, dtype=np.float64))
    kept = ranked[ranked > 0]
    whole = total or float(kept.sum())
    return float(kept @ kept) / whole**2 if whole else math.nan


def gini(montants: ArrayLike) -> float:
    """Return the Gini index, 0 where all are equal; NaN of nothing.

    Notes
    -----
    The population form, whose largest value is (n - 1) / n. Meaningless under ``LEAST_GINI``.

    Examples
    --------
    >>> gini([1, 2, 3, 4]), gini([0, 0, 0, 10]), gini([5])
    (0.25, 0.75, 0.0)
    """
    ranked = np.sort(np.asarray(montants, dtype=np.float64))
    whole, count = float(ranked.sum()), len(ranked)
    if not whole:
        return math.nan
    weights = np.arange(1.0 - count, count, 2)
    return float(weights @ ranked) / (count * whole)


def is_dependent(premier: int, total: int, seuil: float = DEPENDANCE / 100) -> bool:
    """Tell whether one customer makes more than 80 % of what is invoiced, in cents.

    ``seuil`` is a firm's own share, from 0 to 1.

    >>> is_dependent(8000, 10000), is_dependent(8001, 10000), is_dependent(8001, 10000, 0.9)
    (False, True, False)
    """
    return premier > total * Fraction(str(seuil))
