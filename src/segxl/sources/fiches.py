"""The rows of a frame as plain records, and back: a cell keeps the type it was given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

Fiche = dict[str, object]


def fiches_of(frame: pd.DataFrame) -> dict[int, Fiche]:
    """Return each row as a record, None where blank, by its row number."""
    clean = frame.astype(object).where(frame.notna(), None)
    headers = [str(header) for header in frame.columns]
    rows = zip(frame.index, clean.to_numpy().tolist(), strict=True)
    return {int(row): dict(zip(headers, cells, strict=True)) for row, cells in rows}


def frame_of(fiches: Mapping[int, Fiche], headers: Sequence[str]) -> pd.DataFrame:
    """Return records as a frame of objects, None where blank.

    >>> frame_of({4: {"CA HT": 12.0}}, ["Dossier", "CA HT"]).loc[4].tolist()
    [None, 12.0]
    """
    rows = [[fiche.get(header) for header in headers] for fiche in fiches.values()]
    index = pd.Index([*fiches], dtype="int64")
    return pd.DataFrame(rows, index=index, columns=pd.Index([*headers], dtype=object), dtype=object)
