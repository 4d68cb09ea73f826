"""The plan: for every client that the reform concerns a step, someone to take it and a day.

What a hand typed in the sheet is kept and counted; only the cells that still hold what segxl
proposed last time are proposed again.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from segxl.domain.alertes import find_alertes
from segxl.domain.capacite import Capacity
from segxl.domain.creneaux import assign_dates
from segxl.domain.jours_ouvres import as_days
from segxl.domain.lecture_plan import PROPOSES
from segxl.domain.priorite import natural_ranks
from segxl.domain.saisie import parse_column
from segxl.domain.textes import fold

A_ATTRIBUER = "À attribuer"


def draw_plan(
    demandes: pd.DataFrame, lignes: pd.DataFrame, capacite: Capacity, au: date
) -> pd.DataFrame:
    """Give each client its step, its owner and its day, around what is typed and done already.

    Parameters
    ----------
    demandes : DataFrame, shape (n, ≥ 7)
        The clients that the reform concerns: ``Dossier``, ``Raison sociale``, ``Priorité``,
        ``Étape``, ``Responsable`` (blank where nobody follows the client), ``Date légale`` and
        ``Raison``.
    lignes : DataFrame
        The plan as it stands, see ``lecture_plan.parse_plan``.
    capacite : Capacity
        Meetings a month of each person.
    au : date
        The day of the plan.

    Returns
    -------
    DataFrame, shape (n, ≥ 13), same index
        Those columns as the plan will show them; ``ligne``, the Excel row of a client already in
        the plan, missing for a new one; ``est fait`` where the very step asked for is done, so
        that nothing is planned; ``jour``, as ``datetime64``, NaT where done or without a day, and
        ``Date prévue``, the same as a date; ``Alerte``; ``main …`` where a hand holds a column; ``… proposé(e)``, what segxl proposes.
    """
    plan = _beside_lignes(demandes, lignes)
    plan["Ordre"] = _order_of(plan)
    owners = parse_column(plan["Responsable"], fold)
    taken = _taken_by(plan, owners, lignes, au)
    pinned = _pinned(plan, owners, taken, capacite, au)
    plan.loc[pinned, "jour"] = plan.loc[pinned, "précédente"]
    held = pd.DataFrame({"Responsable": owners[pinned], "Jour": plan.loc[pinned, "jour"]})
    free = ~pinned & ~plan["est fait"] & ~plan["main Date prévue"]
    wanted = pd.DataFrame(
        {
            "Responsable": owners[free],
            "Ordre": plan.loc[free, "Ordre"],
            "Précédente": plan.loc[free, "précédente"],
        }
    )
    plan.loc[free, "jour"] = assign_dates(wanted, pd.concat([taken, held]), capacite, au)
    plan["Date prévue"] = plan["jour"].dt.date.astype(object).where(plan["jour"].notna(), None)
    return plan.assign(Alerte=find_alertes(plan, au))


def _beside_lignes(demandes: pd.DataFrame, lignes: pd.DataFrame) -> pd.DataFrame:
    """Put beside each client what its row of the sheet holds; a held cell wins over the proposal."""
    cle = parse_column(demandes["Dossier"], fold)
    firsts = lignes[lignes["est premier"]]
    row = cle.map(pd.Series(firsts.index, index=firsts["clé"], dtype="Int64"))
    done = _done_rows(cle, demandes["Étape"], lignes)
    is_done = row.isna() & done.notna()
    typed = firsts.set_index("clé").reindex(cle).set_axis(demandes.index)
    held = {f"main {h}": typed[f"main {h}"].eq(True) for h in PROPOSES}
    owners = demandes["Responsable"].map(lambda v: str(v).strip(), na_action="ignore")
    owners = owners.where(owners.notna() & (owners != ""), A_ATTRIBUER)
    proposed = {"Étape": demandes["Étape"], "Responsable": owners}
    shown = {h: typed[h].where(held[f"main {h}"], proposed[h]) for h in proposed}
    fixed = held["main Date prévue"]
    cleared = typed["Date prévue"].isna()
    return demandes.assign(
        **held,
        **shown,
        clé=cle,
        ligne=row.where(~is_done, done).astype("Int64"),
        jour=pd.to_datetime(typed["jour"].where(fixed)).astype("datetime64[s]"),
        précédente=pd.to_datetime(typed["proposé"].mask(fixed | cleared)).astype("datetime64[s]"),
        **{"est fait": is_done, **{PROPOSES[h]: proposed[h] for h in proposed}},
    )


def _done_rows(cle: pd.Series, steps: pd.Series, lignes: pd.DataFrame) -> pd.Series:
    """Return for each client the last row on which the step asked for was done."""
    done = lignes[lignes["est fait"]]
    rows = {
        (key, fold(step)): row
        for header in ("Étape proposée", "Étape")
        for row, key, step in zip(done.index, done["clé"], done[header], strict=True)
        if step is not None
    }
    if not rows:
        return pd.Series(pd.NA, index=cle.index, dtype="Int64")
    asked = zip(cle, parse_column(steps, fold), strict=True)
    return pd.Series([rows.get(pair, pd.NA) for pair in asked], index=cle.index, dtype="Int64")


def _order_of(plan: pd.DataFrame) -> pd.Series:
    """Return the order in which clients get their days: by rank, then by date of the law, then by dossier."""
    ranks = plan["Priorité"].to_numpy(dtype=float, na_value=np.inf)
    dates = as_days(plan["Date légale"])  # NaT comes last
    unranked = np.isinf(ranks)
    names = np.zeros(len(plan), dtype=np.int64)
    names[unranked] = natural_ranks(plan.loc[unranked, "Dossier"])
    order = np.lexsort((names, dates, ranks))
    numbers = np.empty(len(plan), dtype=np.int64)
    numbers[order] = np.arange(len(plan))
    return pd.Series(numbers, index=plan.index)


def _taken_by(
    plan: pd.DataFrame, owners: pd.Series, lignes: pd.DataFrame, au: date
) -> pd.DataFrame:
    """Return the meetings that take a place whatever is proposed: fixed by hand, or held this month."""
    fixed = plan["main Date prévue"] & plan["jour"].notna()
    held = lignes["fait"].between(pd.Timestamp(au.replace(day=1)), pd.Timestamp(au))
    whom = parse_column(lignes.loc[held, "Responsable"], fold)
    return pd.DataFrame(
        {
            "Responsable": pd.concat([owners[fixed], whom], ignore_index=True),
            "Jour": pd.concat(
                [plan.loc[fixed, "jour"], lignes.loc[held, "fait"]], ignore_index=True
            ),
        }
    ).dropna()


def _pinned(
    plan: pd.DataFrame, owners: pd.Series, taken: pd.DataFrame, capacite: Capacity, au: date
) -> pd.Series:
    """Tell which meetings proposed before stay: those of this month to come, as far as it has room.

    They are a few days away, and people have been told.
    """
    month = pd.Timestamp(au).to_period("M")
    near = (plan["précédente"] >= pd.Timestamp(au)) & (
        plan["précédente"].dt.to_period("M") == month
    )
    near &= ~plan["est fait"]
    ordered = plan.loc[near, "Ordre"].sort_values().index
    rank = owners[ordered].groupby(owners[ordered]).cumcount()
    used = taken.loc[taken["Jour"].dt.to_period("M") == month, "Responsable"].value_counts()
    room = owners[ordered].map(capacite.of) - owners[ordered].map(used).fillna(0)
    stays: pd.Series[bool] = (rank < room).reindex(plan.index, fill_value=False)
    return stays
