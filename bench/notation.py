"""Scoring: against hand-written numpy, a loop over plain dicts, and ``df.apply(axis=1)``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from autres import lines_of, score_row, score_with_numpy
from mesure import Mesure, Mesures, best_of
from segxl.domain.grille import Critere, Grille
from segxl.domain.notation import measure_dossiers, score_dossiers
from sujets import invent_dossiers, shipped_reglages

MANY, FEW, SAMPLE = 100_000, 300, 5_000
OUTPUTS = ["note", "completude", "note_min", "note_max"]


def run() -> Mesures:
    """Compare, after checking that both sides find the same four columns."""
    yield from _many()
    yield from _few()


def _many() -> Mesures:
    grille = _one_grid_of_lists()
    plain = invent_dossiers(MANY, grille)
    coded = plain.astype({c.libelle: "category" for c in grille.criteres})
    answers = [coded[c.libelle].cat for c in grille.criteres]
    codes = [a.codes.to_numpy() for a in answers]
    points = [_points_of(c, a.categories) for c, a in zip(grille.criteres, answers, strict=True)]
    b2b, sample, lines = plain["Part B2B"].to_numpy(), plain.head(SAMPLE), lines_of(grille)

    def segxl() -> pd.DataFrame:
        return score_dossiers(measure_dossiers(coded, grille))

    def numpy() -> np.ndarray:
        return score_with_numpy(codes, points, b2b, grille)

    def apply() -> pd.DataFrame:
        return sample.apply(score_row, axis="columns", result_type="expand", args=(lines,))

    np.testing.assert_allclose(segxl(), numpy())
    np.testing.assert_allclose(segxl().head(SAMPLE), apply().astype(float))
    subject = "Noter 100 000 dossiers × 16 critères (catégories)"
    ours, theirs = best_of(15, segxl, numpy)
    yield Mesure(
        subject=subject, ours=ours, theirs=theirs, against="numpy à la main", sign="<=", bound=3
    )
    ours, theirs = best_of(3, segxl, apply)
    theirs *= MANY / SAMPLE
    yield Mesure(
        subject=subject,
        ours=ours,
        theirs=theirs,
        against="apply (5 000 lignes × 20)",
        sign=">=",
        bound=100,
    )


def _few() -> Mesures:
    grilles = shipped_reglages().grilles
    dossiers = invent_dossiers(FEW, *grilles).astype(object)
    dossiers = dossiers.where(dossiers.notna(), None)
    rows, plans = dossiers.to_dict("records"), [lines_of(g) for g in grilles]

    def segxl() -> list[pd.DataFrame]:
        return [score_dossiers(measure_dossiers(dossiers, g)) for g in grilles]

    def loop() -> list[list[dict[str, float | None]]]:
        return [[score_row(row, lines) for row in rows] for lines in plans]

    for frame, found in zip(segxl(), loop(), strict=True):
        np.testing.assert_allclose(frame, pd.DataFrame(found, columns=OUTPUTS, dtype=float))
    ours, theirs = best_of(200, segxl, loop)
    subject = "Noter 300 clients × 16 critères (FE et Enjeu)"
    yield Mesure(
        subject=subject, ours=ours, theirs=theirs, against="boucle Python", sign="<=", bound=1
    )


def _one_grid_of_lists() -> Grille:
    """Return the 16 shipped critères as one grid, thresholds turned into answers in bands."""
    criteres = [replace(c, type="Liste", niveaux=_as_bands(c)) for c in shipped_reglages().criteres]
    return Grille(nom="FE", criteres=tuple(criteres))


def _as_bands(critere: Critere) -> tuple:
    return tuple(
        n if n.reponse else replace(n, reponse=f"{n.seuil:g} et plus") for n in critere.niveaux
    )


def _points_of(critere: Critere, words: Sequence[str]) -> np.ndarray:
    """Return the niveau of each code; that of -1, a blank, comes last."""
    known = {n.reponse: n.points / critere.points_max for n in critere.niveaux}
    return np.array([*(known[word] for word in words), np.nan])
