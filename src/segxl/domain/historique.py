"""The figures of the portfolio day after day, and what changed between two of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from segxl.domain.relation.attrition import months_ago
from segxl.domain.segments import rendement as r
from segxl.domain.valeur.axes import CLASSES

JOUR = "Date"
MESURES = CLIENTS, HONORAIRES, MARGE, TAUX, PANIER, RETENTION = (
    "Clients",
    "Honoraires",
    "Marge (€)",
    "Taux de marge",
    "Panier moyen A",
    "Rétention",
)
MOIS = 12
Figures = Mapping[str, float | None]
"""Measure → figure; None, or no measure, where it is not known."""


def figures_of(total: r.Rendement, classes: Sequence[r.Rendement]) -> dict[str, float | None]:
    """Return the measures of one day; amounts in euros, shares 0..1; the basket is that of class A."""
    best = [c for c in classes if c.nom == CLASSES[-1]]
    return {
        CLIENTS: total.clients,
        HONORAIRES: total.chiffres[r.HONORAIRES].valeur,
        MARGE: total.chiffres[r.MARGE].valeur,
        TAUX: total.chiffres[r.TAUX].valeur,
        PANIER: best[0].chiffres[r.PANIER].valeur if best else None,
        RETENTION: total.chiffres[r.RETENTION].valeur,
    }


def find_before(days: Sequence[date], au: date) -> date | None:
    """Return the day to compare with: the last one at least a year old, else the first one past.

    >>> days = [date(2025, 3, 1), date(2025, 11, 1), date(2026, 10, 1)]
    >>> find_before(days, date(2026, 11, 22)), find_before(days, date(2025, 3, 1))
    (datetime.date(2025, 11, 1), None)
    """
    past = sorted(day for day in days if day < au)
    year = [day for day in past if day <= months_ago(au, MOIS)]
    return year[-1] if year else next(iter(past), None)


def find_effects(before: Figures, after: Figures) -> dict[str, tuple[float, float]]:
    """Return the measures known on both days: before, then after."""
    pairs = {m: (before.get(m), after.get(m)) for m in MESURES}
    return {m: (x, y) for m, (x, y) in pairs.items() if x is not None and y is not None}
