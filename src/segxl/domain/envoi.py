"""Who gets a letter: the dossiers of the segments and of the names asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from segxl.domain.anomalies import file_error
from segxl.domain.reglages import Reglages
from segxl.domain.resultats import Resultats
from segxl.domain.textes import fold

VALIDE = "Validé par"
"""Column of Clients that a firm adds: the partner who approved a letter that nobody writes lightly."""
SHOWN = 10


def choose_rows(
    resultats: Resultats, reglages: Reglages, segments: Sequence[str], dossiers: Sequence[str]
) -> list[int]:
    """Return the Excel rows asked for, in the order of the sheet; all of them when none is named.

    Raises
    ------
    SaisieError
        A segment, or a dossier (its number, or a name that one client alone bears), does not exist.
    """
    of_segment = resultats.lignes["Segment"].map(fold)
    _require_known("segment", segments, {fold(r.segment): r.segment for r in reglages.segments})
    chosen = choose_dossiers(resultats.dossiers, dossiers)
    if segments:
        chosen &= of_segment.isin([fold(s) for s in segments])
    return [int(row) for row in chosen.index[chosen]]


def choose_dossiers(clients: pd.DataFrame, dossiers: Sequence[str]) -> pd.Series[bool]:
    """Tell which rows are asked for; all of them when none is named.

    Raises
    ------
    SaisieError
        A dossier (its number, or a name that one client alone bears) does not exist.
    """
    keys = clients["Dossier"].map(fold)
    names = _names_of(clients).where(lambda n: ~n.duplicated(keep=False), keys)
    known = dict(zip(keys, clients["Dossier"], strict=True))
    _require_known("dossier", dossiers, dict.fromkeys(names) | known)
    if not dossiers:
        return pd.Series(True, index=keys.index)
    asked = [fold(d) for d in dossiers]
    return keys.isin(asked) | names.isin(asked)


def _names_of(dossiers: pd.DataFrame) -> pd.Series:
    """Return the folded names of the clients; their number where they have none."""
    if "Raison sociale" not in dossiers:
        return dossiers["Dossier"].map(fold)
    return dossiers["Raison sociale"].fillna(dossiers["Dossier"]).map(fold)


def _require_known(noun: str, asked: Sequence[str], known: Mapping[str, object]) -> None:
    for word in asked:
        if fold(word) not in known:
            few = " · ".join(str(k) for k in [*filter(None, known.values())][:SHOWN])
            raise file_error(
                "Clients",
                word,
                f"ce {noun} n’existe pas dans le classeur",
                f"choisissez par exemple : {few}",
            )
