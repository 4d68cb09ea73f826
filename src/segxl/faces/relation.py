"""The command of the relation: how each client stands, and what the portfolio thinks."""

from __future__ import annotations

import sys

from segxl.faces.options import Classeur, Jour, Json
from segxl.faces.terminal import console_of, day_of, print_json, telling_json, working


def relation(classeur: Classeur, *, au: Jour = None, json: Json = False) -> None:
    """Dit où en est la relation avec chaque client : satisfaction, risques, réclamations, relances."""
    from segxl.actions import relation as action  # noqa: PLC0415  paid by the command that needs it
    from segxl.excel.file import FileWorkbook  # noqa: PLC0415
    from segxl.faces import annonces_relation  # noqa: PLC0415

    with telling_json(annonces_relation.NOTHING if json else None), working("Relation…"):
        workbook = FileWorkbook(classeur)
        bilan = action.run(workbook, day_of(au))
        workbook.bring_back("Relation")
        workbook.save()
    if json:
        print_json(annonces_relation.json_of_relation(bilan))
        for anomalie in bilan.anomalies:
            print(anomalie, file=sys.stderr)
    else:
        annonces_relation.announce_relation(console_of(), bilan)
