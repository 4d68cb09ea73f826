"""Yes, no and unknown: what nobody typed stays unknown until it can no longer matter.

Truth values are small integers, so that « and » is a minimum and « or » a maximum, over whole
columns at once (Kleene's logic).
"""

from __future__ import annotations

from functools import reduce

import numpy as np
import numpy.typing as npt

NON, INCONNU, OUI = 0, 1, 2
Codes = npt.NDArray[np.int64]
Masque = npt.NDArray[np.bool_]


def both(first: Codes, *others: Codes) -> Codes:
    """Return yes where all are, no where one is not.

    >>> both(np.array([OUI, OUI, INCONNU]), np.array([OUI, INCONNU, NON])).tolist()
    [2, 1, 0]
    """
    return reduce(np.minimum, others, first)


def either(first: Codes, *others: Codes) -> Codes:
    """Return yes where one is, no where none is.

    >>> either(np.array([OUI, NON, NON]), np.array([INCONNU, INCONNU, NON])).tolist()
    [2, 1, 0]
    """
    return reduce(np.maximum, others, first)


def opposite(values: Codes) -> Codes:
    """Return no for yes, yes for no.

    >>> opposite(np.array([OUI, INCONNU, NON])).tolist()
    [0, 1, 2]
    """
    return OUI - values


def ternary_of(yes: Masque, no: Masque) -> Codes:
    """Return yes, no, or unknown where neither holds.

    >>> ternary_of(np.array([True, False, False]), np.array([False, True, False])).tolist()
    [2, 0, 1]
    """
    return np.where(yes, OUI, np.where(no, NON, INCONNU))
