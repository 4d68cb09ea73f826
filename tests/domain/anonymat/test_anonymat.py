"""What an anonymous portfolio tells, and what it keeps quiet."""

from __future__ import annotations

import math
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segxl.domain.anonymat import ensemble as e
from segxl.domain.anonymat import lignes as n
from segxl.domain.anonymat.etiquettes import mask_names
from segxl.domain.anonymat.groupes import KNOWN, LEAST, blank_small_groups

AU = date(2026, 11, 22)
PLACES = st.sampled_from(["", "69", "01", "2A"])
SECTORS = st.sampled_from(["", "47", "62", "86"])
SIZES = st.sampled_from(["", "Micro", "PME"])
KINDS = st.lists(st.tuples(PLACES, SECTORS, SIZES), min_size=LEAST, max_size=60)


def groups(*kinds: tuple[tuple[str, str, str], int]) -> pd.DataFrame:
    rows = [kind for kind, count in kinds for _ in range(count)]
    return pd.DataFrame(rows, columns=[*KNOWN])


def client(**cells: object) -> dict[str, object]:
    usual = {
        n.SECTEUR: "62.01Z", n.DEPARTEMENT: "69003", n.TAILLE: "PME", n.HONORAIRES: 1_234_500.0,
        n.TAUX: 0.273, n.ABC: "A", n.ABCD: "B", n.NOTE: 12.5, n.COULEUR: "Vert clair",
        n.SEGMENT: "Prêt", n.ANCIENNETE: date(2016, 11, 23), n.MISSIONS: 2.0,
    }  # fmt: skip
    return usual | cells


def test_figures_are_told_roughly() -> None:
    (told,) = n.describe_clients(pd.DataFrame([client()], dtype=object), AU).to_dict("records")

    assert told == {
        "Secteur": "62", "Département": "69", "Taille": "PME", "Honoraires HT (€)": 12300.0,
        "Taux de marge": 0.25, "Classe ABC": "A", "Classe A à D": "B", "Note FE": 13.0,
        "Couleur": "Vert clair", "Segment": "Prêt", "Ancienneté (ans)": 9.0, "Missions": 2.0,
    }  # fmt: skip


def test_what_is_unknown_or_no_word_of_the_list_is_blank() -> None:
    unknown = client(**{
        n.SECTEUR: "Boulangerie Roy", n.DEPARTEMENT: "Lyon", n.TAILLE: "chez Roy",
        n.HONORAIRES: math.nan, n.TAUX: math.nan, n.NOTE: math.nan, n.ANCIENNETE: None,
    })  # fmt: skip

    (told,) = n.describe_clients(pd.DataFrame([unknown], dtype=object), AU).to_dict("records")

    assert (told["Secteur"], told["Département"], told["Taille"]) == ("", "", "")
    assert all(math.isnan(told[h]) for h in ("Honoraires HT (€)", "Taux de marge", "Note FE", "Ancienneté (ans)"))  # fmt: skip


def test_the_order_is_known_from_the_file_alone() -> None:
    frame = n.describe_clients(
        pd.DataFrame([client(**{n.HONORAIRES: f * 1e6, n.NOTE: m}) for f, m in ((1, 3.0), (9, 2.0), (math.nan, 8.0), (1, 9.0))], dtype=object), AU,
    )  # fmt: skip

    told = n.number_clients(frame)

    pd.testing.assert_frame_equal(told, n.number_clients(frame[::-1]))
    assert [*told["N°"]] == [1, 2, 3, 4]
    assert [*told["Honoraires HT (€)"].dropna()] == [90000, 10000, 10000]


def test_a_departement_of_fewer_than_five_clients_is_never_told() -> None:
    told, counts = blank_small_groups(groups((("69", "", ""), 7), (("2A", "", ""), 4), (("", "", ""), 1)))  # fmt: skip

    assert told["Département"].value_counts().to_dict() == {"69": 7, "": 5}
    assert counts == {"Département": 4, "Secteur": 0, "Taille": 0}


def test_a_rare_combination_loses_its_departement_first() -> None:
    told, counts = blank_small_groups(groups((("69", "47", "PME"), 7), (("69", "62", "PME"), 3), (("", "62", "PME"), 2)))  # fmt: skip

    assert counts == {"Département": 3, "Secteur": 0, "Taille": 0}
    assert told["Secteur"].value_counts().to_dict() == {"47": 7, "62": 5}


