"""The entries as whole numbers: what every fact is counted on, made once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from segxl.domain.ternary import Codes, Masque

Textes = npt.NDArray[np.object_]
LARGEST = 2**62
"""How far two codes can be packed into one integer."""
ENTRY = ("journal", "num", "piece", "date")
"""What tells an invoice from another: some software leaves EcritureNum at 0 for a whole journal."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lignes:
    """The lines of a FEC: ``comptes`` numbers ``noms``, ``pieces`` numbers the entries.

    ``net`` is debit less credit, in cents; ``jours`` counts days since 1970. ``base`` is true on
    the lines that belong to the business of the year: all but what opens and closes it.
    """

    ecritures: pd.DataFrame
    comptes: Codes
    noms: Textes
    net: Codes
    jours: Codes
    pieces: Codes
    base: Masque
    has_closing: bool = False

    def under(self, *racines: str) -> Masque:
        """Mark the lines of the year whose account begins with one of these roots."""
        return self.base & self.of_accounts(*racines)

    def of_accounts(self, *racines: str) -> Masque:
        """Mark the lines whose account begins so, opening and closing lines included."""
        return accounts_under(self.noms, racines)[self.comptes]

    def count_months(self, rows: Masque) -> int:
        """Count the calendar months that hold one of these lines at least."""
        days = pd.unique(self.jours[rows]).astype("datetime64[D]")
        return len(np.unique(days.astype("datetime64[M]")))

    @property
    def span(self) -> int:
        """Calendar months from the first entry to the last, opening entries included."""
        if not len(self.jours):
            return 0
        bounds = np.array([self.jours.min(), self.jours.max()]).astype("datetime64[D]")
        first, last = bounds.astype("datetime64[M]").astype(np.int64).tolist()
        return int(last - first + 1)


def accounts_under(noms: Textes, racines: Iterable[str]) -> Masque:
    """Mark the accounts that begin with one of these roots."""
    beginnings = tuple(racines)
    return np.fromiter((nom.startswith(beginnings) for nom in noms), bool, len(noms))


def codes_of(column: pd.Series[Any]) -> tuple[Codes, Textes]:
    """Give a number to the texts of a column: (code of each line, text of each code).

    >>> codes, textes = codes_of(pd.Series(["411", "706", "411"]))
    >>> codes.tolist(), textes.tolist()
    ([0, 1, 0], ['411', '706'])
    >>> codes, textes = codes_of(pd.Series(["411", None]))  # what is missing is blank
    >>> codes.tolist(), textes.tolist()
    ([0, 1], ['411', ''])
    """
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes, textes = column.cat.codes.to_numpy(np.int64), column.cat.categories
    else:
        codes, textes = pd.factorize(column)
    words = np.asarray(textes, dtype=object)
    if (codes < 0).any():
        words = np.append(words, "")
        codes = np.where(codes < 0, len(words) - 1, codes)
    return codes.astype(np.int64, copy=False), words


def number_rows(*columns: Codes) -> tuple[Codes, int]:
    """Give equal rows of several columns one number; return the numbers and how many there are.

    >>> number_rows(np.array([0, 1, 0, 0]), np.array([2, 2, 2, 3]))
    (array([0, 1, 0, 2]), 3)
    """
    packed, size = np.zeros(len(columns[0]), dtype=np.int64), 1
    for column in columns:
        low = int(column.min(initial=0))
        width = int(column.max(initial=0)) - low + 1
        if size * width > LARGEST:
            packed, uniques = pd.factorize(packed)
            packed, size = packed.astype(np.int64, copy=False), len(uniques)
        packed, size = packed * width + (column - low), size * width
    numbers, uniques = pd.factorize(packed)
    return numbers.astype(np.int64, copy=False), len(uniques)


def sum_by(numbers: Codes, count: int, amounts: Codes) -> Codes:
    """Add cents by group, exactly: a double holds every integer up to 90 000 billion euros.

    >>> sum_by(np.array([0, 1, 0]), 2, np.array([5, 7, -1])).tolist()
    [4, 7]
    """
    return np.rint(np.bincount(numbers, weights=amounts, minlength=count)).astype(np.int64)


def days_of(column: pd.Series[Any]) -> Codes:
    """Count the days since 1970 of a column of dates; a blank is the smallest integer."""
    return column.to_numpy().astype("datetime64[D]").astype(np.int64)
