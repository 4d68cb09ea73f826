from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from segxl.domain.anomalies import SaisieError
from segxl.lettres.agenda import render_agenda, store_agenda, uid_of

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
MEETING = {
    "Dossier": "D1", "Raison sociale": "Lumo Énergie", "Étape": "Faire signer le mandat",
    "Responsable": "AB", "Date prévue": date(2026, 12, 3),
}  # fmt: skip


def events(content: bytes) -> list[Mapping[str, object]]:
    return [dict(e) for e in Calendar.from_ical(content).walk("VEVENT")]


def event_of(changes: Mapping[str, object], now: datetime = NOW) -> Mapping[str, object]:
    [event] = events(render_agenda([{**MEETING, **changes}], now))
    return event


def test_a_meeting_is_an_event_of_the_whole_day_that_blocks_nothing() -> None:
    [event] = Calendar.from_ical(render_agenda([MEETING], NOW)).walk("VEVENT")

    days = [event.decoded(name) for name in ("DTSTART", "DTEND")]
    assert days == [date(2026, 12, 3), date(2026, 12, 4)]
    assert event["SUMMARY"] == "Faire signer le mandat – Lumo Énergie"
    assert event["DESCRIPTION"] == "Dossier D1\nResponsable : AB"
    assert (event["TRANSP"], event["CLASS"]) == ("TRANSPARENT", "PRIVATE")


def test_a_meeting_that_moved_is_the_same_event_in_a_later_version() -> None:
    later = NOW + timedelta(minutes=5)

    first, second = event_of({}), event_of({"Date prévue": date(2027, 1, 8)}, later)

    assert first["UID"] == second["UID"]
    assert int(str(first["SEQUENCE"])) < int(str(second["SEQUENCE"])) < 2**31


def test_another_step_or_another_client_is_another_event() -> None:
    uids = {uid_of("D1", "Choisir"), uid_of("D1", "Tester"), uid_of("D2", "Choisir")}

    assert len(uids) == 3


def test_a_client_without_a_name_is_known_by_its_number() -> None:
    assert event_of({"Raison sociale": None})["SUMMARY"] == "Faire signer le mandat – D1"


def test_a_name_cannot_forge_an_event() -> None:
    name = "Lumo\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:forgé ; , \\n é"

    [event] = events(render_agenda([MEETING | {"Raison sociale": name}], NOW))

    assert "forgé ; , \\n é" in str(event["SUMMARY"])


def test_a_calendar_without_a_meeting_is_a_calendar() -> None:
    assert events(render_agenda([], NOW)) == []


def test_a_calendar_of_segxl_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "plan.ics"
    store_agenda(path, render_agenda([], NOW))

    store_agenda(path, render_agenda([MEETING], NOW))

    assert len(events(path.read_bytes())) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["plan.ics"]


@pytest.mark.parametrize(
    "held",
    [
        b"",
        b"Mes notes",
        b"BEGIN:VCALENDAR\r\nPRODID:-//Autre//FR\r\nEND:VCALENDAR\r\n",
        b"\xff" * 900,
    ],
)
def test_a_file_of_somebody_else_is_never_written_over(tmp_path: Path, held: bytes) -> None:
    path = tmp_path / "plan.ics"
    path.write_bytes(held)

    with pytest.raises(SaisieError, match="segxl ne l’a pas écrit : il n’a pas été touché"):
        store_agenda(path, render_agenda([MEETING], NOW))

    assert path.read_bytes() == held


def test_a_name_that_is_no_calendar_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SaisieError, match=r"Donnez-lui un nom en \.ics"):
        store_agenda(tmp_path / "portefeuille.xlsx", b"")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SaisieError, match="nulle-part n’existe pas"):
        store_agenda(tmp_path / "nulle-part" / "plan.ics", b"")


def test_a_folder_in_place_of_the_calendar_is_told_in_french(tmp_path: Path) -> None:
    (tmp_path / "plan.ics").mkdir()

    with pytest.raises(SaisieError, match="l’agenda ne peut pas être écrit ici"):
        store_agenda(tmp_path / "plan.ics", b"")
