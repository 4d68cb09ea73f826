"""The buttons about what would happen if: try the scenarios, keep one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from segxl.actions import simuler
from segxl.domain.anomalies import SaisieError, file_error
from segxl.domain.simulation.gestes import SCENARIO, TABLE
from segxl.excel.com.selection import selected_rows, show_sheet
from segxl.excel.simulation import PAR_CLIENT, RESULTATS
from segxl.faces import messages
from segxl.faces.accord import write_once_agreed
from segxl.faces.annonces_simulation import list_decisions, list_sentences
from segxl.faces.clic import Click, today


def _simuler(click: Click) -> str:
    """Try the scenarios, write the sheets and show the one to read."""
    bilan = simuler.run(click.workbook, today())
    click.workbook.save()
    with suppress(Exception):  # it is written: the message says where, even when Excel stays put
        show_sheet(click.book, click.workbook.sheet_of(RESULTATS if bilan.essais else TABLE))
    told = messages.of_phrases([*list_sentences(bilan)], bilan.anomalies)
    return messages.paragraphs(told, click.reminder)


def _retenir(click: Click) -> str:
    """Show what the scenario selected decides, ask, then write it beside the clients."""
    name = _selected(click)
    seen = simuler.run(click.workbook, today(), name, simulation=True)
    told = [x for x in list_sentences(seen) if x.startswith(f"« {name} »")]
    return write_once_agreed(
        click,
        messages.of_phrases([*told, *list_decisions(seen)], ()),
        f"Écrire ces décisions du scénario « {name} » dans la feuille Clients ?",
        lambda workbook: simuler.run(workbook, today(), name),
        "C’est écrit, dans la feuille Clients.",
    )


def _selected(click: Click) -> str:
    """Return the scenario of the row selected, on any of the three sheets."""
    for name in (TABLE, RESULTATS, PAR_CLIENT):
        if not click.workbook.has_table(name):
            continue
        table = click.workbook.read_table(name).canonical([SCENARIO])
        with suppress(SaisieError):  # nothing is selected on this sheet: another one is looked at
            row = selected_rows(click.book, table)[0]
            if SCENARIO in table.letters and (told := table.lignes.at[row, SCENARIO]):
                return " ".join(str(told).split())
    problem = "aucun scénario n’est sélectionné"
    remedy = "cliquez sur une de ses lignes dans la feuille Scénarios ou Simulation, puis recommencez"  # fmt: skip
    raise file_error("Scénarios", "", problem, remedy)


WHAT_IF_BUTTONS: dict[str, Callable[[Click], str]] = {
    "simuler": _simuler,
    "simuler_retenir": _retenir,
}
"""Tag of a button → what it does."""
