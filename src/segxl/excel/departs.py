"""Who has left, as the column « Sortie le » of Clients tells it."""

from __future__ import annotations

from datetime import date

import pandas as pd

from segxl.domain.presence import departs_of
from segxl.domain.relation.attrition import ENTREE, SORTIE
from segxl.domain.saisie import parse_column, parse_date
from segxl.domain.tableau import Tableau
from segxl.excel.relation import name_days


def find_departs(clients: Tableau, au: date) -> pd.Series:
    """Return the day on which each client who is gone left, by Excel row.

    The column may lack, or bear a name of other software.
    """
    return departs_of(name_days(clients.canonical([SORTIE])).lignes, au)


def find_to_come(clients: Tableau, au: date) -> pd.Index:
    """Return the Excel rows of the clients who are typed and not there yet, as « Entrée le » tells it."""
    lignes = name_days(clients.canonical([ENTREE])).lignes
    if ENTREE not in lignes:
        return lignes.index[:0]
    days = parse_column(lignes[ENTREE], parse_date)
    return lignes.index[[isinstance(day, date) and day > au for day in days]]
