"""Reading a FEC: against a bare ``pandas.read_csv`` of the same file with its columns as text."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd

from mesure import Mesure, Mesures, best_of, peak_memory
from segxl.sources.fec import read_fec
from sujets import SEED

LINES, MOST_TIMES, MOST_MEMORY = 1_000_000, 3, 1.5 * 1024**3
FILES, SMALL, FASTER = 200, 5_000, 1.7
NAME = "000000034FEC20251231.txt"
ZONES = (
    "JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib",
    "CompAuxNum", "CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit",
    "EcritureLet", "DateLet", "ValidDate", "Montantdevise", "Idevise",
)  # fmt: skip
TVA = 5


def run() -> Mesures:
    """Compare on one large file, in the plain dress and in the worst, then on many small ones."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / NAME
        path.write_bytes(make_fec(LINES))
        yield from _compare(path, "Lire un FEC de 1 000 000 lignes")
        yield _watch_memory(path)
        raw = path.read_bytes().decode().encode("iso8859_15").replace(b"\r\n", b"\r")
        path.write_bytes(raw.replace(b"\t", b"|"))
        yield from _compare(path, "  en ISO 8859-15, lignes finies par CR", "|", "iso8859_15")
        yield _on_two_processes(Path(name))


def make_fec(lines: int) -> bytes:
    """Make up the sales of a year: three lines an invoice, labels and amounts all different."""
    rng = np.random.default_rng(SEED)
    rows, count = ["\t".join(ZONES)], lines // 3
    clients = rng.integers(0, 2_000, count).tolist()
    months, days = rng.integers(1, 13, count).tolist(), rng.integers(1, 29, count).tolist()
    for i, ht in enumerate(rng.integers(100, 1_000_000, count).tolist()):
        tva, client, letter = ht // TVA, clients[i], f"A{i % 500}"
        day = f"2025{months[i]:02d}{days[i]:02d}"
        head = f"VE\tVentes\tVE{i + 1:08d}\t{day}\t"
        tail = f"\tFA{i + 1:07d}\t{day}\tFacture n° {i + 1} du client {client}\t"
        third = f"411000\tClients\tC{client:05d}\tCLIENT {client} SARL"
        rows += [
            f"{head}{third}{tail}{_euros(ht + tva)}\t0,00\t{letter}\t{day}\t20260331\t\t",
            f"{head}706000\tPrestations\t\t{tail}0,00\t{_euros(ht)}\t\t\t20260331\t\t",
            f"{head}445710\tTVA collectée\t\t{tail}0,00\t{_euros(tva)}\t\t\t20260331\t\t",
        ]
    return ("\r\n".join(rows) + "\r\n").encode()


def _euros(cents: int) -> str:
    return f"{cents // 100},{cents % 100:02d}"


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


def _on_two_processes(folder: Path) -> Mesure:
    """Read many small files on one process, then on two."""
    paths = [folder / f"{number}" / NAME for number in range(FILES)]
    raw = make_fec(SMALL)
    for path in paths:
        path.parent.mkdir()
        path.write_bytes(raw)
    seconds = []
    for workers in (1, 2):
        with ProcessPoolExecutor(workers) as pool:
            list(pool.map(_total, paths[: 2 * workers]))
            start = time.perf_counter()
            list(pool.map(_total, paths, chunksize=10))
            seconds.append(time.perf_counter() - start)
    return Mesure(
        subject=f"Lire {FILES} FEC de {SMALL} lignes sur deux processus",
        ours=seconds[1],
        theirs=seconds[0],
        against="un processus",
        sign=">=",
        bound=FASTER,
    )


def _total(path: Path) -> int:
    return read_fec(path).total_debit


if __name__ == "__main__":
    read_fec(Path(sys.argv[1]))
    print(json.dumps(peak_memory()))
