"""Scoring: against hand-written numpy, a loop over plain dicts and ``df.apply(axis=1)``."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import floor
from typing import Any

import numpy as np
import pandas as pd
from mesure import Mesures, best_of
from sujets import shipped_reglages

from segxl.domain.grille import Critere, Grille
from segxl.domain.notation import measure_dossiers, round_note, score_dossiers
from segxl.sources.demonstration import invent_clients

MANY, FEW, SAMPLE = 100_000, 300, 5_000
OUTPUTS = ["note", "completude", "note_min", "note_max"]
HALF_UP = 0.5 + 1e-7


def run() -> Mesures:
    """Compare, after checking that both sides find the same four columns."""
    yield from _many()
    yield from _few()


def _many() -> Mesures:
    grille = _one_grid_of_lists()
    plain = _answers(MANY, grille)
    coded = plain.assign(**{c.libelle: plain[c.libelle].astype("category") for c in grille.criteres})
    codes = [coded[c.libelle].cat.codes.to_numpy() for c in grille.criteres]
    words = [list(coded[c.libelle].cat.categories) for c in grille.criteres]
    b2b, sample, lines = plain["Part B2B"].to_numpy(), plain.head(SAMPLE), _plan(grille)

    def segxl() -> pd.DataFrame:
        return score_dossiers(measure_dossiers(coded, grille))

    def numpy() -> np.ndarray:
        return _score_with_numpy(codes, words, b2b, grille)

    def apply() -> pd.DataFrame:
        return sample.apply(_score_row, axis="columns", result_type="expand", args=(lines,))

    assert np.allclose(segxl().to_numpy(), numpy(), equal_nan=True)  # noqa: S101
    assert np.allclose(segxl().head(SAMPLE).to_numpy(), apply().astype(float), equal_nan=True)  # noqa: S101
    subject = "Noter 100 000 dossiers × 16 critères (catégories)"
    ours, theirs = best_of(15, segxl, numpy)
    yield _mesure(subject, ours, theirs, "numpy à la main", "<=", 3)
    ours_again, applied = best_of(3, segxl, apply)
    scaled = applied * MANY / SAMPLE
    yield _mesure(subject, min(ours, ours_again), scaled, "apply, 5 000 lignes × 20", ">=", 100)


def _few() -> Mesures:
    grilles = shipped_reglages().grilles
    dossiers = _answers(FEW, *grilles).astype(object)
    dossiers = dossiers.where(dossiers.notna(), None)
    rows, plans = dossiers.to_dict("records"), [_plan(g) for g in grilles]

    def segxl() -> list[pd.DataFrame]:
        return [score_dossiers(measure_dossiers(dossiers, g)) for g in grilles]

    def loop() -> list[list[tuple[float | None, ...]]]:
        return [[_score_row(row, plan) for row in rows] for plan in plans]

    for frame, found in zip(segxl(), loop(), strict=True):
        expected = pd.DataFrame(found, columns=OUTPUTS, dtype=float)
        pd.testing.assert_frame_equal(frame, expected, check_column_type=False)
    ours, theirs = best_of(100, segxl, loop)
    yield _mesure("Noter 300 dossiers × 16 critères (FE et Enjeu)", ours, theirs, "boucle Python", "<=", 1)


def _mesure(subject: str, ours: float, theirs: float, against: str, sign: str, bound: float) -> Any:  # noqa: ANN401, PLR0913, PLR0917
    from mesure import Mesure

    return Mesure(subject=subject, ours=ours, theirs=theirs, against=against, sign=sign, bound=bound)
