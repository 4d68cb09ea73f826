"""How far a note can be trusted: complete, fresh, measured rather than felt. It never moves the note."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from segxl.domain.notation import Mesure
from segxl.domain.provenance.origines import NATURES, RESSENTI
from segxl.domain.reglages import Reglages

POIDS_DE_NATURE = (
    ("Fiabilité d’une mesure", 1.0),
    ("Fiabilité d’une déduction", 0.8),
    ("Fiabilité d’une déclaration", 0.8),
    ("Fiabilité d’un ressenti", 0.6),
)
"""What an answer of each nature counts, in the order of ``NATURES``: parameter, default."""
PERIME = ("Fiabilité d’une réponse périmée", 0.5)
"""What is left of it past « Périmé après »."""


def rate_fiabilite(mesure: Mesure, behind: pd.DataFrame, reglages: Reglages) -> pd.Series:
    """Rate how far the note of each dossier can be trusted.

    fiabilité = Σ_A poids·q / Σ_A poids, with A the applicable critères and q what the answer
    counts: 0 without one, the weight of its nature otherwise, times that of a stale answer. An
    answer of which no line tells the origin is felt, and of no day.

    Parameters
    ----------
    mesure : Mesure
        n dossiers on k critères, blanks answered.
    behind : DataFrame
        The lines that stand behind these answers: see ``origines.parse_reponses``, with
        ``perime``. Of several on one answer, the one that counts most counts.
    reglages : Reglages
        The weights of the natures, from 0 to 1.

    Returns
    -------
    Series of float, shape (n,)
        From 0 to 1, to the hundredth; NaN where nothing applies.
    """
    weights = [_unit(reglages, *named) for named in POIDS_DE_NATURE]
    niveaux = mesure.niveaux.to_numpy()
    counts = np.where(np.isnan(niveaux), 0.0, weights[NATURES.index(RESSENTI)])
    _count_told(counts, mesure, behind, weights, _unit(reglages, *PERIME))
    poids = np.array(mesure.grille.poids)
    whole = mesure.applicables.to_numpy() @ poids
    share = (counts @ poids) / np.where(whole > 0, whole, np.nan)
    return pd.Series(np.round(share, 2), index=mesure.niveaux.index)


def _count_told(
    counts: np.ndarray, mesure: Mesure, behind: pd.DataFrame, weights: Sequence[float], stale: float
) -> None:
    """Give each answer that lines tell what the best of them counts."""
    codes = {c.libelle: i for i, c in enumerate(mesure.grille.criteres)}
    at = (
        mesure.niveaux.index.get_indexer(pd.Index(behind["row"])),
        behind["question"].map(codes).to_numpy(dtype=np.intp),
    )
    rangs = behind["rang"].to_numpy(dtype=np.intp)
    quality = np.asarray(weights)[rangs] * np.where(behind["perime"], stale, 1.0)
    best = np.full(counts.shape, -1.0)
    np.maximum.at(best, at, quality)
    np.copyto(counts, best, where=best >= 0)


def _unit(reglages: Reglages, name: str, default: float) -> float:
    """Return a setting that lies from 0 to 1."""
    return min(max(reglages.parametre(name, default), 0.0), 1.0)
