"""The command about the law: what it asks of each client."""

from __future__ import annotations

from segxl.faces.options import Classeur, Jour, Json
from segxl.faces.terminal import console_of, day_of, print_json, telling_json, working


def obligations(classeur: Classeur, au: Jour = None, *, json: Json = False) -> None:
    """Dit ce que la loi demande à chaque client, dès quand et pourquoi."""
    from segxl.actions import obligations as action  # noqa: PLC0415  paid by the command that needs it
    from segxl.excel.file import FileWorkbook  # noqa: PLC0415
    from segxl.faces import annonces_loi  # noqa: PLC0415

    with telling_json({"obligations": []} if json else None), working("Lecture…"):
        bilan = action.run(FileWorkbook(classeur, to_write=False), day_of(au))
    if json:
        print_json(annonces_loi.json_of_obligations(bilan))
    else:
        annonces_loi.announce_obligations(console_of(), bilan)
