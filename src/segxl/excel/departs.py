"""Who has left, as the column « Sortie le » of Clients tells it."""

from __future__ import annotations

from datetime import date

import pandas as pd

from segxl.domain.presence import departs_of
from segxl.domain.relation.attrition import SORTIE
from segxl.domain.tableau import Tableau
from segxl.excel.relation import name_days


def find_departs(clients: Tableau, au: date) -> pd.Series:
    """Return the day on which each client who is gone left, by Excel row.

    The column may lack, or bear a name of other software.
    """
    return departs_of(name_days(clients.canonical([SORTIE])).lignes, au)
