"""The command about fees: what the firm's own files say of each client."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from segxl.faces.options import Classeur, Jour, Simulation
from segxl.faces.terminal import console_of, day_of, working

Factures = Annotated[
    list[Path],
    typer.Argument(
        metavar="FICHIER…",
        help="FEC du cabinet, ou export de son logiciel de facturation (.csv ou .xlsx).",
    ),
]


def honoraires(
    classeur: Classeur, fichiers: Factures, au: Jour = None, *, simulation: Simulation = False
) -> None:
    """Reprend les honoraires facturés, client par client."""
    from segxl.actions import honoraires as action  # noqa: PLC0415  paid by the command that needs it
    from segxl.excel.file import FileWorkbook  # noqa: PLC0415
    from segxl.faces import annonces_honoraires  # noqa: PLC0415

    with working("Lecture des factures…"):
        workbook = FileWorkbook(classeur, to_write=not simulation)
        bilan = action.run(workbook, fichiers, day_of(au), simulation=simulation)
        if not (bilan.is_empty or simulation):
            workbook.save()
    annonces_honoraires.announce_honoraires(console_of(), bilan)
