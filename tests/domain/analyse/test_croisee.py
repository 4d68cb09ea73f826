"""Two fields crossed: every client in one cell, and totals that add up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segxl.domain.analyse.champs import NON_RENSEIGNE, Champ
from segxl.domain.analyse.croisee import (
    CLIENTS,
    HONORAIRES,
    MESURES,
    MOST_COLUMNS,
    MOST_ROWS,
    NOTE,
    Croisee,
    cross_champs,
    find_mesure,
)

WORDS = st.sampled_from(["Rouge", "Vert", "Jaune", NON_RENSEIGNE])
CLIENT = st.tuples(WORDS, st.sampled_from(["A", "B", NON_RENSEIGNE]), st.none() | st.integers(-9, 99))  # fmt: skip


def champ(nom: str, *mots: str, ordre: tuple[str, ...] = ()) -> Champ:
    return Champ(nom=nom, mots=mots, ordre=ordre)


def crossed(clients: list[tuple[str, str, int | None]], mesure: str) -> Croisee:
    rows, columns, figures = zip(*clients, strict=True)
    known = [np.nan if f is None else float(f) for f in figures]
    return cross_champs(champ("Couleur", *rows), champ("Classe", *columns), mesure, known)


def test_every_client_is_counted_once() -> None:
    couleurs = champ("Couleur", "Vert", "Rouge", "Rouge", NON_RENSEIGNE, ordre=("Rouge", "Vert"))
    classes = champ("Classe", "A", "A", "B", "A")

    found = cross_champs(couleurs, classes)

    assert found.lignes == ("Rouge", "Vert", NON_RENSEIGNE)
    assert found.colonnes == ("A", "B")
    assert found.valeurs.tolist() == [[1, 1], [1, 0], [1, 0]]
    assert found.total_lignes.tolist() == [2, 1, 1]
    assert found.total_colonnes.tolist() == [3, 1]
    assert found.total == 4
    assert found.parts_lignes.tolist() == [0.5, 0.25, 0.25]
    assert found.parts_colonnes.tolist() == [0.75, 0.25]


def test_words_without_an_order_go_from_the_most_frequent_what_is_missing_last() -> None:
    villes = champ("Ville", NON_RENSEIGNE, NON_RENSEIGNE, "Brest", "Lyon", "Lyon", "Agen")

    assert cross_champs(villes, villes).lignes == ("Lyon", "Agen", "Brest", NON_RENSEIGNE)


@pytest.mark.parametrize(
    ("typed", "found"), [("", CLIENTS), ("honoraire", HONORAIRES), ("NOTE", NOTE), ("heures", None)]
)
def test_a_measure_is_found_by_how_its_name_starts(typed: str, found: str | None) -> None:
    assert find_mesure(typed) == found


def test_fees_are_summed_where_they_are_known() -> None:
    found = crossed([("Rouge", "A", 100), ("Rouge", "A", None), ("Vert", "B", None)], HONORAIRES)

    assert found.valeurs[0, 0] == 100
    assert np.isnan(found.valeurs[1]).all()
    assert found.total == 100


def test_a_mean_has_no_share_and_its_total_is_that_of_the_clients() -> None:
    found = crossed([("Rouge", "A", 4), ("Rouge", "B", 10), ("Vert", "B", 13)], NOTE)

    assert found.total_lignes.tolist() == [7, 13]
    assert found.colonnes == ("B", "A")
    assert found.total_colonnes.tolist() == [11.5, 4]
    assert found.total == 9
    assert np.isnan(found.parts_lignes).all()


def test_a_whole_that_is_not_above_zero_has_no_share() -> None:
    found = crossed([("Rouge", "A", -5), ("Vert", "A", 5)], HONORAIRES)

    assert np.isnan(found.parts_colonnes).all()


def test_the_least_frequent_words_are_told_together() -> None:
    many = champ("APE", *(f"{n:02}" for n in range(40)), "00", NON_RENSEIGNE)

    found = cross_champs(many, many)

    assert len(found.lignes) == MOST_ROWS + 1
    assert found.lignes[0] == "00"
    assert found.lignes[-2:] == ("Autres", NON_RENSEIGNE)
    assert len(found.colonnes) == MOST_COLUMNS + 1
    assert found.groupes == (40 - MOST_ROWS + 1, 40 - MOST_COLUMNS + 1)
    assert found.total == 42


def test_others_told_together_are_not_those_that_a_field_calls_so() -> None:
    many = champ("APE", "Autres", "Autres", *(f"{n:02}" for n in range(40)))

    found = cross_champs(many, many)

    assert (found.lignes[0], found.lignes[-1]) == ("Autres", "Autres (regroupés)")


def test_a_portfolio_of_nobody_has_an_empty_table() -> None:
    found = cross_champs(champ("Couleur"), champ("Classe"))

    assert (found.lignes, found.colonnes, found.total) == ((), (), 0)


@pytest.mark.parametrize("mesure", [CLIENTS, HONORAIRES])
@given(clients=st.lists(CLIENT, min_size=1, max_size=40))
def test_totals_add_up(clients: list[tuple[str, str, int | None]], mesure: str) -> None:
    found = crossed(clients, mesure)

    assert np.nansum(found.valeurs, axis=1) == pytest.approx(np.nan_to_num(found.total_lignes))
    assert np.nansum(found.valeurs, axis=0) == pytest.approx(np.nan_to_num(found.total_colonnes))
    assert np.nansum(found.valeurs) == pytest.approx(np.nan_to_num(found.total))
    if mesure == CLIENTS:
        assert found.total == len(clients)
        assert found.parts_lignes.sum() == pytest.approx(1)
        assert found.parts_colonnes.sum() == pytest.approx(1)


@pytest.mark.parametrize("mesure", MESURES)
@given(both=st.lists(CLIENT, min_size=1, max_size=40).flatmap(lambda c: st.tuples(st.just(c), st.permutations(c))))  # fmt: skip
def test_the_order_of_the_clients_changes_nothing(
    both: tuple[list[tuple[str, str, int | None]], list[tuple[str, str, int | None]]], mesure: str
) -> None:
    one, other = (crossed(clients, mesure) for clients in both)

    assert (one.lignes, one.colonnes) == (other.lignes, other.colonnes)
    assert np.array_equal(one.valeurs, other.valeurs, equal_nan=True)
    assert one.total == pytest.approx(other.total, nan_ok=True)
