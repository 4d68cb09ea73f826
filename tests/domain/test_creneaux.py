from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segxl.domain.capacite import Capacity
from segxl.domain.creneaux import assign_dates, slots_of
from segxl.domain.jours_ouvres import list_ouvres

TODAY = date(2026, 11, 22)
Taken = Sequence[tuple[str, date]]


def planned(
    owners: Sequence[str],
    capacite: int | Capacity = 2,
    au: date = TODAY,
    *,
    before: Mapping[int, date] | None = None,
    taken: Taken = (),
) -> list[date | None]:
    """Plan one meeting for each owner, in this order."""
    rows = range(len(owners))
    previous = [(before or {}).get(i) for i in rows]
    demandes = pd.DataFrame(
        {
            "Responsable": pd.Series(owners, dtype=object),
            "Ordre": rows,
            "Précédente": pd.Series(previous, dtype="datetime64[s]"),
        }
    )
    pris = pd.DataFrame(
        {
            "Responsable": pd.Series([who for who, _ in taken], dtype=object),
            "Jour": pd.Series([day for _, day in taken], dtype="datetime64[s]"),
        }
    )
    room = capacite if isinstance(capacite, Capacity) else Capacity(commune=capacite)
    found = assign_dates(demandes, pris, room, au)
    return [None if pd.isna(d) else d.date() for d in found]


def months(days: Sequence[date | None]) -> list[str]:
    return [f"{d:%Y-%m}" for d in days if d]


def test_the_meetings_of_a_month_are_spread_over_its_working_days() -> None:
    days = planned(["AB"] * 4, capacite=4, au=date(2026, 11, 30))

    assert [f"{d:%d/%m}" for d in days if d] == ["03/12", "11/12", "18/12", "29/12"]


def test_the_first_in_order_get_the_first_days() -> None:
    days = planned(["AB"] * 9)

    assert days == sorted(d for d in days if d)


def test_each_person_has_months_of_their_own() -> None:
    days = planned(["AB", "CD", "AB", "CD", "AB", "CD"], capacite=1, au=date(2026, 11, 30))

    assert days[0] == days[1]
    assert months(days) == ["2026-12", "2026-12", "2027-01", "2027-01", "2027-02", "2027-02"]


def test_what_is_left_of_this_month_holds_its_share_only() -> None:
    days = planned(["AB"] * 10, capacite=8)

    assert months(days) == ["2026-11"] * 2 + ["2026-12"] * 8


def test_nothing_is_planned_on_the_day_of_the_plan() -> None:
    day, day_after = planned(["AB", "AB"], capacite=8, au=date(2026, 11, 2))
    assert day

    assert planned(["AB"], capacite=8, au=day) == [day_after]


def test_the_last_day_of_a_month_opens_the_next_one() -> None:
    assert months(planned(["AB"], au=date(2026, 12, 31))) == ["2027-01"]


def test_a_meeting_fixed_by_hand_takes_a_place_in_its_month() -> None:
    days = planned(["AB"] * 3, au=date(2026, 11, 30), taken=[("AB", date(2026, 12, 15))])

    assert months(days) == ["2026-12", "2027-01", "2027-01"]


def test_a_month_overbooked_by_hand_takes_no_more() -> None:
    many = [("AB", date(2026, 12, day)) for day in range(1, 9)]

    assert months(planned(["AB"], au=date(2026, 11, 30), taken=many)) == ["2027-01"]


def test_the_meetings_of_somebody_else_take_no_place() -> None:
    taken = [("CD", date(2026, 12, 1)), ("CD", date(2026, 12, 2))]

    assert planned(["AB"], taken=taken) == planned(["AB"])


def test_a_day_taken_by_hand_is_not_given_again_while_another_is_left() -> None:
    first, second = planned(["AB", "AB"], au=date(2026, 11, 30))
    assert first

    assert planned(["AB"], au=date(2026, 11, 30), taken=[("AB", first)]) == [second]


def test_a_plan_drawn_again_moves_nobody() -> None:
    owners = ["AB", "CD"] * 15
    first = planned(owners)

    again = planned(owners, before={i: d for i, d in enumerate(first) if d})

    assert again == first


def test_a_new_client_at_the_head_moves_one_meeting_a_month() -> None:
    first = planned(["AB"] * 12, capacite=4, au=date(2026, 11, 30))
    before = {i + 1: d for i, d in enumerate(first) if d}

    again = planned(["AB"] * 13, capacite=4, au=date(2026, 11, 30), before=before)

    moved = [i for i in range(12) if again[i + 1] != first[i]]
    assert moved == [3, 7, 11]
    assert months(again) == ["2026-12"] * 4 + ["2027-01"] * 4 + ["2027-02"] * 4 + ["2027-03"]


def test_a_day_that_went_by_is_not_kept() -> None:
    [day] = planned(["AB"], before={0: date(2026, 11, 19)})

    assert day
    assert day > TODAY


def test_ten_times_more_meetings_than_days_share_the_days() -> None:
    days = planned(["AB"] * 200, capacite=200, au=date(2026, 11, 30))

    assert months(days) == ["2026-12"] * 200
    assert max(Counter(days).values()) <= 10


def test_nobody_to_plan_is_no_error() -> None:
    assert planned([]) == []


def test_a_plan_stops_before_2100() -> None:
    days = planned(["AB"] * 40, capacite=1, au=date(2098, 1, 1))

    assert [d is None for d in days] == [False] * 24 + [True] * 16
    assert slots_of(8, date(2100, 1, 1), 5) == []


people = st.lists(st.sampled_from(["AB", "CD", "EF"]), max_size=40)
days_of_a_year = st.dates(date(2026, 10, 1), date(2027, 9, 30))


@given(
    owners=people,
    capacite=st.integers(1, 30),
    au=days_of_a_year,
    taken=st.lists(st.tuples(st.sampled_from(["AB", "CD"]), days_of_a_year), max_size=15),
    before=st.dictionaries(st.integers(0, 39), days_of_a_year, max_size=20),
)
@settings(max_examples=150, deadline=None)
def test_whatever_stands_everyone_gets_a_working_day_and_no_month_overflows(
    owners: list[str], capacite: int, au: date, taken: Taken, before: dict[int, date]
) -> None:
    ouvres = set(list_ouvres(au, date(au.year + 4, 12, 31)).tolist())
    # What was proposed before was a working day.
    kept = {i: d for i, d in before.items() if d in ouvres}

    days = planned(owners, capacite, au, before=kept, taken=taken)

    assert all(d and d in ouvres and d > au for d in days)
    load = Counter((o, d.year, d.month) for o, d in zip(owners, days, strict=True) if d)
    by_hand = Counter((o, d.year, d.month) for o, d in taken)
    assert all(count + by_hand[month] <= capacite for month, count in load.items())


def test_whoever_has_a_capacity_of_their_own_fills_fewer_or_more_places_a_month() -> None:
    owners = ["ab", "cd"] * 6

    room = Capacity(commune=3, propres={"ab": 1, "cd": 6})
    days = planned(owners, room, date(2026, 11, 30))

    assert months(days[0::2]) == ["2026-12", "2027-01", "2027-02", "2027-03", "2027-04", "2027-05"]
    assert months(days[1::2]) == ["2026-12"] * 6


@pytest.mark.parametrize("capacite", [1, 8, 23, 1000])
def test_a_month_has_as_many_places_as_the_capacity(capacite: int) -> None:
    slots = slots_of(capacite, date(2026, 11, 1), 3)

    assert [len(days) for days in slots[1:]] == [capacite, capacite]
