"""From answers to a note out of 20."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
import pandas as pd

from segxl.domain.baremes import BAREMES
from segxl.domain.grille import NOTE_MAX, Grille
from segxl.domain.textes import fold

_COLUMNS = pd.Index(["note", "completude", "note_min", "note_max"])
_NOTES = [0, 2, 3]
_HALF_UP = 0.5 + 1e-7
"""Half away from zero, as Excel's ROUND; the margin absorbs the binary dust of 0.05 steps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mesure:
    """What one grid reads of each dossier: rows are dossiers, columns are codes of critères.

    ``niveaux`` runs from 0 to 1, NaN where unanswered; ``applicables`` is False where the
    question makes no sense for the dossier (its niveau is then NaN too).
    """

    grille: Grille
    niveaux: pd.DataFrame
    applicables: pd.DataFrame


def measure_dossiers(dossiers: pd.DataFrame, grille: Grille) -> Mesure:
    """Read the answers of every dossier on one grid.

    Parameters
    ----------
    dossiers : DataFrame, shape (n, m)
        Holds one column per critère, under its libellé, and those its conditions read.
    grille : Grille
        The k critères.

    Returns
    -------
    Mesure
        Two frames of shape (n, k), same index.
    """
    niveaux = [BAREMES[c.type](dossiers[c.libelle], c) for c in grille.criteres]
    applicables = _applicables_of(dossiers, grille)
    shape = len(grille.criteres), len(dossiers)
    scored, applies = (np.array(rows).reshape(shape).T for rows in (niveaux, applicables))
    frame = partial(pd.DataFrame, index=dossiers.index, columns=_codes_of(grille), copy=False)
    return Mesure(
        grille=grille,
        niveaux=frame(np.where(applies, scored, np.nan)),
        applicables=frame(applies),
    )


def score_dossiers(mesure: Mesure) -> pd.DataFrame:
    """Give every dossier its note, and how far the missing answers could move it.

    With A the applicable critères and R those of A with an answer:
    note = 20 × Σ_R poids·niveau / Σ_R poids, complétude = Σ_R poids / Σ_A poids; note min and
    note max are the note over A with the unanswered at their lowest and highest niveau.

    Parameters
    ----------
    mesure : Mesure
        n dossiers on k critères.

    Returns
    -------
    DataFrame, shape (n, 4)
        ``note``, ``note_min``, ``note_max`` out of 20, rounded once to 0.1; ``completude`` from 0
        to 1. A dossier without any answer has no note (NaN); one to which nothing applies has
        nothing at all.

    Examples
    --------
    A client answers « Autonome » (2 points of 3, weight 2) and leaves the other question (weight 4)
    blank: 20 × (2 × 2/3) / 2 = 13.3 on a third of the weights; 4.4 if the other answer is the
    worst, 17.8 if it is the best.

    >>> from segxl.domain.grille import Critere, Niveau
    >>> niveaux = tuple(Niveau(reponse=r, points=p) for p, r in enumerate(("Pas", "Peu", "Oui", "Très")))
    >>> grille = Grille(nom="FE", criteres=(
    ...     Critere(code="A", libelle="Autonomie", grille="FE", famille="", type="Liste", poids=2, niveaux=niveaux),
    ...     Critere(code="P", libelle="Plateforme", grille="FE", famille="", type="Liste", poids=4, niveaux=niveaux)))
    >>> dossiers = pd.DataFrame({"Autonomie": ["Oui"], "Plateforme": [None]})
    >>> score_dossiers(measure_dossiers(dossiers, grille)).round(2).to_dict("records")
    [{'note': 13.3, 'completude': 0.33, 'note_min': 4.4, 'note_max': 17.8}]
    """
    niveaux, applicables = mesure.niveaux.to_numpy(), mesure.applicables.to_numpy()
    weights = _weights_of(mesure.grille)
    answered = ~np.isnan(niveaux)
    won = np.where(answered, niveaux, 0.0) @ weights[0]
    known, known_lowest = weights @ answered.T
    applicable, all_lowest = weights @ applicables.T
    least, most = won + all_lowest - known_lowest, won + applicable - known
    shares = _share(
        np.array([won, known, least, most]), np.array([known, applicable, applicable, applicable])
    )
    shares[_NOTES] = round_note(shares[_NOTES] * NOTE_MAX)
    return pd.DataFrame(shares.T, index=mesure.niveaux.index, columns=_COLUMNS, copy=False)


def round_note(notes: np.ndarray) -> np.ndarray:
    """Round to 0.1, half away from zero, as Excel's ROUND does.

    >>> round_note(np.array([12.25, 12.249, 0.05])).tolist()
    [12.3, 12.2, 0.1]
    """
    return np.floor(notes * 10 + _HALF_UP) / 10


def _applicables_of(dossiers: pd.DataFrame, grille: Grille) -> list[np.ndarray]:
    """Tell, for each critère, which dossiers it concerns; a clause they share is read once."""
    matches = {
        clause: clause.condition.matches(_column_of(dossiers, clause.header)).to_numpy()
        for clause in {c.applicable_si for c in grille.criteres}
        if clause
    }
    everywhere = np.ones(len(dossiers), dtype=bool)
    return [matches[c.applicable_si] if c.applicable_si else everywhere for c in grille.criteres]


def _column_of(dossiers: pd.DataFrame, header: str) -> pd.Series:
    """Return the column a reader would take for ``header``."""
    if header in dossiers:
        return dossiers[header]
    return dossiers[next(h for h in dossiers.columns if fold(h) == fold(header))]


@lru_cache(maxsize=64)
def _codes_of(grille: Grille) -> pd.Index:
    """Return the columns of a measure."""
    return pd.Index([c.code for c in grille.criteres])


@lru_cache(maxsize=64)
def _weights_of(grille: Grille) -> np.ndarray:
    """Return the weights, and under them what the lowest niveau of each critère brings."""
    lowest = [c.poids * c.echelons[0] for c in grille.criteres]
    return np.array([grille.poids, lowest])


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Divide, NaN where there is nothing to divide by."""
    share = np.full(part.shape, np.nan)
    np.divide(part, whole, out=share, where=whole > 0)
    return share
