"""How much hangs on few clients: ABC classes, Pareto curve, what the first ones make."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from segxl.domain.faits.concentration import LEAST_GINI, gini, hhi
from segxl.domain.valeur.rangs import Nombres

A, B, C = "A", "B", "C"
SEUIL_A, SEUIL_B = 0.8, 0.95
"""The cumulated shares at which classes A and B end."""
TETE = Fraction(1, 5)
"""The first clients whose share is told: one in five, rounded up."""
MAJORITE = Fraction(4, 5)
SANS_HONORAIRES = "aucun honoraire connu"
SANS_POSITIF = "honoraires nuls ou négatifs"
TROP_PEU = f"moins de {LEAST_GINI} clients"


@dataclass(frozen=True, slots=True, kw_only=True)
class Concentration:
    """What the portfolio hangs on; None where it cannot be computed, for the reason in ``motifs``.

    ``honoraires`` are the cents of all clients, credit notes taken off. Shares leave clients out
    whose credit notes exceed their invoices; a client with nothing counts among the clients.
    """

    clients: int
    honoraires: int | None
    part_top20: float | None
    part_premier: float | None
    hhi: float | None
    gini: float | None
    clients_pour_80: int | None
    motifs: Mapping[str, str]

    @classmethod
    def of(cls, montants: Nombres) -> Concentration:
        """Measure fees in cents, NaN where unknown.

        >>> Concentration.of(np.array([100.0, 200.0, 300.0, 400.0])).hhi
        0.3
        """
        known = montants[~np.isnan(montants)]
        ranked = np.sort(known[known >= 0])[::-1]
        total = int(ranked.sum())
        honoraires = int(known.sum()) if len(known) else None
        if not total:
            named = ("part_top20", "part_premier", "hhi", "gini", "clients_pour_80")
            motifs = dict.fromkeys(named, SANS_HONORAIRES if honoraires is None else SANS_POSITIF)
            if honoraires is None:
                motifs["honoraires"] = SANS_HONORAIRES
            return cls(
                clients=len(montants),
                honoraires=honoraires,
                **dict.fromkeys(named),
                motifs=motifs,
            )
        cumul = np.cumsum(ranked.astype(np.int64))
        is_spread = len(ranked) >= LEAST_GINI
        return cls(
            clients=len(montants),
            honoraires=honoraires,
            part_top20=int(cumul[math.ceil(TETE * len(ranked)) - 1]) / total,
            part_premier=float(ranked[0]) / total,
            hhi=hhi(ranked),
            gini=gini(ranked) if is_spread else None,
            clients_pour_80=1 + int(np.searchsorted(cumul, math.ceil(MAJORITE * total))),
            motifs={} if is_spread else {"gini": TROP_PEU},
        )


def order_of(montants: Nombres, rangs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the places of clients from the largest amount to the least; ties by ``rangs``.

    >>> order_of(np.array([5.0, 9.0, 5.0]), np.array([1, 2, 0])).tolist()
    [1, 2, 0]
    """
    return np.lexsort((rangs, -montants))


def classes_abc(
    montants: Nombres,
    rangs: NDArray[np.int64],
    seuil_a: float = SEUIL_A,
    seuil_b: float = SEUIL_B,
) -> NDArray[np.object_]:
    """Return the class of each client on the cumulated share of its amount; "" where unknown.

    Parameters
    ----------
    montants : array of float, shape (n,)
        Cents, NaN where unknown.
    rangs : array of int, shape (n,)
        Who goes first of two equal amounts.
    seuil_a, seuil_b : float
        The shares at which A and B end. Who crosses one belongs to the class it starts in.

    Notes
    -----
    An amount of zero or less is in class C and has no part in the shares.

    Examples
    --------
    >>> amounts = np.array([100, 80, 60, 40, 20, 10, 5, 5, 3, 2.0])
    >>> "".join(classes_abc(amounts, np.arange(10)))
    'AAAABBCCCC'
    """
    classes = np.full(len(montants), "", dtype=object)
    classes[~np.isnan(montants)] = C
    order = order_of(montants, rangs)
    order = order[montants[order] > 0]
    cents = montants[order].astype(np.int64)
    before = np.cumsum(cents) - cents
    total = int(cents.sum())
    classes[order[before < _share(seuil_b, total)]] = B
    classes[order[before < _share(seuil_a, total)]] = A
    return classes


def curve_of(montants: Nombres) -> Nombres:
    """Return the Pareto curve: what the 1, 2, … first clients make of the whole.

    Losses are in it: the curve of a margin rises above 1, then comes back. Empty where the whole
    is not above zero.

    >>> curve_of(np.array([50.0, 80.0, -30.0])).tolist()
    [0.8, 1.3, 1.0]
    """
    ranked = np.sort(montants[~np.isnan(montants)])[::-1]
    total = float(ranked.sum())
    return np.cumsum(ranked) / total if total > 0 else np.empty(0)


def top_share(montants: Nombres) -> float | None:
    """Return what the first fifth of the clients makes of the whole, losses included.

    >>> top_share(np.array([80.0, 50.0, 0, 0, -30.0])), top_share(np.array([-1.0]))
    (0.8, None)
    """
    curve = curve_of(montants)
    return float(curve[math.ceil(TETE * len(curve)) - 1]) if len(curve) else None


def _share(seuil: float, total: int) -> int:
    """Return a share of a whole number of cents, rounded up: what lies below it is exact."""
    return math.ceil(Fraction(str(seuil)) * total)
