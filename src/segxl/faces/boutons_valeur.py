"""The buttons about value: what each client brings and costs, with new hours or without."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from segxl.actions import valeur
from segxl.excel.analyse import TABLE as ANALYSE
from segxl.excel.com.selection import show_sheet
from segxl.excel.valeur import TABLE
from segxl.faces import messages
from segxl.faces.accord import write_once_agreed
from segxl.faces.annonces_valeur import list_sentences
from segxl.faces.clic import Click, today


def _calculer(click: Click) -> str:
    """Measure, write the sheets and show one: that of the two fields to whoever typed them there."""
    bilan = valeur.run(click.workbook, today())
    click.workbook.save()
    with suppress(Exception):  # it is written: the message says where, even when Excel stays put
        front, crossed = click.book.sheets.active.name, click.workbook.sheet_of(ANALYSE)
        show_sheet(click.book, crossed if front == crossed else click.workbook.sheet_of(TABLE))
    return messages.paragraphs(_told(bilan), click.reminder)


def _temps(click: Click) -> str:
    """Show what a time sheet brings, ask, then write it and measure."""
    exports = [Path(argument) for argument in click.arguments]
    return write_once_agreed(
        click,
        _told(valeur.run(click.workbook, today(), exports, simulation=True)),
        "Écrire ces temps dans la feuille Temps, et remplir la feuille Valeur ?",
        lambda workbook: valeur.run(workbook, today(), exports),
        "C’est écrit, dans les feuilles Temps et Valeur.",
    )


def _told(bilan: valeur.BilanValeur) -> str:
    return messages.of_phrases([*list_sentences(bilan)], bilan.anomalies)


VALUE_BUTTONS: dict[str, Callable[[Click], str]] = {
    "valeur_calculer": _calculer,
    "valeur_temps": _temps,
}
"""Tag of a button → what it does."""
