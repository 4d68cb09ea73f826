"""Which maps were made and what they say in a line, as French sentences."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from segxl.actions.cartographie import BilanCartographie
from segxl.domain.cartographie.carte import Carte
from segxl.domain.cartographie.rattachement import CABINET
from segxl.faces.annonces import announce_anomalies
from segxl.lettres.cartographie_mots import pourcent
from segxl.lettres.francais import typographie

SHOWN = 10


def announce_cartographie(console: Console, bilan: BilanCartographie, folder: Path) -> None:
    """Tell what was made and where, and what to look at."""
    for line in list_sentences(bilan, folder):
        console.print(escape(line))
    announce_anomalies(console, bilan.a_corriger, "dans la feuille Groupes")


def list_sentences(bilan: BilanCartographie, folder: Path, shown: int = SHOWN) -> Iterator[str]:
    """Yield what was done, line by line, for a terminal or a message box."""
    made = len(bilan.cartes)
    yield f"{made} cartographie{_s(made)} dans {folder}, à relire (rien n’est envoyé)."
    yield "Chacune a son compte rendu Word et son classeur de graphiques ; la feuille Cartographie les réunit."
    for dossier, carte in [*bilan.cartes.items()][:shown]:
        name = bilan.noms[dossier]
        called = name if dossier == CABINET and name else f"{dossier} {name}".strip()
        yield f"  • {called}, {_years(carte)} : {_gist(carte)}"
    if made > shown:
        yield f"  … et {made - shown} autre{_s(made - shown)}."
    if bilan.inconnus:
        yield f"{len(bilan.inconnus)} fichier{_s(len(bilan.inconnus))} d’aucun dossier demandé. À qui ? Inscrivez le SIREN dans la feuille Clients, puis relancez :"
        for lu in bilan.inconnus[:shown]:
            yield f"  • {lu.fichier} (SIREN {lu.siren or 'absent du nom'})"
        if len(bilan.inconnus) > shown:
            left = len(bilan.inconnus) - shown
            yield f"  … et {left} autre{_s(left)}."


def _years(carte: Carte) -> str:
    first, last = carte.exercices[0].nom, carte.dernier.nom
    return last if first == last else f"{first} à {last}"


def _gist(carte: Carte) -> str:
    told = []
    if carte.part_fideles is not None:
        told.append(f"fidèles {pourcent(carte.part_fideles)}")
    if carte.dernier.part_premier is not None:
        told.append(f"premier client {pourcent(carte.dernier.part_premier)} ({carte.dependance.value.lower()})")  # fmt: skip
    return typographie(", ".join(told) or "clients indiscernables dans ces écritures") + "."


def _s(count: int) -> str:
    return "s" if count > 1 else ""
