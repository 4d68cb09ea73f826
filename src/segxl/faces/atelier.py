"""The command of the workshop on weights: what people would have each critère weigh."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from segxl.faces.options import Classeur, Json
from segxl.faces.terminal import console_of, print_json, telling_json, working

UneGrille = Annotated[
    str,
    typer.Option(
        "--grille", metavar="G", help="Une seule grille : FE, Enjeu… (toutes si absente)."
    ),
]
Retenir = Annotated[
    bool,
    typer.Option("--retenir", help="Écrit les poids proposés dans la feuille Grille."),
]


def atelier(
    classeur: Classeur,
    grille: UneGrille = "",
    *,
    retenir: Retenir = False,
    json: Json = False,
) -> None:
    """Réunit les poids de chaque participant et en propose d’autres, sans rien changer à la grille."""
    from segxl.actions import atelier as action  # noqa: PLC0415  paid by the command that needs it
    from segxl.excel.file import FileWorkbook  # noqa: PLC0415
    from segxl.faces import annonces_atelier  # noqa: PLC0415

    is_read_only = json and not retenir
    refused: dict[str, Any] | None = {"grilles": []} if json else None
    with telling_json(refused), working("Atelier…"):
        workbook = FileWorkbook(classeur, to_write=not is_read_only)
        bilan = action.run(workbook, grille, retenir=retenir, simulation=is_read_only)
        if not is_read_only:
            workbook.bring_back("Atelier")
            workbook.save()
    if json:
        print_json(annonces_atelier.json_of_atelier(bilan))
    else:
        annonces_atelier.announce_atelier(console_of(), bilan)
