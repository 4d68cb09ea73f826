"""What clients call important: the cell that keeps it, and the figures of a group."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from segxl.domain.ecoute.annee import measure_what_matters
from segxl.domain.ecoute.importance import (
    IMPORTANT,
    LONGEST,
    Importance,
    Propos,
    measure_importance,
    read_propos,
    write_propos,
)
from segxl.domain.relation.ce_qui_compte import BLOC, with_importances
from segxl.domain.relation.lecture import SATISFACTION, Ligne


def measured(*cells: str | None, csat: int | None = 4) -> tuple[Importance, ...]:
    told = pd.DataFrame({IMPORTANT: [*cells], "CSAT": [csat] * len(cells)}, dtype=object)
    return measure_importance(told, pd.Series("Tous", told.index)).get("Tous", ())


def test_what_is_written_is_read_back() -> None:
    told = [Propos("Conseil : délai", "5", 3), Propos("Paie", "oui"), Propos("Audit", "", 2)]

    assert {*read_propos(write_propos(told))[0]} == {*told}


def test_a_subject_that_holds_the_mark_between_subjects_is_one_subject() -> None:
    assert write_propos([Propos("Paie · social", "4")]) == "Paie , social : 4"


def test_hundreds_of_subjects_still_fit_in_a_cell_what_matters_most_first() -> None:
    told = [Propos(f"{number:03} {'x' * 110}", str(1 + number % 5)) for number in range(400)]

    cell = write_propos(told)

    assert cell is not None
    assert len(cell) <= LONGEST
    kept, wrong = read_propos(cell)
    assert wrong == ()
    assert {p.dit for p in kept[:80]} == {"5"}


@pytest.mark.parametrize("cell", ["Paie", ": 4", "Paie : 6", "Paie : 4, 5", "Paie : satisfait 9", "Paie : "])  # fmt: skip
def test_what_cannot_be_read_in_a_cell_is_told(cell: str) -> None:
    assert read_propos(cell) == ((), (cell.strip(),))


def test_nothing_is_read_of_a_blank_cell() -> None:
    assert read_propos(None) == ((), ())
    assert write_propos([]) is None


def test_of_one_subject_told_twice_the_first_counts() -> None:
    assert read_propos("Paie : 5 · paie : 1")[0] == (Propos("Paie", "5"),)


def test_four_five_yes_and_picked_are_important() -> None:
    [paie] = measured("Paie : 5", "Paie : 4", "Paie : oui", "Paie : 3", "Paie : non")

    assert (paie.part, paie.n, paie.csat, paie.n_csat) == (60.0, 5, None, 3)


def test_who_picked_something_else_was_asked_too() -> None:
    cells = ["Paie : choisi", "Paie : choisi", "Audit : choisi", "Audit : choisi", "Audit : choisi"]

    assert [(x.sujet, x.part, x.n) for x in measured(*cells)] == [("Audit", 60.0, 5), ("Paie", 40.0, 5)]  # fmt: skip


def test_a_subject_that_is_rated_alone_is_counted_among_who_rated_it() -> None:
    cells = [*["Audit : choisi"] * 5, *["Paie : 5"] * 5]

    assert {(x.sujet, x.n) for x in measured(*cells)} == {("Audit", 5), ("Paie", 5)}


def test_under_five_answers_nothing_is_told() -> None:
    [paie] = measured(*["Paie : 5"] * 4)

    assert (paie.part, paie.n, paie.motif) == (None, 4, "trop peu de réponses")


def test_satisfaction_with_the_subject_stands_beside_its_importance() -> None:
    cells = [*["Paie : 5, satisfait 2"] * 3, *["Paie : 5, satisfait 4"] * 2]

    [paie] = measured(*cells, csat=5)

    assert (paie.part, paie.csat, paie.satisfaits, paie.n_satisfaits) == (100.0, 100.0, 40.0, 5)


def test_satisfaction_alone_is_no_importance() -> None:
    [paie] = measured(*["Paie : satisfait 4"] * 5)

    assert (paie.part, paie.n, paie.motif, paie.satisfaits) == (None, 0, "aucune réponse", 100.0)


def test_a_group_that_was_asked_nothing_is_left_out() -> None:
    assert measured(None, None) == ()


def test_the_portfolio_comes_first_then_segments_in_the_order_of_the_rules() -> None:
    jour = date(2026, 11, 3)
    dossiers = ["D1", "D2", "D3", "(anonyme, 1)", "D9"]
    whole = pd.DataFrame(
        {"Dossier": dossiers, "Date": jour, "CSAT": 4, IMPORTANT: "Paie : 5", "avant": None},
        dtype=object,
    )
    clients = pd.DataFrame({"Dossier": ["D1", "D2", "D3"], "Segment": ["B", "A", "B"]})

    found = measure_what_matters(clients, ["A", "B"], whole, date(2026, 11, 22))

    assert {name: [x.n for x in told] for name, told in found.items()} == {
        "Portefeuille": [5],
        "A": [1],
        "B": [2],
        "Sans segment": [1],
    }


def test_the_sheet_tells_it_under_the_satisfaction_of_the_portfolio() -> None:
    [paie] = measured(*["Paie : 5, satisfait 4"] * 5)
    [few] = measured("Audit : 4")
    [asked] = measured(*["Taux : satisfait 4"] * 2)
    lignes = [
        Ligne(bloc=SATISFACTION, mesure="CSAT", valeur=1.0),
        Ligne(bloc="Fidélité", mesure="Rachat", valeur=2.0),
    ]

    told = with_importances(
        lignes, {"Portefeuille": [paie, few, asked], "A": [paie], "B": [few]}, {"A": [paie]}
    )

    assert [(x.bloc, x.mesure, x.valeur, x.avant) for x in told] == [
        (SATISFACTION, "CSAT", 1.0, None),
        (BLOC, "Paie", 100.0, None),
        (BLOC, "Audit", None, None),
        (BLOC, "Taux", None, None),
        (BLOC, "Paie, A", 100.0, 100.0),
        (BLOC, "B", None, None),
        ("Fidélité", "Rachat", 2.0, None),
    ]
    assert [x.lecture for x in told[1:4]] == [
        "part de ceux qui le disent important (4, 5, oui ou choisi) ; n = 5 ; CSAT de ces clients : 100 % (n = 5) ; satisfaits du sujet : 100 % (n = 5)",
        "non calculé : trop peu de réponses ; n = 1 ; CSAT de ces clients : trop peu de réponses (n = 1)",
        "non calculé : aucune réponse ; n = 0 ; satisfaits du sujet : trop peu de réponses (n = 2)",
    ]
    assert told[5].lecture == "non calculé : trop peu de réponses ; n = 1"
