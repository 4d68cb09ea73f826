"""Who moved, whatever the sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from segxl.domain.mouvements import suites as s
from segxl.domain.mouvements.dits import count_moves, in_order, tell_change, tell_counts
from segxl.domain.mouvements.suites import Etat, Mouvement, Suite, add_moves, find_moves

COULEURS = ("Rouge", "Orange", "Vert")
OCTOBRE, DEBUT, FIN = date(2026, 10, 1), date(2026, 11, 5), date(2026, 11, 22)
ROUGE = Etat(note=3.0, couleur="Rouge", segment="Prioritaire")
ORANGE = Etat(note=6.0, couleur="Orange", segment="Prioritaire")
VERT = Etat(note=17.0, couleur="Vert", segment="Prêt")


def move(avant: Etat | None, apres: Etat, jour: date = FIN, presence: str = "") -> Mouvement:
    return Mouvement(
        jour=jour, depuis=OCTOBRE, dossier="D1", avant=avant, apres=apres, presence=presence
    )


def suite(avant: Etat | None, apres: Etat, *, etait: bool = False, est: bool = False) -> Suite:
    return Suite(
        dossier="D1",
        nom="Lumo",
        depuis=OCTOBRE,
        avant=avant,
        apres=apres,
        etait_parti=etait,
        est_parti=est,
    )


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        (ROUGE, ORANGE, s.MONTE),
        (VERT, ORANGE, s.DESCEND),
        (Etat(couleur="Gris-bleu"), ROUGE, s.COULEUR),
        (ROUGE, Etat(couleur="Gris"), s.COULEUR),
        (ORANGE, replace(ORANGE, segment="Prêt", note=7.0), s.SEGMENT),
        (ORANGE, replace(ORANGE, note=6.1), s.PROGRESSE),
        (ORANGE, replace(ORANGE, note=5.9), s.RECULE),
        (replace(ORANGE, classe="C"), replace(ORANGE, classe="B"), s.CLASSE),
    ],
)
def test_the_first_word_that_is_true_is_told(before: Etat, after: Etat, word: str) -> None:
    (found,) = find_moves([suite(before, after)], FIN)

    assert found.sens(COULEURS) == word


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (ORANGE, ORANGE),
        (ORANGE, replace(ORANGE, note=6.04)),
        (ORANGE, replace(ORANGE, couleur=" orange")),
        (ORANGE, replace(ORANGE, classe="B")),
        (replace(ORANGE, segment=""), ORANGE),
        (replace(ORANGE, note=None), ORANGE),
    ],
)
def test_what_is_the_same_or_was_unknown_is_no_move(before: Etat, after: Etat) -> None:
    assert not [*find_moves([suite(before, after)], FIN)]
    assert move(before, after).sens(COULEURS) == ""


@pytest.mark.parametrize(
    ("told", "presence"),
    [
        (suite(None, ROUGE), s.ARRIVE),
        (suite(ROUGE, ROUGE, est=True), s.PART),
        (suite(ROUGE, VERT, etait=True), s.REVIENT),
    ],
)
def test_who_came_left_or_came_back_is_told_whatever_its_note(told: Suite, presence: str) -> None:
    (found,) = find_moves([told], FIN)

    assert found.sens(COULEURS) == presence


@pytest.mark.parametrize(
    "told", [suite(ROUGE, VERT, etait=True, est=True), suite(None, ROUGE, est=True)]
)
def test_who_is_gone_and_was_or_was_never_noted_is_not_told(told: Suite) -> None:
    assert not [*find_moves([told], FIN)]


def test_two_moves_of_a_month_make_one_from_the_first_state_to_the_last() -> None:
    first, second = move(ROUGE, ORANGE, DEBUT), replace(move(ORANGE, VERT), depuis=DEBUT)

    assert add_moves([first], [second]) == [move(ROUGE, VERT)]


def test_moves_of_two_months_stay_both_and_the_latest_comes_first() -> None:
    first, second = move(ROUGE, ORANGE, OCTOBRE), move(ORANGE, VERT)

    assert add_moves([first], [second]) == [second, first]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (move(None, ROUGE, DEBUT, s.ARRIVE), move(ROUGE, VERT), move(None, VERT, presence=s.ARRIVE)),
        (move(None, ROUGE, DEBUT, s.ARRIVE), move(ROUGE, ROUGE, presence=s.PART), move(ROUGE, ROUGE, presence=s.PART)),
        (move(ROUGE, VERT, DEBUT), move(VERT, VERT, presence=s.PART), move(ROUGE, VERT, presence=s.PART)),
        (move(ROUGE, ROUGE, DEBUT, s.PART), move(ROUGE, ROUGE, presence=s.REVIENT), None),
        (move(ROUGE, ROUGE, DEBUT, s.PART), move(ROUGE, VERT, presence=s.REVIENT), move(ROUGE, VERT)),
        (move(ROUGE, ROUGE, DEBUT, s.REVIENT), move(ROUGE, ROUGE, presence=s.PART), None),
        (move(ROUGE, ROUGE, DEBUT, s.REVIENT), move(ROUGE, VERT), move(ROUGE, VERT, presence=s.REVIENT)),
        (move(ROUGE, VERT, DEBUT), move(VERT, ROUGE), None),
    ],
)  # fmt: skip
def test_arrivals_and_departures_of_a_month_are_told_once(
    old: Mouvement, new: Mouvement, expected: Mouvement | None
) -> None:
    assert add_moves([old], [new]) == ([expected] if expected else [])


def test_months_older_than_two_years_are_told_as_one() -> None:
    ancient, old, recent = (
        move(ROUGE, ORANGE, date(2023, 1, 5)),
        move(ORANGE, VERT, date(2024, 2, 5)),
        move(VERT, ORANGE, date(2026, 2, 5)),
    )

    kept = s.fold_old_months([recent, old, ancient], FIN)

    assert kept == [recent, replace(old, avant=ROUGE, depuis=OCTOBRE)]


def test_where_many_move_each_month_fewer_months_are_kept() -> None:
    months = [date(2026, month, 5) for month in range(1, 11)]
    moves = [move(ROUGE, ORANGE, day) for day in reversed(months)]

    kept = [len(s.fold_old_months(moves, FIN, most)) for most in (10, 9, 6, 3, 1, 0)]

    assert kept == [10, 6, 6, 3, 1, 1]


def test_an_old_client_back_to_what_it_was_leaves_no_line_and_one_that_arrived_does() -> None:
    days = date(2023, 1, 5), date(2024, 2, 5)
    back = [move(ROUGE, VERT, days[0]), move(VERT, ROUGE, days[1])]
    arrived = [move(None, VERT, days[0], s.ARRIVE), move(VERT, ROUGE, days[1])]

    assert s.fold_old_months(back, FIN) == []
    assert s.fold_old_months(arrived, FIN) == [move(None, ROUGE, days[1], s.ARRIVE)]


def test_since_the_first_calculation_a_client_goes_from_its_first_state_to_its_last() -> None:
    moves = [move(ORANGE, VERT), replace(move(ROUGE, ORANGE, OCTOBRE), depuis=date(2026, 9, 1))]

    found = s.since_first(moves)

    assert found == {"d1": replace(move(ROUGE, VERT), depuis=date(2026, 9, 1))}


def test_since_it_arrived_a_client_is_compared_with_what_was_found_first() -> None:
    moves = [move(ROUGE, VERT), move(None, ROUGE, OCTOBRE, s.ARRIVE)]

    (found,) = s.since_first(moves).values()

    assert found.sens(COULEURS) == s.ARRIVE
    assert tell_change(found) == "3,0 → 17,0 · Rouge → Vert · Prioritaire → Prêt (depuis le 01/10/2026)"  # fmt: skip


def test_latest_moves_come_first_then_who_rises_and_a_row_that_says_nothing_comes_last() -> None:
    def of(dossier: str, told: Mouvement) -> Mouvement:
        return replace(told, dossier=dossier)

    moves = [
        of("B", move(ROUGE, ORANGE, OCTOBRE)),
        of("E", move(ROUGE, ROUGE)),
        of("D", move(VERT, ROUGE)),
        of("C", move(ROUGE, ORANGE)),
        of("A", move(ROUGE, ORANGE)),
    ]

    told = [(word, m.dossier) for word, m in in_order(moves, COULEURS)]

    assert told == [(s.MONTE, "A"), (s.MONTE, "C"), (s.DESCEND, "D"), ("", "E"), (s.MONTE, "B")]


def test_clients_are_counted_by_word_and_the_rest_keeps_its_colour() -> None:
    moves = [move(ROUGE, VERT), move(ROUGE, ORANGE), move(None, ROUGE, presence=s.ARRIVE)]

    counts = count_moves(moves, COULEURS)

    assert counts == {s.MONTE: 2, s.ARRIVE: 1}
    assert tell_counts(counts, 4) == "2 montent de couleur, 1 arrive ; 1 garde sa couleur"
