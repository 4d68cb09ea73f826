"""The few measured facts of a client that a meeting needs, of its latest exercise."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import pandas as pd

from segxl.domain.faits.etats import Etat
from segxl.domain.faits.libelles import LIBELLES, LIBELLES_INTERNES
from segxl.domain.saisie import parse_date, parse_number
from segxl.domain.tableau import records_of
from segxl.domain.textes import fold
from segxl.domain.traces import text_of

CHIFFRES: Mapping[str, str] = {
    LIBELLES["ca"]: "€",
    LIBELLES_INTERNES["factures_emises_par_mois"]: "",
    LIBELLES["part_premier_client"]: "%",
}
"""The facts of a card, in their order, and what each counts."""


class Chiffre(NamedTuple):
    """One measured fact: its value in its unit, and whether it is a mere hint."""

    fait: str
    valeur: float
    unite: str
    is_indice: bool


class Exercice(NamedTuple):
    """The last day of an exercise, and what its entries measure."""

    fin: date
    chiffres: tuple[Chiffre, ...]


def latest_exercices(faits: pd.DataFrame, au: date) -> dict[str, Exercice]:
    """Return the latest exercise of each client that measures something, by its folded number.

    Parameters
    ----------
    faits : DataFrame of object
        The sheet Faits: ``Dossier``, ``Date de fin``, ``Fait``, ``Valeur`` and ``État``. A fact
        without a number, or without a day that can be read, says nothing.
    au : date
        The day of the question: an exercise that ends later says nothing.
    """
    found: dict[tuple[str, date], dict[str, Chiffre]] = {}
    told = faits[faits["Fait"].isin([*CHIFFRES]) & faits["Date de fin"].notna()]
    for _, cells in records_of(told):
        day, number = parse_date(cells["Date de fin"]), parse_number(cells["Valeur"])
        if day is None or day > au or number is None:
            continue
        fait = str(cells["Fait"])
        is_hint = fold(cells["État"]) == fold(Etat.PEU_FIABLE.label)
        held = found.setdefault((fold(text_of(cells["Dossier"])), day), {})
        held[fait] = Chiffre(fait, number, CHIFFRES[fait], is_hint)
    return {key: Exercice(day, _ordered(held)) for (key, day), held in sorted(found.items())}


def _ordered(held: Mapping[str, Chiffre]) -> tuple[Chiffre, ...]:
    return tuple(held[fait] for fait in CHIFFRES if fait in held)
