"""What the demonstration holds, and what to try next, for a terminal."""

from __future__ import annotations

import shlex
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from segxl.actions.demo import BilanDemo
from segxl.actions.fec import BilanFec
from segxl.faces.annonces import announce_notation
from segxl.faces.annonces_courriers import announce_courriers
from segxl.faces.annonces_fec import sentences_of_ecarts
from segxl.sources.comptes_rendus import counted


def announce_demo(console: Console, bilan: BilanDemo) -> None:
    """Tell the notes, the letters, what the entries measured, then what to open and to type."""
    announce_notation(console, bilan.notation)
    announce_courriers(console, bilan.lettres, bilan.courriers)
    _announce_mesures(console, bilan.mesures, bilan.fec)
    console.print(f"Ouvrez {escape(str(bilan.classeur))} dans Excel ou LibreOffice.")
    command = f"segxl faits {shlex.quote(str(bilan.fec))}"
    console.print(f"Essayez ensuite : {escape(command)}", soft_wrap=True)


def _announce_mesures(console: Console, mesures: BilanFec, folder: Path) -> None:
    files = counted(len(mesures.lus.fichiers), "FEC fictif", "FEC fictifs")
    clients = counted(len({row for r in mesures.rattaches for row in r.rows}), "client", "clients")
    filled = counted(len(mesures.repris), "réponse vide remplie", "réponses vides remplies")
    console.print(f"[bold]{files}[/bold] de {clients} dans {escape(str(folder))} : {filled}. La feuille Faits met les mesures à côté des réponses.")  # fmt: skip
    for sentence in sentences_of_ecarts(mesures):
        console.print(escape(sentence))
