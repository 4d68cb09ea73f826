"""The command about the entries of clients: what they measure, beside the answers."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from segxl.domain.anomalies import SaisieError
from segxl.faces.options import Classeur, Jour, Simulation
from segxl.faces.terminal import console_of, day_of, progress_of

Fichiers = Annotated[
    list[Path],
    typer.Argument(metavar="FICHIER…", help="FEC (.txt, .csv ou .xml), ou dossiers de FEC."),
]


Dossier = Annotated[
    str,
    typer.Option(
        "--dossier", metavar="D", help="Le client dont sont ces FEC, s’ils ne le disent pas."
    ),
]


def fec(
    classeur: Classeur,
    fichiers: Fichiers,
    *,
    dossier: Dossier = "",
    simulation: Simulation = False,
    au: Jour = None,
) -> None:
    """Lit les FEC des clients et remplit les réponses qu’ils mesurent."""
    from segxl.actions import faits  # noqa: PLC0415  paid by the command that needs it
    from segxl.actions import fec as action  # noqa: PLC0415
    from segxl.excel.file import FileWorkbook  # noqa: PLC0415
    from segxl.faces.annonces_fec import announce_fec  # noqa: PLC0415

    # The files first: the reader of workbooks is of one thread, and processes are led by others.
    lus = faits.run(fichiers, progress_of("Lecture des écritures"), os.cpu_count() or 1)
    workbook = FileWorkbook(classeur, to_write=not simulation)
    bilan = action.run(
        workbook, fichiers, day_of(au), lambda _: lus, dossier=dossier, simulation=simulation
    )
    if not simulation:
        workbook.bring_back("Faits")
        workbook.save()
    announce_fec(console_of(), bilan)
    if bilan.anomalies:
        raise SaisieError(bilan.anomalies)
