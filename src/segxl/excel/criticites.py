"""The column « Criticité » of Clients, where the firm keeps one."""

from __future__ import annotations

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.tableau import Tableau
from segxl.domain.valeur.criticite import CRITICITE, NIVEAUX, criticites_of
from segxl.domain.valeur.rangs import Niveaux


def read_criticites(
    clients: Tableau, usable: pd.DataFrame
) -> tuple[Niveaux | None, tuple[Anomalie, ...]]:
    """Return how critical each usable client is, None without the column, and what cannot be read."""
    table = clients.canonical([CRITICITE])
    if CRITICITE not in table.lignes:
        return None, ()
    levels, unread = criticites_of(table.lignes.loc[usable.index, CRITICITE])
    remedy = f"écrivez {', '.join(NIVEAUX[:-1])} ou {NIVEAUX[-1]}, ou videz la cellule"
    problem = "cette criticité n’existe pas"
    return levels, tuple(table.anomalie(CRITICITE, row, problem, remedy) for row in unread)
