"""The command of the client card: one page a client, in Word."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from segxl.faces.options import Classeur, Dossiers, Jour
from segxl.faces.terminal import console_of, day_of, progress_of

Vers = Annotated[Path, typer.Option("--vers", metavar="DIR", help="Dossier où écrire les fiches.")]


def fiche(classeur: Classeur, vers: Vers, dossier: Dossiers = None, au: Jour = None) -> None:
    """Écrit une fiche d’une page par client, pour préparer un rendez-vous ; à usage interne."""
    from segxl.actions import fiche as action  # noqa: PLC0415  paid by the command that needs it
    from segxl.excel.file import FileWorkbook  # noqa: PLC0415
    from segxl.faces.annonces_fiche import announce_fiche  # noqa: PLC0415

    commande = action.Commande(vers=vers, au=day_of(au), dossiers=tuple(dossier or ()))
    workbook = FileWorkbook(classeur, to_write=False)
    bilan = action.run(workbook, commande, progress_of("Fiches clients"))
    announce_fiche(console_of(), bilan, vers)
