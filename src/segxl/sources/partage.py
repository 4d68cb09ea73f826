"""Many files shared between this process and others."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.sharedctypes import Synchronized
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
        Called with (done, total) after each item done here, then as the others send theirs.
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
    """Take items one by one, here and in other processes, until none is left.

    A process takes the time of some ten files to start: this one works meanwhile. What a process
    that died had taken is done again here. Nobody waits for the end of one that has sent all.
    """
    context = get_context("spawn")
    taken = context.Value("q", 0)
    readers = []
    for _ in range(others):
        reader, writer = context.Pipe(duplex=False)
        context.Process(target=_help, args=(work, items, taken, writer), daemon=True).start()
        writer.close()
        readers.append(reader)
    done: dict[int, Result] = {}
    for rank in _take(taken, len(items)):
        done[rank] = work(items[rank])
        readers = [reader for reader in readers if _receive(reader, done)]
        told(len(done), len(items))
    while readers:
        wait(readers)
        readers = [reader for reader in readers if _receive(reader, done)]
        told(len(done), len(items))
    for rank in range(len(items)):
        if rank not in done:
            done[rank] = work(items[rank])
            told(len(done), len(items))
    return [done[rank] for rank in range(len(items))]


def _take(taken: Synchronized[int], total: int) -> Iterator[int]:
    """Yield the ranks that no other process has taken."""
    while True:
        with taken:
            rank = taken.value
            taken.value += 1
        if rank >= total:
            return
        yield rank


def _receive(reader: Connection, done: dict[int, Result]) -> bool:
    """Add what another process has sent by now; tell whether it may send more."""
    try:
        while reader.poll():
            rank, result = reader.recv()
            done[rank] = result
    except (EOFError, OSError):
        reader.close()
        return False
    return True


def _help(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    taken: Synchronized[int],
    writer: Connection,
) -> None:
    """Be another process: what fails here is done again by the first one, which tells why."""
    # Ctrl+C is for the process that shows the progress; this one ends with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with writer, suppress(Exception):
        for rank in _take(taken, len(items)):
            writer.send((rank, work(items[rank])))


def _silent(_done: int, _total: int) -> None:
    """Tell nobody."""
