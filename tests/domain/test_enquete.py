"""The answers of a survey beside those on record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from segxl.domain.ecoute.annee import in_period, segments_of
from segxl.domain.enquete import (
    COMPLETE,
    CONNUE,
    DOUBLON,
    NOUVELLE,
    find_asked,
    find_early,
    merge_reponses,
    pair_reponses,
)
from segxl.domain.interroges import choose_clients

JOUR = date(2026, 11, 3)
HEADERS = ["Dossier", "Date", "CSAT", "NPS", "fichier"]
Line = tuple[str, date, int | None, int | None, str]


def known(*lines: Line) -> pd.DataFrame:
    index = pd.RangeIndex(7, 7 + len(lines))
    return pd.DataFrame(lines, columns=HEADERS, index=index, dtype=object)


def told(*lines: Line, undated: bool = False) -> pd.DataFrame:
    return pd.DataFrame(lines, columns=HEADERS, dtype=object).assign(sans_date=undated)


def fates(before: pd.DataFrame, after: pd.DataFrame) -> list[Sequence[object]]:
    return [tuple(line) for line in pair_reponses(before, after).to_numpy().tolist()]


def test_an_answer_on_record_is_known_by_client_day_and_scores() -> None:
    record = known(("D1", JOUR, 4, 9, "a.csv"))

    assert fates(record, told(("d1", JOUR, 4, 9, "autre.csv"))) == [(CONNUE, 7)]
    assert fates(record, told(("D1", JOUR, 4, 8, "a.csv"))) == [(NOUVELLE, None)]
    assert fates(record, told(("D1", date(2026, 11, 4), 4, 9, "a.csv"))) == [(NOUVELLE, None)]
    assert fates(record, told(("D2", JOUR, 4, 9, "a.csv"))) == [(NOUVELLE, None)]


def test_the_same_answer_twice_in_the_exports_is_a_repeat() -> None:
    twice = told(("D1", JOUR, 4, 9, "a.csv"), ("D1", JOUR, 4, 9, "b.csv"))

    assert fates(known(), twice) == [(NOUVELLE, None), (DOUBLON, 0)]


def test_two_people_of_one_client_on_one_day_are_two_answers() -> None:
    both = told(("D1", JOUR, 4, None, "a.csv"), ("D1", JOUR, 4, 9, "a.csv"))

    assert fates(known(), both) == [(NOUVELLE, None), (NOUVELLE, None)]


def test_a_score_that_was_blank_completes_the_answer_on_record() -> None:
    record = known(("D1", JOUR, None, 9, "a.csv"))
    after = told(("D1", JOUR, 4, 9, "a.csv"), ("D1", JOUR, 4, 9, "a.csv"))

    paired = pair_reponses(record, after)
    whole = merge_reponses(record, after, paired)

    assert paired["sort"].tolist() == [COMPLETE, CONNUE]
    assert whole[["CSAT", "NPS", "row"]].to_numpy().tolist() == [[4, 9, 7]]


def test_an_answer_that_says_less_than_the_one_on_record_is_known() -> None:
    record = known(("D1", JOUR, 4, 9, "a.csv"))

    assert fates(record, told(("D1", JOUR, 4, None, "a.csv"))) == [(CONNUE, 7)]


def test_an_answer_without_a_date_is_known_by_its_export_and_its_scores() -> None:
    record = known(("D1", date(2026, 1, 2), 4, 9, "a.csv"))

    again = told(("D1", JOUR, 4, 9, "A.csv"), undated=True)
    other = told(("D1", JOUR, 4, 9, "b.csv"), undated=True)

    assert fates(record, again) == [(CONNUE, 7)]
    assert fates(record, other) == [(NOUVELLE, None)]


def test_an_answer_within_sixty_days_of_another_comes_too_soon() -> None:
    days = [date(2026, 10, 1), date(2026, 11, 29), date(2026, 11, 30), date(2026, 12, 5)]
    answers = pd.DataFrame({"Dossier": ["D1", "d1", "D1", "D2"], "Date": days})

    assert find_early(answers).tolist() == [None, date(2026, 10, 1), None, None]


def test_what_comes_too_soon_does_not_depend_on_the_order_of_the_rows() -> None:
    days = [date(2026, 12, 15), date(2026, 10, 1), date(2026, 11, 15)]
    answers = pd.DataFrame({"Dossier": ["D1"] * 3, "Date": days})

    early = find_early(answers)

    assert early.tolist() == [None, None, date(2026, 10, 1)]
    assert find_early(answers[::-1])[[0, 1, 2]].tolist() == early.tolist()


def test_of_two_answers_of_one_day_the_first_counts() -> None:
    record = known(("D1", JOUR, 4, 9, "a.csv"))
    after = told(("D1", JOUR, 1, 2, "a.csv"))

    whole = merge_reponses(record, after, pair_reponses(record, after))

    assert whole["avant"].tolist() == [None, JOUR]
    assert whole["label"].tolist() == [None, 0]


def test_the_year_ends_on_the_day_asked_for() -> None:
    days = [date(2025, 11, 3), date(2025, 11, 4), JOUR, date(2026, 11, 4)]

    assert in_period(pd.DataFrame({"Date": days}), JOUR).tolist() == [False, True, True, False]


def test_who_answered_lately_is_left_out_of_the_next_survey() -> None:
    record = known(
        ("D1", date(2026, 9, 5), 4, 9, ""),
        ("D2", date(2026, 9, 4), 4, 9, ""),
        ("D1", JOUR, 4, 9, ""),
    )
    clients = pd.DataFrame({"Dossier": ["D1", "D2"], "Raison sociale": ["Lumo", "Ostra"]})

    names, late = choose_clients(clients, find_asked(record, JOUR))

    assert names == [("D2", "Ostra")]
    assert late == ("D1 Lumo (03/11/2026)",)


def test_clients_are_chosen_by_number_or_by_name_and_once() -> None:
    clients = pd.DataFrame(
        {
            "Dossier": [12.0, "D2", "#N/A", None],
            "Raison sociale": ["Lumo", "Ostra", "Nova", "Zéphyr"],
        }
    )

    assert choose_clients(clients, {}, ["lumo", "12"])[0] == [("12", "Lumo")]
    assert choose_clients(clients, {})[0] == [("12", "Lumo"), ("D2", "Ostra")]


def test_the_segment_of_a_client_is_that_of_its_number() -> None:
    clients = pd.DataFrame({"Dossier": [12.0, "D2", None], "Segment": ["Premium", "#N/A", "Socle"]})

    assert segments_of(clients) == {"12": "Premium"}
