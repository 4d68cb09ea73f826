"""What the entries of a FEC have doubtful among themselves: balance and numbering."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pandas as pd

from segxl.domain.ternary import Codes
from segxl.sources.fec_remarques import Place, Remarque
from segxl.sources.fec_valeurs import letters_of

_NO_NUMBER = ["", "0"]
_WIDEST, _MOST_DIGITS, _TEN = 40, 18, 10
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
    unnumbered = np.flatnonzero(ecritures["num"].cat.categories.isin(_NO_NUMBER))
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
    values = last_numbers(np.asarray(ecritures["num"].cat.categories, dtype=object).tolist())
    numbers = values[suites.nums]
    used = np.flatnonzero(numbers > 0)
    if not len(used):
        return []
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


def last_numbers(names: list[str]) -> Codes:
    """Return the number that ends each name, 0 where none does or where it is too long for one.

    >>> last_numbers(["VE00012", "7", "AN", "12B", ""]).tolist()
    [12, 7, 0, 0, 0]
    """
    letters, sizes = letters_of(names, _WIDEST)
    values, digits = np.zeros(len(names), np.int64), np.zeros(len(names), np.int64)
    for letter in letters[: int(sizes.max(initial=0))]:
        digit = letter - np.uint8(ord("0"))
        is_digit, goes_on = digit < _TEN, letter != 0
        values = np.where(is_digit, values * _TEN + digit, np.where(goes_on, 0, values))
        digits = np.where(is_digit, digits + 1, np.where(goes_on, 0, digits))
    return np.where((digits <= _MOST_DIGITS) & (sizes <= _WIDEST), values, 0)


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
