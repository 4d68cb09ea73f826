"""The command of the dated evidence: one Word document a client."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from segxl.faces.options import Classeur, Dossiers, Jour
from segxl.faces.terminal import console_of, day_of, progress_of

Vers = Annotated[
    Path, typer.Option("--vers", metavar="DIR", help="Dossier où écrire les documents.")
]


def trajectoire(classeur: Classeur, vers: Vers, dossier: Dossiers = None, au: Jour = None) -> None:
    """Réunit les éléments datés de chaque client dans un document Word ; rien n’est envoyé."""
    from segxl.actions import trajectoire as action  # noqa: PLC0415  paid by the command that needs it
    from segxl.excel.file import FileWorkbook  # noqa: PLC0415
    from segxl.faces import annonces_trajectoire  # noqa: PLC0415

    commande = action.Commande(vers=vers, au=day_of(au), dossiers=tuple(dossier or ()))
    workbook = FileWorkbook(classeur, to_write=False)
    bilan = action.run(workbook, commande, progress_of("Dossiers de trajectoire"))
    annonces_trajectoire.announce_trajectoire(console_of(), bilan, vers)
