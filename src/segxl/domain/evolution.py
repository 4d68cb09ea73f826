"""What became of the portfolio since its first calculation, and since the one before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from segxl.domain import historique as h
from segxl.domain.historique import Figures
from segxl.domain.simulation.gestes import signed

PLUS, MOINS, STABLE = "en hausse", "en baisse", "stable"
MIEUX, MOINS_BIEN = "en progrès", "en recul"
PREMIERE_FOIS = "Premier calcul : rien à comparer encore."
INCONNU = "Pas de chiffre au dernier calcul."
_SHARES = frozenset({h.TAUX, h.RETENTION, h.EN_VERT})
_MONEY = frozenset({h.HONORAIRES, h.MARGE, h.PANIER})
_NEUTRAL = frozenset({h.CLIENTS})
"""More of it is neither better nor worse."""
_FEWER = frozenset({h.SANS_PLATEFORME})
"""Less of it is better."""
_PERCENT = 100
Dated = tuple[date, float]
"""A day of calculation, and the figure of that day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One measure at the last calculation, at the first that knows it, and at the one before."""

    mesure: str
    actuel: float | None
    premier: Dated | None
    precedent: Dated | None
    """None too where the one before is the first."""

    @property
    def lecture(self) -> str:
        """Whether it got better, in words."""
        if self.actuel is None:
            return INCONNU
        told = [
            (self._word(since[1], self.actuel), whence)
            for since, whence in (
                (self.premier, "depuis le premier calcul"),
                (self.precedent, "depuis le précédent"),
            )
            if since
        ]
        if not told:
            return PREMIERE_FOIS
        sentence = ", ".join(f"{word} {whence}" for word, whence in told)
        return f"{sentence[0].upper()}{sentence[1:]}."

    @property
    def depuis_premier(self) -> str:
        """Whether it got better since the first calculation, in a word; "" where nothing tells."""
        if self.actuel is None or self.premier is None:
            return ""
        return self._word(self.premier[1], self.actuel)

    def _word(self, before: float, now: float) -> str:
        move = _rounded(self.mesure, now) - _rounded(self.mesure, before)
        if abs(move) < _least_of(self.mesure):
            return STABLE
        if self.mesure in _NEUTRAL:
            return PLUS if move > 0 else MOINS
        return MIEUX if (move > 0) != (self.mesure in _FEWER) else MOINS_BIEN


def find_evolutions(past: Mapping[date, Figures], au: date, now: Figures) -> Iterator[Move]:
    """Yield each measure beside what it was.

    Parameters
    ----------
    past : mapping of date to Figures
        The days on record; that of ``au`` and those after it are not looked at.
    au : date
        The day of the calculation.
    now : Figures
        What was found on that day.

    Examples
    --------
    >>> past = {date(2026, 5, 1): {"Note FE moyenne": 9.1}, date(2026, 10, 1): {"Note FE moyenne": 11.0}}
    >>> found = find_evolutions(past, date(2026, 11, 22), {"Note FE moyenne": 10.6})
    >>> next(x.lecture for x in found if x.mesure == "Note FE moyenne")
    'En progrès depuis le premier calcul, en recul depuis le précédent.'
    """
    days = sorted(day for day in past if day < au)
    for mesure in h.MESURES:
        known = [(day, value) for day in days if (value := past[day].get(mesure)) is not None]
        yield Move(
            mesure=mesure,
            actuel=now.get(mesure),
            premier=known[0] if known else None,
            precedent=known[-1] if len(known) > 1 else None,
        )


def shown(mesure: str, value: float) -> str:
    r"""Write a figure with its unit.

    >>> shown("Taux de marge", 0.431), shown("Honoraires", 2044977.2), shown("Note FE moyenne", 9)
    ('43\xa0%', '2\u202f044\u202f977\xa0€', '9,0')
    """
    if mesure == h.NOTE:
        return f"{value:.1f}".replace(".", ",")
    unit = "\u00a0%" if mesure in _SHARES else "\u00a0€" if mesure in _MONEY else ""
    return f"{_rounded(mesure, value):,.0f}".replace(",", "\u202f") + unit


def shown_move(mesure: str, before: float, now: float) -> str:
    r"""Write the difference of two figures as they are shown, with its sign.

    >>> shown_move("Taux de marge", 0.431, 0.5), shown_move("Sans plateforme", 12, 7)
    ('+7\xa0points', '-5')
    >>> shown_move("Part en vert", 0.20, 0.21), shown_move("Honoraires", 10, 10)
    ('+1\xa0point', '0\xa0€')
    """
    move = _rounded(mesure, now) - _rounded(mesure, before)
    several = 2
    if mesure in _SHARES:
        return signed(move, "points" if abs(move) >= several else "point")
    return signed(move, "€" if mesure in _MONEY else "")


def _rounded(mesure: str, value: float) -> float:
    """Return a figure as it is shown: the differences are those a reader finds."""
    if mesure == h.NOTE:
        return round(value, 1)
    return float(round(_PERCENT * value if mesure in _SHARES else value))


def _least_of(mesure: str) -> float:
    """Return the least difference that shows."""
    least_note, least = 0.05, 0.5
    return least_note if mesure == h.NOTE else least
