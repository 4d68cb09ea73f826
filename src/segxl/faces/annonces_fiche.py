"""Which cards were written, and what was left out of them, as French sentences."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from segxl.actions.fiche import BilanFiche
from segxl.faces.annonces import announce_anomalies

SHOWN = 10


def announce_fiche(console: Console, bilan: BilanFiche, folder: Path) -> None:
    """Tell what was written and where, and what was left out."""
    for line in list_sentences(bilan, folder):
        console.print(escape(line))
    announce_anomalies(console, bilan.anomalies, "dans le classeur")


def list_sentences(bilan: BilanFiche, folder: Path, shown: int = SHOWN) -> Iterator[str]:
    """Yield what was done, line by line, for a terminal or a message box."""
    made = len(bilan.fichiers)
    if not made:
        yield f"Aucun client dans {bilan.classeur}."
        return
    yield f"{made} fiche{_s(made)} client au {bilan.au:%d/%m/%Y} dans {folder}."
    yield "Documents internes au cabinet : une page par client, à ne pas remettre."
    if bilan.loi_ancienne:
        yield f"L’état du droit livré avec segxl a été relevé le {bilan.loi_ancienne:%d/%m/%Y} : ancien, à vérifier. Mettez segxl à jour."
    if bilan.tus:
        left_out = len(bilan.tus)
        yield f"{left_out} texte{_s(left_out)} tu{_s(left_out)}, qui nomme{'nt' if left_out > 1 else ''} un autre client :"
        yield from (f"  • {place}" for place in bilan.tus[:shown])
        if left_out > shown:
            yield f"  … et {left_out - shown} autre{_s(left_out - shown)}."


def _s(count: int) -> str:
    return "s" if count > 1 else ""
