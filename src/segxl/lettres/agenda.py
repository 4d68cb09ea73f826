"""The plan as a calendar that any diary imports; a second import updates the first."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from icalendar import Calendar, Event

from segxl.domain.anomalies import SaisieError, file_error
from segxl.domain.textes import fold

PRODID = "-//segxl//Plan des rendez-vous//FR"
SUFFIX = ".ics"
HEAD = 500
"""Bytes at the top of a calendar that tell which program wrote it."""
SECONDS = 60


def render_agenda(rendez_vous: Sequence[Mapping[str, object]], now: datetime) -> bytes:
    """Write one all-day event for each meeting.

    An event is known by its dossier and its step, so that one whose day moved replaces the one
    imported before; it holds nothing that the plan's sheet does not show.

    Parameters
    ----------
    rendez_vous : sequence of mappings
        ``Dossier``, ``Raison sociale``, ``Étape``, ``Responsable`` and ``Date prévue``, a date.
    now : datetime
        The moment of the export, with its time zone: diaries keep the latest version.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Rendez-vous facturation électronique")
    for meeting in rendez_vous:
        calendar.add_component(_event_of(meeting, now))
    return bytes(calendar.to_ical())


def refuse_stranger_agenda(path: Path) -> None:
    """Raise unless the calendar can be written at ``path``: a new .ics, or one of segxl's.

    Raises
    ------
    SaisieError
        The name, the folder or the file that stands there forbids it.
    """
    if path.suffix.casefold() != SUFFIX:
        raise _refusal(path, "un agenda s’écrit dans un fichier .ics", "donnez-lui un nom en .ics")
    try:
        if not path.parent.is_dir():
            problem = f"le dossier {path.parent} n’existe pas"
            raise _refusal(path, problem, "créez-le, ou choisissez-en un autre")
        if not path.exists():
            return
        with path.open("rb") as stream:
            is_ours = f"PRODID:{PRODID}".encode() in stream.read(HEAD)
    except OSError as error:
        raise _unwritable(path) from error
    if not is_ours:
        problem = "ce fichier existe déjà et segxl ne l’a pas écrit : il n’a pas été touché"
        raise _refusal(path, problem, "donnez un autre nom, ou déplacez ce fichier")


def store_agenda(path: Path, content: bytes) -> None:
    """Write the calendar in one move: the one that stands there stays whole until then.

    Raises
    ------
    SaisieError
        See :func:`refuse_stranger_agenda`; or the disk refuses.
    """
    refuse_stranger_agenda(path)
    target = path.resolve()
    draft = target.with_name(f".{target.name}.{os.getpid()}.segxl.tmp")
    try:
        try:
            draft.write_bytes(content)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise _unwritable(path) from error


def _event_of(meeting: Mapping[str, object], now: datetime) -> Event:
    """Return one meeting as diaries know it."""
    day = meeting["Date prévue"]
    if not isinstance(day, date):
        raise TypeError(day)
    dossier, etape = str(meeting["Dossier"]), str(meeting["Étape"])
    client = str(meeting["Raison sociale"] or dossier)
    event = Event()
    event.add("uid", uid_of(dossier, etape))
    event.add("dtstamp", now)
    event.add("sequence", int(now.timestamp()) // SECONDS)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(1))
    event.add("summary", f"{etape} – {client}")
    event.add("description", f"Dossier {dossier}\nResponsable : {meeting['Responsable']}")
    event.add("class", "PRIVATE")
    # An all-day event would otherwise show the whole day as busy.
    event.add("transp", "TRANSPARENT")
    return event


def uid_of(dossier: str, etape: str) -> str:
    """Return what a diary knows an event by: the same for the same step of the same dossier.

    >>> uid_of("D1", "Tester l’émission") == uid_of("d1", "tester l'émission")
    True
    """
    known = f"{fold(dossier)}\n{fold(etape)}".encode()
    return f"{hashlib.sha256(known).hexdigest()[:32]}@segxl"


def _unwritable(path: Path) -> SaisieError:
    remedy = f"vérifiez la place et vos droits sur le dossier {path.parent}, et fermez le fichier s’il est ouvert"
    return _refusal(path, "l’agenda ne peut pas être écrit ici", remedy)


def _refusal(path: Path, problem: str, remedy: str) -> SaisieError:
    return file_error(path.name, "", problem, remedy)
