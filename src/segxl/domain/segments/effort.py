"""The commercial effort spent on each client: meetings, recommendations, letters prepared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

import pandas as pd

from segxl.domain.journal import CANAUX, RECOMMANDATION, RENDEZ_VOUS, TYPES, parse_word
from segxl.domain.relation.attrition import MOIS_MESURES, months_ago
from segxl.domain.textes import fold

FACE_A_FACE = (RENDEZ_VOUS, "Visio")
"""The channels on which somebody took the time to meet the client."""


def count_efforts(
    journal: pd.DataFrame,
    courriers: Iterable[tuple[str, object]],
    dossiers: Sequence[str],
    au: date,
) -> pd.Series:
    """Count what was done to develop each client over the twelve months that end on a day.

    Parameters
    ----------
    journal : DataFrame of object
        « Dossier », « Date », « Canal » and « Type »; a call, an e-mail or a line without a day
        counts for nothing.
    courriers : iterable of (dossier, day)
        The letters prepared.
    dossiers : sequence of str, length n
        The keys.
    au : date
        What is dated later has not happened.

    Returns
    -------
    Series of float, shape (n,)
        One for each meeting, recommendation and letter.
    """
    cells = zip(*(journal[h] for h in ("Dossier", "Date", "Canal", "Type")), strict=True)
    met = [(key, day) for key, day, canal, word in cells if _is_effort(canal, word)]
    since = months_ago(au, MOIS_MESURES)
    counts = Counter(
        fold(key) for key, day in (*met, *courriers) if isinstance(day, date) and since < day <= au
    )
    return pd.Series([float(counts[fold(key)]) for key in dossiers], dtype="float64")


def place_of(heures: float, effort: float, clients: float) -> str:
    """Say whether a group has much of the hours and of the effort: more than its share of clients.

    >>> place_of(0.4, 0.1, 0.2), place_of(0.1, 0.2, 0.2)
    ('beaucoup d’heures, peu d’effort commercial', 'peu d’heures, beaucoup d’effort commercial')
    """
    hours, effort_told = ("beaucoup" if x >= clients else "peu" for x in (heures, effort))
    return f"{hours} d’heures, {effort_told} d’effort commercial"


def _is_effort(canal: object, word: object) -> bool:
    is_met = parse_word(canal or "", CANAUX) in FACE_A_FACE
    return is_met or parse_word(word or "", TYPES) == RECOMMANDATION
