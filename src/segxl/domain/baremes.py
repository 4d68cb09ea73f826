"""Scales: how a column of answers becomes a column of niveaux, from 0 (lowest) to 1 (highest).

To add a method, write a function here and decorate it with :func:`bareme`; a line of the grid
can then name it in its column Type. Nothing else changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

import numpy as np
import pandas as pd

from segxl.domain.grille import Critere
from segxl.domain.saisie import parse_numbers
from segxl.domain.textes import fold

Reponse = str | float | None
Bareme = Callable[[pd.Series, Critere], np.ndarray]

BAREMES: dict[str, Bareme] = {}


def bareme(type_: str) -> Callable[[Bareme], Bareme]:
    """Make a scale available to the grid under ``type_``."""

    def register(scale: Bareme) -> Bareme:
        BAREMES[type_] = scale
        return scale

    return register


@bareme("Liste")
def niveaux_of_liste(reponses: pd.Series, critere: Critere) -> np.ndarray:
    """Give each answer its share of the best answer's points.

    Parameters
    ----------
    reponses : Series of object or category, shape (n,)
        Answers as typed; missing where blank.
    critere : Critere
        Its ``niveaux`` hold the known answers.

    Returns
    -------
    ndarray of float, shape (n,)
        From 0 to 1, in the order of the rows; NaN where blank or unknown.

    Examples
    --------
    >>> from segxl.domain.grille import Niveau
    >>> pa = Critere(code="PA", libelle="Plateforme", grille="FE", famille="", type="Liste", poids=4,
    ...     niveaux=(Niveau(reponse="Aucune", points=0), Niveau(reponse="Contactée", points=1),
    ...              Niveau(reponse="Choisie", points=2)))
    >>> niveaux_of_liste(pd.Series(["Choisie", " CONTACTEE", "aucune", "?", None]), pa).tolist()
    [1.0, 0.5, 0.0, nan, nan]
    """
    lecteur = _Lecteur(critere)
    if not isinstance(reponses.dtype, pd.CategoricalDtype):
        return lecteur.read(reponses.to_numpy())
    # A blank has the code -1: it takes the last niveau.
    niveaux = np.append(lecteur.read(reponses.cat.categories), np.nan)
    return niveaux.take(reponses.cat.codes)


@bareme("Nombre")
def niveaux_of_nombre(values: pd.Series, critere: Critere) -> np.ndarray:
    """Give each number the niveau of the highest threshold it reaches (threshold included).

    Parameters
    ----------
    values : Series of object or float, shape (n,)
        Numbers, in the unit of the column; missing where blank.
    critere : Critere
        Its ``niveaux`` are sorted by rising ``seuil``.

    Returns
    -------
    ndarray of float, shape (n,)
        From 0 to 1, in the order of the rows; 0 below the first threshold, NaN where blank or unreadable.

    Examples
    --------
    >>> from segxl.domain.grille import Niveau
    >>> volume = Critere(code="VOLE", libelle="Factures", grille="Enjeu", famille="", type="Nombre",
    ...     poids=3, niveaux=(Niveau(seuil=0, points=0), Niveau(seuil=10, points=1),
    ...                       Niveau(seuil=50, points=2)))
    >>> niveaux_of_nombre(pd.Series([0, 9, 10, "1 000", "dix", None]), volume).tolist()
    [0.0, 0.0, 0.5, 1.0, nan, nan]
    """
    numbers = parse_numbers(values).to_numpy()
    best = critere.points_max
    niveaux = np.array([0.0, *(n.points / best for n in critere.niveaux)])
    steps = np.searchsorted([n.seuil for n in critere.niveaux], numbers, side="right")
    return np.where(np.isnan(numbers), np.nan, niveaux.take(steps))


class _Lecteur(dict[Reponse, float]):
    """The niveau of each spelling met in one column; each is folded once."""

    def __init__(self, critere: Critere) -> None:
        best = critere.points_max
        self._known = {_folded(n.reponse): n.points / best for n in critere.niveaux}

    def __missing__(self, reponse: Reponse) -> float:
        niveau = np.nan if pd.isna(reponse) else self._known.get(_folded(reponse), np.nan)
        self[reponse] = niveau
        return niveau

    def read(self, reponses: Iterable[Reponse]) -> np.ndarray:
        """Return one niveau per answer; NaN where blank or unknown."""
        return np.fromiter(map(self.__getitem__, reponses), dtype=float)


_folded = lru_cache(maxsize=4096, typed=True)(fold)
"""The same few answers come back at every run; typed, because 1 and True are equal keys."""
