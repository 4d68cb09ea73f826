"""Starting: what `segxl --help` costs beside the import of the libraries segxl stands on."""

from __future__ import annotations

import resource
import subprocess
import sys

from mesure import Mesure, Mesures

REPEATS = 5
HELP = [sys.executable, "-m", "segxl", "--help"]
IMPORTS = [sys.executable, "-c", "import pandas, openpyxl, docxtpl, xlwings"]


def run() -> Mesures:
    """Compare processor time, user and system, the best of five."""
    seconds = [(_cpu_of(HELP), _cpu_of(IMPORTS)) for _ in range(REPEATS)]
    ours, theirs = (min(side) for side in zip(*seconds, strict=True))
    yield Mesure(
        subject="segxl --help (temps processeur)",
        ours=ours,
        theirs=theirs,
        against="importer les 4 paquets",
        sign="<=",
        bound=0.35,
    )


def _cpu_of(command: list[str]) -> float:
    """Return what one process took of the processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  ourselves
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
