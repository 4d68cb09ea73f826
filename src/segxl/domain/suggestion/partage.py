"""Split points into groups whose members are close: k-means without any chance in it.

The first centre is the point nearest to the middle of all, each next one the point farthest from
the centres so far; of two such points, the upper one. Nothing is drawn at random, so the same
points in the same order always make the same groups.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from segxl.domain.valeur.rangs import Nombres

Labels = NDArray[np.int64]
FEWEST, MOST = 3, 6
"""How many groups are tried where nobody says how many."""
ROUNDS = 100
_SAMPLE = 1_000
"""Points that judge a split: each is compared with all of these, which takes the square of it."""
_MIDDLE = 0.5


def scale_ranks(values: Nombres) -> Nombres:
    """Return where each value stands among the others, from 0 to 1; equal ones share a place.

    A giant is then one place above the next one, not a thousand times farther.

    >>> scale_ranks(np.array([10.0, np.nan, 1e9, 10.0, 5.0])).tolist()
    [0.5, nan, 1.0, 0.5, 0.0]
    >>> scale_ranks(np.array([7.0, 7.0])).tolist(), scale_ranks(np.array([7.0])).tolist()
    ([0.5, 0.5], [0.5])
    """
    ranks = np.full(len(values), np.nan)
    known = ~np.isnan(values)
    _, places, sizes = np.unique(values[known], return_inverse=True, return_counts=True)
    below = np.cumsum(sizes) - sizes
    last = int(known.sum()) - 1
    middle = below + (sizes - 1) / 2
    ranks[known] = (middle / last if last > 0 else np.full(len(sizes), _MIDDLE))[places]
    return ranks


def split_points(points: Nombres, count: int, rounds: int = ROUNDS) -> Labels:
    """Return the group of each point, from 0; fewer groups where fewer points differ.

    Parameters
    ----------
    points : array of float, shape (n, d)
        One row a point, n ≥ 1, no NaN.
    count : int
        How many groups are wanted.
    rounds : int, optional
        How many times the centres move at most.
    """
    centres = _first_centres(points, count)
    labels = _nearest(points, centres)
    for _ in range(rounds):
        centres = np.array([points[labels == k].mean(axis=0) for k in np.unique(labels)])
        moved = _nearest(points, centres)
        if np.array_equal(moved, labels):
            break
        labels = moved
    return np.unique(labels, return_inverse=True)[1].astype(np.int64)


def choose_split(points: Nombres) -> Labels:
    """Return the clearest split into three to six groups; of two as clear, the one with fewer."""
    rows, gaps = _sample_of(points)
    splits = [split_points(points, count) for count in range(FEWEST, MOST + 1)]
    return max(splits, key=lambda labels: _silhouette(gaps, labels[rows]))


def measure_clarity(points: Nombres, labels: Labels) -> float:
    """Return the mean silhouette, from -1 to 1: how much nearer one's own group is than the next.

    A point alone in its group counts for 0, and so does a single group. Beyond 1,000 points, as
    many of them, evenly spread over the rows, stand for all.

    >>> points = np.array([[0.0], [0.0], [1.0], [1.0]])
    >>> measure_clarity(points, np.array([0, 0, 1, 1])), measure_clarity(points, np.zeros(4, int))
    (1.0, 0.0)
    """
    rows, gaps = _sample_of(points)
    return _silhouette(gaps, labels[rows])


def _sample_of(points: Nombres) -> tuple[Labels, Nombres]:
    """Return the rows that judge a split, and how far they are from one another."""
    spread = np.linspace(0, len(points) - 1, min(len(points), _SAMPLE))
    rows = np.unique(spread.astype(np.int64))
    return rows, np.sqrt(_squares(points[rows], points[rows]))


def _silhouette(gaps: Nombres, labels: Labels) -> float:
    groups, labels = np.unique(labels, return_inverse=True)
    if len(groups) == 1:
        return 0.0
    members = labels[:, None] == np.arange(len(groups))
    sizes = members.sum(axis=0)
    sums = gaps @ members
    own = sums[members] / np.maximum(sizes[labels] - 1, 1)
    others = np.where(members, np.inf, sums / sizes).min(axis=1)
    widest = np.maximum(own, others)
    is_nothing = (sizes[labels] == 1) | (widest == 0)
    return float(np.where(is_nothing, 0.0, others - own).dot(1 / np.where(is_nothing, 1.0, widest)) / len(labels))  # fmt: skip


def order_by_closeness(points: Nombres) -> Labels:
    """Return the rows of a group, the most typical first."""
    gaps = _squares(points, points.mean(axis=0, keepdims=True))[:, 0]
    return np.argsort(np.round(gaps, 12), kind="stable").astype(np.int64)


def _first_centres(points: Nombres, count: int) -> Nombres:
    chosen = [int(order_by_closeness(points)[0])]
    gaps = _squares(points, points[chosen])[:, 0]
    while len(chosen) < count and gaps.max() > 0:
        chosen.append(int(gaps.argmax()))
        gaps = np.minimum(gaps, _squares(points, points[chosen[-1:]])[:, 0])
    return points[chosen]


def _nearest(points: Nombres, centres: Nombres) -> Labels:
    nearest: Labels = _squares(points, centres).argmin(axis=1).astype(np.int64)
    return nearest


def _squares(points: Nombres, centres: Nombres) -> Nombres:
    """Return the squared distances, shape (n, k); column by column, so that equal points are at 0."""
    squares = np.zeros((len(points), len(centres)))
    for axis in range(points.shape[1]):
        squares += (points[:, axis, None] - centres[None, :, axis]) ** 2
    return squares
