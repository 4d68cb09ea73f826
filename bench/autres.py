"""The other sides of the scoring benchmarks, written as well as one would by hand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from math import floor
from typing import NamedTuple

import numpy as np

from segxl.domain.grille import Grille

HALF_UP = 0.5 + 1e-7


def score_with_numpy(
    codes: Sequence[np.ndarray], points: Sequence[np.ndarray], b2b: np.ndarray, grille: Grille
) -> np.ndarray:
    """Score as somebody at ease with numpy would: one matrix, products with the weights."""
    poids = np.array([c.poids for c in grille.criteres])
    lowest = poids * [c.echelons[0] for c in grille.criteres]
    niveaux = np.stack([p[c] for p, c in zip(points, codes, strict=True)])
    applies = np.ones(niveaux.shape, dtype=bool)
    applies[[i for i, c in enumerate(grille.criteres) if c.applicable_si]] = b2b > 0
    niveaux[~applies] = np.nan
    missing = np.isnan(niveaux)
    won = poids @ np.where(missing, 0, niveaux)
    known, applicable = poids @ ~missing, poids @ applies
    worst = lowest @ (missing & applies)
    with np.errstate(invalid="ignore"):
        notes = np.array(
            [won / known, (won + worst) / applicable, (won + applicable - known) / applicable]
        )
        note, note_min, note_max = np.floor(notes * 200 + HALF_UP) / 10
        return np.column_stack([note, known / applicable, note_min, note_max])


class Line(NamedTuple):
    """One critère as the loop reads it: known answers, or thresholds and their niveaux."""

    libelle: str
    poids: float
    lowest: float
    b2b_only: bool
    answers: dict[str, float] | None
    seuils: list[float]
    niveaux: list[float]


def lines_of(grille: Grille) -> list[Line]:
    """Prepare a grid for the loop."""
    lines = []
    for c in grille.criteres:
        niveaux = [n.points / c.points_max for n in c.niveaux]
        answers = dict(zip((n.reponse for n in c.niveaux), niveaux, strict=True))
        thresholds = [n.seuil for n in c.niveaux], [0.0, *niveaux]
        known = answers if c.type == "Liste" else None
        lines.append(
            Line(
                c.libelle,
                c.poids,
                c.poids * c.echelons[0],
                bool(c.applicable_si),
                known,
                *thresholds,
            )
        )
    return lines


def score_row(row: Mapping[str, object], lines: Sequence[Line]) -> dict[str, float | None]:
    """Score one client as a careful plain loop would; answers must be spelt as in the grid."""
    won = known = applicable = worst = 0.0
    for libelle, poids, lowest, b2b_only, answers, seuils, niveaux in lines:
        if b2b_only and not (row["Part B2B"] or 0) > 0:
            continue
        applicable += poids
        value = row[libelle]
        niveau = None
        if value is not None:
            niveau = answers.get(value) if answers else niveaux[bisect_right(seuils, value)]
        if niveau is None:
            worst += lowest
        else:
            won += poids * niveau
            known += poids
    return {
        "note": _rounded(won, known),
        "completude": known / applicable if applicable else None,
        "note_min": _rounded(won + worst, applicable),
        "note_max": _rounded(won + applicable - known, applicable),
    }


def _rounded(part: float, whole: float) -> float | None:
    return floor(part / whole * 200 + HALF_UP) / 10 if whole else None
