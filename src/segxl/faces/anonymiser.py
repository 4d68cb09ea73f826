"""The command of the anonymous workbook, for a buyer or an adviser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from segxl.faces.options import Classeur, Jour
from segxl.faces.terminal import console_of, day_of, working

Vers = Annotated[
    Path, typer.Option("--vers", metavar="FICHIER", help="Le classeur à créer (.xlsx).")
]


def anonymiser(classeur: Classeur, vers: Vers, au: Jour = None) -> None:
    """Écrit un classeur sans aucun nom, pour un repreneur ou un conseil : clients et portefeuille."""
    from segxl.actions import anonymiser as action  # noqa: PLC0415  paid by the command that needs it
    from segxl.excel.file import FileWorkbook  # noqa: PLC0415
    from segxl.faces.annonces import announce_anomalies  # noqa: PLC0415
    from segxl.faces.annonces_anonymiser import list_sentences  # noqa: PLC0415

    commande = action.Commande(classeur=classeur, vers=vers, au=day_of(au))
    with working("Anonymisation…"):
        bilan = action.run(FileWorkbook(classeur, to_write=False), commande)
    console = console_of()
    for sentence in list_sentences(bilan):
        console.print(escape(sentence))
    announce_anomalies(console, bilan.anomalies, "dans le classeur")
