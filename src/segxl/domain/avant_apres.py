"""Before and after on the dashboard: each figure at its first calculation and at its last."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from segxl.domain import evolution as e
from segxl.domain import historique as h
from segxl.domain.historique import Figures

HEADERS = MESURE, PREMIER, DERNIER, ECART, LECTURE = (
    "Mesure",
    "Au début",
    "À présent",
    "Écart",
    "Ce qui a changé",
)
MESURES = (h.NOTE, h.EN_VERT, h.SANS_PLATEFORME, h.CLIENTS, h.HONORAIRES, h.MARGE, h.PANIER, h.RETENTION)  # fmt: skip
RIEN = "–"
PAS_ENCORE = "Pas encore mesuré : cliquez sur « Segments »"
PAS_NOTE = "Pas encore mesuré : complétez les réponses, puis « Noter »"
ARROWS = {e.MIEUX: "↗", e.MOINS_BIEN: "↘", e.PLUS: "↗", e.MOINS: "↘", e.STABLE: "→"}
_THOUSAND, _LONGEST = 1_000, 99_999


def list_avant_apres(past: Mapping[date, Figures]) -> pd.DataFrame:
    r"""Return the rows of the dashboard, the same whatever is known.

    Parameters
    ----------
    past : mapping of date to Figures
        The days on record, the last calculation among them.

    Returns
    -------
    DataFrame of str, shape (8, 5)
        A figure is compared from the first day that knows it to the last.

    Examples
    --------
    >>> past = {date(2026, 1, 5): {"Part en vert": 0.20}, date(2026, 11, 22): {"Part en vert": 0.35}}
    >>> list_avant_apres(past).iloc[1].tolist()
    ['Part en vert', '20\xa0%', '35\xa0%', '+15\xa0points', '↗ En progrès, du 05/01/2026 au 22/11/2026']
    """
    rows = [_row_of(mesure, past) for mesure in MESURES]
    return pd.DataFrame(rows, columns=[*HEADERS], dtype=object)


def _row_of(mesure: str, past: Mapping[date, Figures]) -> tuple[str, ...]:
    known = [(day, x) for day in sorted(past) if (x := past[day].get(mesure)) is not None]
    if not known:
        missing = PAS_NOTE if mesure in h.PREPARATION else PAS_ENCORE
        return mesure, RIEN, RIEN, RIEN, missing
    (first, before), (last, now) = known[0], known[-1]
    if first == last:
        return mesure, RIEN, _shown(mesure, now), RIEN, f"Première mesure le {first:%d/%m/%Y}"
    move = e.Move(mesure=mesure, actuel=now, premier=known[0], precedent=None)
    word = move.depuis_premier
    told = f"{ARROWS[word]} {word.capitalize()}, du {first:%d/%m/%Y} au {last:%d/%m/%Y}"
    return mesure, _shown(mesure, before), _shown(mesure, now), _moved(mesure, before, now), told


def _shown(mesure: str, value: float) -> str:
    """Write a figure in the little room of a dashboard: large sums in thousands of euros."""
    told = e.shown(mesure, value)
    return _in_thousands(value) if told.endswith("€") and abs(value) > _LONGEST else told


def _moved(mesure: str, before: float, now: float) -> str:
    told = e.shown_move(mesure, before, now)
    if not told.endswith("€") or abs(now - before) <= _LONGEST:
        return told
    return f"{'+' if now > before else ''}{_in_thousands(now - before)}"


def _in_thousands(value: float) -> str:
    r"""Write euros in thousands.

    >>> _in_thousands(2_044_977)
    '2\u202f045\xa0k€'
    """
    return f"{round(value / _THOUSAND):,}".replace(",", "\u202f") + "\u00a0k€"
