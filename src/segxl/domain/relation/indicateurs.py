"""A figure of the relation, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicateur:
    """One figure; ``valeur`` is None where it cannot be computed, and ``motif`` then says why.

    ``n`` is what it was computed from: answers, clients or departures.
    """

    valeur: float | None = None
    n: int = 0
    motif: str = ""


def ratio_of(part: float, whole: float, motif: str) -> Indicateur:
    """Return a share, or the reason given where there is nothing to divide by.

    >>> ratio_of(1, 4, "aucun client").valeur, ratio_of(1, 0, "aucun client").motif
    (0.25, 'aucun client')
    """
    if not whole:
        return Indicateur(motif=motif)
    return Indicateur(valeur=part / whole, n=int(whole))
