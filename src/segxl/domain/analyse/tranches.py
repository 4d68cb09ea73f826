"""Figures cut into bands that a reader can say in words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Nombres = NDArray[np.float64]
_QUARTERS = (0.25, 0.5, 0.75)
_DIGITS = 2


def quarters_of(figures: Nombres) -> tuple[float, ...]:
    """Return the figures where a new quarter of the clients starts, rounded to two digits.

    Parameters
    ----------
    figures : array of float
        Those that are known.

    Examples
    --------
    >>> quarters_of(np.array([1.0, 2.0, 3.0, 1234.0]))
    (2.0, 3.0, 1200.0)
    >>> quarters_of(np.array([7.0, 7.0])), quarters_of(np.array([]))
    ((), ())
    """
    if not len(figures):
        return ()
    starts = np.quantile(figures, _QUARTERS, method="higher")
    rounded = {_round(float(start)) for start in starts}
    return tuple(sorted(start for start in rounded if start > figures.min()))


def name_bands(seuils: Sequence[float], *, is_share: bool = False) -> tuple[str, ...]:
    r"""Return the bands between some thresholds, in words; a threshold belongs to the upper one.

    >>> name_bands([5, 8.5]), name_bands([0.25], is_share=True)
    (('moins de 5', '5 à 8,5', '8,5 et plus'), ('moins de 25\xa0%', '25\xa0% et plus'))
    >>> name_bands([1200, 25000])
    ('moins de 1\u202f200', '1\u202f200 à 25\u202f000', '25\u202f000 et plus')
    >>> name_bands([])
    ('tous',)
    """
    told = [tell_figure(s, is_share=is_share) for s in seuils]
    if not told:
        return ("tous",)
    middles = [f"{low} à {high}" for low, high in pairwise(told)]
    return f"moins de {told[0]}", *middles, f"{told[-1]} et plus"


def band_of(figure: float, seuils: Sequence[float]) -> int:
    """Return the rank of the band where a figure falls.

    >>> [band_of(f, [5, 8]) for f in (4.9, 5, 8)]
    [0, 1, 2]
    """
    return bisect_right(seuils, figure)


def tell_figure(figure: float, *, is_share: bool = False) -> str:
    r"""Write a figure as the French do.

    >>> tell_figure(12000), tell_figure(0.125, is_share=True), tell_figure(8.50)
    ('12\u202f000', '12,5\xa0%', '8,5')
    """
    text = f"{100 * figure if is_share else figure:,.2f}".rstrip("0").rstrip(".")
    told = text.replace(",", "\u202f").replace(".", ",")
    return f"{told}\u00a0%" if is_share else told


def _round(figure: float) -> float:
    """Return a figure with its first two digits."""
    return float(f"{figure:.{_DIGITS}g}")
