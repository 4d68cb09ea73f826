"""Facts: a FEC of a million lines read and measured, beside a bare ``pandas.read_csv`` of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from ecritures import write_fec
from mesure import Mesure, Mesures, best_of, peak_memory
from segxl.actions import faits
from segxl.domain.faits.releve import measure_faits
from segxl.sources.demonstration import siren_number
from segxl.sources.fec import read_fec

LINES = 1_000_000
MANY, FEW_LINES = 200, 5_000
MOST_MEMORY = 1.5 * 1024**3


def run() -> Mesures:
    """Compare time, then the memory of a process of its own."""
    with TemporaryDirectory() as folder:
        path = write_fec(Path(folder), LINES)
        yield from _compare(path)
        held = _memory_of(path)
    yield Mesure(
        subject="  mémoire du processus, au plus haut",
        ours=held,
        sign="<=",
        bound=MOST_MEMORY,
        unit="o",
    )
    with TemporaryDirectory() as folder:
        yield _share(Path(folder))


def _share(folder: Path) -> Mesure:
    """Compare two processes with one, on many small files."""
    source = write_fec(folder, FEW_LINES)
    for rank in range(1, MANY):
        (folder / f"{siren_number(rank)}FEC20251231.txt").write_bytes(source.read_bytes())

    def together() -> faits.BilanFaits:
        return faits.run([folder], workers=2)

    def alone() -> faits.BilanFaits:
        return faits.run([folder])

    if together() != alone():
        msg = "two processes say other things than one"
        raise AssertionError(msg)
    two, one = best_of(3, together, alone)
    return Mesure(
        subject=f"Lire {MANY} FEC de {FEW_LINES} lignes, deux processus",
        ours=two,
        theirs=one,
        against="un seul",
        sign=">=",
        bound=1.7,
    )


def _compare(path: Path) -> Mesures:
    def segxl() -> int:
        return faits.run([path]).fichiers[0].lignes

    def read_csv() -> int:
        return len(pd.read_csv(path, sep="\t", dtype=str, encoding="iso8859-15"))

    if segxl() != read_csv() or segxl() != LINES:
        msg = "the two sides read different lines"
        raise AssertionError(msg)
    ours, theirs = best_of(5, segxl, read_csv)
    yield Mesure(
        subject="Lire un FEC de 1 000 000 lignes, tous les faits",
        ours=ours,
        theirs=theirs,
        against="pandas.read_csv, en texte",
        sign="<=",
        bound=3,
    )
    ecritures = read_fec([path]).ecritures
    (measured,) = best_of(5, lambda: measure_faits(ecritures))
    yield Mesure(subject="  les faits seuls", ours=measured)


def _memory_of(path: Path) -> float:
    """Run this file on a FEC and return the most memory that process held."""
    command = [sys.executable, __file__, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  ourselves
    return float(done.stdout)


if __name__ == "__main__":
    faits.run([Path(sys.argv[1])])
    print(peak_memory())
