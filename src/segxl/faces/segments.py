"""The command of the segments: what they yield, what to watch, one Word page each."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from segxl.faces.options import Classeur, Jour, Json
from segxl.faces.terminal import (
    console_of,
    day_of,
    print_json,
    progress_of,
    telling_json,
    working,
)

Vers = Annotated[
    Path | None,
    typer.Option("--vers", metavar="DIR", help="Dossier où écrire une page Word par segment."),
]


def segments(classeur: Classeur, vers: Vers = None, au: Jour = None, json: Json = False) -> None:  # noqa: FBT002  an option is a parameter
    """Dit ce que rapporte chaque segment et chaque classe, et ce qu’il faut surveiller."""
    from segxl.actions import segments as action  # noqa: PLC0415  paid by the command that needs it
    from segxl.excel.file import FileWorkbook  # noqa: PLC0415
    from segxl.faces import annonces_segments  # noqa: PLC0415

    with telling_json(annonces_segments.NOTHING if json else None), working("Segments…"):
        workbook = FileWorkbook(classeur)
        bilan = action.run(workbook, day_of(au), vers, progress_of("Pages de segment"))
        workbook.bring_back("Rendement")
        workbook.save()
    if json:
        print_json(annonces_segments.json_of_segments(bilan))
        for anomalie in bilan.anomalies:
            print(anomalie, file=sys.stderr)
    else:
        annonces_segments.announce_segments(console_of(), bilan)
