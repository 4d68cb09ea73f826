"""The figures of the portfolio day after day, and what changed between two of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd

from segxl.domain.couleurs import HORS_CHAMP, Couleur
from segxl.domain.notation import round_note
from segxl.domain.relation.attrition import months_ago
from segxl.domain.segments import rendement as r
from segxl.domain.statuts import AUCUNE, CONTACTEE, EXPIRE, REFUSE
from segxl.domain.textes import fold
from segxl.domain.valeur.axes import CLASSES

JOUR = "Date"
MESURES = CLIENTS, HONORAIRES, MARGE, TAUX, PANIER, RETENTION, NOTE, EN_VERT, SANS_PLATEFORME = (
    "Clients",
    "Honoraires",
    "Marge (€)",
    "Taux de marge",
    "Panier moyen A",
    "Rétention",
    "Note FE moyenne",
    "Part en vert",
    "Sans plateforme",
)
PREPARATION = (NOTE, EN_VERT, SANS_PLATEFORME)
"""What « Noter » knows; the other measures are those of « Segments »."""
MOIS = 12
NONE_YET = frozenset({AUCUNE, CONTACTEE, EXPIRE, REFUSE})
"""What is said of a client that has no platform: nothing chosen, or lost since."""
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


def readiness_of(
    lignes: pd.DataFrame, statuts: pd.Series, couleurs: Sequence[Couleur]
) -> dict[str, float | None]:
    """Return how ready the clients are: mean note, share in green, clients without a platform.

    Parameters
    ----------
    lignes : DataFrame, shape (n, ≥ 2)
        ``Note FE`` and ``Couleur`` of the clients still there; those that the reform does not
        concern count for nothing.
    statuts : Series of str, same index
        How far each is with its platform, see ``urgence.read_statuts``; None where unknown,
        which is no platform either.
    couleurs : sequence of Couleur
        Green is every colour whose name starts so; in a firm that has none, the highest.

    Examples
    --------
    >>> scale = [Couleur(nom=n, seuil=s, fond="", texte="") for n, s in (("Rouge", 0), ("Vert clair", 12))]
    >>> lignes = pd.DataFrame({"Note FE": [4.0, 14.05, None], "Couleur": ["Rouge", "Vert clair", "Gris-bleu"]})
    >>> readiness_of(lignes, pd.Series(["Aucune", "Réception active", None]), scale)
    {'Note FE moyenne': 9.0, 'Part en vert': 0.3333, 'Sans plateforme': 2.0}
    """
    inside = lignes["Couleur"] != HORS_CHAMP
    if not inside.any():
        return dict.fromkeys((NOTE, EN_VERT, SANS_PLATEFORME))
    notes, told = lignes.loc[inside, "Note FE"], statuts[inside]
    reached = [c.nom for c in couleurs if c.seuil is not None]
    green = [nom for nom in reached if fold(nom).startswith("vert")] or reached[-1:]
    without = told.isna() | told.isin(NONE_YET)
    return {
        NOTE: float(round_note(np.array([notes.mean()]))[0]) if notes.notna().any() else None,
        EN_VERT: round(float(lignes.loc[inside, "Couleur"].isin(green).mean()), 4),
        SANS_PLATEFORME: float(without.sum()),
    }


def merge_readiness(
    past: Mapping[date, Figures], au: date, ready: Figures
) -> tuple[Figures, list[date]]:
    """Return the figures of a day once readiness is known, and the days that they replace.

    One day a month tells readiness alone, and the first one stays for good; a day that tells more
    is never replaced.

    >>> past = {date(2026, 9, 1): {"Part en vert": 0.1}, date(2026, 11, 2): {"Part en vert": 0.2}}
    >>> merge_readiness(past, date(2026, 11, 22), {"Part en vert": 0.3})
    ({'Part en vert': 0.3}, [datetime.date(2026, 11, 2)])
    """
    first = min(past, default=au)
    month = [day for day in past if (day.year, day.month) == (au.year, au.month) and day < au]
    alone = [day for day in month if day != first and not _tells_more(past[day])]
    return {**past.get(au, {}), **ready}, alone


def find_compared(past: Mapping[date, Figures]) -> list[date]:
    """Return the days that tell more than readiness: those of « Segments »."""
    return [day for day, figures in past.items() if _tells_more(figures)]


def _tells_more(figures: Figures) -> bool:
    return any(figures.get(m) is not None for m in MESURES if m not in PREPARATION)


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
