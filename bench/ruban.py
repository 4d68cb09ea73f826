"""A click in Excel: Excel itself in memory, driven by xlwings' engine for Windows."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import xlwings as xw

from mesure import Mesure, Mesures, best_of
from segxl.excel.com.cells import read_columns, write_column
from segxl.faces import ruban
from segxl.shipped import CHECKOUT
from sujets import make_workbook

CLIENTS, REPEATS = 1_000, 5
ROWS, COLUMNS = 10_000, 40
MOST_CALLS = 60
READ = ("Clients", "Criteres", "Baremes", "Couleurs", "Segments", "Parametres", "Cabinet")
WRITTEN = ("Clients[[Note FE]:[Calculé le]]", "Etapes", "Indicateurs", "SyntheseCouleurs", "SyntheseSegments", "SyntheseFamilles", "SyntheseCriteres")  # fmt: skip


def run() -> Mesures:
    """Measure the click « Noter » and the conversion of values."""
    sys.path.insert(0, str(CHECKOUT))
    from tests.engine.com import METER  # noqa: PLC0415  the engine of the tests is no package of ours
    from tests.engine.excel import start  # noqa: PLC0415

    excel = start()
    with tempfile.TemporaryDirectory() as folder:
        books = {n: excel.open(make_workbook(Path(folder) / f"{n}.xlsx", n)) for n in (50, CLIENTS)}
    excel.boxes.show = _hear  # type: ignore[method-assign]
    for book in books.values():  # the first click paints the colours; they stay
        _clicks(excel.call, book)()
    calls = {n: METER.count(_clicks(excel.call, book)) for n, book in books.items()}
    book = books[CLIENTS]
    click, bare = best_of(REPEATS, _clicks(excel.call, book), lambda: _read_and_write(book))
    yield Mesure(subject=f"Bouton Noter, {CLIENTS} clients", ours=click, theirs=bare, against="lire et écrire les mêmes", sign="<=", bound=2)  # fmt: skip
    for clients, count in calls.items():
        yield Mesure(subject=f"Appels à Excel pour Noter, {clients} clients", ours=count, sign="<=", bound=MOST_CALLS, unit="appels")  # fmt: skip
    excel.quit()
    yield from _conversions()


def _hear(text: str, *_: object) -> int:
    """Answer a message box; a click that fails measures nothing."""
    if "notés" not in text:
        raise RuntimeError(text)
    return 1


def _clicks(call: Callable[[xw.Book], None], book: xw.Book) -> Callable[[], None]:
    def click() -> None:
        call(book)
        ruban.press("noter")

    return click


def _read_and_write(book: xw.Book) -> None:
    """Read the blocks that Noter reads and write back those it writes, and nothing else."""
    sheet = book.sheets[0].api
    for table in READ:
        _ = sheet.Evaluate(f"{table}[#All]").Value
    for place in WRITTEN:
        cells = sheet.Evaluate(place)
        cells.Value = [list(row) for row in cells.Value]


def _conversions() -> Mesures:
    """Compare with xlwings' own conversion to and from a DataFrame of values."""
    rng = np.random.default_rng(1)
    words = np.array(["Papier", "Logiciel compatible", "Informé", None], dtype=object)
    kinds = [
        words[rng.integers(4, size=ROWS)] if i % 2 else rng.random(ROWS) for i in range(COLUMNS)
    ]
    rows = tuple(zip(*(k.tolist() for k in kinds), strict=True))
    frame = pd.DataFrame({f"c{i}": kind for i, kind in enumerate(kinds)})
    windows = xw._xlwindows.engine  # type: ignore[attr-defined]  # noqa: SLF001

    def ours() -> None:
        read_columns(rows)
        for header in frame:
            write_column(frame[header])

    def theirs() -> None:
        windows.clean_value_data(rows, None, None, None, True)
        [
            [windows.prepare_xl_data_element(v, None) for v in row]
            for row in frame.to_numpy().tolist()
        ]

    own, other = best_of(REPEATS, ours, theirs)
    yield Mesure(subject=f"Convertir {ROWS} × {COLUMNS} valeurs, aller et retour", ours=own, theirs=other, against="conversion d’xlwings", sign=">=", bound=3)  # fmt: skip
