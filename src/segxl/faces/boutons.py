"""What each button of the ribbon does: the action of the command line, on the open workbook."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from segxl.actions import (
    actualiser,
    adopter,
    controler,
    courriers,
    diagnostic,
    expliquer,
    noter,
    nouveau,
)
from segxl.domain.anomalies import file_error
from segxl.excel.com.selection import selected_rows, show_sheet
from segxl.excel.file import FileWorkbook
from segxl.excel.ooxml.archive import refuse_existing
from segxl.faces import messages
from segxl.faces.accord import is_agreed
from segxl.faces.avancement import Avancement
from segxl.faces.boutons_atelier import WORKSHOP_BUTTONS
from segxl.faces.boutons_donnees import DATA_BUTTONS
from segxl.faces.boutons_enquete import SURVEY_BUTTONS
from segxl.faces.boutons_loi import LAW_BUTTONS
from segxl.faces.boutons_relation import RELATION_BUTTONS
from segxl.faces.boutons_segments import SEGMENT_BUTTONS
from segxl.faces.boutons_simulation import WHAT_IF_BUTTONS
from segxl.faces.boutons_valeur import VALUE_BUTTONS
from segxl.faces.clic import Click, today
from segxl.shipped import shipped_path

DASHBOARD = "SyntheseSegments"
LETTERS_FOLDER = "Courriers"
GUIDE = "docs/guide.html"
OLDER = "Ce classeur vient d’une version antérieure : « Mettre à jour le classeur » en fait une copie avec les colonnes venues depuis."


def _noter(click: Click) -> str:
    bilan = noter.run(click.workbook, today())
    listed = click.workbook.sheet_of("Anomalies") if bilan.anomalies else ""
    older = OLDER if actualiser.find_missing_columns(click.workbook) else ""
    click.workbook.save()
    with suppress(Exception):  # the notes are written: where the list stands is told anyway
        if listed:
            click.book.sheets[listed].visible = True
    return messages.paragraphs(messages.of_notation(bilan, listed), older, click.reminder)


def _controler(click: Click) -> str:
    return messages.of_controle(controler.run(click.workbook, today()))


def _expliquer(click: Click) -> str:
    justification = expliquer.show(click.workbook, click.selected[0], today())
    sheet = click.workbook.sheet_of(expliquer.TABLE)
    click.workbook.save()
    with suppress(Exception):  # it is written: the message says where, even when Excel stays put
        show_sheet(click.book, sheet)
    return messages.of_justification(justification, sheet)


def _courriers(
    click: Click, segments: tuple[str, ...], dossiers: tuple[str, ...], modele: str = ""
) -> str:
    commande = courriers.Commande(
        vers=click.folder / LETTERS_FOLDER,
        beside=click.folder,
        today=today(),
        segments=segments,
        dossiers=dossiers,
        modele=modele,
    )
    with Avancement(click.app) as avancement:
        bilan = courriers.run(click.workbook, commande, avancement.of("Courriers"))
        with courriers.telling_what_is_stored(bilan.fichiers):
            click.workbook.save()
    return messages.paragraphs(messages.of_courriers(bilan, commande.vers), click.reminder)


def _courriers_selection(modele: str = "") -> Callable[[Click], str]:
    """Return what writes one model, or that of their segment, to the clients selected."""
    return lambda click: _courriers(click, (), tuple(click.selected), modele)


def _courriers_segment(click: Click) -> str:
    """Write to the segment of the first client selected."""
    row = selected_rows(click.book, click.clients)[0]
    segment = (
        click.clients.lignes.at[row, "Segment"] if "Segment" in click.clients.letters else None
    )
    if segment is None:
        problem, remedy = "ce client n’a pas encore de segment", "cliquez d’abord sur « Noter »"
        raise file_error(click.clients.sheet, "", problem, remedy)
    return _courriers(click, (str(segment),), ())


def _courriers_tous(click: Click) -> str:
    return _courriers(click, (), ())


def _courriers_about(modele: str) -> Callable[[Click], str]:
    """Return what writes one model to everybody it concerns."""
    return lambda click: _courriers(click, (), (), modele)


def _tableau(click: Click) -> str:
    if not click.workbook.has_table(DASHBOARD):
        return "Ce classeur n’a pas de tableau de bord."
    show_sheet(click.book, click.workbook.sheet_of(DASHBOARD))
    return ""


def _nouveau(click: Click) -> str:
    """Make a workbook where the user said, or else from the one in front."""
    if not click.arguments:
        return _reprendre(click)
    path = nouveau.run(Path(click.arguments[0]))
    click.app.books.open(path)
    return f"Classeur créé : {path}.\n\nCommencez par la feuille Accueil."


def _reprendre(click: Click) -> str:
    """Show how the list in front is understood, ask, then make its copy and open it."""
    name = Path(click.book.name)
    target = click.folder / f"{name.stem} - segxl{name.suffix}"
    with click.copy() as liste:
        front = click.book.sheets.active.name
        demande = adopter.Demande(liste=liste, devant=front, is_saved=True)
        seen = adopter.run(target, demande, simulation=True)
        question = f"Créer « {target.name} » à côté de votre classeur, qui reste tel quel ?"
        if not is_agreed(click, messages.of_adoption(seen), question):
            return "Rien n’a été créé."
        adopter.run(target, demande)
    click.app.books.open(target)
    return f"Classeur créé : {target}.\n\nComplétez les réponses, puis cliquez sur « Noter »."


def _actualiser(click: Click) -> str:
    """Make an up-to-date copy of a workbook of an earlier version; itself it stays as it is."""
    name = Path(click.book.name)
    target = click.folder / f"{name.stem} - à jour{name.suffix}"
    with click.copy() as path:
        workbook = FileWorkbook(path)
        pris = actualiser.run(workbook)
        if pris.refus:
            return f"Rien n’a été créé : {pris.refus}"
        if not pris.colonnes:
            return "Ce classeur est à jour."
        refuse_existing(target)
        workbook.save_as(target)
    click.app.books.open(target)
    return f"Copie à jour créée : {target}.\n\n{len(pris.colonnes)} colonnes s’ajoutent à droite de Clients. Cliquez sur « Noter » pour les remplir."


def _aide(_: Click) -> str:
    guide = shipped_path(GUIDE)
    webbrowser.open(guide.as_uri())
    return ""


def _diagnostic(click: Click) -> str:
    return messages.of_constats(diagnostic.run(Path.home(), "|".join(click.arguments)))


BUTTONS: dict[str, Callable[[Click], str]] = {
    "noter": _noter,
    "controler": _controler,
    "expliquer": _expliquer,
    "nouveau": _nouveau,
    "courriers_selection": _courriers_selection(),
    "courriers_segment": _courriers_segment,
    "courriers_tous": _courriers_tous,
    "courriers_plateforme": _courriers_about("Sans plateforme"),
    "courriers_regime": _courriers_about("Fin du régime simplifié"),
    "courriers_changements": _courriers_about("Ce qui change"),
    "courriers_reclamations": _courriers_about("Réponse à une réclamation"),
    "courriers_honoraires": _courriers_about("Relance d’honoraires"),
    "courriers_avis": _courriers_selection("Votre avis"),
    "courriers_remerciement": _courriers_selection("Remerciement"),
    "courriers_service": _courriers_selection("Nouveau service"),
    "courriers_revue": _courriers_selection("Revue des honoraires"),
    "courriers_fin": _courriers_selection("Fin de mission"),
    "actualiser": _actualiser,
    "tableau": _tableau,
    "aide": _aide,
    "diagnostic": _diagnostic,
    **DATA_BUTTONS,
    **SURVEY_BUTTONS,
    **LAW_BUTTONS,
    **VALUE_BUTTONS,
    **RELATION_BUTTONS,
    **SEGMENT_BUTTONS,
    **WHAT_IF_BUTTONS,
    **WORKSHOP_BUTTONS,
}
"""Tag of a button → what it does; « redemarrer » stops Python, so the add-in does it alone."""
