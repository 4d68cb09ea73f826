"""Who carries how much: meetings a month for each person, against what one person can hold."""

from __future__ import annotations

import pandas as pd

from segxl.domain.capacite import Capacity
from segxl.domain.saisie import parse_column
from segxl.domain.textes import fold

MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def measure_charge(plan: pd.DataFrame, capacite: Capacity) -> pd.DataFrame:
    """Count the meetings of each person in each month.

    Parameters
    ----------
    plan : DataFrame, shape (n, m)
        ``Responsable`` and ``jour``, as ``datetime64``; NaT where nothing is planned.
    capacite : Capacity
        Meetings a month of each person.

    Returns
    -------
    DataFrame, shape (k, 4)
        ``Responsable``, in the spelling most of their clients have; ``Mois``, as periods;
        ``Prévus``; ``Capacité``. Sorted by person, then by month.
    """
    dated = plan[plan["jour"].notna()]
    owners = parse_column(dated["Responsable"], fold)
    names = dated["Responsable"].groupby(owners).agg(lambda typed: typed.mode().iloc[0])
    counted = dated.groupby([owners, dated["jour"].dt.to_period("M")]).size()
    charge = counted.rename_axis(["Responsable", "Mois"]).rename("Prévus").reset_index()
    room = charge["Responsable"].map(capacite.of)
    return charge.assign(Responsable=charge["Responsable"].map(names), Capacité=room)


def find_surcharges(charge: pd.DataFrame) -> list[str]:
    """Say who has more meetings in a month than one person can hold.

    Only days fixed by hand, or a capacity made smaller since, can bring that about.
    """
    over = charge[charge["Prévus"] > charge["Capacité"]]
    return [
        f"{row['Responsable']}, {month_text(row['Mois'])} : {row['Prévus']} rendez-vous pour {row['Capacité']} possibles"
        for row in over.to_dict("records")
    ]


def month_text(month: pd.Period) -> str:
    """Write a month as people say it.

    >>> month_text(pd.Period("2026-12"))
    'décembre 2026'
    """
    return f"{MOIS[month.month - 1]} {month.year}"
