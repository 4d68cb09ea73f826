"""Many files shared between this process and others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

FEWEST_SHARED = 12
"""Items under which other processes are not worth their start."""
Avancement = Callable[[int, int], None]
Item = TypeVar("Item")
Result = TypeVar("Result")


def do_all(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    workers: int = 1,
    advance: Avancement | None = None,
) -> list[Result]:
    """Do some work on each item, in several processes where there are enough of them.

    Parameters
    ----------
    work : callable
        A function of a module, as others import it by its name.
    items : sequence
        What it is done on; the results come in their order.
    workers : int, optional
        Processes, this one included.
    advance : callable, optional
        Called with (done, total) after each item done here, then as the others end.
    """
    total = len(items)
    told = advance or _silent
    others = min(workers, total) - 1
    if others < 1 or total < FEWEST_SHARED:
        results = []
        for done, item in enumerate(items, 1):
            results.append(work(item))
            told(done, total)
        return results
    return _share(work, items, others, told)


def _share(
    work: Callable[[Item], Result], items: Sequence[Item], others: int, told: Avancement
) -> list[Result]:
    """Do the last items here while the others do the first, until both meet.

    A process takes the time of some ten files to start: this one works meanwhile.
    """
    here: dict[int, Result] = {}
    pool = ProcessPoolExecutor(others, get_context("spawn"))
    try:
        futures = [pool.submit(work, item) for item in items]
        for rank in reversed(range(len(items))):
            if not futures[rank].cancel():
                break
            here[rank] = work(items[rank])
            told(sum(f.done() for f in futures), len(items))
        results = []
        for rank, future in enumerate(futures):
            results.append(here[rank] if rank in here else future.result())
            if rank not in here:
                told(sum(f.done() for f in futures), len(items))
        return results
    finally:
        # A process whose work is done ends by itself: its end takes the time of two or three files.
        pool.shutdown(wait=False, cancel_futures=True)


def _silent(_done: int, _total: int) -> None:
    """Tell nobody."""
