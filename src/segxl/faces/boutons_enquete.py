"""The buttons of surveys: the questionnaires to send, and what comes back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from segxl.actions import enquete, questionnaire
from segxl.faces import messages
from segxl.faces.accord import write_once_agreed
from segxl.faces.annonces_questionnaire import RUBAN, list_envois, list_questionnaire
from segxl.faces.clic import Click, today

FOLDER = "Questionnaires"


def _enquete(click: Click) -> str:
    """Show what a survey brings, ask, then put it on record."""
    exports = [Path(argument) for argument in click.arguments]
    seen = enquete.run(click.workbook, exports, today(), simulation=True)
    told = messages.of_enquete(seen)
    if seen.is_empty:
        return told
    return write_once_agreed(
        click,
        told,
        "Écrire ces réponses dans le classeur ?",
        lambda workbook: enquete.run(workbook, exports, today()),
        "C’est écrit, dans la feuille Enquête.",
    )


def _selection(click: Click) -> str:
    """Write one questionnaire for each selected client, which may be sent to it."""
    return _each(click, questionnaire.Demande(au=today(), dossiers=tuple(click.selected)))


def _evenement(click: Click) -> str:
    """Write one questionnaire for each client with whom something has just happened."""
    return _each(click, questionnaire.Demande(au=today(), apres_evenement=True))


def _each(click: Click, demande: questionnaire.Demande) -> str:
    bilan = questionnaire.run_each(click.workbook, click.folder / FOLDER, demande)
    if bilan.inscrits:
        click.workbook.save()
    told = messages.fitting("\n".join(list_envois(bilan, RUBAN)))
    return messages.paragraphs(told, click.reminder if bilan.inscrits else "")


def _tous(click: Click) -> str:
    """Write one questionnaire for the firm, with a row a client."""
    path = click.folder / f"Questionnaire du {today():%d-%m-%Y}.xlsx"
    bilan = questionnaire.run(click.workbook, path, questionnaire.Demande(au=today()))
    if bilan.inscrits:
        click.workbook.save()
    return messages.fitting("\n".join(list_questionnaire(bilan, RUBAN)))


SURVEY_BUTTONS: dict[str, Callable[[Click], str]] = {
    "enquete": _enquete,
    "enquete_selection": _selection,
    "enquete_evenement": _evenement,
    "enquete_tous": _tous,
}
"""Tag of a button → what it does."""
