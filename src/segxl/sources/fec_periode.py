"""Which months a FEC covers, taken from its entries, and whether its name says the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from segxl.domain.ternary import Masque
from segxl.domain.textes import fold
from segxl.sources.fec_remarques import Remarque

MONTHS = 12
_WORDS = re.compile(
    r"\ba ?-?nouveaux?\b|\banouveaux?\b|\bouverture\b|\bbilan (de )?debut\b|\bsoldes? de depart\b"
)
_CODES = frozenset({"an", "ano", "anx", "ad", "ran", "aan", "anouv", "a nouveau", "a-nouveaux"})
_BALANCE, _MANAGEMENT, _CAPITAL = ("1", "2", "3", "4", "5"), ("6", "7"), "1"


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
    within = days[~find_opening(ecritures)]
    kept = within if len(within) else days
    first, last = (day.astype("datetime64[M]").astype(int) for day in (days.min(), days.max()))
    return Periode(
        debut=_day_of(kept.min()), fin=_day_of(kept.max()), mois=int(last) - int(first) + 1
    )


def _day_of(moment: np.datetime64) -> date:
    return date.fromisoformat(str(moment.astype("datetime64[D]")))


def find_opening(ecritures: pd.DataFrame) -> Masque:
    """Mark the lines of the journals that carry forward the balances of the year before.

    A journal called so by its label or its code, without charge nor product; where none is, one
    that holds only balances, capital among them, all on the first day.
    """
    journal = ecritures["journal"].cat
    labels, libelles = ecritures["journal_lib"].cat.codes.to_numpy(), ecritures["journal_lib"].cat
    codes, count = journal.codes.to_numpy(), len(journal.categories)
    accounts = ecritures["compte"].cat
    firsts = [*accounts.categories]

    def has(roots: tuple[str, ...]) -> Masque:
        under = np.array([name.startswith(roots) for name in firsts], dtype=bool)
        return under[accounts.codes.to_numpy()]

    def journals_with(rows: Masque) -> Masque:
        return np.bincount(codes[rows], minlength=count) > 0

    called = np.array([bool(_WORDS.search(fold(w))) for w in libelles.categories], dtype=bool)
    coded = np.array([fold(code) in _CODES for code in journal.categories], dtype=bool)
    named = (journals_with(called[labels]) | coded) & ~journals_with(has(_MANAGEMENT))
    if not named.any():
        late = ecritures["date"].to_numpy() > ecritures["date"].min().to_numpy()
        named = journals_with(has((_CAPITAL,))) & ~journals_with(~has(_BALANCE) | late)
    marked: Masque = named[codes]
    return marked


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
