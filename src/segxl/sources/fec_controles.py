"""What the entries of a FEC have doubtful among themselves: balance and numbering."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pandas as pd

from segxl.domain.ternary import Codes
from segxl.sources.fec_remarques import Place, Remarque

_NO_NUMBER = frozenset({"", "0"})
_LAST_DIGITS = re.compile(r"\d{1,18}\Z", re.ASCII)
_SPARSE = 10
"""Missing numbers for each one present past which nobody numbered in sequence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suites:
    """Lines that follow each other under one number, date and journal: one item for each run."""

    debuts: Codes
    nums: Codes
    jours: Codes
    journaux: Codes
    soldes: Codes


def runs_of(ecritures: pd.DataFrame) -> Suites:
    """Fold the lines that follow each other under one number, date and journal."""
    nums: Codes = ecritures["num"].cat.codes.to_numpy().astype(np.int64)
    journaux: Codes = ecritures["journal"].cat.codes.to_numpy().astype(np.int64)
    jours = ecritures["date"].to_numpy().astype("datetime64[D]").astype(np.int64)
    changes = (np.diff(nums) != 0) | (np.diff(jours) != 0) | (np.diff(journaux) != 0)
    debuts = np.concatenate(([0], np.flatnonzero(changes) + 1))
    net = ecritures["debit"].to_numpy() - ecritures["credit"].to_numpy()
    return Suites(
        debuts=debuts,
        nums=nums[debuts],
        jours=jours[debuts],
        journaux=journaux[debuts],
        soldes=np.add.reduceat(net, debuts),
    )


def doubt_balance(ecritures: pd.DataFrame, suites: Suites, place: Place) -> list[Remarque]:
    """Tell the entries whose debits and credits differ.

    An entry is a number on a day, whatever its journals: some software writes the two sides in
    two journals. A number balanced over several days is no fault either.
    """
    if not suites.soldes.any():
        return []
    runs = pd.DataFrame({"num": suites.nums, "jour": suites.jours, "solde": suites.soldes})
    by_entry = runs.groupby(["num", "jour"], sort=False)["solde"].transform("sum")
    by_num = runs.groupby("num", sort=False)["solde"].transform("sum")
    unnumbered = [i for i, n in enumerate(ecritures["num"].cat.categories) if n in _NO_NUMBER]
    wrong = (by_entry != 0) & ((by_num != 0) | runs["num"].isin(unnumbered))
    found = []
    if wrong.any():
        count = len(runs.loc[wrong, ["num", "jour"]].drop_duplicates())
        first = int(np.flatnonzero(wrong.to_numpy())[0])
        row = int(suites.debuts[first])
        told = f"« {ecritures['num'].iloc[row]} » du {ecritures['date'].iloc[row]:%d/%m/%Y}"
        gap = euros_of(abs(int(by_entry.iloc[first])))
        found.append(
            Remarque(
                doute="une écriture n’est pas équilibrée",
                nombre=count,
                premier=f"{told}, {place(row)}, écart de {gap} €",
            )
        )
    total = int(suites.soldes.sum())
    if total:
        doute = f"le total des débits et celui des crédits diffèrent de {euros_of(abs(total))} €"
        found.append(Remarque(doute=doute))
    return found


def doubt_numbering(ecritures: pd.DataFrame, suites: Suites, place: Place) -> list[Remarque]:
    """Tell the numbers that no entry bears, under the numbering that leaves the fewest.

    The law asks for one continuous sequence; software numbers all the entries together, or by
    journal, or by journal and month.
    """
    names = [*ecritures["num"].cat.categories]
    ends = [None if name in _NO_NUMBER else _LAST_DIGITS.search(name) for name in names]
    if not any(ends):
        return []
    values = np.array([-1 if end is None else int(end[0]) for end in ends], dtype=np.int64)
    numbers = values[suites.nums]
    used = np.flatnonzero(numbers >= 0)
    months = suites.jours.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    whole = np.zeros(len(used), dtype=np.int64)
    by_journal = suites.journaux[used]
    gaps = _fewest(numbers[used], (whole, by_journal))
    if gaps.count > len(used):
        by_month = by_journal * (months.max() + 1) + months[used]
        gaps = _fewest(numbers[used], (by_month, months[used], whole, by_journal))
    if not gaps.count:
        return []
    if gaps.count > _SPARSE * len(used):
        return [Remarque(doute="les numéros d’écriture ne forment pas une suite continue")]
    row = int(suites.debuts[used[gaps.before]])
    doute = "un numéro d’écriture manque dans la suite"
    after = f"après « {ecritures['num'].iloc[row]} », {place(row)}"
    return [Remarque(doute=doute, nombre=gaps.count, premier=after)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gaps:
    """How many numbers are missing, and which item stands before the first of them."""

    count: int
    before: int


def _fewest(numbers: Codes, groupings: Iterable[Codes]) -> _Gaps:
    return min((_count_gaps(numbers, groups) for groups in groupings), key=lambda g: g.count)


def _count_gaps(numbers: Codes, groups: Codes) -> _Gaps:
    order = np.lexsort((numbers, groups))
    steps = np.where(np.diff(groups[order]) == 0, np.diff(numbers[order]) - 1, 0)
    missing = np.maximum(steps, 0)
    holes = np.flatnonzero(missing)
    before = order[holes]
    return _Gaps(
        count=int(missing.astype(object).sum()) if len(holes) else 0,
        before=int(before.min()) if len(holes) else 0,
    )


def euros_of(cents: int) -> str:
    r"""Write cents as an amount in euros.

    >>> euros_of(123456)
    '1\u202f234,56'
    """
    return f"{Decimal(cents).scaleb(-2):,.2f}".replace(",", "\u202f").replace(".", ",")
