"""What must hold of any entries."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.domain.faits.ecritures import Journal, read_clean

from segxl.domain.faits.comparaison import pair_clients
from segxl.domain.faits.etats import UNITES, UNITES_INTERNES, Etat, FaitMesure, Unite
from segxl.domain.faits.lignes import number_rows
from segxl.domain.faits.releve import Releve, measure_faits

TEXTS = [
    "journal",
    "journal_lib",
    "num",
    "compte",
    "compte_lib",
    "aux",
    "aux_lib",
    "piece",
    "lettre",
]


@cache
def one_year() -> tuple[pd.DataFrame, Releve]:
    ecritures = read_clean("000000034FEC20251231.txt")
    return ecritures, measure_faits(ecritures)


@given(st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=25)
def test_shuffling_the_lines_changes_no_fact(random: Random) -> None:
    ecritures, expected = one_year()
    order = [*range(len(ecritures))]
    random.shuffle(order)

    assert measure_faits(ecritures.take(order)) == expected


@given(st.lists(st.integers(0, 246), max_size=4))
@settings(deadline=None, max_examples=25)
def test_splitting_the_file_changes_no_fact(cuts: list[int]) -> None:
    ecritures, expected = one_year()
    bounds = [0, *sorted(cuts), len(ecritures)]
    parts = [ecritures.iloc[a:b] for a, b in pairwise(bounds)]

    assert measure_faits(pd.concat(parts[::-1], ignore_index=True)) == expected


def test_texts_kept_as_categories_change_no_fact() -> None:
    ecritures, expected = one_year()

    assert measure_faits(ecritures.astype(dict.fromkeys(TEXTS, "category"))) == expected
    assert measure_faits(ecritures.astype(dict.fromkeys(TEXTS, object))) == expected


sales = st.lists(
    st.tuples(
        st.sampled_from(["C1", "C2", "C3", ""]),
        st.integers(-500, 5000),
        st.sampled_from(["", "A", "B"]),
        st.integers(1, 28),
    ),
    max_size=12,
)


@given(sales)
@settings(deadline=None, max_examples=60)
def test_every_fact_stays_within_its_bounds_and_has_a_reason(
    lines: list[tuple[str, int, str, int]],
) -> None:
    entries = Journal()
    for client, euros, lettre, day in lines:
        entries.sell(f"03-{day:02d}", client, euros * 1.2, lettre=lettre)
        entries.cash(f"05-{day:02d}", client, euros * 1.2, lettre=lettre)
    entries.buy("06-01", "F1", 120)

    faits = measure_faits(entries.ecritures).faits

    units = UNITES | UNITES_INTERNES
    assert list(faits) == list(units)
    for code, fait in faits.items():
        if units[code] in {Unite.PART, Unite.INDICE} and fait.valeur is not None:
            assert 0 <= float(fait.valeur) <= 1, code
        if units[code] is Unite.NOMBRE and fait.valeur is not None:
            assert float(fait.valeur) >= 0, code


def test_a_year_compared_with_itself_keeps_every_customer() -> None:
    _, releve = one_year()

    found = pair_clients(releve.clients, releve.clients)

    assert found.paires == {rank: rank for rank in range(len(releve.clients))}
    assert found.reprises == 0


def test_numbers_too_wide_to_pack_stay_apart() -> None:
    """Given three columns whose product of widths passes 64 bits."""
    wide = np.array([0, 2**40, 0, 2**40], dtype=np.int64)
    narrow = np.array([0, 0, 2**40, 2**40], dtype=np.int64)

    numbers, count = number_rows(wide, narrow, wide[::-1])

    assert count == 4
    assert numbers.tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("valeur", "etat", "motif"),
    [(None, Etat.CALCULE, "m"), (0, Etat.NON_DERIVABLE, "m"), (1, Etat.CALCULE, "")],
)
def test_a_fact_without_value_or_reason_cannot_be_built(
    valeur: int | None, etat: Etat, motif: str
) -> None:
    with pytest.raises(ValueError, match="not derivable"):
        FaitMesure(valeur=valeur, etat=etat, motif=motif)
