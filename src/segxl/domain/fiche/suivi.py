"""What was last said with each client, what is still to follow up, and when it is met next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import pandas as pd

from segxl.domain.journal import SUITE, exchanges_of, find_complaints
from segxl.domain.tableau import records_of
from segxl.domain.textes import fold
from segxl.domain.traces import day_of, text_of


class Contact(NamedTuple):
    """One exchange of the Journal, and the Excel row that tells it."""

    jour: date
    canal: str
    qui: str
    objet: str
    row: int


class Suite(NamedTuple):
    """One follow-up that is still open; its day is None where nobody set one."""

    jour: date | None
    texte: str
    row: int


class Suivi(NamedTuple):
    """What the Journal says of one client on one day."""

    dernier: Contact | None = None
    suites: tuple[Suite, ...] = ()
    """The open ones, the first due first; those without a day come last."""
    reclamation: Suite | None = None
    """The first complaint that is open, and the day it was made."""


class RendezVous(NamedTuple):
    """The step of the sheet Plan that is still to take."""

    jour: date | None
    etape: str
    responsable: str
    row: int


def follow_clients(journal: pd.DataFrame, au: date) -> dict[str, Suivi]:
    """Return what the Journal says of each client, by its folded number.

    Parameters
    ----------
    journal : DataFrame of object, shape (n, 9)
        See ``excel.journal.read_journal``.
    au : date
        The day of the question: an exchange to come is none yet, and says nothing; one whose day
        cannot be read can leave a follow-up open, but is not the last one.
    """
    told: dict[str, list[tuple[int, dict[str, object]]]] = defaultdict(list)
    for row, cells in records_of(exchanges_of(journal)):
        day = day_of(cells["Date"])
        if day is None or day <= au:
            told[fold(cells["Dossier"])].append((row, cells))
    known = {row: cells for lines in told.values() for row, cells in lines}
    complaints = find_complaints(journal.loc[[*known]])
    return {
        key: Suivi(
            dernier=_last(lines),
            suites=_open_suites(lines, au),
            reclamation=_complaint(complaints[key], known) if key in complaints else None,
        )
        for key, lines in told.items()
    }


def next_meetings(lignes: pd.DataFrame) -> dict[str, RendezVous]:
    """Return the step still to take with each client, by its folded number.

    Parameters
    ----------
    lignes : DataFrame
        The sheet Plan, see ``lecture_plan.parse_plan``.
    """
    return {
        str(cells["clé"]): RendezVous(
            _date_of(cells["jour"]), text_of(cells["Étape"]), text_of(cells["Responsable"]), row
        )
        for row, cells in records_of(lignes[lignes["est premier"]])
    }


def _last(lines: list[tuple[int, dict[str, object]]]) -> Contact | None:
    """Return the latest exchange; the lowest of the sheet where several are of one day."""
    dated = [(day, row, c) for row, c in lines if (day := day_of(c["Date"]))]
    if not dated:
        return None
    day, row, cells = max(dated, key=lambda line: line[:2])
    objet = text_of(cells["Objet"]) or text_of(cells["Type"])
    return Contact(day, text_of(cells["Canal"]), text_of(cells["Qui"]), objet, row)


def _open_suites(lines: list[tuple[int, dict[str, object]]], au: date) -> tuple[Suite, ...]:
    found = []
    for row, cells in lines:
        due, words = day_of(cells["Suite le"]), text_of(cells["Suite"])
        closed = day_of(cells["Clos le"])
        if (due or words) and (closed is None or closed > au):
            found.append(Suite(due, words or SUITE, row))
    return tuple(sorted(found, key=lambda suite: (suite.jour or date.max, suite.row)))


def _complaint(row: int, known: Mapping[int, dict[str, object]]) -> Suite:
    return Suite(day_of(known[row]["Date"]), text_of(known[row]["Objet"]), row)


def _date_of(moment: object) -> date | None:
    return moment.date() if isinstance(moment, pd.Timestamp) else None
