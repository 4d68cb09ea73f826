"""The command about surveys: what clients answered, or the questionnaire to fill."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, NamedTuple

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
    typer.Option(
        "--questionnaire",
        metavar="F",
        help="Crée un questionnaire à remplir (.xlsx) ; un dossier qui existe : un par client, à remettre.",
    ),
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
    from segxl.excel.file import FileWorkbook  # noqa: PLC0415
    from segxl.faces import annonces_enquete  # noqa: PLC0415

    paths = exports or []
    if (dossier or apres_evenement) and questionnaire is None:
        raise MissingError("--questionnaire")
    if questionnaire is not None:
        _refuse_exports(paths)
        demande = _Demande(tuple(dossier or ()), apres_evenement, simulation)
        for sentence in _ask(classeur, questionnaire, day_of(au), demande):
            console_of().print(escape(sentence))
        return
    with working("Lecture…"):
        workbook = FileWorkbook(classeur, to_write=bool(paths) and not simulation)
        bilan = action.run(workbook, paths, day_of(au), simulation=simulation)
        if not (bilan.is_empty or simulation):
            workbook.save()
    annonces_enquete.announce_enquete(console_of(), bilan)


class _Demande(NamedTuple):
    dossiers: tuple[str, ...]
    apres_evenement: bool
    simulation: bool


def _ask(classeur: Path, vers: Path, au: date, asked: _Demande) -> list[str]:
    """Make one questionnaire, or one a client in a folder; the Journal keeps who was handed one."""
    from segxl.actions import questionnaire as action  # noqa: PLC0415  paid by the command that needs it
    from segxl.excel.file import FileWorkbook  # noqa: PLC0415
    from segxl.faces import annonces_questionnaire as told  # noqa: PLC0415

    demande = action.Demande(au=au, dossiers=asked.dossiers, apres_evenement=asked.apres_evenement)
    with working("Questionnaire…"):
        # A list for the firm is recorded nowhere: it can be made while the workbook is open.
        is_handed = vers.is_dir() or bool(asked.dossiers) or asked.apres_evenement
        workbook = FileWorkbook(classeur, to_write=is_handed and not asked.simulation)
        bilan: action.BilanEnvois | action.BilanQuestionnaire
        if vers.is_dir():
            bilan = action.run_each(workbook, vers, demande, simulation=asked.simulation)
            lines = [*told.list_envois(bilan, told.TERMINAL)]
        else:
            bilan = action.run(workbook, vers, demande, simulation=asked.simulation)
            lines = [*told.list_questionnaire(bilan, told.TERMINAL)]
        if bilan.inscrits and not asked.simulation:
            workbook.save()
    return lines


def _refuse_exports(paths: list[Path]) -> None:
    """Raise where a command line asks for a questionnaire and brings answers at once."""
    if paths:
        problem = "un questionnaire se crée sans export"
        remedy = "reprenez d’abord les réponses, puis créez le questionnaire"
        raise file_error(paths[0].name, "", problem, remedy)
