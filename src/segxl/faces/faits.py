"""The command about facts: what the accounting entries of a client measure."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from segxl.domain.anomalies import SaisieError
from segxl.faces.options import Json
from segxl.faces.terminal import console_of, print_json, progress_of, telling_json

Fichiers = Annotated[
    list[Path],
    typer.Argument(metavar="FICHIER…", help="FEC (.txt, .csv ou .xml), ou dossiers de FEC."),
]


def faits(fichiers: Fichiers, *, json: Json = False) -> None:
    """Mesure ce que disent les écritures d’un client (FEC), sans classeur."""
    from segxl.actions import faits as action  # noqa: PLC0415  paid by the command that needs it
    from segxl.faces import annonces_faits  # noqa: PLC0415

    with telling_json({"faits": [], "comparaisons": []} if json else None):
        bilan = action.run(fichiers, progress_of("Lecture des écritures"), os.cpu_count() or 1)
    if json:
        print_json(annonces_faits.json_of_faits(bilan))
    else:
        annonces_faits.announce_faits(console_of(), bilan)
    if bilan.anomalies:
        raise SaisieError(bilan.anomalies)
