"""Which files of evidence were written, which are thin and why, as French sentences."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape

from segxl.actions.trajectoire import BilanTrajectoire
from segxl.faces.annonces import SHOWN_ANOMALIES, announce_anomalies

SHOWN_THIN = 20


def announce_trajectoire(console: Console, bilan: BilanTrajectoire, folder: object) -> None:
    """Tell what was written and where, what was held, and whose file is thin."""
    if not bilan.demandes:
        console.print(
            f"Aucun client n’est dans le champ de la facturation électronique dans {escape(bilan.classeur)}."
        )
        announce_anomalies(console, bilan.anomalies)
        return
    made = len(bilan.fichiers)
    console.print(
        f"[bold]{made} dossier{_s(made)} de trajectoire[/bold] au {bilan.au:%d/%m/%Y} dans {escape(str(folder))}, à relire (rien n’est envoyé)."
    )
    if bilan.loi_ancienne:
        console.print(
            f"L’état du droit livré avec segxl a été relevé le {bilan.releve:%d/%m/%Y} : trop tôt pour être cité. Mettez segxl à jour."
        )
    _announce_held(console, bilan)
    _announce_thin(console, bilan)
    if bilan.ulterieures:
        later = bilan.ulterieures
        console.print(
            f"{later} ligne{_s(later)} datée{_s(later)} après le {bilan.au:%d/%m/%Y} : absente{_s(later)} des dossiers."
        )
    announce_anomalies(console, bilan.anomalies, "dans le classeur")


def _announce_held(console: Console, bilan: BilanTrajectoire) -> None:
    """Say which lines name another client, hence hold the file of theirs."""
    held = bilan.demandes - len(bilan.fichiers)
    if not held:
        return
    console.print(f"[bold]{held} dossier{_s(held)} retenu{_s(held)}[/bold] :")
    for anomalie in bilan.retenues[:SHOWN_ANOMALIES]:
        console.print(f"  • {escape(str(anomalie))}")
    if len(bilan.retenues) > SHOWN_ANOMALIES:
        console.print(f"  … et {len(bilan.retenues) - SHOWN_ANOMALIES} autres lignes.")


def _announce_thin(console: Console, bilan: BilanTrajectoire) -> None:
    """Name the clients whose file would not show much, the first ones."""
    thin = len(bilan.minces)
    if not thin:
        return
    console.print(
        f"[bold]{thin} dossier{_s(thin)} à étoffer[/bold] sur {bilan.demandes} (ce qui manque est en dernière page) :"
    )
    for dossier, nom, reason in bilan.minces[:SHOWN_THIN]:
        console.print(f"  • {escape(f'{dossier} {nom}'.strip())} : {escape(reason)}")
    if thin > SHOWN_THIN:
        console.print(f"  … et {thin - SHOWN_THIN} autres.")


def _s(count: int) -> str:
    return "s" if count > 1 else ""
