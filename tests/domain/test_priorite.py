from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segxl.domain.anomalies import SaisieError
from segxl.domain.priorite import explain_formule, poids_of, rank_priorites
from segxl.domain.reglages import Reglages
from segxl.domain.urgence import measure_urgence

TODAY = date(2026, 11, 22)
LAW = {"reception": date(2026, 9, 1), "emission": date(2027, 9, 1)}
POIDS = {"Urgence": 3.0, "Préparation": 2.0, "Enjeu": 1.0}
Client = tuple[str, str | None, float | None, float | None]
"""Dossier, status of the platform, note FE, stake."""


def ranked(
    *clients: Client, poids: dict[str, float] | None = None, law: dict[str, Any] | None = None
) -> pd.DataFrame:
    """Rank clients; the answer is indexed by dossier."""
    rows = pd.DataFrame(clients, columns=["Dossier", "Statut plateforme", "FE", "Enjeu"])
    rows = rows.astype({"Dossier": object, "Statut plateforme": object})
    obligations = pd.DataFrame([LAW | (law or {})] * len(rows), columns=[*LAW], dtype=object)
    figures = rows[["FE", "Enjeu"]].astype(float)
    found = rank_priorites(
        rows["Dossier"],
        figures["FE"],
        measure_urgence(rows, obligations, TODAY),
        figures["Enjeu"],
        poids or POIDS,
    )
    return found.set_axis([*rows["Dossier"]])


def order_of(found: pd.DataFrame) -> list[str]:
    return [*found["Priorité"].dropna().sort_values().index]


def with_parametres(**parametres: object) -> Reglages:
    return Reglages(grilles=(), couleurs=(), regles=(), parametres=parametres)


def test_the_score_is_the_weighted_mean_of_three_figures() -> None:
    found = ranked(("A", "Aucune", 6.2, 14.0))

    # (3 × 20 + 2 × (20 – 6,2) + 1 × 14) ÷ 6
    assert found["Score"].tolist() == [16.9]


def test_a_figure_that_is_unknown_is_left_out_with_its_weight() -> None:
    found = ranked(("A", "Aucune", None, 14.0), ("B", "Aucune", None, None))

    # (3 × 20 + 14) ÷ 4, then urgency alone
    assert found["Score"].tolist() == [18.5, 20.0]


def test_who_is_late_comes_before_who_has_time() -> None:
    found = ranked(("A", "Réception active", 6, 14), ("B", "Aucune", 6, 14))

    assert order_of(found) == ["B", "A"]


def test_equal_scores_are_ranked_by_days_then_stake_then_number() -> None:
    only_readiness = {"Urgence": 0.0, "Préparation": 1.0, "Enjeu": 0.0}

    found = ranked(
        ("D10", "Aucune", 5, 3),
        ("D9", "Aucune", 5, 3),
        ("D8", "Aucune", 5, None),
        ("D7", "Aucune", 5, 12),
        ("D1", "Réception active", 5, 20),
        poids=only_readiness,
    )

    assert order_of(found) == ["D7", "D9", "D10", "D8", "D1"]


def test_who_has_nothing_left_or_is_outside_the_reform_has_no_rank() -> None:
    ready = ranked(("A", "Réception et émission actives", 1, 20))
    outside = ranked(("B", "Aucune", 1, 20), law={"reception": "non", "emission": "non"})
    unsure = ranked(("C", "Aucune", 1, 20), law=dict.fromkeys(LAW, "à confirmer"))

    for found in (ready, outside, unsure):
        assert found.isna().all(axis=None)


def test_the_reason_says_the_three_figures_in_words() -> None:
    found = ranked(("A", "Aucune", 6.2, 14.0), ("B", "Réception active", 13.0, None))

    assert found["Raison de la priorité"].tolist() == [
        "Réception due depuis 82 jours, sans plateforme ; préparation faible (6,2/20) ; enjeu élevé (14,0/20).",
        "Émission due dans 283 jours, réception active ; préparation avancée (13,0/20) ; enjeu inconnu.",
    ]


def test_a_client_without_a_note_and_a_platform_is_ranked_and_says_so() -> None:
    found = ranked(("A", None, None, 8.0))

    assert found["Raison de la priorité"].tolist() == [
        "Réception due depuis 82 jours, plateforme inconnue ; préparation inconnue ; enjeu moyen (8,0/20)."
    ]


def test_nobody_to_rank_is_no_error() -> None:
    assert ranked().empty


def test_the_weights_come_from_the_settings_however_typed() -> None:
    reglages = with_parametres(**{"Poids de l'urgence": "2,5", "poids de l’enjeu": 0})

    assert poids_of(reglages) == {"Urgence": 2.5, "Préparation": 2, "Enjeu": 0}


@pytest.mark.parametrize("typed", ["beaucoup", -1, 101, "#N/A"])
def test_a_weight_that_is_none_is_refused_by_its_name(typed: object) -> None:
    with pytest.raises(SaisieError, match="« Poids de l’enjeu » ne convient pas"):
        poids_of(with_parametres(**{"Poids de l’enjeu": typed}))


def test_weights_that_are_all_zero_rank_nobody_and_are_refused() -> None:
    names = ("Poids de l’urgence", "Poids de la préparation", "Poids de l’enjeu")

    with pytest.raises(SaisieError, match="tous à zéro"):
        poids_of(with_parametres(**dict.fromkeys(names, 0)))


def test_the_formula_shows_the_weights_of_the_firm() -> None:
    told = explain_formule({"Urgence": 2.5, "Préparation": 2.0, "Enjeu": 0.0})

    assert "(2,5 × urgence + 2 × (20 – note FE) + 0 × enjeu) ÷ 4,5" in told


marks = st.none() | st.integers(0, 200).map(lambda tenths: tenths / 10)
clients = st.lists(
    st.tuples(
        st.from_regex(r"[A-Da-d]?[0-9]{1,3}", fullmatch=True),
        st.sampled_from(["Aucune", "Réception active", "Réception et émission actives", None]),
        marks,
        marks,
    ),
    unique_by=lambda client: client[0],
    max_size=12,
)


@given(rows=clients, data=st.data())
@settings(max_examples=100, deadline=None)
def test_the_order_of_the_sheet_never_changes_a_rank(
    rows: list[Client], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(rows))

    first, second = ranked(*rows)["Priorité"], ranked(*shuffled)["Priorité"]

    assert first.sort_index().equals(second.sort_index())
    assert sorted(first.dropna()) == [*range(1, first.notna().sum() + 1)]


@given(rows=clients)
@settings(max_examples=100, deadline=None)
def test_a_higher_stake_never_comes_after_an_equal_client(rows: list[Client]) -> None:
    twins = [("A" + d, s, n, low) for d, s, n, low in rows] + [
        ("Z" + d, s, n, 20.0) for d, s, n, low in rows if low is not None
    ]

    ranks = ranked(*twins)["Priorité"]

    for dossier, _, _, low in rows:
        if low is not None and pd.notna(ranks["Z" + dossier]) and low < 20:
            assert ranks["Z" + dossier] < ranks["A" + dossier]
