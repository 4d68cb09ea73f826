"""What the participants of a workshop come to together: mean weights, gaps, proposed weights.

Everything is an exact fraction: neither the order of the participants nor the scale that one of
them uses can move a proposed weight by a rounding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from segxl.domain.grille import Grille

CENT = Fraction(100)
MOST_DIVISIVE = 3
DIGITS = 12
"""Significant digits of a weight as typed: 0,1 × 3 is then 0,3, as on paper."""
_ZERO = Fraction(0)
_Poids = tuple[Fraction | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """The weights that a participant gives to the critères of a grid; None where without opinion."""

    participant: str
    poids: _Poids

    @property
    def reason_left_out(self) -> str:
        """Why it cannot be counted; blank where it can."""
        known = [w for w in self.poids if w is not None]
        if not known:
            return "aucun poids"
        return "" if any(known) else "que des zéros"


@dataclass(frozen=True, slots=True, kw_only=True)
class Accord:
    """What the votes on a grid come to, in points out of 100, in the order of its critères.

    ``avis`` are the votes counted, on the scale where they compare; ``ecartes`` tells why each
    of the others is not. Without any vote counted, means and proposals are None.
    """

    grille: Grille
    actuels: _Poids
    avis: tuple[Vote, ...]
    ecartes: tuple[tuple[str, str], ...]
    moyens: _Poids
    ecarts: _Poids
    proposes: _Poids

    @property
    def is_counted(self) -> bool:
        """Whether anybody gave weights."""
        return bool(self.avis)

    @property
    def most_divisive(self) -> tuple[tuple[str, Fraction], ...]:
        """The critères on which people differ most, the widest gap first, then as in the grid."""
        gaps = zip((c.libelle for c in self.grille.criteres), self.ecarts, strict=True)
        known = [(name, gap) for name, gap in gaps if gap]
        return tuple(sorted(known, key=lambda told: -told[1])[:MOST_DIVISIVE])


def exact(weight: float) -> Fraction:
    """Return a finite weight as it was typed.

    >>> exact(0.1 * 3), exact(33.3)
    (Fraction(3, 10), Fraction(333, 10))
    """
    return Fraction(f"{weight:.{DIGITS}g}")


def reach_accord(grille: Grille, votes: Sequence[Vote]) -> Accord:
    """Bring each vote to 100, average them, and propose weights that make exactly 100.

    A participant without opinion on some critères shares out, over the others, what those weigh
    for the people who filled in everything, or today where nobody did: to leave a cell blank
    neither swells the other weights nor speaks for the blank one, whose mean is that of the
    people who have an opinion.

    Parameters
    ----------
    grille : Grille
        The critères and their weights of today.
    votes : sequence of Vote
        As many weights each as there are critères, none negative.
    """
    today = [exact(c.poids) for c in grille.criteres]
    actuels = tuple(CENT * w / sum(today) for w in today)
    left_out = [(v.participant, v.reason_left_out) for v in votes if v.reason_left_out]
    counted = [v for v in votes if not v.reason_left_out]
    whole = [_scaled(v, actuels) for v in counted if None not in v.poids]
    usual = _means(_columns_of(whole, len(today)), actuels)
    avis = tuple(_scaled(v, usual) for v in counted)
    columns = _columns_of(avis, len(today))
    moyens = _means(columns, actuels) if avis else ()
    nothing: _Poids = (None,) * len(today)
    return Accord(
        grille=grille,
        actuels=actuels,
        avis=avis,
        ecartes=tuple(left_out),
        moyens=moyens or nothing,
        ecarts=tuple(max(c) - min(c) if len(c) > 1 else None for c in columns),
        proposes=share_out(moyens, step_of(today)) if moyens else nothing,
    )


def step_of(weights: Sequence[Fraction]) -> Fraction:
    """Return what a proposed weight is a multiple of: one, or a tenth where weights have decimals.

    >>> step_of([Fraction(2), Fraction(3)]), step_of([Fraction(5, 2)])
    (Fraction(1, 1), Fraction(1, 10))
    """
    return Fraction(1) if all(w.denominator == 1 for w in weights) else Fraction(1, 10)


def share_out(parts: Sequence[Fraction], step: Fraction) -> tuple[Fraction, ...]:
    """Round parts of 100 so that they still make 100: the largest remainders are rounded up.

    Of two equal remainders, that of the upper row is.

    >>> [int(p) for p in share_out([Fraction(100, 3)] * 3, Fraction(1))]
    [34, 33, 33]
    """
    floors = [part // step for part in parts]
    left = int(CENT / step) - sum(floors)
    remainders = [part / step - floor for part, floor in zip(parts, floors, strict=True)]
    order = sorted(range(len(parts)), key=lambda place: -remainders[place])
    up = {*order[:left]}
    return tuple((floor + (place in up)) * step for place, floor in enumerate(floors))


def _scaled(vote: Vote, usual: Sequence[Fraction]) -> Vote:
    """Return a vote in points: it shares out what the critères that it speaks of usually weigh."""
    known = [(w, points) for w, points in zip(vote.poids, usual, strict=True) if w is not None]
    scale = sum((t for _, t in known), _ZERO) / sum((w for w, _ in known), _ZERO)
    points = tuple(None if w is None else w * scale for w in vote.poids)
    return Vote(participant=vote.participant, poids=points)


def _columns_of(avis: Sequence[Vote], width: int) -> list[list[Fraction]]:
    """Return the opinions on each critère, without the blank ones."""
    return [[w for v in avis if (w := v.poids[place]) is not None] for place in range(width)]


def _means(columns: Sequence[Sequence[Fraction]], actuels: Sequence[Fraction]) -> tuple[Fraction, ...]:  # fmt: skip
    """Return the means, brought to 100; what nobody speaks of keeps its weight of today."""
    means = [
        sum(column, _ZERO) / len(column) if column else today
        for column, today in zip(columns, actuels, strict=True)
    ]
    return tuple(CENT * mean / sum(means) for mean in means)
