"""What each person did, month by month."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segxl.domain.anomalies import SaisieError
from segxl.domain.equipe import (
    ANNEE,
    ECHANGES,
    HEURES,
    MOIS,
    QUI,
    SUIVIS,
    Fact,
    count_equipe,
    parse_mois,
)

AU, NOVEMBER = date(2026, 11, 22), date(2026, 11, 1)


def clients(*rows: tuple[Any, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[QUI, "Entrée le", "Sortie le"], dtype=object)


def count(
    facts: list[Fact], suivis: pd.DataFrame | None = None, mois: date = NOVEMBER
) -> list[dict[Any, Any]]:
    return count_equipe(clients() if suivis is None else suivis, facts, mois, AU).to_dict("records")


def test_each_person_has_a_line_a_month_the_last_month_first_then_by_name() -> None:
    facts: list[Fact] = [
        (ECHANGES, "Zoé", date(2026, 11, 3), 1.0),
        (ECHANGES, "Zoé", date(2026, 11, 5), 1.0),
        (ECHANGES, "élodie", date(2026, 11, 5), 1.0),
        (ECHANGES, "Bruno", date(2026, 9, 5), 1.0),
    ]

    rows = count(facts)

    assert [(r[MOIS], r[QUI], r[ECHANGES]) for r in rows] == [
        (NOVEMBER, "élodie", 1),
        (NOVEMBER, "Zoé", 2),
        (date(2026, 9, 1), "Bruno", 1),
    ]


def test_one_person_has_one_line_whatever_the_spelling_and_nobody_s_facts_come_last() -> None:
    facts: list[Fact] = [
        (ECHANGES, "julie  MOREL", date(2026, 11, 3), 1.0),
        (ECHANGES, "", date(2026, 11, 3), 1.0),
    ]

    rows = count(facts, clients(("Julie Morel", None, None)))

    assert [(r[QUI], r[ECHANGES], r[SUIVIS]) for r in rows] == [
        ("Julie Morel", 1, 1),
        ("(sans nom)", 1, 0),
    ]


def test_what_has_no_day_or_a_day_to_come_counts_for_nothing() -> None:
    facts: list[Fact] = [
        (ECHANGES, "A", None, 1.0), (ECHANGES, "A", date(2026, 11, 23), 1.0),
        (ECHANGES, "A", date(2025, 11, 30), 1.0), (ECHANGES, "A", date(2024, 11, 30), 1.0),
    ]  # fmt: skip

    assert count(facts) == []


def test_a_client_counts_for_whoever_follows_it_as_the_month_ends() -> None:
    suivis = clients(
        ("A", date(2026, 11, 22), None),
        ("A", None, date(2026, 11, 2)),
        ("A", None, date(2026, 10, 2)),
        ("A", date(2026, 12, 2), None),
    )

    november, october = (
        count([(ECHANGES, "A", m, 1.0)], suivis, m)[0][SUIVIS]
        for m in (NOVEMBER, date(2026, 10, 1))
    )

    assert (november, october) == (1, 1)


def test_training_is_summed_over_the_month_and_over_twelve() -> None:
    facts: list[Fact] = [
        (HEURES, "A", date(2026, 11, 3), 3.5),
        (HEURES, "A", date(2025, 12, 3), 7.0),
        (HEURES, "A", date(2025, 11, 30), 100.0),
    ]

    first, last = count(facts)

    assert (first[HEURES], first[ANNEE]) == (3.5, 10.5)
    assert (last[MOIS], last[ANNEE]) == (date(2025, 12, 1), 107.0)


@pytest.mark.parametrize(
    ("text", "told"),
    [("2026-12", "n’a pas commencé"), ("2026-13", "pas un mois"), ("novembre", "pas un mois"),
     ("0026-11", "pas un mois"), ("2026-00", "pas un mois")],
)  # fmt: skip
def test_what_is_no_month_is_refused_with_an_example(text: str, told: str) -> None:
    with pytest.raises(SaisieError, match=told) as caught:
        parse_mois(text, AU)
    assert "2026-11" in str(caught.value)


@given(st.permutations([(ECHANGES, n, date(2026, m, 4), 1.0) for n in "ABC" for m in (9, 10, 11)]))
def test_the_order_of_what_was_done_changes_nothing(facts: list[Fact]) -> None:
    assert count(facts) == count(sorted(facts))
