"""Client cards: the whole command, as a user waits for it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from mesure import Mesure, Mesures, best_of
from segxl.actions import fiche
from segxl.excel.file import FileWorkbook
from segxl.excel.layout import JOURNAL_WIDTHS
from sujets import make_workbook
from trajectoires import AU, invent_journal

FEW, MANY = 300, 3000
SLOWEST = 15.0


def run() -> Mesures:
    """Time 300 cards, which have a bound, then 3,000, for information."""
    yield _whole(FEW, SLOWEST)
    yield _whole(MANY)


def _whole(clients: int, bound: float = 0.0) -> Mesure:
    """Time reading the workbook, scoring, gathering, drawing, writing on the disk."""
    with TemporaryDirectory() as name:
        path = make_workbook(Path(name) / "clients.xlsx", clients)
        workbook = FileWorkbook(path)
        workbook.add_table("Journal", "Journal", JOURNAL_WIDTHS)
        workbook.append_rows("Journal", invent_journal(clients))
        workbook.save()

        # A new folder each time: ext4 flushes a file that is written over, which times the disk.
        def whole() -> int:
            commande = fiche.Commande(vers=Path(mkdtemp(dir=name)), au=AU)
            return len(fiche.run(FileWorkbook(path, to_write=False), commande).fichiers)

        if whole() != clients:
            msg = "a client has no card"
            raise AssertionError(msg)
        (ours,) = best_of(3 if bound else 1, whole)
    return Mesure(
        subject=f"{clients} fiches client, la commande entière",
        ours=ours,
        sign="<=" if bound else "",
        bound=bound,
    )
