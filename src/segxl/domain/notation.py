"""From answers to a note out of 20."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from segxl.domain.baremes import BAREMES
from segxl.domain.grille import NOTE_MAX, Grille

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
    codes = [c.code for c in grille.criteres]
    niveaux = {c.code: BAREMES[c.type](dossiers[c.libelle], c) for c in grille.criteres}
    applicables = {
        c.code: c.applicable_si.condition.matches(dossiers[c.applicable_si.header])
        for c in grille.criteres
        if c.applicable_si
    }
    applies = pd.DataFrame(applicables, index=dossiers.index).reindex(
        columns=codes, fill_value=True
    )
    scored = pd.DataFrame(niveaux, index=dossiers.index, columns=codes)
    return Mesure(
        grille=grille, niveaux=scored.where(applies) if applicables else scored, applicables=applies
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
    niveaux = mesure.niveaux.to_numpy()
    poids = np.array(mesure.grille.poids)
    unanswered = np.isnan(niveaux)
    won = np.nan_to_num(niveaux) @ poids
    known = poids.sum() - unanswered @ poids
    applicable = _applicable_poids(mesure, poids)
    missing = unanswered & mesure.applicables.to_numpy()
    floors = np.array([c.echelons[0] for c in mesure.grille.criteres])
    return pd.DataFrame(
        {
            "note": round_note(_share(won, known) * NOTE_MAX),
            "completude": _share(known, applicable),
            "note_min": round_note(_share(won + missing @ (poids * floors), applicable) * NOTE_MAX),
            "note_max": round_note(_share(won + missing @ poids, applicable) * NOTE_MAX),
        },
        index=mesure.niveaux.index,
    )


def round_note(notes: np.ndarray) -> np.ndarray:
    """Round to 0.1, half away from zero, as Excel's ROUND does.

    >>> round_note(np.array([12.25, 12.249, 0.05])).tolist()
    [12.3, 12.2, 0.1]
    """
    return np.floor(notes * 10 + _HALF_UP) / 10


def _applicable_poids(mesure: Mesure, poids: np.ndarray) -> np.ndarray:
    """Return the weight of what applies to each dossier."""
    return mesure.applicables.to_numpy() @ poids


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Divide, NaN where there is nothing to divide by."""
    return np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)
