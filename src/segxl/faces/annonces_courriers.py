"""The letters written and held, as French sentences for a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape

from segxl.actions.courriers import BilanCourriers
from segxl.faces.annonces import print_list


def announce_courriers(console: Console, bilan: BilanCourriers, folder: object) -> None:
    """Tell what was written, where, for whom the model is not, and what was held."""
    clients = sum(bilan.par_segment.values())
    plural = "s" if clients > 1 else ""
    many = len(bilan.fichiers) > clients + bilan.fiches
    files = f" ({len(bilan.fichiers)} fichiers)" if many else ""
    if clients or not bilan.fiches:
        console.print(
            f"[bold]{clients} courrier{plural} à valider[/bold]{files} dans {escape(str(folder))} (rien n’est envoyé)."
        )
    for segment, count in bilan.par_segment.items():
        console.print(f"  • {escape(segment)} : {count}")
    if bilan.fiches:
        plural = "s" if bilan.fiches > 1 else ""
        console.print(
            f"[bold]{bilan.fiches} fiche{plural} d’appel[/bold] à usage interne dans {escape(str(folder))} : à garder au cabinet."
        )
    if bilan.non_concernes:
        plural = "s" if bilan.non_concernes > 1 else ""
        console.print(
            f"{bilan.non_concernes} client{plural} non concerné{plural} par ce modèle, sans courrier."
        )
    if bilan.retenues:
        plural = "s" if len(bilan.retenues) > 1 else ""
        console.print(f"[bold]{len(bilan.retenues)} courrier{plural} retenu{plural}[/bold] :")
        print_list(console, bilan.retenues)
