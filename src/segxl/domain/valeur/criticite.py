"""How much a client's trouble would cost others: a column that a firm adds where it keeps it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from segxl.domain.saisie import is_error
from segxl.domain.textes import fold
from segxl.domain.valeur.rangs import INCONNU, Niveaux

CRITICITE = "Criticité"
NIVEAUX = ("Faible", "Moyenne", "Forte")
_WORDS = {**{fold(word): level for level, word in enumerate(NIVEAUX)}, "moyen": 1, "fort": 2, "elevee": 2, "eleve": 2, "critique": 2, "oui": 2, "non": 0, "nulle": 0, "aucune": 0}  # fmt: skip
_MIDDLE = 1


def criticites_of(typed: pd.Series) -> tuple[Niveaux, list[object]]:
    """Return the level of each client, the middle one where nothing is known, and the rows unread.

    >>> levels, unread = criticites_of(pd.Series(["forte", None, "énorme", "FAIBLE"]))
    >>> levels.tolist(), unread
    ([2, 1, 1, 0], [2])
    """
    told = [None if pd.isna(v) or is_error(v) or not str(v).strip() else fold(v) for v in typed]
    levels = [_MIDDLE if word is None else _WORDS.get(word, INCONNU) for word in told]
    unread = [row for row, level in zip(typed.index, levels, strict=True) if level == INCONNU]
    return np.array([_MIDDLE if x == INCONNU else x for x in levels], dtype=np.int64), unread
