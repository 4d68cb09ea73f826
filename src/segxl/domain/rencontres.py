"""Whom to meet first this month, among those that nobody has met yet."""

from __future__ import annotations

from datetime import date

import pandas as pd

from segxl.domain.capacite import Capacity
from segxl.domain.parametres import require_parametre
from segxl.domain.reglages import Reglages
from segxl.domain.saisie import parse_column
from segxl.domain.textes import fold

NOMBRE, CLIENTS, MOST_CLIENTS = "Clients à rencontrer", 10, 1_000
FACE_TO_FACE = frozenset({fold("Rendez-vous"), fold("Visio")})
"""What the journal calls a meeting."""
NOBODY = "Personne à rencontrer : chaque client prioritaire l’a été ce mois-ci."


def nombre_of(reglages: Reglages) -> int:
    """Return how many clients the list « À rencontrer » holds.

    Raises
    ------
    SaisieError
        The setting is no number from 1 to 1,000.
    """
    return int(require_parametre(reglages, NOMBRE, CLIENTS, 1, MOST_CLIENTS))


def find_met(journal: pd.DataFrame, lignes: pd.DataFrame, au: date) -> frozenset[str]:
    """Return the dossiers met since the first of the month, folded.

    Parameters
    ----------
    journal : DataFrame
        ``Date``, ``Dossier``, ``Canal`` and ``Type``, see ``excel.journal.read_journal``.
    lignes : DataFrame
        The plan as it stands, see ``lecture_plan.parse_plan``.
    au : date
        The day of the plan.
    """
    first = au.replace(day=1)
    days = journal["Date"].map(lambda day: isinstance(day, date) and first <= day <= au)
    words = [parse_column(journal[h], fold).isin(FACE_TO_FACE) for h in ("Canal", "Type")]
    told = journal.loc[days.astype(bool) & (words[0] | words[1]), "Dossier"]
    done = lignes["fait"].between(pd.Timestamp(first), pd.Timestamp(au))
    return frozenset(map(fold, told)) | frozenset(lignes.loc[done, "clé"])


def list_rencontres(
    plan: pd.DataFrame, met: frozenset[str], nombre: int, capacite: Capacity | None = None
) -> pd.DataFrame:
    """List the first clients by priority that were not met.

    Whoever has a capacity of their own is given no more clients than that.

    Parameters
    ----------
    plan : DataFrame
        See ``planning.draw_plan``.
    met : frozenset of str
        See :func:`find_met`.
    nombre : int
        How many at most.
    capacite : Capacity, optional
        Meetings a month of each person.

    Returns
    -------
    DataFrame of object, shape (≤ nombre, 6)
        ``Rang``, ``Dossier``, ``Raison sociale``, ``Responsable``, ``Date prévue``, ``Raison``.
    """
    ranked = plan[plan["Priorité"].notna() & ~plan["clé"].isin(met)]
    ordered = ranked.sort_values("Priorité")
    owners = parse_column(ordered["Responsable"], fold)
    room = owners.map(capacite.propres if capacite else {}).fillna(nombre)
    first = ordered[owners.groupby(owners).cumcount() < room].head(nombre)
    listed = first[["Dossier", "Raison sociale", "Responsable", "Date prévue", "Raison"]]
    listed.insert(0, "Rang", range(1, len(listed) + 1))
    return listed.astype(object).reset_index(drop=True)
