"""Whole errands, as a user waits for them."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from mesure import Mesure, Mesures
from segxl.shipped import CHECKOUT
from sujets import make_workbook

EXPORT = CHECKOUT / "tests/sources/data/messy_export.xlsx"
REPEATS = 3


def run() -> Mesures:
    """Time the commands themselves, start of Python included; the best of three."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield Mesure(
            subject="segxl demo, 300 clients, courriers compris",
            ours=_best(["demo", "{fresh}"], folder),
            sign="<=",
            bound=5,
        )
        empty = make_workbook(folder / "import.xlsx", 1)
        yield Mesure(
            subject="segxl importer messy_export.xlsx",
            ours=_best(["importer", "{copy}", str(EXPORT)], folder, empty),
        )
        large = make_workbook(folder / "noter.xlsx", 3_000)
        yield Mesure(
            subject="segxl noter, 3 000 clients", ours=_best(["noter", "{copy}"], folder, large)
        )


def _best(words: Sequence[str], folder: Path, workbook: Path | None = None) -> float:
    return min(_time(words, folder, workbook) for _ in range(REPEATS))


def _time(words: Sequence[str], folder: Path, workbook: Path | None) -> float:
    """Run one command in a fresh folder or on a fresh copy of a workbook."""
    fresh, copy = folder / "fresh", folder / "copy.xlsx"
    shutil.rmtree(fresh, ignore_errors=True)
    if workbook:
        shutil.copy(workbook, copy)
    command = [sys.executable, "-m", "segxl", *(w.format(fresh=fresh, copy=copy) for w in words)]
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  ourselves
    return time.perf_counter() - start
