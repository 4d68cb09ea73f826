"""The buttons about segments: what they yield, and one page each for the team."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from segxl.actions import groupes, segments
from segxl.excel.com.selection import show_sheet
from segxl.excel.groupes_suggeres import TABLE as GROUPES
from segxl.excel.segments import OFFRES, TABLE
from segxl.faces import messages
from segxl.faces.annonces_groupes import list_groups
from segxl.faces.annonces_segments import headline, list_sentences
from segxl.faces.avancement import Avancement
from segxl.faces.clic import Click, today

FOLDER = "Pages de segment"


def _calculer(click: Click) -> str:
    """Measure, write the sheets and show the one to read."""
    bilan = segments.run(click.workbook, today())
    return _told(click, bilan)


def _pages(click: Click) -> str:
    """Do the same, and write a page a segment beside the workbook."""
    with Avancement(click.app) as avancement:
        folder = click.folder / FOLDER
        bilan = segments.run(click.workbook, today(), folder, avancement.of(FOLDER))
    return _told(click, bilan)


def _offres(click: Click) -> str:
    """Show the sheet where the offers are typed; the first time, make it."""
    if not click.workbook.has_table(OFFRES):
        return _told(click, segments.run(click.workbook, today()), OFFRES)
    show_sheet(click.book, click.workbook.sheet_of(OFFRES))
    return ""


def _told(click: Click, bilan: segments.BilanSegments, table: str = TABLE) -> str:
    click.workbook.save()
    with suppress(Exception):  # it is written: the message says where, even when Excel stays put
        show_sheet(click.book, click.workbook.sheet_of(table))
    written = [*list_sentences(bilan)]
    told = messages.of_phrases([headline(bilan), *reversed(written)], bilan.anomalies)
    return messages.paragraphs(told, click.reminder)


def _groupes(click: Click) -> str:
    """Look for clients who look alike, and show the sheet."""
    bilan = groupes.run(click.workbook, today())
    click.workbook.save()
    with suppress(Exception):  # it is written: the message says where, even when Excel stays put
        show_sheet(click.book, click.workbook.sheet_of(GROUPES))
    told = messages.of_phrases([*list_groups(bilan)], bilan.anomalies)
    return messages.paragraphs(told, click.reminder)


SEGMENT_BUTTONS: dict[str, Callable[[Click], str]] = {
    "segments_calculer": _calculer,
    "segments_pages": _pages,
    "segments_offres": _offres,
    "groupes": _groupes,
}
"""Tag of a button → what it does."""
