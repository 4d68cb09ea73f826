"""The buttons about the law: what it asks, whom to see, how far platforms are, what proves it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from segxl.actions import journal, obligations, plan, plateformes, trajectoire
from segxl.excel.com.selection import show_sheet
from segxl.excel.loi import TABLE as LOI
from segxl.excel.loi import write_loi
from segxl.faces import messages_loi
from segxl.faces.accord import write_once_agreed
from segxl.faces.avancement import Avancement
from segxl.faces.clic import Click, now, today
from segxl.faces.messages import paragraphs
from segxl.sources.loi import read_loi

EVIDENCE_FOLDER = "Dossiers de trajectoire"
AGENDA = "plan.ics"
OBJET = "(à compléter)"


def _obligations(click: Click) -> str:
    """Say what the law asks of the portfolio, and show the sheet that has its sources."""
    bilan = obligations.run(click.workbook, today())
    write_loi(click.workbook, read_loi())
    click.workbook.save()
    _show(click, LOI)
    return messages_loi.of_obligations(bilan)


def _plan(click: Click) -> str:
    bilan = plan.run(click.workbook, today())
    click.workbook.save()
    _show(click, "Plan")
    return paragraphs(messages_loi.of_plan(bilan), click.reminder)


def _plan_agenda(click: Click) -> str:
    """Plan, then write the calendar beside the workbook."""
    ics = click.folder / AGENDA
    bilan = plan.run(click.workbook, today(), ics)
    count = plan.export_agenda(bilan, ics, now())
    click.workbook.save()
    return paragraphs(messages_loi.of_agenda(count, ics), click.reminder)


def _plateformes(click: Click) -> str:
    """Show what the exports say, ask, then write; without any, say whom to call."""
    exports = [Path(argument) for argument in click.arguments]
    seen = plateformes.run(click.workbook, exports, today(), simulation=True)
    told = messages_loi.of_plateformes(seen)
    if seen.is_empty:
        return told
    return write_once_agreed(
        click,
        told,
        "Écrire ces changements dans la feuille Clients ?",
        lambda workbook: plateformes.run(workbook, exports, today()),
        "C’est écrit. Cliquez sur « Noter », puis sur « Plan ».",
    )


def _plateformes_relances(click: Click) -> str:
    """Say whom to call."""
    return messages_loi.of_plateformes(plateformes.run(click.workbook, [], today()))


def _journal(click: Click) -> str:
    """Put an exchange of today with the selected client on record; the person completes it."""
    dossier = click.selected[0]
    echange = journal.Echange(dossier=dossier, objet=OBJET)
    bilan = journal.run(click.workbook, echange, today())
    click.workbook.save()
    _show(click, "Journal")
    return paragraphs(messages_loi.of_journal(bilan), click.reminder)


def _journal_suites(click: Click) -> str:
    """Say what is to follow up, and show the Journal where there is any."""
    bilan = journal.list_suites(click.workbook, today())
    if len(bilan.suites) > bilan.rappels and click.workbook.has_table("Journal"):
        _show(click, "Journal")
    return messages_loi.of_suites(bilan)


def _trajectoire(click: Click, dossiers: tuple[str, ...]) -> str:
    folder = click.folder / EVIDENCE_FOLDER
    commande = trajectoire.Commande(vers=folder, au=today(), dossiers=dossiers)
    with Avancement(click.app) as avancement:
        bilan = trajectoire.run(click.workbook, commande, avancement.of("Dossiers"))
    return messages_loi.of_trajectoire(bilan, folder)


def _trajectoire_selection(click: Click) -> str:
    return _trajectoire(click, tuple(click.selected))


def _trajectoire_tous(click: Click) -> str:
    return _trajectoire(click, ())


def _show(click: Click, table: str) -> None:
    with suppress(Exception):  # it is written: the message says where, even when Excel stays put
        show_sheet(click.book, click.workbook.sheet_of(table))


LAW_BUTTONS: dict[str, Callable[[Click], str]] = {
    "obligations": _obligations,
    "plan": _plan,
    "plan_agenda": _plan_agenda,
    "plateformes": _plateformes,
    "plateformes_relances": _plateformes_relances,
    "journal": _journal,
    "journal_suites": _journal_suites,
    "trajectoire_selection": _trajectoire_selection,
    "trajectoire_tous": _trajectoire_tous,
}
"""Tag of a button → what it does."""
