"""The buttons of the relation: how it stands, and the statement that a client may ask for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from segxl.actions import equipe, relation, releve
from segxl.excel.com.selection import show_sheet
from segxl.excel.equipe import TABLE as EQUIPE
from segxl.excel.relation import TABLE
from segxl.faces import messages
from segxl.faces.annonces_equipe import list_sentences as list_equipe
from segxl.faces.annonces_relation import list_sentences
from segxl.faces.annonces_releve import list_sentences as list_releves
from segxl.faces.avancement import Avancement
from segxl.faces.clic import Click, today

STATEMENTS_FOLDER = "Relevés"


def _relation(click: Click) -> str:
    """Say how the relation with the clients stands, and show the sheet that lists them."""
    bilan = relation.run(click.workbook, today())
    click.workbook.save()
    with suppress(Exception):  # it is written: the message says where, even when Excel stays put
        show_sheet(click.book, click.workbook.sheet_of(TABLE))
    told = messages.fitting("\n".join(list_sentences(bilan)))
    return messages.paragraphs(told, messages.of_anomalies(bilan.anomalies), click.reminder)


def _equipe(click: Click) -> str:
    """Count what each person did up to today, and show the sheet."""
    bilan = equipe.run(click.workbook, today())
    click.workbook.save()
    with suppress(Exception):  # it is written: the message says where, even when Excel stays put
        show_sheet(click.book, click.workbook.sheet_of(EQUIPE))
    told = messages.fitting("\n".join(list_equipe(bilan)))
    return messages.paragraphs(told, messages.of_anomalies(bilan.anomalies), click.reminder)


def _releve(click: Click) -> str:
    """Write the statement of each selected client, over the twelve months up to today."""
    commande = releve.Commande(
        vers=click.folder / STATEMENTS_FOLDER, dossiers=tuple(click.selected), au=today()
    )
    with Avancement(click.app) as avancement:
        bilan = releve.run(click.workbook, commande, avancement.of(STATEMENTS_FOLDER))
    return messages.fitting("\n".join(list_releves(bilan, commande.vers, messages.SHOWN)))


RELATION_BUTTONS: dict[str, Callable[[Click], str]] = {
    "relation": _relation,
    "releve": _releve,
    "equipe": _equipe,
}
"""Tag of a button → what it does."""
