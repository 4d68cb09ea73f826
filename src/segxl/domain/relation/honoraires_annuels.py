"""What each client was billed over twelve months and the twelve before, and how late it pays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import pandas as pd

from segxl.domain.honoraires.factures import ANNUELS, JOUR, Periode, measure_clients, period_of
from segxl.domain.textes import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Annees:
    """Two following years of invoices, by folded number; amounts in euros.

    ``evolutions`` and ``annuels`` are only told of years that the invoices cover whole.
    """

    periode: Periode
    annuels: Mapping[str, float] = field(default_factory=dict)
    evolutions: Mapping[str, float] = field(default_factory=dict)
    retards: Mapping[str, float] = field(default_factory=dict)


def measure_annees(factures: pd.DataFrame, au: date) -> Annees:
    """Measure the year that ends with the last month billed, and the one before.

    Parameters
    ----------
    factures : DataFrame of object
        The columns of ``domain.honoraires.factures.HEADERS``, amounts in cents.
    au : date
        Invoices of a later day are left out.
    """
    known = factures[[jour <= au for jour in factures[JOUR]]] if len(factures) else factures
    span = [(min(known[JOUR]), max(known[JOUR]))] if len(known) else []
    periode = period_of(span, au)
    now = measure_clients(known, periode)
    late = {fold(d): float(v) for d, v in now["retard"].items() if pd.notna(v)}
    if not periode.est_entiere:
        return Annees(periode=periode, retards=late)
    fees = _euros(now)
    before = _before(periode, span)
    old = _euros(measure_clients(known, before)) if before.est_entiere else {}
    return Annees(
        periode=periode,
        annuels={cle: euros for cle, euros in fees.items() if euros},
        evolutions={c: (fees[c] - was) / was for c, was in old.items() if was > 0},
        retards=late,
    )


def _before(periode: Periode, span: list[tuple[date, date]]) -> Periode:
    """Return the twelve months before a period, and whether the invoices cover them."""
    end = periode.du - timedelta(days=1)
    return period_of([(du, end) for du, _ in span if du <= end], end)


def annuels_of(clients: pd.DataFrame, annees: Annees) -> dict[str, float]:
    """Return what each client brings in a year, in euros: as billed, else « Honoraires annuels »."""
    typed = zip(clients["cle"], clients[ANNUELS], strict=True)
    known = {cle: float(v) for cle, v in typed if v is not None and pd.notna(v)}
    return known | {cle: v for cle, v in annees.annuels.items() if cle in {*clients["cle"]}}


def _euros(measured: pd.DataFrame) -> dict[str, float]:
    return {fold(d): int(cents) / 100 for d, cents in measured["honoraires"].items()}
