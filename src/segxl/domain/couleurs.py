"""From a note to a colour: a word first, painted last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

HORS_CHAMP = "Gris"
"""Colour of a dossier outside the reform: not a bad mark, not a mark at all."""
A_CONFIRMER = "Gris-bleu"
"""Colour of a dossier that nobody has answered for yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Couleur:
    """A colour word, the note from which it applies (None: never by note) and how it is painted."""

    nom: str
    seuil: float | None
    fond: str
    texte: str


def assign_couleurs(
    notes: pd.Series, hors_champ: pd.Series, couleurs: Sequence[Couleur]
) -> pd.Series:
    """Name the colour of each note; a note on a threshold belongs to the upper colour.

    Parameters
    ----------
    notes : Series of float, shape (n,)
        Out of 20; NaN where there is no note.
    hors_champ : Series of bool, shape (n,)
        True where the dossier is outside the reform.
    couleurs : sequence of Couleur
        Sorted by rising threshold.

    Returns
    -------
    Series of str, shape (n,)
        ``Gris`` outside the reform, ``Gris-bleu`` without a note, else the colour reached.

    Examples
    --------
    >>> scale = [Couleur(nom="Rouge", seuil=0, fond="#F8696B", texte="#000000"),
    ...          Couleur(nom="Orange", seuil=5, fond="#FBAA77", texte="#000000")]
    >>> assign_couleurs(pd.Series([4.9, 5.0, None, 12.0]), pd.Series([False, False, False, True]), scale).tolist()
    ['Rouge', 'Orange', 'Gris-bleu', 'Gris']
    """
    reached = [c for c in couleurs if c.seuil is not None]
    seuils = np.array([c.seuil for c in reached], dtype=float)
    words = np.array([reached[0].nom, *(c.nom for c in reached)], dtype=object)
    steps = np.searchsorted(seuils, notes, side="right")
    named = pd.Series(words[steps], index=notes.index, dtype=object)
    return named.where(notes.notna(), A_CONFIRMER).where(~hors_champ, HORS_CHAMP)
