"""The command of the statement: a client's own invoices and payments, in Word."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from segxl.faces.options import Classeur, Dossiers
from segxl.faces.terminal import MissingError, console_of, day_of, progress_of

Vers = Annotated[Path, typer.Option("--vers", metavar="DIR", help="Dossier où écrire les relevés.")]
Du = Annotated[
    datetime | None,
    typer.Option(
        "--du",
        metavar="AAAA-MM-JJ",
        formats=["%Y-%m-%d"],
        help="Premier jour (douze mois avant le dernier si absent).",
    ),
]
Au = Annotated[
    datetime | None,
    typer.Option(
        "--au",
        metavar="AAAA-MM-JJ",
        formats=["%Y-%m-%d"],
        help="Dernier jour (aujourd’hui si absent).",
    ),
]


def releve(
    classeur: Classeur, vers: Vers, dossier: Dossiers = None, du: Du = None, au: Au = None
) -> None:
    """Écrit le relevé des factures et des règlements d’un client, à relire puis à lui remettre."""
    from segxl.actions import releve as action  # noqa: PLC0415  paid by the command that needs it
    from segxl.excel.file import FileWorkbook  # noqa: PLC0415
    from segxl.faces.annonces_releve import announce_releve  # noqa: PLC0415

    if not dossier:
        raise MissingError("--dossier")
    commande = action.Commande(
        vers=vers, dossiers=tuple(dossier), au=day_of(au), du=day_of(du) if du else None
    )
    workbook = FileWorkbook(classeur, to_write=False)
    bilan = action.run(workbook, commande, progress_of("Relevés"))
    announce_releve(console_of(), bilan, vers)
