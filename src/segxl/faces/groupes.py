"""The command of the suggested groups: clients who look alike."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from segxl.faces.options import Classeur, Jour, Json
from segxl.faces.terminal import console_of, day_of, print_json, telling_json, working

Nombre = Annotated[
    int | None,
    typer.Option(
        "--nombre",
        metavar="K",
        min=2,
        max=8,
        help="Nombre de groupes, de 2 à 8 (sinon de 3 à 6, les plus nets).",
    ),
]


def groupes(
    classeur: Classeur, nombre: Nombre = None, au: Jour = None, *, json: Json = False
) -> None:
    """Suggère des groupes de clients qui se ressemblent, sans rien changer aux segments."""
    from segxl.actions import groupes as action  # noqa: PLC0415  paid by the command that needs it
    from segxl.excel.file import FileWorkbook  # noqa: PLC0415
    from segxl.faces import annonces_groupes  # noqa: PLC0415

    refused: dict[str, Any] | None = {"groupes": []} if json else None
    with telling_json(refused), working("Groupes…"):
        workbook = FileWorkbook(classeur, to_write=not json)
        bilan = action.run(workbook, day_of(au), nombre or 0, simulation=json)
        if not json:
            workbook.bring_back("GroupesSuggeres")
            workbook.save()
    if json:
        print_json(annonces_groupes.json_of_groupes(bilan))
    else:
        annonces_groupes.announce_groupes(console_of(), bilan)
