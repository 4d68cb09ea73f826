"""Writing results into a workbook in place: against openpyxl's load, set and save."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd

from mesure import Mesure, Mesures, best_of, peak_memory
from segxl.actions import noter
from segxl.domain.resultats import rate_dossiers
from segxl.excel.file import FileWorkbook
from segxl.excel.reglages import read_portefeuille
from sujets import make_workbook

TODAY = date(2026, 9, 1)
GIBI = 1024**3
SIZES = {3_000: (5, 3.0), 30_000: (2, 5.0)}
"""Rows → repeats, and how many times faster than openpyxl we owe to be."""
MANY = 100_000


def run() -> Mesures:
    """Compare at two sizes, then watch the memory of the largest."""
    with tempfile.TemporaryDirectory() as folder:
        for rows, (repeats, bound) in SIZES.items():
            yield from _compare(Path(folder), rows, repeats, bound)
        yield from _watch_memory(Path(folder))


def write_with_segxl(path: Path, columns: pd.DataFrame) -> None:
    """Open, write the result columns, save."""
    workbook = FileWorkbook(path)
    workbook.write_columns("Clients", columns)
    workbook.save()


def write_with_openpyxl(path: Path, columns: pd.DataFrame) -> None:
    """Load, set every cell of the same columns, save."""
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["Clients"]
    table = sheet.tables["Clients"]
    first = openpyxl.utils.range_boundaries(table.ref)[0]
    for header in columns:
        at = first + table.column_names.index(header)
        for row, value in columns[header].items():
            sheet.cell(row, at).value = value
    workbook.save(path)


def note(path: Path) -> None:
    """Do all that `segxl noter` does."""
    workbook = FileWorkbook(path)
    noter.run(workbook, TODAY)
    workbook.save()


def _compare(folder: Path, rows: int, repeats: int, bound: float) -> Mesures:
    path = make_workbook(folder / f"{rows}.xlsx", rows)
    columns = results_of(path)
    ours, theirs = shutil.copy(path, folder / "a.xlsx"), shutil.copy(path, folder / "b.xlsx")
    bare, other = best_of(
        repeats,
        lambda: write_with_segxl(ours, columns),
        lambda: write_with_openpyxl(theirs, columns),
    )
    told = f"{rows:,} lignes".replace(",", "\u202f")
    against = "openpyxl, mêmes colonnes"
    yield Mesure(
        subject=f"Écrire les résultats dans {told}",
        ours=bare,
        theirs=other,
        against=against,
        sign=">=",
        bound=bound,
    )
    (whole,) = best_of(repeats, lambda: note(ours))
    yield Mesure(
        subject=f"  noter en entier, lecture comprise, {told}",
        ours=whole,
        theirs=other,
        against="(pour information)",
    )


def results_of(path: Path) -> pd.DataFrame:
    """Return the result columns of a workbook, blank cells as None."""
    clients, reglages, _ = read_portefeuille(FileWorkbook(path, to_write=False))
    lignes = rate_dossiers(clients, reglages).lignes.astype(object)
    return lignes.where(lignes.notna(), None).assign(**{"Calculé le": TODAY})


def _watch_memory(folder: Path) -> Mesures:
    """Run each work alone in a process of its own, on 100,000 rows."""
    path = make_workbook(folder / "many.xlsx", MANY)
    results_of(path).to_pickle(folder / "many.pkl")
    for subject, work in (("Écrire les résultats", "write"), ("Noter en entier", "note")):
        told = f"{subject}, 100\u202f000 lignes"
        copy = shutil.copy(path, folder / f"{work}.xlsx")
        command = [sys.executable, __file__, work, str(copy), str(folder / "many.pkl")]
        seconds, held = json.loads(subprocess.check_output(command))  # noqa: S603  our own file
        yield Mesure(subject=f"{told} : durée", ours=seconds)
        yield Mesure(subject=f"{told} : mémoire", ours=held, sign="<=", bound=2 * GIBI, unit="o")


def _work_alone(work: str, path: Path, pickled: Path) -> None:
    """Do one work and print its time and the memory of the whole process."""
    columns = pd.read_pickle(pickled) if work == "write" else pd.DataFrame()  # noqa: S301  written just now
    start = time.perf_counter()
    if work == "write":
        write_with_segxl(path, columns)
    else:
        note(path)
    print(json.dumps([time.perf_counter() - start, peak_memory()]))


if __name__ == "__main__":
    _work_alone(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
