"""Reading a FEC: against a bare ``pandas.read_csv`` of the same file with its columns as text."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pandas as pd

from ecritures import write_fec
from mesure import Mesure, Mesures, best_of, peak_memory
from segxl.sources.fec import read_fec

LINES, MOST_TIMES, MOST_MEMORY = 1_000_000, 3, 1.5 * 1024**3
LATIN = "iso8859-15"


def run() -> Mesures:
    """Compare on one large file in three dresses, and watch the memory of the first."""
    with tempfile.TemporaryDirectory() as name:
        path = write_fec(Path(name), LINES)
        raw = path.read_bytes()
        yield from _compare(path, "Lire un FEC de 1 000 000 lignes", encoding=LATIN)
        yield _watch_memory(path)
        path.write_bytes(raw.decode(LATIN).replace("\n", "\r\n").encode())
        yield from _compare(path, "  en UTF-8, lignes finies par CR LF")
        path.write_bytes(raw.replace(b"\n", b"\r").replace(b"\t", b"|"))
        yield from _compare(path, "  à barres, lignes finies par CR", "|", LATIN)


def _compare(path: Path, subject: str, separator: str = "\t", encoding: str = "utf-8") -> Mesures:
    def bare() -> pd.DataFrame:
        return pd.read_csv(path, sep=separator, dtype=str, encoding=encoding)

    cents = bare()["Debit"].str.replace(",", "").astype("int64").sum()
    if read_fec(path).total_debit != cents:
        msg = "the two sides read different amounts"
        raise AssertionError(msg)
    ours, theirs = best_of(3, lambda: read_fec(path), bare)
    yield Mesure(
        subject=subject,
        ours=ours,
        theirs=theirs,
        against="read_csv, tout en texte",
        sign="<=",
        bound=MOST_TIMES,
    )


def _watch_memory(path: Path) -> Mesure:
    """Read the large file alone in a process of its own."""
    command = [sys.executable, __file__, str(path)]
    held = json.loads(subprocess.check_output(command))  # noqa: S603  our own file
    return Mesure(subject="  mémoire", ours=held, sign="<=", bound=MOST_MEMORY, unit="o")


if __name__ == "__main__":
    read_fec(Path(sys.argv[1]))
    print(json.dumps(peak_memory()))
