"""Why a note is what it is, and the cheapest way to a better one."""

from __future__ import annotations

import numpy as np
import pandas as pd

from segxl.domain.grille import NOTE_MAX, Critere
from segxl.domain.notation import Mesure, round_note

_DUST = 1e-7
_STRONG = 0.5
"""A niveau above the middle of its scale is a strength, below it a weakness."""


def contributions_of(mesure: Mesure) -> pd.DataFrame:
    """Split every note between its critères, in tenths of a point that add up exactly to it.

    Shares are cut down to the tenth, then the tenths left over go to the largest remainders
    (the first critère of the grid where they tie).

    Parameters
    ----------
    mesure : Mesure
        n dossiers on k critères.

    Returns
    -------
    DataFrame, shape (n, k)
        Points of 20 won by each critère; NaN where it has no answer.

    Examples
    --------
    Three equal weights, niveaux 1/3 each: 6.666… is shown 6.7, as 2.3 + 2.2 + 2.2.

    >>> from segxl.domain.grille import Critere, Grille, Niveau
    >>> niveaux = tuple(Niveau(reponse=str(p), points=p) for p in range(4))
    >>> grille = Grille(nom="FE", criteres=tuple(
    ...     Critere(code=c, libelle=c, grille="FE", famille="", type="Liste", poids=1, niveaux=niveaux)
    ...     for c in "ABC"))
    >>> row = pd.DataFrame([[1 / 3] * 3], columns=list("ABC"))
    >>> mesure = Mesure(grille=grille, niveaux=row, applicables=row.notna())
    >>> contributions_of(mesure).to_numpy().tolist()
    [[2.3, 2.2, 2.2]]
    """
    won = _points_won(mesure)
    return _split(mesure, won, round_note(np.nansum(won, axis=1)))


def restants_of(mesure: Mesure) -> pd.DataFrame:
    """Split what each note can still gain likewise: with the contributions, it adds up to 20.

    Returns
    -------
    DataFrame, shape (n, k)
        Points of 20 that the best answer would add; 0 at its best, NaN where it has no answer.
    """
    won = _points_won(mesure)
    left = (1 - mesure.niveaux.to_numpy()) * _points_per_niveau(mesure)
    return _split(mesure, left, NOTE_MAX - round_note(np.nansum(won, axis=1)))


def next_steps_of(mesure: Mesure) -> pd.DataFrame:
    """Name, for every dossier, the answered critère that gains most points per unit of effort.

    Parameters
    ----------
    mesure : Mesure
        n dossiers on k critères.

    Returns
    -------
    DataFrame, shape (n, 2)
        ``code`` of the critère to move up one niveau (None where everything is at its best or
        nothing is answered) and ``gain`` in points of 20, rounded to 0.1 (NaN likewise). On a tie,
        the first critère of the grid.
    """
    niveaux = mesure.niveaux.to_numpy()
    above = np.column_stack(
        [next_echelon(niveaux[:, i], c) for i, c in enumerate(mesure.grille.criteres)]
    )
    gains = (above - niveaux) * _points_per_niveau(mesure)
    efforts = np.array([c.effort for c in mesure.grille.criteres])
    yields = np.nan_to_num(gains / efforts, nan=-1.0)
    best = np.argmax(np.round(yields, 9), axis=1)
    gain = gains[np.arange(len(gains)), best]
    codes = np.array([c.code for c in mesure.grille.criteres], dtype=object)[best]
    return pd.DataFrame(
        {"code": pd.Series(codes).where(gain > 0, None).to_numpy(), "gain": round_note(gain)},
        index=mesure.niveaux.index,
    )


def strengths_of(mesure: Mesure, count: int) -> pd.Series:
    """List the critères above the middle of their scale that bring most points; tuples of libellés."""
    won = np.where(mesure.niveaux >= _STRONG, _points_won(mesure), np.nan)
    return _first_libelles(mesure, won, count)


def weaknesses_of(mesure: Mesure, count: int) -> pd.Series:
    """List the critères below the middle of their scale that cost most points; tuples of libellés."""
    lost = np.where(
        mesure.niveaux < _STRONG, _points_per_niveau(mesure) - _points_won(mesure), np.nan
    )
    return _first_libelles(mesure, lost, count)


def _first_libelles(mesure: Mesure, points: np.ndarray, count: int) -> pd.Series:
    """Return the libellés of the largest points of each row, first of the grid where they tie."""
    order = np.argsort(-np.nan_to_num(np.round(points, 9), nan=-1.0), axis=1, kind="stable")[
        :, :count
    ]
    kept = np.take_along_axis(np.nan_to_num(points), order, axis=1) > 0
    libelles = np.array([c.libelle for c in mesure.grille.criteres], dtype=object)[order]
    rows = [tuple(row[keep]) for row, keep in zip(libelles, kept, strict=True)]
    return pd.Series(rows, index=mesure.niveaux.index, dtype=object)


def _split(mesure: Mesure, points: np.ndarray, totals: np.ndarray) -> pd.DataFrame:
    """Cut points down to the tenth, then give the tenths left over to the largest remainders."""
    exact = np.nan_to_num(points * 10)
    tenths = np.floor(exact + _DUST)
    left = np.rint(totals * 10 - tenths.sum(axis=1)).astype(int)
    remainders = np.where(np.isnan(points), -1.0, np.round(exact - tenths, 6))
    ranks = np.argsort(np.argsort(-remainders, axis=1, kind="stable"), axis=1)
    shared = tenths + (ranks < left[:, None])
    return pd.DataFrame(
        shared / 10, index=mesure.niveaux.index, columns=mesure.niveaux.columns
    ).where(mesure.niveaux.notna())


def _points_won(mesure: Mesure) -> np.ndarray:
    """Points of 20 won by each answer, before rounding; NaN where unanswered."""
    won: np.ndarray = mesure.niveaux.to_numpy() * _points_per_niveau(mesure)
    return won


def _points_per_niveau(mesure: Mesure) -> np.ndarray:
    """Points of 20 that a whole niveau of each critère is worth to each dossier."""
    poids = np.array(mesure.grille.poids)
    known = mesure.niveaux.notna().to_numpy() @ poids
    return NOTE_MAX * poids / np.where(known > 0, known, np.nan)[:, None]


def next_echelon(niveaux: np.ndarray, critere: Critere) -> np.ndarray:
    """Return the niveau just above each one; NaN at the top or unanswered."""
    echelons = np.array([*critere.echelons, np.nan])
    steps = np.searchsorted(echelons[:-1], niveaux + _DUST, side="right")
    return np.where(np.isnan(niveaux), np.nan, echelons[np.minimum(steps, len(echelons) - 1)])
