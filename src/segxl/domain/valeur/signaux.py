"""What the figures of a client say together: value and margin, false good clients, disagreement."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from segxl.domain.valeur.rangs import INCONNU, Niveaux, Nombres, levels_of

P75, P25 = 0.75, 0.25
TAILLES = ("Petit", "Moyen", "Gros")
"""Clients by what they pay, the least first."""
MOTS = {2: ("basse", "haute"), 3: ("basse", "moyenne", "haute")}
"""The words of a matrix of two or three levels."""
BAS, MILIEU, HAUT = range(3)
_ENDS = (HAUT, BAS)
_METHODS = ("ABC", "A→D", "matrice", "RFM")
TOP_RFM, LOW_RFM = 12, 6
"""Of fifteen points: four of five on average, two of five."""


def place_matrix(
    honoraires: Nombres,
    taux: Nombres,
    count: int,
    seuils_valeur: Sequence[float] = (),
    seuils_marge: Sequence[float] = (),
) -> tuple[Niveaux, Niveaux]:
    """Return the place of each client in the matrix of value and margin rate, ``INCONNU`` if none.

    Two levels are told apart by the median, three by thirds, unless thresholds are chosen.

    >>> [side.tolist() for side in place_matrix(np.array([1.0, 9.0]), np.array([0.5, 0.1]), 2)]
    [[0, 1], [1, 0]]
    """
    value = levels_of(honoraires, count, seuils_valeur)
    margin = levels_of(taux, count, seuils_marge)
    unknown = (value == INCONNU) | (margin == INCONNU)
    return np.where(unknown, INCONNU, value), np.where(unknown, INCONNU, margin)


def size_clients(honoraires: Nombres, seuils: Sequence[float] = ()) -> NDArray[np.object_]:
    """Say whether each client is small, middling or large by its fees; "" where unknown.

    Parameters
    ----------
    honoraires : array of float, shape (n,)
        Euros a year, NaN where unknown.
    seuils : sequence of float, optional
        Where « Moyen » and « Gros » start; without them, thirds, equal fees together.

    Examples
    --------
    >>> size_clients(np.array([500.0, 9000.0, 1500.0, np.nan])).tolist()
    ['Petit', 'Gros', 'Moyen', '']
    >>> size_clients(np.array([7.0, 7.0])).tolist()
    ['Moyen', 'Moyen']
    """
    # The level of what is not known is the last place.
    return np.array([*TAILLES, ""], dtype=object)[levels_of(honoraires, len(TAILLES), seuils)]


def find_faux_bons(honoraires: Nombres, taux: Nombres) -> NDArray[np.bool_]:
    """Tell who brings much and leaves little: fees from P75 up, margin rate up to P25.

    Percentiles are those of the clients whose fees and rate are both known. Where all the rates,
    or all the fees, are equal, nobody stands out.

    >>> find_faux_bons(np.array([1.0, 2, 3, 9]), np.array([0.5, 0.6, 0.7, 0.1])).tolist()
    [False, False, False, True]
    """
    known = ~np.isnan(honoraires) & ~np.isnan(taux)
    if not known.any() or np.ptp(honoraires[known]) == 0 or np.ptp(taux[known]) == 0:
        return np.zeros(len(known), dtype=bool)
    most, least = np.quantile(honoraires[known], P75), np.quantile(taux[known], P25)
    return known & (honoraires >= most) & (taux <= least)


def shares_of(values: Nombres) -> Nombres:
    """Return what each client makes of the whole; NaN where unknown, or the whole is not above zero.

    >>> shares_of(np.array([3.0, np.nan, 1.0])).tolist()
    [0.75, nan, 0.25]
    """
    total = float(np.nansum(values))
    return values / total if total > 0 else np.full(len(values), np.nan)


def find_disagreements(
    abc: NDArray[np.object_],
    abcd: NDArray[np.object_],
    matrix: tuple[Niveaux, Niveaux],
    count: int,
    rfm: Niveaux,
) -> NDArray[np.object_]:
    """Say which methods put a client at the top while others put it at the bottom.

    Parameters
    ----------
    abc, abcd : array of str
        Both classes, "" where unknown.
    matrix : two arrays of int
        The place in the matrix of value and margin.
    count : int
        Its number of levels.
    rfm : array of int
        The sum of the three scores, 0 where one is unknown.

    Examples
    --------
    >>> place = np.array([1]), np.array([0])
    >>> find_disagreements(np.array(["A"]), np.array(["D"]), place, 2, np.array([14])).tolist()
    ['haut : ABC (A), RFM (14/15) ; bas : A→D (D)']
    """
    value, margin = matrix
    levels = np.stack(
        [
            np.select([abc == "A", abc == "C"], _ENDS, MILIEU),
            np.select([abcd == "A", abcd == "D"], _ENDS, MILIEU),
            np.select(
                [(value == count - 1) & (margin == count - 1), (value == BAS) & (margin == BAS)],
                _ENDS,
                MILIEU,
            ),
            np.select([rfm >= TOP_RFM, (rfm > 0) & (rfm <= LOW_RFM)], _ENDS, MILIEU),
        ]
    )
    unlike = np.flatnonzero((levels == HAUT).any(axis=0) & (levels == BAS).any(axis=0))
    # The levels and the sum say everything: the same ones make the same sentence.
    keys = np.ravel_multi_index((*levels[:, unlike], rfm[unlike]), (3, 3, 3, 3, 16))
    _, firsts, which = np.unique(keys, return_index=True, return_inverse=True)
    told = [_sentence(levels[:, place], int(rfm[place])) for place in unlike[firsts]]
    found = np.full(len(abc), "", dtype=object)
    found[unlike] = np.array([*told, ""], dtype=object)[which]
    return found


def _sentence(levels: Niveaux, rfm: int) -> str:
    """Say which methods put a client at the top, and which at the bottom."""
    sides: dict[int, list[str]] = {HAUT: [], MILIEU: [], BAS: []}
    shown: tuple[dict[int, str], ...] = (
        {HAUT: "A", BAS: "C"},
        {HAUT: "A", BAS: "D"},
        {},
        {HAUT: f"{rfm}/15", BAS: f"{rfm}/15"},
    )
    for method, its, level in zip(_METHODS, shown, levels.tolist(), strict=True):
        sides[level].append(f"{method} ({its[level]})" if level in its else method)
    return f"haut : {', '.join(sides[HAUT])} ; bas : {', '.join(sides[BAS])}"
