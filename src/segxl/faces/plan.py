"""The command about the plan: whom to meet, when, for what."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from segxl.faces.options import Classeur, Jour
from segxl.faces.terminal import console_of, day_of, working

Agenda = Annotated[
    Path | None,
    typer.Option("--ics", metavar="F", help="Écrit aussi les rendez-vous dans un agenda (.ics)."),
]


def plan(classeur: Classeur, ics: Agenda = None, au: Jour = None) -> None:
    """Planifie les rendez-vous, client par client."""
    from segxl.actions import plan as action  # noqa: PLC0415  paid by the command that needs it
    from segxl.excel.file import FileWorkbook  # noqa: PLC0415
    from segxl.faces import annonces_plan  # noqa: PLC0415

    with working("Planification…"):
        workbook = FileWorkbook(classeur)
        bilan = action.run(workbook, day_of(au), ics)
        workbook.bring_back("Plan")
        workbook.save()
        count = action.export_agenda(bilan, ics, datetime.now(UTC)) if ics else 0
    annonces_plan.announce_plan(console_of(), bilan)
    if ics:
        annonces_plan.announce_agenda(console_of(), ics, count)
