"""Which months a FEC covers, taken from its entries, and whether its name says the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from segxl.domain.faits.lignes import ENTRY, codes_of, days_of, number_rows
from segxl.domain.faits.perimetre import find_opening
from segxl.domain.ternary import Masque
from segxl.sources.fec_remarques import Remarque

MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Periode:
    """The first and the last day of the entries of the year, and the months that all span."""

    debut: date
    fin: date
    mois: int


def measure_periode(ecritures: pd.DataFrame) -> Periode:
    """Return the period of a FEC; a FEC made of opening entries alone has theirs.

    ``mois`` counts the opening entries too: they stand on the first day of the year even where
    nothing else happened that month.
    """
    days = ecritures["date"].to_numpy()
    within = days[~mark_opening(ecritures)]
    kept = within if len(within) else days
    first, last = (day.astype("datetime64[M]").astype(int) for day in (days.min(), days.max()))
    return Periode(
        debut=_day_of(kept.min()), fin=_day_of(kept.max()), mois=int(last) - int(first) + 1
    )


def _day_of(moment: np.datetime64) -> date:
    return date.fromisoformat(str(moment.astype("datetime64[D]")))


def mark_opening(ecritures: pd.DataFrame) -> Masque:
    """Mark the lines that carry forward the balances of the year before, as the facts do."""
    comptes, noms = codes_of(ecritures["compte"])
    jours = days_of(ecritures["date"])
    entries = [codes_of(ecritures[column])[0] for column in ENTRY if column != "date"]
    pieces, _ = number_rows(*entries, jours)
    return find_opening(ecritures, comptes, noms, jours, pieces)


def doubt_periode(periode: Periode, cloture: date | None) -> list[Remarque]:
    """Tell a year of more or less than twelve months, and a closing date that is not its end."""
    found = []
    told = f"du {_french(periode.debut)} au {_french(periode.fin)}"
    if periode.mois != MONTHS:
        than = "moins" if periode.mois < MONTHS else "plus"
        doute = f"le FEC couvre {periode.mois} mois, {told} : {than} d’un an, ses montants ne se comparent pas"
        found.append(Remarque(doute=doute))
    if cloture is not None and (cloture.year, cloture.month) != (
        periode.fin.year,
        periode.fin.month,
    ):
        doute = f"la clôture annoncée, {_french(cloture)}, n’est pas la fin des écritures, {told}"
        found.append(Remarque(doute=doute))
    return found


def _french(day: date) -> str:
    return f"{day:%d/%m/%Y}"
