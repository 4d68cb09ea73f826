"""How many clients of each colour: by stake, and by département."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from segxl.domain.territoires import POSTAL_LENGTH, place_of

COULEURS = ("Rouge", "Orange", "Jaune", "Vert clair", "Vert")
AUTRES = "Autres"
"""Out of scope, to be confirmed, and the colours that a firm names in its own way."""
MATRICE = ("Enjeu", *COULEURS, AUTRES)
CARTE = ("Département", *COULEURS, AUTRES)
ENJEUX = (
    ("Fort (10 et plus)", 10.0),
    ("Moyen (5 à 10)", 5.0),
    ("Faible (moins de 5)", 0.0),
)
INCONNU = "Inconnu"
MOST_DEPARTEMENTS = 12
AILLEURS = "Autres"
_CORSE_DU_SUD = 20_200
"""Corsica kept the beginning 20 when it was cut in two: lower codes are those of the South."""


def cross_enjeux(couleurs: pd.Series, enjeux: pd.Series) -> pd.DataFrame:
    """Count the clients by stake, the highest first, and by colour.

    Parameters
    ----------
    couleurs : Series of str
        The colour of each client.
    enjeux : Series of float, same index
        Its stake out of 20, NaN where unknown.
    """
    figures = enjeux.to_numpy(dtype=np.float64)
    bands = np.select([figures >= start for _, start in ENJEUX], [name for name, _ in ENJEUX], INCONNU)  # fmt: skip
    names = [*(name for name, _ in ENJEUX), INCONNU]
    return _count(pd.Series(bands, index=couleurs.index), couleurs, names, MATRICE[0])


def count_departements(places: Sequence[object], couleurs: pd.Series) -> pd.DataFrame:
    """Count the clients by département, the one with most clients first, and by colour.

    Parameters
    ----------
    places : sequence
        The département or the postal code of each client, however typed; blank where unknown.
    couleurs : Series of str
        The colour of each, in the same order.

    Returns
    -------
    DataFrame
        Twelve rows at most: the last one tells the smaller départements and the unknown together.
    """
    codes = pd.Series([departement_of(p) for p in places], index=couleurs.index, dtype=object)
    counts = codes[codes != ""].value_counts()
    ranked = sorted(counts.index, key=lambda code: (-counts[code], code))
    shown = ranked if len(ranked) <= MOST_DEPARTEMENTS else ranked[: MOST_DEPARTEMENTS - 1]
    codes = codes.where(codes.isin(shown), AILLEURS)
    names = [*shown, AILLEURS] if (codes == AILLEURS).any() else shown
    return _count(codes, couleurs, names, CARTE[0])


def departement_of(value: object) -> str:
    """Return the code of a département, from it or from a postal code; "" where there is none.

    >>> [departement_of(v) for v in (1000, "20137", "20600", "97400", "2a", 8, "Lille", None)]
    ['01', '2A', '2B', '974', '2A', '08', '', '']
    """
    place = place_of(value).upper()
    if place in {"2A", "2B"}:
        return place
    if not place.isdecimal():
        return ""
    if len(place) == POSTAL_LENGTH and place.startswith("20"):
        return "2A" if int(place) < _CORSE_DU_SUD else "2B"
    digits = 3 if place.startswith(("97", "98")) else 2
    return place.zfill(2)[:digits]


def _count(groups: pd.Series, couleurs: pd.Series, names: Sequence[str], title: str) -> pd.DataFrame:  # fmt: skip
    """Count the clients of each group and colour; every group and colour has its row and column."""
    known = couleurs.where(couleurs.isin(COULEURS), AUTRES)
    counted = pd.crosstab(groups.to_numpy(), known.to_numpy())
    counted = counted.reindex(index=[*names], columns=[*COULEURS, AUTRES], fill_value=0)
    return counted.rename_axis(index=title, columns=None).reset_index()
