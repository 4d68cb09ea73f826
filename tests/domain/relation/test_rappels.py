"""The calls promised by the answers to complaints."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from segxl.domain.relation.paliers import MEDIATION, RECUE, REPONDUE, Reclamation
from segxl.domain.relation.rappels import RAPPEL, UNDATED, find_rappels
from segxl.excel.layout import JOURNAL_WIDTHS

TODAY = date(2026, 11, 22)
ANSWERED = date(2026, 11, 10)


def journal(*rows: tuple[str, date | None, str]) -> pd.DataFrame:
    told = [{"Dossier": d, "Date": jour, "Type": word} for d, jour, word in rows]
    return pd.DataFrame(told, columns=[*JOURNAL_WIDTHS], dtype=object)


def answered(
    le: date | None = ANSWERED, etape: str = REPONDUE, clos: date | None = None
) -> Reclamation:
    return Reclamation(dossier="D1", objet="Retard", etape=etape, etape_le=le, clos_le=clos)


def due(
    reclamation: Reclamation, *rows: tuple[str, date | None, str], delai: int = 7
) -> list[tuple[object, ...]]:
    found = find_rappels({5: reclamation}, journal(*rows), TODAY, delai)
    return [*found.itertuples(index=False, name=None)]


def test_a_client_who_was_answered_is_called_some_days_later() -> None:
    assert due(answered()) == [(date(2026, 11, 17), "D1", RAPPEL, "Retard")]
    assert due(answered(), delai=12) == [(TODAY, "D1", RAPPEL, "Retard")]
    assert due(answered(), delai=13) == []


@pytest.mark.parametrize(
    ("row", "still"),
    [
        (("d1", date(2026, 11, 11), "Échange"), False),
        (("D1", ANSWERED, "Échange"), True),
        (("D1", date(2026, 11, 23), "Échange"), True),
        (("D1", None, "Échange"), True),
        (("D1", date(2026, 11, 20), "Réclamation"), True),
        (("D2", date(2026, 11, 20), "Échange"), True),
    ],
)
def test_the_call_is_made_once_an_exchange_of_a_later_day_is_on_record(
    row: tuple[str, date | None, str], *, still: bool
) -> None:
    assert bool(due(answered(), ("D1", date(2026, 10, 1), "Échange"), row)) is still


@pytest.mark.parametrize("etape", [RECUE, MEDIATION, ""])
def test_no_call_is_due_where_the_firm_has_not_answered_or_another_decides(etape: str) -> None:
    assert due(answered(etape=etape)) == []


@pytest.mark.parametrize(
    ("days", "still"), [(0, True), (1, False), (12, False), (13, True), (-1, True)]
)
def test_closing_it_after_the_answer_ends_the_call_and_closing_it_with_the_answer_does_not(
    days: int, *, still: bool
) -> None:
    assert bool(due(answered(clos=ANSWERED + timedelta(days=days)))) is still


def test_an_answer_without_a_day_is_told_at_once_until_the_complaint_is_closed() -> None:
    assert due(answered(le=None)) == [(TODAY, "D1", UNDATED, "Retard")]
    assert due(answered(le=None, clos=TODAY)) == []


def test_an_answer_on_the_last_day_that_can_be_stops_nothing() -> None:
    found = find_rappels({5: answered(le=date.max)}, journal(), date.max, 7)

    assert found.empty


def test_an_answer_to_come_calls_for_nothing_yet() -> None:
    assert due(answered(le=date(2026, 11, 30)), delai=0) == []
