from __future__ import annotations

import pandas as pd
import pytest

from segxl.domain.conditions import (
    ConditionError,
    implies,
    never_holds,
    parse_condition,
)


def _holds(condition: object, *cells: object) -> list[bool]:
    values = pd.Series(list(cells), dtype=object)
    return [bool(held) for held in parse_condition(condition).matches(values)]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (">=8", [False, True, True]),
        (">8", [False, False, True]),
        ("<8", [True, False, False]),
        ("<=8", [True, True, False]),
        ("=8", [False, True, False]),
        ("8", [False, True, False]),
        ("<>8", [True, False, True]),
    ],
)
def test_each_operator_compares_numbers_as_excel_does(condition: str, expected: list[bool]) -> None:
    assert _holds(condition, 7.9, 8, 8.1) == expected


def test_spaces_around_the_operator_do_not_matter() -> None:
    assert _holds("  >=   8 ", 7, 8) == [False, True]


def test_a_number_typed_as_text_is_compared_as_a_number() -> None:
    assert _holds(">=1000", "1 000", "999,99 €", "mille") == [True, False, False]


def test_a_number_typed_as_text_equals_the_same_number() -> None:
    assert _holds("8,5", 8.5, "8.5", "8,50 ", "85") == [True, True, True, False]


def test_a_rule_cell_that_holds_a_number_is_an_equality() -> None:
    assert _holds(5.0, 5, "5", 5.5) == [True, True, False]


@pytest.mark.parametrize("condition", ["<60 %", "<60%", "<0,6", "<0.6"])
def test_a_percentage_and_its_fraction_are_one_condition(condition: str) -> None:
    assert _holds(condition, 0.59, 0.6, "59 %", "60 %") == [True, False, True, False]


def test_plain_text_ignores_case_accents_spaces_and_the_shape_of_apostrophes() -> None:
    assert _holds("l'été  indien", "L’ÉTÉ INDIEN", " l‘ete indien ", "l'été") == [True, True, False]


def test_plain_text_compares_the_whole_cell() -> None:
    assert _holds("Papier", "Papier", "Papier peint", "Sur papier") == [True, False, False]


def test_different_is_the_contrary_of_equal() -> None:
    assert _holds("<>Non", "non", "Oui", "À vérifier") == [False, True, True]


def test_a_star_stands_for_any_text() -> None:
    assert _holds("Word*", "Word ou Excel", "word", "Excel ou Word") == [True, True, False]


def test_a_question_mark_stands_for_one_character() -> None:
    assert _holds("D?", "D1", "D12", "D") == [True, False, False]


@pytest.mark.parametrize(
    ("condition", "literal", "other"),
    [("a~*b", "a*b", "axb"), ("a~?b", "a?b", "axb"), ("a~~b", "a~b", "ab")],
)
def test_a_tilde_takes_the_next_sign_as_it_is(condition: str, literal: str, other: str) -> None:
    assert _holds(condition, literal, other) == [True, False]


def test_a_tilde_before_a_letter_is_only_a_tilde() -> None:
    assert _holds("a~b", "a~b", "ab") == [True, False]


def test_signs_of_other_languages_are_plain_text() -> None:
    assert _holds("S.A.R.L. (ex)", "S.A.R.L. (EX)", "SxAxRxLx (ex)") == [True, False]


def test_a_different_with_a_star_leaves_out_the_pattern() -> None:
    assert _holds("<>Word*", "Word ou Excel", "Papier", None) == [False, True, True]


def test_equal_alone_means_blank() -> None:
    assert _holds("=", None, "", 0, "x") == [True, True, False, False]


def test_different_alone_means_filled() -> None:
    assert _holds("<>", None, "", 0, "x") == [False, False, True, True]


@pytest.mark.parametrize("condition", ["<8", "<=8", ">0", ">=0", "=0", "Papier", "*", "<>"])
def test_a_blank_cell_satisfies_no_other_condition(condition: str) -> None:
    assert _holds(condition, None, float("nan")) == [False, False]


@pytest.mark.parametrize("condition", ["=", "<>Non", "<>8"])
def test_a_blank_cell_satisfies_blank_and_different_from_a_word(condition: str) -> None:
    assert _holds(condition, None) == [True]


def test_a_note_that_does_not_exist_satisfies_no_comparison() -> None:
    assert parse_condition("<6").matches(pd.Series([float("nan"), 5.9])).tolist() == [False, True]


@pytest.mark.parametrize("text", [">", "<= ", ">=beaucoup", "<Oui"])
def test_a_comparison_without_a_number_says_what_is_expected(text: str) -> None:
    with pytest.raises(ConditionError, match="un nombre est attendu"):
        parse_condition(text)


@pytest.mark.parametrize("text", ["__import__('os')", "=SOMME(A1)", "1+1", "'; DROP TABLE"])
def test_nothing_is_ever_evaluated(text: str) -> None:
    assert _holds(text, 2, text.removeprefix("=")) == [False, True]


@pytest.mark.parametrize("text", [">=8", "<12", "<>Non", "Word*", "=", "<>"])
def test_a_condition_is_written_back_as_it_was_typed(text: str) -> None:
    assert str(parse_condition(text)) == text


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("<4", "<6"), ("<6", "<=6"), (">=8", ">7"), (">8", ">=8"), ("<6", "<6"), ("Papier", "papier"),
        ("Papier", "Pap*"), ("Papier", "<>Oui"), ("5", "<6"), ("60 %", "<0,7"), ("=", "<>Non"),
        ("Word*", "word*"), ("=", "="),
    ],
)  # fmt: skip
def test_a_narrow_condition_implies_a_wide_one(narrow: str, wide: str) -> None:
    assert implies(parse_condition(narrow), parse_condition(wide))


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("<6", "<4"), ("<=6", "<6"), (">=8", ">8"), ("<6", ">6"), ("Papier", "Word*"),
        ("Word*", "Word ou Excel"), ("=", "<6"), ("<>Non", "<>Oui"), ("<>", "<6"), ("5", "Papier"),
    ],
)  # fmt: skip
def test_a_condition_that_others_can_escape_implies_nothing(narrow: str, wide: str) -> None:
    assert not implies(parse_condition(narrow), parse_condition(wide))


@pytest.mark.parametrize("text", [">20", ">=20,1", "<0", "<=-1"])
def test_a_comparison_outside_the_scale_never_holds(text: str) -> None:
    assert never_holds(parse_condition(text), 0, 20)


@pytest.mark.parametrize("text", [">=20", "<=0", ">19,9", "Papier", "<>", "="])
def test_a_condition_inside_the_scale_may_hold(text: str) -> None:
    assert not never_holds(parse_condition(text), 0, 20)
