"""What has just happened with a client, as the Journal tells it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from segxl.domain.evenements import find_evenements
from segxl.excel.layout import JOURNAL_WIDTHS

TODAY = date(2026, 11, 22)
DAY = date(2026, 11, 10)


def find(*rows: dict[str, Any]) -> dict[str, tuple[date, str]]:
    told = [{"Dossier": "D1", "Date": DAY} | row for row in rows]
    return find_evenements(pd.DataFrame(told, columns=[*JOURNAL_WIDTHS], dtype=object), TODAY)


@pytest.mark.parametrize(
    ("row", "event"),
    [
        ({"Type": "bilan remis"}, "Bilan remis"),
        ({"Type": "FACTURE IMPORTANTE"}, "Facture importante"),
        ({"Canal": "rendez vous"}, "Rendez-vous"),
        ({"Canal": "Téléphone", "Objet": "Bilan remis, exercice 2025"}, "Bilan remis"),
        ({"Objet": "facture importante de mars"}, "Facture importante"),
        ({"Type": "Bilan remis", "Canal": "Rendez-vous"}, "Bilan remis"),
    ],
)
def test_a_type_a_subject_or_a_channel_tells_an_event(row: dict[str, str], event: str) -> None:
    assert find(row) == {"d1": (DAY, event)}


@pytest.mark.parametrize(
    "row",
    [
        {"Type": "Échange", "Canal": "Visio", "Objet": "Pas de bilan remis"},
        {"Type": None, "Canal": None, "Objet": None},
        {"Canal": "Rendez-vous", "Date": None},
    ],
)
def test_anything_else_is_no_event(row: dict[str, str | None]) -> None:
    assert find(row) == {}


@pytest.mark.parametrize(
    ("day", "is_seen"),
    [
        (date(2026, 10, 23), True),
        (date(2026, 10, 22), False),
        (TODAY, True),
        (date(2026, 11, 23), False),
    ],
)
def test_an_event_is_of_the_last_thirty_days(day: date, *, is_seen: bool) -> None:
    assert bool(find({"Type": "Bilan remis", "Date": day})) is is_seen


def test_the_last_event_is_told_whatever_the_order_of_the_rows() -> None:
    rows: list[dict[str, Any]] = [
        {"Canal": "Rendez-vous", "Date": TODAY},
        {"Type": "Facture importante", "Date": TODAY},
        {"Type": "Bilan remis", "Dossier": "d1"},
    ]

    assert find(*rows) == find(*reversed(rows)) == {"d1": (TODAY, "Facture importante")}
