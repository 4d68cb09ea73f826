"""Clients who look alike, whatever the order of the rows."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segxl.domain.suggestion import mots as m
from segxl.domain.suggestion.groupes import suggest_groups
from segxl.domain.suggestion.partage import measure_clarity, scale_ranks, split_points
from segxl.domain.suggestion.phrases import tell_clarity, tell_grouped
from segxl.domain.valeur.rangs import Nombres

Figures = dict[str, list[float]]
NAN = float("nan")
AU = pd.Timestamp("2026-11-22").date()


def clients_of(figures: Figures, segments: list[str] | None = None) -> pd.DataFrame:
    """Return clients D00, D01… of whom these figures are known."""
    count = max(map(len, figures.values()), default=0)
    columns = {x: pd.Series(figures.get(x, [NAN] * count), dtype="float64") for x in m.CHIFFRES}
    keys = pd.Series([f"D{i:02}" for i in range(count)], dtype=object)
    words = pd.Series(segments or [""] * count, dtype=object)
    return pd.DataFrame({"dossier": keys, **columns, "segment": words, "classe": words})


def drawn(count: int, seed: int = 1, missing: float = 0.1) -> pd.DataFrame:
    """Return clients whose figures are drawn, some unknown."""
    rng = np.random.default_rng(seed)
    values = rng.lognormal(size=(count, len(m.CHIFFRES)))
    values[rng.random(values.shape) < missing] = NAN
    return clients_of({x: values[:, i].tolist() for i, x in enumerate(m.CHIFFRES)})


THREE = clients_of(
    {
        m.HONORAIRES: [900, 1000, 1100, 4000, 4100, 4200, 9000, 9100, 9200_000],
        m.NOTE: [4, 4.5, 5, 10, 10.5, 11, 17, 17.5, 18],
    },
    ["Prioritaire"] * 4 + ["Prêt"] * 4 + [""],
)
"""Three families, the last one with a giant."""


# — the groups —


def test_clear_families_are_found_and_named() -> None:
    found = suggest_groups(THREE)

    assert [g.nom for g in found.groupes] == ["Petits honoraires, note FE basse", "Profil moyen", "Gros honoraires, note FE haute"]  # fmt: skip
    assert [g.dossiers for g in found.groupes] == [("D01", "D00", "D02"), ("D04", "D03", "D05"), ("D07", "D06", "D08")]  # fmt: skip
    first = found.groupes[0]
    assert first.description == "Plutôt bas : note FE et honoraires."
    assert first.conditions == {"Honoraires annuels": "<3033", "Note FE": "<8,3"}
    assert first.medianes == {m.NOTE: 4.5, m.ENJEU: None, m.HONORAIRES: 1000.0, m.TAUX: None, m.HEURES: None}  # fmt: skip
    assert found.groupes[1].segments == {"Prêt": 2, "Prioritaire": 1}
    assert found.groupes[2].classes == {"Prêt": 2}
    assert found.sans == (m.ENJEU, m.TAUX, m.HEURES)
    assert found.laisses == ()
    assert found.nettete == pytest.approx(0.47, abs=0.01)


def test_the_number_of_groups_can_be_asked_for() -> None:
    assert len(suggest_groups(THREE, 2).groupes) == 2
    assert len(suggest_groups(drawn(100), 8).groupes) == 8


def test_no_more_groups_than_clients_who_differ() -> None:
    assert len(suggest_groups(THREE.head(3), 5).groupes) == 3


def test_a_client_alone_is_a_group() -> None:
    found = suggest_groups(THREE.head(1))

    assert [(g.nom, g.dossiers, g.piste) for g in found.groupes] == [("Profil moyen", ("D00",), m.TOO_FEW)]  # fmt: skip
    assert found.nettete is None


def test_clients_who_are_all_equal_are_one_group() -> None:
    found = suggest_groups(clients_of({x: [5.0] * 12 for x in m.CHIFFRES}), 4)

    assert [(g.nom, len(g.dossiers)) for g in found.groupes] == [("Profil moyen", 12)]


@pytest.mark.parametrize("count", [0, 12])
def test_nothing_known_groups_nobody(count: int) -> None:
    found = suggest_groups(clients_of({m.NOTE: [NAN] * count}))

    assert (found.groupes, found.chiffres) == ((), ())
    assert len(found.laisses) == count


def test_who_lacks_more_than_half_of_the_figures_is_left_out() -> None:
    known = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
    figures = {x: [*known] for x in (m.NOTE, m.ENJEU, m.HONORAIRES, m.HEURES)}
    for lacking, clients in ((m.ENJEU, (0, 1)), (m.HONORAIRES, (0, 1)), (m.HEURES, (1,))):
        for client in clients:
            figures[lacking][client] = NAN

    found = suggest_groups(clients_of(figures))

    assert found.laisses == ("D01",)


def test_a_figure_that_only_clients_left_out_have_says_nothing() -> None:
    figures = {x: [NAN, 5.0] for x in m.CHIFFRES} | {m.TAUX: [0.5, NAN]}

    [groupe] = suggest_groups(clients_of(figures)).groupes

    assert (groupe.dossiers, groupe.medianes[m.TAUX]) == (("D01",), None)
    assert "marge" not in groupe.description


def test_a_figure_that_few_clients_have_does_not_count() -> None:
    figures = {m.NOTE: [1.0, 2, 3, 4, 5], m.HEURES: [1.0, NAN, NAN, NAN, 9], m.TAUX: [0.1, 0.2, NAN, NAN, 0.5]}  # fmt: skip

    assert suggest_groups(clients_of(figures)).chiffres == (m.NOTE, m.TAUX)


def test_a_giant_is_one_place_above_the_next() -> None:
    modest = THREE.replace({m.HONORAIRES: {9200_000: 9200}})

    assert [g.dossiers for g in suggest_groups(THREE).groupes] == [g.dossiers for g in suggest_groups(modest).groupes]  # fmt: skip


def test_groups_of_one_name_are_numbered() -> None:
    found = suggest_groups(drawn(60, seed=3), 8)

    names = [g.nom for g in found.groupes]
    assert len({*names}) == len(names) == 8


def test_every_group_has_a_hint() -> None:
    levels = (m.BAS, m.MILIEU, m.HAUT)
    told = {
        m.hint_of({m.NOTE: a, m.ENJEU: b, m.HONORAIRES: c, m.TAUX: d, m.HEURES: e}, 50)
        for a in levels for b in levels for c in levels for d in levels for e in levels
    }  # fmt: skip

    assert told == {hint for _, hint in m.HINTS}


# — the same, always —


@given(st.integers(0, 40), st.integers(0, 50), st.integers(0, 1000))
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_rows_changes_nothing(count: int, seed: int, other: int) -> None:
    clients = drawn(count, seed, missing=0.3).round(1)

    assert suggest_groups(clients.sample(frac=1, random_state=other)) == suggest_groups(clients)


@given(st.integers(1, 40), st.integers(0, 50), st.sampled_from([0, 2, 5, 8]))
@settings(max_examples=40, deadline=None)
def test_every_client_is_in_one_group_or_left_out(count: int, seed: int, nombre: int) -> None:
    found = suggest_groups(drawn(count, seed, missing=0.4), nombre)

    told = [d for g in found.groupes for d in g.dossiers] + [*found.laisses]
    assert sorted(told) == [f"D{i:02}" for i in range(count)]
    assert all(g.dossiers for g in found.groupes)


def test_thousands_of_clients_take_no_time() -> None:
    clients = drawn(5_000)
    start = time.process_time()

    found = suggest_groups(clients)

    assert time.process_time() - start < 2
    assert 3 <= len(found.groupes) <= 6


# — the split —


def points_of(*values: float) -> Nombres:
    return np.array(values)[:, None]


def test_equal_points_share_a_group() -> None:
    assert split_points(points_of(0, 1, 0, 1, 0.5), 3).tolist() == [1, 2, 1, 2, 0]


def test_a_point_between_two_groups_joins_one() -> None:
    labels = split_points(points_of(0, 0.1, 0.5, 0.9, 1), 2)

    assert len({*labels.tolist()}) == 2


def test_centres_may_move_once_only() -> None:
    points = points_of(*np.linspace(0, 1, 50) ** 3)

    once, often = split_points(points, 4, rounds=1), split_points(points, 4)

    assert once.tolist() != often.tolist()
    assert measure_clarity(points, once) < measure_clarity(points, often)


def test_groups_far_apart_are_clearer_than_groups_that_touch() -> None:
    labels = np.array([0, 0, 1, 1])

    far, near = (measure_clarity(points_of(*p), labels) for p in ((0, 0.1, 0.9, 1), (0, 0.4, 0.6, 1)))  # fmt: skip

    assert far > near > 0


def test_ranks_run_from_0_to_1() -> None:
    assert scale_ranks(np.array([3.0, 1.0, 2.0])).tolist() == [1, 0, 0.5]


# — sentences —


def test_the_sentences_tell_who_is_grouped_and_how_clearly() -> None:
    found = suggest_groups(THREE)
    few = suggest_groups(clients_of({x: [1.0, 2, NAN] for x in m.CHIFFRES}))
    nothing = suggest_groups(clients_of({m.NOTE: [NAN]}))

    assert tell_grouped(found, AU) == "22/11/2026 : 9 clients sur 9, en 3 groupes, d’après note FE et honoraires. Trop peu connus pour compter : enjeu, taux de marge et heures."  # fmt: skip
    assert tell_grouped(few, AU).endswith("Sans groupe : 1, dont plus de la moitié des chiffres manque.")  # fmt: skip
    assert "aucun client" in tell_grouped(nothing, AU)
    assert tell_clarity(found) == "0,47 sur 1, moyenne, des clients sont entre deux groupes."
    assert tell_clarity(suggest_groups(THREE.head(1))).startswith("rien à séparer")
    assert tell_clarity(nothing) == "n.d."


@pytest.mark.parametrize(
    ("notes", "told"),
    [([1.0, 9.0, 17.0] * 4, "1,00 sur 1, forte, les groupes se distinguent bien."), (None, "à prendre avec prudence.")],
)  # fmt: skip
def test_a_split_is_told_clear_or_not(notes: list[float] | None, told: str) -> None:
    clients = drawn(60) if notes is None else clients_of({m.NOTE: notes})

    assert tell_clarity(suggest_groups(clients)).endswith(told)
