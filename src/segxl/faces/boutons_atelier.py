"""The buttons of the workshop on weights: bring the votes together, keep what they come to."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from segxl.actions import atelier
from segxl.domain.atelier.lecture import TABLE
from segxl.excel.com.selection import show_sheet
from segxl.faces import messages
from segxl.faces.accord import write_once_agreed
from segxl.faces.annonces_atelier import KEPT, list_changes, list_sentences
from segxl.faces.clic import Click


def _calculer(click: Click) -> str:
    """Bring the weights of all together, and show the sheet."""
    bilan = atelier.run(click.workbook)
    click.workbook.save()
    with suppress(Exception):  # it is written: the message says where, even when Excel stays put
        show_sheet(click.book, click.workbook.sheet_of(TABLE))
    told = messages.of_phrases([*list_sentences(bilan)], bilan.anomalies)
    return messages.paragraphs(told, click.reminder)


def _retenir(click: Click) -> str:
    """Show the weights that would change, ask, then write them in the grid."""
    seen = atelier.run(click.workbook, retenir=True, simulation=True)
    return write_once_agreed(
        click,
        messages.of_phrases([*list_changes(seen)], seen.anomalies),
        "Écrire ces poids dans la feuille Grille ?",
        lambda workbook: atelier.run(workbook, retenir=True),
        KEPT,
    )


WORKSHOP_BUTTONS: dict[str, Callable[[Click], str]] = {
    "atelier": _calculer,
    "atelier_retenir": _retenir,
}
"""Tag of a button → what it does."""
