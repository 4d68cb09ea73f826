"""The command of the Journal: one exchange put on record, or what is to follow up."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from segxl.domain.anomalies import file_error
from segxl.faces.options import Classeur, Jour
from segxl.faces.terminal import MissingError, console_of, day_of

ISO = ["%Y-%m-%d"]
METAVAR = "AAAA-MM-JJ"
Dossier = Annotated[
    str, typer.Option("--dossier", metavar="D", help="Numéro du dossier, ou raison sociale.")
]
Objet = Annotated[str, typer.Option("--objet", metavar="TEXTE", help="De quoi il s’agit.")]
Canal = Annotated[
    str,
    typer.Option("--canal", metavar="C", help="Téléphone, E-mail, Rendez-vous, Visio ou Courrier."),
]
Type = Annotated[
    str,
    typer.Option(
        "--type",
        metavar="T",
        help="Échange (si absent), Demande (le client doit répondre), Choix de plateforme, Mandat, Test, Obstacle, Régularisation, Réclamation, Recommandation (le client nous a adressé quelqu’un), Bilan remis, Facture importante ou Questionnaire remis (il n’est pas interrogé de nouveau avant 60 jours).",
    ),
]
Qui = Annotated[
    str, typer.Option("--qui", metavar="Q", help="Le collaborateur du dossier si absent.")
]
Le = Annotated[
    datetime | None,
    typer.Option("--le", metavar=METAVAR, formats=ISO, help="Jour de l’échange."),
]
Suite = Annotated[str, typer.Option("--suite", metavar="TEXTE", help="Ce qui reste à faire.")]
SuiteLe = Annotated[
    datetime | None,
    typer.Option("--suite-le", metavar=METAVAR, formats=ISO, help="Jour de la suite."),
]
ReponduLe = Annotated[
    datetime | None,
    typer.Option(
        "--repondu-le",
        metavar=METAVAR,
        formats=ISO,
        help="Le client a répondu ce jour-là à notre demande (celle de --objet s’il y en a plusieurs).",
    ),
]


def journal(  # noqa: PLR0913  one option each: the contract of the command
    classeur: Classeur,
    *,
    dossier: Dossier = "",
    objet: Objet = "",
    canal: Canal = "",
    type_: Type = "",
    qui: Qui = "",
    le: Le = None,
    suite: Suite = "",
    suite_le: SuiteLe = None,
    repondu_le: ReponduLe = None,
    au: Jour = None,
) -> None:
    """Note un échange avec un client ; sans option, dit les suites à donner."""
    from segxl.actions import journal as action  # noqa: PLC0415  paid by the command that needs it
    from segxl.excel.file import FileWorkbook  # noqa: PLC0415
    from segxl.faces import annonces_journal  # noqa: PLC0415

    told = (objet, canal, type_, qui, le, suite, suite_le, repondu_le)
    if not dossier and not any(told):
        bilan = action.list_suites(FileWorkbook(classeur, to_write=False), day_of(au))
        annonces_journal.announce_suites(console_of(), bilan)
        return
    if dossier and repondu_le:
        _refuse_others(canal, type_, qui, le, suite, suite_le)
        _answer(classeur, dossier, objet, repondu_le.date(), day_of(au))
        return
    if not (dossier and objet):
        raise MissingError("--objet" if dossier else "--dossier")
    days = {"le": le.date() if le else None, "suite_le": suite_le.date() if suite_le else None}
    echange = action.Echange(
        dossier=dossier, objet=objet, canal=canal, type=type_, qui=qui, suite=suite, **days
    )
    workbook = FileWorkbook(classeur)
    written = action.run(workbook, echange, day_of(au))
    workbook.bring_back("Journal")
    workbook.save()
    annonces_journal.announce_echange(console_of(), written)


def _refuse_others(*others: object) -> None:
    """Refuse what an answer would leave unsaid."""
    if any(others):
        problem = "cette option se dit avec --dossier et --objet seuls"
        raise file_error("--repondu-le", "", problem, "notez l’échange par une autre commande")


def _answer(classeur: Path, dossier: str, objet: str, le: date, today: date) -> None:
    """Put the answer of a client on record."""
    from segxl.actions import journal as action  # noqa: PLC0415
    from segxl.excel.file import FileWorkbook  # noqa: PLC0415
    from segxl.faces import annonces_journal  # noqa: PLC0415

    workbook = FileWorkbook(classeur)
    answered = action.answer(workbook, dossier, objet, le, today)
    workbook.save()
    annonces_journal.announce_reponse(console_of(), answered)
