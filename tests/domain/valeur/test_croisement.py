"""Readiness and value: each client in one cell, the unready of the best classes first."""

from __future__ import annotations

from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segxl.domain.valeur import releve as v
from segxl.domain.valeur.croisement import CLIENTS, PREPARATIONS, SANS_NOTE, cross_clients, notes_of

CLIENT = st.tuples(st.sampled_from(["A", "B", "C", "D", ""]), st.none() | st.integers(0, 20))


def lignes_of(*clients: tuple[str, float | None], abc: str = "") -> pd.DataFrame:
    """Return clients told as their class and note; each pays 100 € and costs 50."""
    count = len(clients)
    return pd.DataFrame(
        {
            "dossier": pd.Series([f"D{i:02}" for i in range(count)], dtype=object),
            v.ABCD: pd.Series([classe for classe, _ in clients], dtype=object),
            v.ABC: pd.Series([*abc] or [""] * count, dtype=object),
            v.HONORAIRES: np.full(count, 10_000.0),
            v.COUT_SERVICE: np.full(count, 5_000.0),
            v.HEURES: np.ones(count),
            v.MARGE_EUROS: np.full(count, 5_000.0),
        }
    )


def notes(*clients: tuple[str, float | None]) -> np.ndarray:
    return np.array([np.nan if note is None else note for _, note in clients], dtype=float)


def test_every_client_is_counted_once_by_class_and_readiness() -> None:
    clients = (("A", 3.0), ("A", 8.0), ("B", 12.0), ("D", None), ("", 2.0))

    found = cross_clients(lignes_of(*clients), notes(*clients))

    counts = found.lignes[[*PREPARATIONS, SANS_NOTE, CLIENTS]].to_numpy().tolist()
    assert dict(zip(found.lignes["Classe"], counts, strict=True)) == {
        "A": [1, 1, 0, 0, 2],
        "B": [0, 0, 1, 0, 1],
        "C": [0, 0, 0, 0, 0],
        "D": [0, 0, 0, 1, 1],
        "Sans classe": [1, 0, 0, 0, 1],
        "Ensemble": [2, 1, 1, 1, 5],
    }
    assert found.lignes[v.PART_HEURES].tolist()[0] == pytest.approx(0.4)
    assert found.lignes[v.HONORAIRES].isna().tolist() == [False, False, True, False, False, False]
    assert found.lignes[v.MARGE_EUROS].tolist()[-1] == 25_000


def test_the_unready_of_the_best_classes_come_first_then_by_note_then_by_number() -> None:
    clients = (("B", 1.0), ("A", 7.0), ("A", 2.0), ("A", 2.0), ("C", 0.0), ("A", None), ("A", 9.0))
    names = ["D00", "D01", "D02", "D03", "D04", "D05", "D06"]

    found = cross_clients(lignes_of(*clients), notes(*clients))

    assert found.list_first(names) == ["D02", "D03", "D01", "D00"]
    assert found.list_first(names, "B") == ["D00"]
    assert found.rangs.tolist() == [4, 3, 1, 2, 0, 0, 0]


def test_the_most_critical_of_a_class_come_first_whatever_their_notes() -> None:
    clients = (("A", 1.0), ("A", 7.0), ("B", 0.0), ("A", 5.0))

    found = cross_clients(
        lignes_of(*clients), notes(*clients), criticites=np.array([1, 2, 2, 0], dtype=np.int64)
    )

    assert found.list_first(["D00", "D01", "D02", "D03"]) == ["D01", "D00", "D03", "D02"]


def test_without_one_known_margin_the_classes_are_those_of_the_fees() -> None:
    clients = (("", 3.0), ("", 3.0))

    found = cross_clients(lignes_of(*clients, abc="CB"), notes(*clients))

    assert found.methode == "ABC"
    assert found.lignes["Classe"].tolist() == ["A", "B", "C", "Sans classe", "Ensemble"]
    assert found.list_first(["D00", "D01"]) == ["D01"]


def test_thresholds_of_the_firm_say_who_is_unready() -> None:
    clients = (("A", 9.0),)

    found = cross_clients(lignes_of(*clients), notes(*clients), (10, 15))

    assert found.rangs.tolist() == [1]


def test_no_client_makes_an_empty_matrix() -> None:
    found = cross_clients(lignes_of(), notes())

    assert found.lignes[CLIENTS].tolist() == [0, 0, 0, 0, 0]
    assert found.list_first([]) == []


def test_who_is_out_of_scope_or_was_asked_nothing_has_no_note() -> None:
    clients = pd.DataFrame(
        {
            "Note FE": [12, 3, None, "4,5", "x"],
            "Couleur": ["Vert clair", "gris", None, "Rouge", None],
        },
        dtype=object,
    )

    found = notes_of(clients, ["Gris"])

    assert np.nan_to_num(found, nan=-1).tolist() == [12, -1, -1, 4.5, -1]
    assert np.isnan(notes_of(pd.DataFrame({"Dossier": ["D1"]}), [])).all()


@given(clients=st.lists(CLIENT, max_size=20), order=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nobodys_rank(
    clients: list[tuple[str, int | None]], order: Random
) -> None:
    lignes, told = lignes_of(*clients), notes(*clients)
    places = [*range(len(clients))]
    order.shuffle(places)

    whole = cross_clients(lignes, told)
    again = cross_clients(lignes.loc[places].reset_index(drop=True), told[places])

    assert again.rangs.tolist() == whole.rangs[places].tolist()
    pd.testing.assert_frame_equal(again.lignes, whole.lignes)
