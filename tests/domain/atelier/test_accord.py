"""What people who weigh critères differently come to together."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segxl.domain.atelier.accord import Accord, Vote, exact, reach_accord
from segxl.domain.atelier.phrases import tell_counted, tell_divided
from segxl.domain.grille import Critere, Grille, Niveau

Weights = list[float | None]
weights = st.one_of(st.none(), st.floats(0, 1e9, allow_nan=False))
ballots = st.lists(st.lists(weights, min_size=4, max_size=4), max_size=6)


def grille_of(*poids: float, nom: str = "FE") -> Grille:
    niveaux = (Niveau(reponse="Non", points=0), Niveau(reponse="Oui", points=1))
    return Grille(
        nom=nom,
        criteres=tuple(
            Critere(
                code=f"C{i}", libelle=f"Critère {i}", grille=nom, famille="", type="Liste",
                poids=p, niveaux=niveaux,
            )
            for i, p in enumerate(poids, 1)
        ),
    )  # fmt: skip


def agree(*votes: Weights, grille: Grille | None = None) -> Accord:
    """Return what votes come to; their people are called P1, P2…"""
    told = [
        Vote(participant=f"P{i}", poids=tuple(None if w is None else exact(w) for w in vote))
        for i, vote in enumerate(votes, 1)
    ]
    return reach_accord(grille or grille_of(1, 2, 3, 4), told)


def shown(values: tuple[Fraction | None, ...]) -> list[float | None]:
    return [None if v is None else round(float(v), 2) for v in values]


def known(values: tuple[Fraction | None, ...]) -> list[Fraction]:
    return [v for v in values if v is not None]


# — worked by hand —


def test_each_participant_is_brought_to_100_then_all_are_averaged() -> None:
    accord = agree([1, 1, 1, 1], [0.7, 0.1, 0.1, 0.1], [80, 0, 10, 10])

    assert shown(accord.moyens) == [58.33, 11.67, 15.0, 15.0]
    assert shown(accord.ecarts) == [55.0, 25.0, 15.0, 15.0]
    assert shown(accord.proposes) == [58, 12, 15, 15]


def test_today_is_told_in_points_too() -> None:
    assert shown(agree(grille=grille_of(2, 2, 4)).actuels) == [25, 25, 50]


def test_a_blank_cell_speaks_for_nobody_and_swells_no_other_weight() -> None:
    # P2 says nothing of the first critère, which weighs 10 today: it shares out the 90 others.
    accord = agree([10, 20, 30, 40], [None, 1, 1, 1])

    (_, second) = accord.avis
    assert shown(second.poids) == [None, 30, 30, 30]
    assert shown(accord.moyens) == [10, 25, 30, 35]
    assert accord.ecarts[0] is None


def test_a_partial_vote_is_measured_by_those_who_filled_in_everything() -> None:
    # Today the first critère weighs 10 of 100; for P1, who filled in everything, 40.
    accord = agree([40, 20, 20, 20], [None, 1, 1, 1])

    assert shown(accord.avis[1].poids) == [None, 20, 20, 20]
    assert shown(accord.ecarts) == [None, 0, 0, 0]
    assert shown(accord.proposes) == [40, 20, 20, 20]


def test_people_who_agree_on_what_they_speak_of_keep_the_weights_of_today() -> None:
    accord = agree([1, 2, None, None], [None, 2, 3, None], [1, None, 3, None])

    assert shown(accord.moyens) == [10, 20, 30, 40]
    assert shown(accord.ecarts) == [0, 0, 0, None]


def test_a_zero_is_an_opinion() -> None:
    assert shown(agree([0, 1, 1, 0], [1, 1, 1, 1]).moyens) == [12.5, 37.5, 37.5, 12.5]


def test_who_gives_nothing_is_left_out_and_named() -> None:
    accord = agree([None] * 4, [1, 1, 1, 1], [0, None, 0, None])

    assert [v.participant for v in accord.avis] == ["P2"]
    assert accord.ecartes == (("P1", "aucun poids"), ("P3", "que des zéros"))


def test_nobody_counted_proposes_nothing() -> None:
    accord = agree([None] * 4)

    assert not accord.is_counted
    assert accord.moyens == accord.ecarts == accord.proposes == (None,) * 4


def test_a_single_opinion_has_no_gap() -> None:
    assert agree([1, 1, 1, 1]).ecarts == (None,) * 4


def test_the_largest_remainders_are_rounded_up_the_upper_row_first() -> None:
    accord = agree([1, 1, 1], grille=grille_of(1, 1, 1))

    assert shown(accord.proposes) == [34, 33, 33]


def test_weights_with_decimals_are_proposed_with_one() -> None:
    accord = agree([1, 1, 1], grille=grille_of(1.5, 1, 1))

    assert shown(accord.proposes) == [33.4, 33.3, 33.3]


# — sentences —


def test_the_sentences_name_who_counts_and_what_divides() -> None:
    accord = agree([1, 1, 1, 1], [0, 4, 4, 2], [None] * 4)
    other = agree([1, 1], [1, 1], grille=grille_of(1, 1, nom="Enjeu"))
    alone = agree([1, 1], grille=grille_of(1, 1, nom="RSE"))

    told = (accord, other, alone, agree())

    assert (
        tell_counted(told)
        == "2 pour FE (P1 et P2), sans P3 (aucun poids) ; 2 pour Enjeu (P1 et P2) ; 1 pour RSE (P1) ; personne pour FE."
    )
    assert tell_divided(told) == (
        "pour FE, Critère 1 (écart 25), Critère 2 (écart 15) et Critère 3 (écart 15) ; "
        "pour Enjeu, rien, tous sont d’accord ; pour RSE, il faut deux avis ; pour FE, il faut deux avis."
    )


# — whatever is typed —


@given(ballots)
def test_the_means_and_the_proposals_make_exactly_100(votes: list[Weights]) -> None:
    accord = agree(*votes)

    assert sum(known(accord.moyens)) == (100 if accord.is_counted else 0)
    assert sum(known(accord.proposes)) == (100 if accord.is_counted else 0)


@given(ballots)
def test_a_proposal_is_less_than_one_point_from_the_mean(votes: list[Weights]) -> None:
    accord = agree(*votes)

    for mean, proposed in zip(known(accord.moyens), known(accord.proposes), strict=True):
        assert abs(mean - proposed) < 1


@given(ballots, st.randoms(use_true_random=False))
def test_the_order_of_the_participants_changes_nothing(
    votes: list[Weights], random: Random
) -> None:
    shuffled = [*votes]
    random.shuffle(shuffled)

    first, second = agree(*votes), agree(*shuffled)

    assert (first.moyens, first.ecarts) == (second.moyens, second.ecarts)
    assert first.proposes == second.proposes


@given(
    st.lists(st.lists(st.integers(0, 1000), min_size=4, max_size=4), min_size=1, max_size=6),
    st.sampled_from([0.01, 0.1, 3, 7, 1000]),
)
def test_the_scale_of_a_participant_changes_nothing(votes: list[Weights], scale: float) -> None:
    first, *others = votes
    scaled: Weights = [None if w is None else w * scale for w in first]

    before, after = agree(first, *others), agree(scaled, *others)

    assert before.moyens == after.moyens
    assert before.proposes == after.proposes


@given(
    st.lists(st.integers(1, 100), min_size=4, max_size=4),
    st.integers(2, 6),
)
def test_people_who_all_say_the_same_are_followed_to_the_letter(vote: Weights, people: int) -> None:
    accord = agree(*[vote] * people)

    total = sum(w for w in vote if w is not None)
    assert known(accord.ecarts) == [0] * 4
    assert known(accord.moyens) == [Fraction(int(w or 0) * 100, int(total)) for w in vote]
    assert accord.most_divisive == ()


@pytest.mark.parametrize("wanted", [5e-324, 1e300])
def test_the_smallest_and_the_largest_numbers_are_weights_as_others(wanted: float) -> None:
    assert shown(agree([wanted, wanted, 0, 0]).proposes) == [50, 50, 0, 0]