def test_who_is_left_alone_is_joined_by_the_next_smallest_group() -> None:
    told, _ = blank_small_groups(groups((("69", "47", "PME"), 9), (("69", "62", "PME"), 6), (("01", "86", "Micro"), 2)))  # fmt: skip

    sizes = told.groupby([*KNOWN]).size()
    assert sizes.to_dict() == {("", "", ""): 8, ("69", "47", "PME"): 9}


@given(KINDS)
def test_nobody_is_told_like_fewer_than_four_others(kinds: list[tuple[str, str, str]]) -> None:
    frame = pd.DataFrame(kinds, columns=[*KNOWN])

    told, counts = blank_small_groups(frame)

    assert told.groupby([*KNOWN]).size().min() >= LEAST
    assert all(((told[h] == frame[h]) | (told[h] == "")).all() for h in KNOWN)
    assert counts == {h: int((told[h] != frame[h]).sum()) for h in KNOWN}


def test_totals_are_exact_and_shares_are_not() -> None:
    fees = [5_000_033.0, 1_000_000.0, 500_000.0, 300_000.0, 200_000.0, math.nan]
    frame = pd.DataFrame({"honoraires": fees, "marge": [1e5] * 4 + [math.nan] * 2, "note": 10.25})

    told = e.list_chiffres(frame).set_index("Chiffre")["Valeur"]

    assert told["Honoraires HT (€)"] == 70000.33
    assert told["Part du premier client"] == 0.71
    assert told["Note FE moyenne (sur 20)"] == 10.3
    assert told["Marge (€)"] is None
    assert "Taux de marge" not in told


def test_the_concentration_of_fewer_than_five_clients_is_not_told() -> None:
    frame = pd.DataFrame({"honoraires": [1e6, 1e5, 0.0, 0.0, 0.0], "marge": math.nan, "note": math.nan})  # fmt: skip

    told = [*e.list_chiffres(frame)["Chiffre"]]

    assert told == ["Clients", "Honoraires HT (€)", "Marge (€)"]


@given(st.lists(st.integers(1, 10**7), min_size=LEAST, max_size=150))
def test_the_points_of_the_curve_are_five_clients_apart(fees: list[int]) -> None:
    curve = e.draw_courbe(np.array(fees, dtype=np.float64), np.full(len(fees), np.nan))

    places = [math.ceil(len(fees) * share) for share in curve["Part des clients"]]
    assert all(after - before >= LEAST for before, after in pairwise(places))
    assert curve["Part des honoraires"].iloc[-1] == 1
    assert curve["Part de la marge"].isna().all()


def test_a_portfolio_without_fees_has_no_curve() -> None:
    assert e.draw_courbe(np.full(9, np.nan), np.full(9, np.nan)).empty


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("Prêt", "Prêt"),
        ("Clients de Julie", "Segment 1"),
        ("Groupe ATELIER  Lumo", "Segment 1"),
        ("Boutiques de Lyon", "Segment 1"),
        ("Ateliers", "Ateliers"),
    ],
)
def test_a_segment_that_names_somebody_is_told_by_a_number(word: str, told: str) -> None:
    clients = pd.DataFrame({"Raison sociale": ["Atelier Lumo", None], "Collaborateur": ["Julie Morel", "#N/A"], "Ville": ["Lyon", None]})  # fmt: skip

    assert mask_names([word], clients, "Segment") == {word: told}


def test_the_margin_rate_and_the_shares_are_those_of_enough_clients() -> None:
    # Given five clients billed 100, 100, 100, 100 and 600 euros, which leave half of it
    fees = [10_000.0] * 4 + [60_000.0]
    clients = pd.DataFrame({"honoraires": fees, "marge": [f / 2 for f in fees], "note": [10.0] * 5})

    figures = e.list_chiffres(clients).set_index(e.CHIFFRE)[e.VALEUR].to_dict()

    assert figures["Taux de marge"] == 0.5
    assert figures["Part du premier client"] == 0.6
    assert figures["Clients qui font 80 % des honoraires"] == 3
    assert figures["Concentration (HHI, de 0 à 1)"] == 0.4
    assert figures["Note FE moyenne (sur 20)"] == 10.0


def test_a_margin_that_is_a_loss_as_a_whole_has_no_curve() -> None:
    curve = e.draw_courbe(np.full(10, 1000.0), np.full(10, -5.0))

    assert [*curve["Part des honoraires"]] == [0.0, 0.5, 1.0]
    assert curve["Part de la marge"].isna().all()
