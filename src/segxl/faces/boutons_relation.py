"""The button of the relation: measure, write the sheets, show the one to read."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from segxl.actions import relation
from segxl.excel.com.selection import show_sheet
from segxl.excel.relation import TABLE
from segxl.faces import messages
from segxl.faces.annonces_relation import list_sentences
from segxl.faces.clic import Click, today


def _relation(click: Click) -> str:
    """Say how the relation with the clients stands, and show the sheet that lists them."""
    bilan = relation.run(click.workbook, today())
    click.workbook.save()
    with suppress(Exception):  # it is written: the message says where, even when Excel stays put
        show_sheet(click.book, click.workbook.sheet_of(TABLE))
    told = messages.fitting("\n".join(list_sentences(bilan)))
    return messages.paragraphs(told, messages.of_anomalies(bilan.anomalies), click.reminder)


RELATION_BUTTONS: dict[str, Callable[[Click], str]] = {"relation": _relation}
"""Tag of a button → what it does."""
