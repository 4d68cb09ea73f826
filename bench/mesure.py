"""How a comparison is timed and told: both sides in turn, the best of each."""

from __future__ import annotations

import os
import platform
import re
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

Work = Callable[[], object]
MEBI = 1024**2


@dataclass(frozen=True, slots=True, kw_only=True)
class Mesure:
    """One figure of ours, what it is compared with, and the bound it must keep.

    ``bound`` reads "at most" (``<=``) or "at least" (``>=``); the ratio is ours over theirs for
    the first, theirs over ours otherwise. Without a bound the figure is for information.
    """

    subject: str
    ours: float
    theirs: float | None = None
    against: str = ""
    sign: str = ""
    bound: float = 0.0
    unit: str = "s"

    @property
    def ratio(self) -> float:
        """How ours stands to theirs, or ours itself where there is nobody to compare with."""
        if self.theirs is None:
            return self.ours
        return self.ours / self.theirs if self.sign == "<=" else self.theirs / self.ours

    @property
    def verdict(self) -> str:
        """OK, À VOIR, or nothing where there is no bound."""
        if not self.sign:
            return ""
        kept = self.ratio >= self.bound if self.sign == ">=" else self.ratio <= self.bound
        return "OK" if kept else "À VOIR"


Mesures = Iterator[Mesure]


def best_of(repeats: int, *sides: Work) -> list[float]:
    """Time each side ``repeats`` times, in turn so that a slow moment hits both; the best of each."""
    best = [float("inf")] * len(sides)
    for _ in range(repeats):
        for i, side in enumerate(sides):
            start = time.perf_counter()
            side()
            best[i] = min(best[i], time.perf_counter() - start)
    return best


def peak_memory() -> float:
    """Return the most memory this process ever held, in bytes.

    Linux hands the ``ru_maxrss`` of the parent down to the process it starts: a small child of a
    large benchmark would be charged with the benchmark. VmHWM starts anew with the program.
    """
    status = Path("/proc/self/status")
    if status.exists():
        return 1024.0 * int(re.findall(r"VmHWM:\s+(\d+) kB", status.read_text())[0])
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return float(held if platform.system() == "Darwin" else held * 1024)


def machine() -> str:
    """Describe where the figures come from."""
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cœurs {platform.machine()}, {platform.system()}, "
        f"Python {platform.python_version()}, charge {load:.1f} au départ"
    )


def render(mesure: Mesure) -> str:
    """Write one line: subject, ours, theirs, ratio, target, verdict.

    >>> render(Mesure(subject="Noter", ours=0.5, theirs=2.0, against="boucle", sign=">=", bound=3)).split()
    ['Noter', '500', 'ms', '2,00', 's', 'boucle', '4,0', '×', '≥', '3', '×', 'OK']
    """
    theirs = "" if mesure.theirs is None else _amount(mesure.theirs, mesure.unit)
    ratio = (
        ""
        if mesure.theirs is None
        else _comma(f"{mesure.ratio:.{1 if mesure.ratio >= 1 else 2}f} ×")
    )
    line = (
        f"{mesure.subject:<51}{_amount(mesure.ours, mesure.unit):>10}{theirs:>10}  "
        f"{mesure.against:<26}{ratio:>8}  {_target_of(mesure):<11} {mesure.verdict}"
    )
    return line.rstrip()


def _target_of(mesure: Mesure) -> str:
    """Write the bound: a ratio, or an amount where there is nobody to compare with."""
    if not mesure.sign:
        return ""
    alone = mesure.theirs is None
    bound = _amount(mesure.bound, mesure.unit) if alone else _comma(f"{mesure.bound:g} ×")
    return f"{'≥' if mesure.sign == '>=' else '≤'} {bound}"


def _comma(figure: str) -> str:
    return figure.replace(".", ",")


def _amount(value: float, unit: str) -> str:
    """Write seconds, bytes or a number of calls at a size that reads well."""
    if unit == "appels":
        return f"{value:.0f}"
    if unit == "o":
        return f"{value / MEBI:.0f} Mio"
    millis = f"{value * 1000:.{0 if value > 0.1 else 2}f} ms"
    return _comma(f"{value:.2f} s" if value >= 1 else millis)
