"""Work shared between processes: the results of one alone, and a count that ends at the total."""

from __future__ import annotations

import math
import os
import time
from multiprocessing import parent_process
from pathlib import Path

import pytest

from segxl.sources.partage import FEWEST_SHARED, do_all


@pytest.mark.parametrize("workers", [0, 1, 3])
@pytest.mark.parametrize("count", [0, 1, FEWEST_SHARED - 1, FEWEST_SHARED, 40])
def test_the_results_come_in_the_order_of_the_items(workers: int, count: int) -> None:
    assert do_all(abs, range(-count, 0), workers) == [*range(count, 0, -1)]


@pytest.mark.parametrize("workers", [1, 2])
def test_progress_never_goes_back_and_ends_at_the_total(workers: int) -> None:
    seen: list[tuple[int, int]] = []

    do_all(abs, range(30), workers, lambda done, total: seen.append((done, total)))

    assert seen == sorted(seen)
    assert seen[-1] == (30, 30)


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("place", [0, 29])
def test_what_fails_is_raised_wherever_it_was_done(workers: int, place: int) -> None:
    items = [-1 if rank == place else 4 for rank in range(30)]

    with pytest.raises(ValueError, match=r"math domain|nonnegative"):
        do_all(math.sqrt, items, workers)


def test_what_a_process_that_died_had_taken_is_done_again(tmp_path: Path) -> None:
    died = tmp_path / "died"

    assert do_all(die_elsewhere, [died] * 30, 2) == [died] * 30
    assert died.exists()


def die_elsewhere(died: Path) -> Path:
    """Die in another process; here, work once that one has."""
    if parent_process():
        died.touch()
        os._exit(1)
    end = time.monotonic() + 60
    while not died.exists() and time.monotonic() < end:
        pass
    return died
