"""The command of the team: what each person did in a month."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from segxl.faces.options import Classeur, Jour, Json
from segxl.faces.terminal import console_of, day_of, print_json, telling_json, working

Mois = Annotated[
    str, typer.Option("--mois", metavar="AAAA-MM", help="Dernier mois compté (celui du jour si absent).")
]  # fmt: skip


def equipe(classeur: Classeur, *, mois: Mois = "", au: Jour = None, json: Json = False) -> None:
    """Compte ce que chacun a fait, mois par mois : des faits pour s’entraider, sans classement."""
    from segxl.actions import equipe as action  # noqa: PLC0415  paid by the command that needs it
    from segxl.excel.file import FileWorkbook  # noqa: PLC0415
    from segxl.faces import annonces_equipe  # noqa: PLC0415

    with telling_json(annonces_equipe.NOTHING if json else None), working("Équipe…"):
        workbook = FileWorkbook(classeur)
        bilan = action.run(workbook, day_of(au), mois)
        workbook.bring_back("Equipe")
        workbook.save()
    if json:
        print_json(annonces_equipe.json_of_equipe(bilan))
        for anomalie in bilan.anomalies:
            print(anomalie, file=sys.stderr)
    else:
        annonces_equipe.announce_equipe(console_of(), bilan)
