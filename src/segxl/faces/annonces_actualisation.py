"""What a workbook of an earlier version took, as French sentences for a terminal."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.markup import escape

from segxl.actions.actualiser import Actualisation


def announce_actualisation(console: Console, pris: Actualisation, copie: Path | None) -> None:
    """Tell what a workbook of an earlier version took, and where it is kept as it was."""
    if pris.colonnes:
        console.print(
            f"Ce classeur venait d’une version antérieure : {len(pris.colonnes)} colonnes ajoutées à droite du tableau Clients, vos colonnes n’ont pas changé."
        )
    if pris.has_definitions:
        console.print(
            "La feuille Segments a reçu la colonne « Définition » : relisez-y, en une phrase, qui sont les clients de chaque segment."
        )
    if copie:
        console.print(f"Le classeur d’avant est gardé à côté : {escape(copie.name)}.")
    if pris.refus:
        console.print(
            f"[yellow]À savoir[/yellow] Ce classeur n’a pas pu recevoir les colonnes de cette version : {escape(pris.refus)}"
        )
