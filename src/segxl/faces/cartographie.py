"""The command of the client map: a report and its charts for each company."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from segxl.domain.anomalies import SaisieError
from segxl.faces.options import Classeur, Dossiers, Jour
from segxl.faces.terminal import console_of, day_of, progress_of

Fichiers = Annotated[
    list[Path],
    typer.Argument(
        metavar="FICHIER…", help="FEC des clients ou du cabinet, une ou plusieurs années."
    ),
]
Vers = Annotated[
    Path, typer.Option("--vers", metavar="DOSSIER", help="Dossier où écrire les cartographies.")
]


def cartographie(
    classeur: Classeur, fichiers: Fichiers, vers: Vers, dossier: Dossiers = None, au: Jour = None
) -> None:
    """Dit quels clients font les ventes d’une entreprise, d’après ses FEC : Word et graphiques."""
    from segxl.actions import cartographie as action  # noqa: PLC0415  paid by the command that needs it
    from segxl.excel.file import FileWorkbook  # noqa: PLC0415
    from segxl.faces.annonces_cartographie import announce_cartographie  # noqa: PLC0415

    commande = action.Commande(
        chemins=tuple(fichiers), vers=vers, au=day_of(au), dossiers=tuple(dossier or ())
    )
    workbook = FileWorkbook(classeur)
    bilan = action.run(workbook, commande, progress_of("Cartographies"))
    workbook.bring_back("Cartographie")
    workbook.save()
    announce_cartographie(console_of(), bilan, vers)
    if bilan.anomalies:
        raise SaisieError(bilan.anomalies)
