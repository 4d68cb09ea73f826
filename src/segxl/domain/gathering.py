"""From « this holds here » columns to the tuple of what holds, for each row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
import pandas as pd

from segxl.domain.ternary import Codes, Masque

T = TypeVar("T")
BITS = 62
"""How many columns one integer can hold."""


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
    rows, firsts = _number_rows(held)
    made = np.empty(len(firsts), dtype=object)
    for number, row in enumerate(held[firsts]):
        made[number] = finish([pieces[i][1] for i in row.nonzero()[0].tolist()])
    return made[rows]


def _number_rows(held: Masque) -> tuple[Codes, Codes]:
    """Give equal rows one number, and say where each number is first met."""
    numbers = np.zeros(len(held), dtype=np.int64)
    for start in range(0, held.shape[1], BITS):
        bits = held[:, start : start + BITS]
        packed = bits @ (1 << np.arange(bits.shape[1], dtype=np.int64))
        words, _ = pd.factorize(packed)
        numbers, _ = pd.factorize(numbers * (words.max(initial=0) + 1) + words)
    firsts = np.zeros(numbers.max(initial=-1) + 1, dtype=np.int64)
    # Written from the last row to the first, so that the first one stays.
    firsts[numbers[::-1]] = np.arange(len(numbers))[::-1]
    return numbers, firsts
