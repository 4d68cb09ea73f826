"""The command about surveys: what clients answered, or the questionnaire to fill."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from segxl.domain.anomalies import file_error
from segxl.faces.options import Classeur, Dossiers, Jour, Simulation
from segxl.faces.terminal import MissingError, console_of, day_of, working

Exports = Annotated[
    list[Path] | None,
    typer.Argument(metavar="EXPORT…", help="Exports d’un formulaire, ou questionnaires revenus."),
]
Questionnaire = Annotated[
    Path | None,
    typer.Option("--questionnaire", metavar="F", help="Crée un questionnaire à remplir (.xlsx)."),
]
ApresEvenement = Annotated[
    bool,
    typer.Option(
        "--apres-evenement",
        help="Le questionnaire des seuls clients à qui le Journal donne, depuis 30 jours, un bilan remis, une facture importante ou un rendez-vous.",
    ),
]


def enquete(  # noqa: PLR0913  one option each: the contract of the command
    classeur: Classeur,
    exports: Exports = None,
    questionnaire: Questionnaire = None,
    dossier: Dossiers = None,
    au: Jour = None,
    *,
    apres_evenement: ApresEvenement = False,
    simulation: Simulation = False,
) -> None:
    """Reprend une enquête de satisfaction, ou crée le questionnaire."""
    from segxl.actions import enquete as action  # noqa: PLC0415  paid by the command that needs it
    from segxl.actions import questionnaire as to_fill  # noqa: PLC0415
    from segxl.excel.file import FileWorkbook  # noqa: PLC0415
    from segxl.faces import annonces_enquete  # noqa: PLC0415
    from segxl.faces.annonces_questionnaire import TERMINAL, list_questionnaire  # noqa: PLC0415

    paths = exports or []
    if (dossier or apres_evenement) and questionnaire is None:
        raise MissingError("--questionnaire")
    if questionnaire is not None:
        _refuse_exports(paths)
        with working("Questionnaire…"):
            workbook = FileWorkbook(classeur, to_write=False)
            demande = to_fill.Demande(
                au=day_of(au), dossiers=tuple(dossier or ()), apres_evenement=apres_evenement
            )
            made = to_fill.run(workbook, questionnaire, demande, simulation=simulation)
        for sentence in list_questionnaire(made, TERMINAL):
            console_of().print(escape(sentence))
        return
    with working("Lecture…"):
        workbook = FileWorkbook(classeur, to_write=bool(paths) and not simulation)
        bilan = action.run(workbook, paths, day_of(au), simulation=simulation)
        if not (bilan.is_empty or simulation):
            workbook.save()
    annonces_enquete.announce_enquete(console_of(), bilan)


def _refuse_exports(paths: list[Path]) -> None:
    """Raise where a command line asks for a questionnaire and brings answers at once."""
    if paths:
        problem = "un questionnaire se crée sans export"
        remedy = "reprenez d’abord les réponses, puis créez le questionnaire"
        raise file_error(paths[0].name, "", problem, remedy)
