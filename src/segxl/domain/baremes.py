"""Scales: how a column of answers becomes a column of niveaux, from 0 (lowest) to 1 (highest).

To add a method, write a function here and decorate it with :func:`bareme`; a line of the grid
can then name it in its column Type. Nothing else changes.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from segxl.domain.grille import Critere
from segxl.domain.saisie import parse_numbers
from segxl.domain.textes import fold

Bareme = Callable[[pd.Series, Critere], pd.Series]

BAREMES: dict[str, Bareme] = {}


def bareme(type_: str) -> Callable[[Bareme], Bareme]:
    """Make a scale available to the grid under ``type_``."""

    def register(scale: Bareme) -> Bareme:
        BAREMES[type_] = scale
        return scale

    return register


@bareme("Liste")
def niveaux_of_liste(reponses: pd.Series, critere: Critere) -> pd.Series:
    """Give each answer its share of the best answer's points.

    Parameters
    ----------
    reponses : Series of object or category, shape (n,)
        Answers as typed; missing where blank.
    critere : Critere
        Its ``niveaux`` hold the known answers.

    Returns
    -------
    Series of float, shape (n,)
        From 0 to 1, same index; NaN where blank or unknown.

    Examples
    --------
    >>> from segxl.domain.grille import Niveau
    >>> pa = Critere(code="PA", libelle="Plateforme", grille="FE", famille="", type="Liste", poids=4,
    ...     niveaux=(Niveau(reponse="Aucune", points=0), Niveau(reponse="Contactée", points=1),
    ...              Niveau(reponse="Choisie", points=2)))
    >>> niveaux_of_liste(pd.Series(["Choisie", " CONTACTEE", "aucune", "?", None]), pa).tolist()
    [1.0, 0.5, 0.0, nan, nan]
    """
    known = {fold(n.reponse): n.points / critere.points_max for n in critere.niveaux}
    codes, words = _codes_of(reponses)
    niveaux = np.array([*(known.get(fold(w), np.nan) for w in words), np.nan])
    return pd.Series(niveaux[codes], index=reponses.index)


@bareme("Nombre")
def niveaux_of_nombre(values: pd.Series, critere: Critere) -> pd.Series:
    """Give each number the niveau of the highest threshold it reaches (threshold included).

    Parameters
    ----------
    values : Series of object or float, shape (n,)
        Numbers, in the unit of the column; missing where blank.
    critere : Critere
        Its ``niveaux`` are sorted by rising ``seuil``.

    Returns
    -------
    Series of float, shape (n,)
        From 0 to 1, same index; 0 below the first threshold, NaN where blank or unreadable.

    Examples
    --------
    >>> from segxl.domain.grille import Niveau
    >>> volume = Critere(code="VOLE", libelle="Factures", grille="Enjeu", famille="", type="Nombre",
    ...     poids=3, niveaux=(Niveau(seuil=0, points=0), Niveau(seuil=10, points=1),
    ...                       Niveau(seuil=50, points=2)))
    >>> niveaux_of_nombre(pd.Series([0, 9, 10, "1 000", "dix", None]), volume).tolist()
    [0.0, 0.0, 0.5, 1.0, nan, nan]
    """
    numbers = parse_numbers(values)
    seuils = np.array([n.seuil for n in critere.niveaux])
    niveaux = np.array([0.0, *(n.points / critere.points_max for n in critere.niveaux)])
    steps = np.searchsorted(seuils, numbers, side="right")
    return pd.Series(niveaux[steps], index=values.index).where(numbers.notna())


def _codes_of(reponses: pd.Series) -> tuple[np.ndarray, pd.Index]:
    """Return one code per row and the words they stand for; -1 (the last place) is no answer."""
    if isinstance(reponses.dtype, pd.CategoricalDtype):
        return reponses.cat.codes.to_numpy(), reponses.cat.categories
    codes, words = pd.factorize(reponses, use_na_sentinel=True)
    return codes, pd.Index(words, dtype=object)
