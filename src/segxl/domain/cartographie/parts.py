"""Figures as they are printed: shares and euros that add up to their total, exactly."""

from __future__ import annotations

from collections.abc import Sequence

WHOLE, EURO = 1000, 100
"""One hundred percent, in tenths; one euro, in cents."""


def share_tenths(poids: Sequence[int]) -> tuple[int, ...] | None:
    """Share one hundred percent in tenths; None where there is nothing to share.

    Each share is cut down to the tenth, then the tenths left over go to the largest remainders,
    the first ones where they tie.

    Parameters
    ----------
    poids : sequence of int
        Amounts in cents, none of them negative.

    Examples
    --------
    >>> share_tenths([1, 1, 1]), share_tenths([0, 7]), share_tenths([0, 0])
    ((334, 333, 333), (0, 1000), None)
    """
    total = sum(poids)
    if not total:
        return None
    tenths = [p * WHOLE // total for p in poids]
    ranks = sorted(range(len(poids)), key=lambda i: -(poids[i] * WHOLE % total))
    for i in ranks[: WHOLE - sum(tenths)]:
        tenths[i] += 1
    return tuple(tenths)


def round_euros(cents: Sequence[int]) -> tuple[int, ...]:
    """Round amounts to the euro so that they add up to their total, rounded too.

    >>> round_euros([150, 150, 150]), round_euros([-50, 1000])
    ((2, 2, 1), (0, 10))
    """
    whole = [c // EURO for c in cents]
    left = (sum(cents) + EURO // 2) // EURO - sum(whole)
    ranks = sorted(range(len(cents)), key=lambda i: -(cents[i] % EURO))
    for i in ranks[:left]:
        whole[i] += 1
    return tuple(whole)
