"""Who gets a letter: the dossiers of the segments and of the names asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from segxl.domain.anomalies import file_error
from segxl.domain.reglages import Reglages
from segxl.domain.resultats import Resultats
from segxl.domain.textes import fold

SHOWN = 10


def choose_rows(
    resultats: Resultats, reglages: Reglages, segments: Sequence[str], dossiers: Sequence[str]
) -> list[int]:
    """Return the Excel rows asked for, in the order of the sheet; all of them when none is named.

    Raises
    ------
    SaisieError
        A segment or a dossier asked for does not exist.
    """
    of_segment, keys = (
        resultats.lignes["Segment"].map(fold),
        resultats.dossiers["Dossier"].map(fold),
    )
    _require_known("segment", segments, {fold(r.segment): r.segment for r in reglages.segments})
    _require_known("dossier", dossiers, dict(zip(keys, resultats.dossiers["Dossier"], strict=True)))
    chosen = pd.Series(True, index=keys.index)
    if segments:
        chosen &= of_segment.isin([fold(s) for s in segments])
    if dossiers:
        chosen &= keys.isin([fold(d) for d in dossiers])
    return [int(row) for row in chosen.index[chosen]]


def _require_known(noun: str, asked: Sequence[str], known: Mapping[str, object]) -> None:
    for word in asked:
        if fold(word) not in known:
            few = " · ".join(str(k) for k in list(known.values())[:SHOWN])
            raise file_error(
                "Clients",
                word,
                f"ce {noun} n’existe pas dans le classeur",
                f"choisissez par exemple : {few}",
            )
