"""What a portfolio is worth at one moment: before a scenario, or after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segxl.domain.couleurs import HORS_CHAMP
from segxl.domain.simulation.depart import COULEUR, NOTE, SEGMENT
from segxl.domain.valeur.axes import CLASSES
from segxl.domain.valeur.ventilation import COUT, HEURES, HONORAIRES

SANS_CLASSE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """The figures of a portfolio; None where nothing tells them.

    Amounts are in cents. ``marge`` and ``taux`` are those of the ``connus`` clients whose fees and
    cost are both known. ``note`` leaves out who is outside the reform.
    """

    clients: int
    honoraires: int | None
    cout: int | None
    marge: int | None
    taux: float | None
    heures: float | None
    connus: int
    classes: Mapping[str, int]
    note: float | None
    couleurs: Mapping[str, int]
    segments: Mapping[str, int]

    @classmethod
    def of(cls, mesures: pd.DataFrame, classes: NDArray[np.object_], notes: pd.DataFrame) -> Self:
        """Sum the clients that are there; the three have one row for each."""
        fees, cost, hours = (mesures[h] for h in (HONORAIRES, COUT, HEURES))
        known = fees.notna() & cost.notna()
        margin = _sum(fees[known] - cost[known])
        billed = float(fees[known].sum())
        rated = notes.loc[notes[COULEUR] != HORS_CHAMP, NOTE].astype("float64").dropna()
        return cls(
            clients=len(mesures),
            honoraires=_cents(_sum(fees)),
            cout=_cents(_sum(cost)),
            marge=_cents(margin),
            taux=margin / billed if margin is not None and billed > 0 else None,
            heures=_sum(hours),
            connus=int(known.sum()),
            classes={name: int((classes == name).sum()) for name in (*reversed(CLASSES), SANS_CLASSE)},
            note=float(rated.mean()) if len(rated) else None,
            couleurs=_counts(notes[COULEUR]),
            segments=_counts(notes[SEGMENT]),
        )  # fmt: skip


def _sum(values: pd.Series) -> float | None:
    """Sum what is known; None where nothing is."""
    return float(values.sum()) if values.notna().any() else None


def _cents(value: float | None) -> int | None:
    return None if value is None else round(value)


def _counts(words: pd.Series) -> dict[str, int]:
    return {str(word): int(n) for word, n in words.value_counts().sort_index().items()}
