"""From « this holds here » columns to the tuple of what holds, for each row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

from segxl.domain.ternary import Masque

T = TypeVar("T")


def gather(
    pieces: Sequence[tuple[Masque, T]], finish: Callable[[list[T]], tuple[object, ...]]
) -> np.ndarray:
    """Return for each row what ``finish`` makes of the pieces whose mask holds there.

    Rows where the same pieces hold share one tuple, made once.

    >>> masks = np.array([True, False]), np.array([True, True])
    >>> gather([(masks[0], "a"), (masks[1], "b")], tuple).tolist()
    [('a', 'b'), ('b',)]
    """
    held = np.column_stack([mask for mask, _ in pieces])
    packed = np.packbits(held, axis=1)
    distinct, rows = np.unique(packed, axis=0, return_inverse=True)
    flags = np.unpackbits(distinct, axis=1, count=len(pieces)).astype(bool)
    made = np.empty(len(distinct), dtype=object)
    for i, row in enumerate(flags):
        made[i] = finish([piece for (_, piece), here in zip(pieces, row, strict=True) if here])
    return made[rows.reshape(-1)]
