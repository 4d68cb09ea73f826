"""What the lines told of platforms make of Clients, so that told again they change nothing."""

from __future__ import annotations

import pandas as pd

from segxl.domain.statuts import SUIVI
from segxl.domain.suivi_plateformes import (
    apply_changements,
    find_changements,
    judge_lignes,
    pair_lignes,
    settle_suivis,
)

_MOST_ROUNDS = 8
"""Each round takes a status, then a date, then a name that the one before let hold: few are needed."""


def merge_suivis(
    suivis: pd.DataFrame, told: pd.DataFrame
) -> tuple[pd.DataFrame, dict[int, dict[str, object]]]:
    """Return the status that holds for each client, and the cells of Clients to write for it.

    What is written changes what the lines are judged beside: they are judged again until they
    write nothing more.

    Parameters
    ----------
    suivis : DataFrame
        What ``parse_suivis`` returned.
    told : DataFrame of object, shape (n, m)
        ``SIREN`` and ``SUIVI``, and any other column.

    Returns
    -------
    settled : DataFrame of object, indexed by client
        See ``settle_suivis``.
    changements : dict
        Excel row → header → value.
    """
    written = suivis
    settled, found = _settle(written, told)
    rounds = 0
    while found and rounds < _MOST_ROUNDS:
        written = apply_changements(written, found)
        settled, found = _settle(written, told)
        rounds += 1
    return settled, _differences(suivis, written)


def _settle(
    suivis: pd.DataFrame, told: pd.DataFrame
) -> tuple[pd.DataFrame, dict[int, dict[str, object]]]:
    lignes = pair_lignes(suivis, told)
    settled = settle_suivis(lignes, judge_lignes(lignes))
    return settled, find_changements(suivis, settled)


def _differences(before: pd.DataFrame, after: pd.DataFrame) -> dict[int, dict[str, object]]:
    """Return the cells that two readings of Clients do not share."""
    cells = {
        h: [None if old == new else (new,) for old, new in zip(before[h], after[h], strict=True)]
        for h in SUIVI
    }
    rows = {
        int(str(row)): {h: cell[0] for h, cell in zip(SUIVI, changed, strict=True) if cell}
        for row, changed in zip(before.index, zip(*cells.values(), strict=True), strict=True)
    }
    return {row: changed for row, changed in rows.items() if changed}
