"""The command about what would happen if: scenarios tried on the portfolio, which stays as it is."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from segxl.faces.options import Classeur, Jour, Json
from segxl.faces.terminal import console_of, day_of, print_json, telling_json, working

Retenir = Annotated[
    str,
    typer.Option(
        "--retenir",
        metavar="SCENARIO",
        help="Écrit dans Clients ce que ce scénario décide de chacun (Décision, Honoraires visés).",
    ),
]


def simuler(
    classeur: Classeur,
    au: Jour = None,
    retenir: Retenir = "",
    *,
    json: Json = False,
) -> None:
    """Dit ce que deviendrait le portefeuille, scénario par scénario, sans rien y changer."""
    from segxl.actions import simuler as action  # noqa: PLC0415  paid by the command that needs it
    from segxl.excel.file import FileWorkbook  # noqa: PLC0415
    from segxl.faces import annonces_simulation  # noqa: PLC0415

    is_read_only = json and not retenir
    refused: dict[str, Any] | None = {"simulations": []} if json else None
    with telling_json(refused), working("Simulation…"):
        workbook = FileWorkbook(classeur, to_write=not is_read_only)
        bilan = action.run(workbook, day_of(au), retenir, simulation=is_read_only)
        if not is_read_only:
            workbook.bring_back("Simulation")
            workbook.save()
    if json:
        print_json(annonces_simulation.json_of_simulation(bilan))
    else:
        annonces_simulation.announce_simulation(console_of(), bilan)
