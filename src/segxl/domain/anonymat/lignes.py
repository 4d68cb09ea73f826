"""What is told of each client: coarse figures, in an order that says nothing more."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from segxl.domain.graphiques.couleurs import departement_of
from segxl.domain.identifiants import key_of
from segxl.domain.saisie import is_error
from segxl.domain.tailles import TAILLES

NUMERO, SECTEUR, DEPARTEMENT, TAILLE = "N°", "Secteur", "Département", "Taille"
HONORAIRES, TAUX = "Honoraires HT (€)", "Taux de marge"
ABC, ABCD = "Classe ABC", "Classe A à D"
NOTE, COULEUR, SEGMENT = "Note FE", "Couleur", "Segment"
ANCIENNETE, MISSIONS = "Ancienneté (ans)", "Missions"
WORDS = (SECTEUR, DEPARTEMENT, TAILLE, ABC, ABCD, COULEUR, SEGMENT)
"""The columns of texts, "" where unknown; the others are numbers, NaN where unknown."""
HEADERS = (
    SECTEUR, DEPARTEMENT, TAILLE, HONORAIRES, TAUX, ABC, ABCD, NOTE, COULEUR, SEGMENT, ANCIENNETE,
    MISSIONS,
)  # fmt: skip
CENTS_OF_STEP = 10_000
"""Fees are told to the nearest hundred euros."""
STEPS_OF_RATE = 20
"""Margin rates are told to the nearest five points."""
_DIVISION = 2


def describe_clients(clients: pd.DataFrame, au: date) -> pd.DataFrame:
    """Return what may be told of each client, before small groups are blanked.

    Parameters
    ----------
    clients : DataFrame, shape (n, 12)
        The columns of ``HEADERS``: the NAF code, the place and the size as typed; fees in cents;
        the rate, 0..1; classes, colour and segment in words; the note out of 20; the day of
        arrival, None where unknown; the number of missions.
    au : date
        The day of the file.
    """
    place = [departement_of(v) for v in clients[DEPARTEMENT]]
    return pd.DataFrame(
        {
            SECTEUR: [sector_of(v) for v in clients[SECTEUR]],
            DEPARTEMENT: place,
            TAILLE: [v if v in TAILLES else "" for v in clients[TAILLE]],
            HONORAIRES: [nearest(v, CENTS_OF_STEP) * 100 for v in clients[HONORAIRES]],
            TAUX: [nearest(v, 1 / STEPS_OF_RATE) / STEPS_OF_RATE for v in clients[TAUX]],
            ABC: [*clients[ABC]],
            ABCD: [*clients[ABCD]],
            NOTE: [nearest(v, 1) for v in clients[NOTE]],
            COULEUR: [*clients[COULEUR]],
            SEGMENT: [*clients[SEGMENT]],
            ANCIENNETE: [_years(day, au) for day in clients[ANCIENNETE]],
            MISSIONS: clients[MISSIONS].to_numpy(dtype=np.float64),
        },
        columns=[*HEADERS],
    )


def number_clients(lignes: pd.DataFrame) -> pd.DataFrame:
    """Put clients in the order of what is told of them, and number them.

    The order of the workbook is that of dossiers or of names: it would tell. This one is known from
    the file alone, so that it says nothing that the file does not.
    """
    keys = [_sort_key(row) for row in lignes[[*HEADERS]].itertuples(index=False, name=None)]
    order = sorted(range(len(keys)), key=keys.__getitem__)
    ranked = lignes.iloc[order].reset_index(drop=True)
    return ranked.assign(**{NUMERO: range(1, len(ranked) + 1)})[[NUMERO, *HEADERS]]


def nearest(value: float, step: float) -> float:
    """Return how many steps a figure is, to the nearest one; NaN where unknown.

    >>> nearest(1_245_000, 10_000), nearest(-0.375, 0.05), nearest(12.5, 1), nearest(-0.01, 0.05)
    (125.0, -7.0, 13.0, 0.0)
    """
    if math.isnan(value):
        return math.nan
    return math.floor(round(value / step, 6) + 0.5) + 0.0


def sector_of(naf: object) -> str:
    """Return the division of a NAF code, its first two figures; "" where the cell holds no code.

    >>> [sector_of(v) for v in ("62.01Z", "4711F", " 01 11Z", "Boulangerie Roy", "1.11Z", None)]
    ['62', '47', '01', '', '', '']
    """
    if naf is None or is_error(naf):
        return ""
    start = key_of(naf)[:_DIVISION]
    return start if len(start) == _DIVISION and start.isascii() and start.isdigit() else ""


def _years(day: date | None, au: date) -> float:
    if day is None or day > au:
        return math.nan
    return float(au.year - day.year - ((au.month, au.day) < (day.month, day.day)))


def _sort_key(row: Sequence[object]) -> tuple[object, ...]:
    """Return what ranks a client: its fees, the largest first, then all the rest."""
    told = dict(zip(HEADERS, row, strict=True))
    fees = _number(told[HONORAIRES])
    words = tuple(str(told[h]) for h in WORDS)
    figures = tuple(_number(told[h]) for h in HEADERS if h not in WORDS)
    return (-fees, words, figures)


def _number(value: object) -> float:
    """Return a number that sorts, the unknown ones last of the largest first."""
    return float(value) if isinstance(value, float) and not math.isnan(value) else -math.inf
