from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest

from segxl.domain.saisie import parse_date, parse_number, parse_numbers, parse_yes_no
from segxl.domain.tableau import Tableau
from segxl.domain.textes import fold, join_words


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1 234,56 €", 1234.56), ("1\u202f234,56", 1234.56), ("1\u00a0234", 1234.0),
        ("1'234.5", 1234.5), ("1.234,56", 1234.56), ("1,234.56", 1234.56), ("1.234.567", 1234567.0),
        ("12,5 %", 0.125), ("(150)", -150.0), ("150-", -150.0), ("\N{MINUS SIGN}3", -3.0), ("+7", 7.0),
        ("1500 euros", 1500.0), ("1 500 EUR HT", 1500.0), (",5", 0.5), ("1e3", 1000.0), (0, 0.0),
    ],
)  # fmt: skip
def test_a_number_typed_in_good_faith_is_read(typed: object, number: float) -> None:
    assert parse_number(typed) == pytest.approx(number)


@pytest.mark.parametrize("typed", ["", "douze", "12 k€", "1,2,3", "-", "()", True, float("nan")])
def test_what_is_no_number_is_missing(typed: object) -> None:
    assert parse_number(typed) is None


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        (date(2024, 1, 31), date(2024, 1, 31)),
        (datetime(2024, 1, 31, 8, 30), date(2024, 1, 31)),  # noqa: DTZ001  a day has no time zone
        ("31/01/2024", date(2024, 1, 31)), ("31.01.24", date(2024, 1, 31)),
        ("2024-01-31T00:00:00", date(2024, 1, 31)), ("20240131", date(2024, 1, 31)),
        ("1er février 2024", date(2024, 2, 1)), ("12 août 2024", date(2024, 8, 12)),
        (45_322, date(2024, 1, 31)), (45_322.75, date(2024, 1, 31)),
    ],
)  # fmt: skip
def test_a_date_typed_in_good_faith_is_read(typed: object, day: date) -> None:
    assert parse_date(typed) == day


@pytest.mark.parametrize("typed", ["31/02/2024", "demain", 12, 1_234_567, True])
def test_what_is_no_date_is_missing(typed: object) -> None:
    assert parse_date(typed) is None


@pytest.mark.parametrize(
    ("typed", "read"), [("Vrai", "Oui"), ("yes", "Oui"), (False, "Non"), ("no", "Non"), (2, None)]
)
def test_a_yes_or_no_is_read_in_every_spelling(typed: object, read: str | None) -> None:
    assert parse_yes_no(typed) == read


def test_a_column_that_mixes_ticks_and_ones_reads_each_for_itself() -> None:
    ticks_first = pd.Series([True, 1, 1.0, None], dtype=object)
    ones_first = pd.Series([1, True, "1", None], dtype=object)

    assert parse_numbers(ticks_first).fillna(-1).tolist() == [-1.0, 1.0, 1.0, -1.0]
    assert parse_numbers(ones_first).fillna(-1).tolist() == [1.0, -1.0, 1.0, -1.0]


def test_ligatures_and_full_width_letters_are_folded() -> None:
    assert fold("Œuvre \N{FULLWIDTH LATIN CAPITAL LETTER A}") == "oeuvre a"


def test_a_list_is_written_as_french_prose() -> None:
    assert [join_words(words) for words in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == [
        "",
        "A",
        "A et B",
        "A, B et C",
    ]


def test_a_table_tells_the_cell_of_any_value_and_column_a_for_a_column_it_lacks() -> None:
    table = Tableau.of("T", ["Un", "Deux"], [["x", "y"]])

    assert (table.cell("Deux", 2), table.cell("Trois", 2)) == ("B2", "A2")
    assert table.header("Trois") is None
