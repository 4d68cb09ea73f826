"""What changes in the sheet Plan: cell by cell on the rows it has, and the rows it gains.

Rows are never moved nor removed: they may stand beside columns, colours and filters of their users.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from segxl.domain.lecture_plan import PLAN, PROPOSES

ABSENT = "Ce dossier n’est plus dans Clients, ou y est à corriger."
HORS_CHAMP = "Hors champ : rien à préparer."


def retell_lignes(
    plan: pd.DataFrame, lignes: pd.DataFrame, dehors: Mapping[str, str]
) -> pd.DataFrame:
    """Say what the columns that only segxl fills shall hold on every row of the sheet.

    Parameters
    ----------
    plan : DataFrame
        See :func:`draw_plan`.
    lignes : DataFrame
        The plan as it stands.
    dehors : mapping of str to str
        Folded number of each client that is not to plan → why.

    Returns
    -------
    DataFrame of object, same Excel rows as ``lignes``
        ``Raison sociale``, ``Priorité``, ``Date légale``, ``Alerte``, ``Raison``.
    """
    headers = ["Raison sociale", "Priorité", "Date légale", "Alerte", "Raison"]
    told = plan[plan["ligne"].notna()]
    rows = pd.Index(told["ligne"].astype("int64"))
    of_plan = told[headers].set_axis(rows).astype(object)
    others = lignes.loc[lignes.index.difference(rows)]
    outside = others["clé"].map(dehors)
    known = others["clé"].isin(told["clé"])
    reasons = np.select(
        [others["est fait"], known, outside.notna()],
        ["Fait.", "Autre ligne du même dossier.", outside],
        ABSENT,
    )
    rest = others[["Raison sociale"]].reindex(columns=headers)
    rest["Raison"] = reasons
    return pd.concat([of_plan, rest]).astype(object).loc[lignes.index]


def find_absents(plan: pd.DataFrame, lignes: pd.DataFrame) -> pd.DataFrame:
    """Return the rows still to do whose client has left, or is outside the reform."""
    return lignes[~lignes["est fait"] & ~lignes["clé"].isin(plan["clé"])]


def list_changes(plan: pd.DataFrame, lignes: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the cells of the users' columns that take a new proposal, and what was proposed.

    Parameters
    ----------
    plan : DataFrame
        See ``planning.draw_plan``.
    lignes : DataFrame
        The plan as it stands.

    Returns
    -------
    list of DataFrame
        Each has some columns of the table, on some Excel rows. What a hand holds is in none; a
        client that left loses the day that nobody had confirmed.
    """
    kept = plan[plan["ligne"].notna() & ~plan["est fait"]]
    kept = kept.set_axis(pd.Index(kept["ligne"].astype("int64")))
    free = {h: kept[~kept[f"main {h}"]] for h in PROPOSES}
    absents = find_absents(plan, lignes)
    freed = absents[~absents["main Date prévue"]]
    day, proposed_day = "Date prévue", PROPOSES["Date prévue"]
    days = free[day][[day]].assign(**{proposed_day: free[day][day]})
    gone = pd.DataFrame(None, index=freed.index, columns=[day, proposed_day], dtype=object)
    words = [h for h in PROPOSES if h != day]
    return [
        pd.concat([days, gone]) if len(gone) else days,
        kept[[PROPOSES[h] for h in words]],
        *(free[h][[h]] for h in words),
    ]


def list_added(plan: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the clients that the sheet does not hold yet, the first to see first."""
    new = plan[plan["ligne"].isna()].sort_values("Ordre")
    return new.assign(**{PROPOSES["Date prévue"]: new["Date prévue"]}).reindex(columns=[*PLAN])
