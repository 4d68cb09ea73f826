"""What a portfolio is worth at one moment: before a scenario, or after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import pandas as pd

from segxl.domain.couleurs import HORS_CHAMP
from segxl.domain.simulation.depart import ABC, CLASSE, COULEUR, NOTE, POINTS, SEGMENT
from segxl.domain.valeur.axes import CLASSES
from segxl.domain.valeur.concentration import A, B, C
from segxl.domain.valeur.signaux import LOW_RFM, TOP_RFM
from segxl.domain.valeur.ventilation import COUT, HEURES, HONORAIRES

SANS_CLASSE = ""
ABC_CLASSES = (A, B, C)
RFM_RANGS = ("12 à 15", "7 à 11", "3 à 6")
"""The points of RFM that are told together: high, middling, low."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """The figures of a portfolio; None where nothing tells them.

    Amounts are in cents. ``marge`` and ``taux`` are those of the ``connus`` clients whose fees and
    cost are both known. ``classes`` count the classes A to D, ``abc`` those of ABC, ``rfm`` the points of
    RFM. ``note`` leaves out who is outside the reform.
    """

    clients: int
    honoraires: int | None
    cout: int | None
    marge: int | None
    taux: float | None
    heures: float | None
    connus: int
    classes: Mapping[str, int]
    abc: Mapping[str, int]
    rfm: Mapping[str, int]
    note: float | None
    couleurs: Mapping[str, int]
    segments: Mapping[str, int]

    @classmethod
    def of(cls, mesures: pd.DataFrame, methodes: pd.DataFrame, notes: pd.DataFrame) -> Self:
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
            classes=_counted(methodes[CLASSE], (*reversed(CLASSES), SANS_CLASSE)),
            abc=_counted(methodes[ABC], ABC_CLASSES),
            rfm=_counted(_ranges_of(methodes[POINTS]), RFM_RANGS),
            note=float(rated.mean()) if len(rated) else None,
            couleurs=_counts(notes[COULEUR]),
            segments=_counts(notes[SEGMENT]),
        )  # fmt: skip


def _sum(values: pd.Series) -> float | None:
    """Sum what is known; None where nothing is."""
    return float(values.sum()) if values.notna().any() else None


def _cents(value: float | None) -> int | None:
    return None if value is None else round(value)


def _counted(words: pd.Series, names: Sequence[str]) -> dict[str, int]:
    """Count the clients under each of these words."""
    return {name: int((words == name).sum()) for name in names}


def _ranges_of(points: pd.Series) -> pd.Series:
    high, middling, low = RFM_RANGS
    told = pd.Series(middling, points.index, dtype=object)
    told = told.mask(points >= TOP_RFM, high).mask(points <= LOW_RFM, low)
    return told.mask(points == 0, "")


def _counts(words: pd.Series) -> dict[str, int]:
    return {str(word): int(n) for word, n in words.value_counts().sort_index().items()}
