"""Which facts of law the answers about each client rest on, by their codes."""

from __future__ import annotations

from datetime import date

import pandas as pd

from segxl.domain.gathering import gather
from segxl.domain.loi import Loi
from segxl.domain.motifs import find_motifs
from segxl.domain.obligations import decide_situations
from segxl.domain.situation import group_situations


def cite_faits(dossiers: pd.DataFrame, loi: Loi, au: date) -> pd.Series:
    """Name the facts behind what ``obligations.find_obligations`` answers.

    Parameters
    ----------
    dossiers, loi, au
        As :func:`segxl.domain.obligations.find_obligations` takes them.

    Returns
    -------
    Series of tuple of str, same index as ``dossiers``
        Codes of the facts that the ``motifs`` of each dossier quote.
    """
    met, positions = group_situations(dossiers, loi)
    decided = decide_situations(met, loi, au)
    pieces = [(mask, fait.code) for mask, _, fait in find_motifs(met, decided, loi)]
    cited = gather(pieces, lambda held: tuple(dict.fromkeys(held)))
    return pd.Series(cited[positions], index=dossiers.index, dtype=object)
