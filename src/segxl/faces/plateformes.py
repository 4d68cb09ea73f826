"""The command about platforms: what their vendors say of each client, and whom to call."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from segxl.faces.options import Classeur, Jour, Simulation
from segxl.faces.terminal import console_of, day_of, working


def plateformes(
    classeur: Classeur,
    exports: Annotated[
        list[Path] | None,
        typer.Argument(metavar="EXPORT…", help="Exports .csv, .xlsx, .xls ou .ods."),
    ] = None,
    plateforme: Annotated[
        str,
        typer.Option(
            "--plateforme", metavar="NOM", help="La plateforme d’un export qui ne la nomme pas."
        ),
    ] = "",
    au: Jour = None,
    *,
    simulation: Simulation = False,
) -> None:
    """Suit la plateforme de chaque client, et dit qui appeler."""
    from segxl.actions import plateformes as action  # noqa: PLC0415  paid by the command that needs it
    from segxl.excel.file import FileWorkbook  # noqa: PLC0415
    from segxl.faces import annonces_plateformes  # noqa: PLC0415

    paths = exports or []
    with working("Lecture…"):
        workbook = FileWorkbook(classeur, to_write=bool(paths) and not simulation)
        bilan = action.run(
            workbook, paths, day_of(au), plateforme=plateforme, simulation=simulation
        )
        if not (bilan.is_empty or simulation):
            workbook.save()
    annonces_plateformes.announce_plateformes(console_of(), bilan)
