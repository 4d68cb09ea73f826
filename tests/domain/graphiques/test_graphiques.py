from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segxl.domain.graphiques.avis import list_nps
from segxl.domain.graphiques.couleurs import (
    AILLEURS,
    AUTRES,
    COULEURS,
    count_departements,
    cross_enjeux,
)
from segxl.domain.graphiques.valeur import draw_pareto, list_gros, share_classes
from segxl.domain.relation.avis import Avis
from segxl.domain.relation.indicateurs import Indicateur


def valeur_of(rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """The columns of a measured portfolio that the charts read; amounts in cents."""
    columns = ["dossier", "honoraires", "marge", "taux", "heures", "abcd"]
    frame = pd.DataFrame([*rows], columns=columns)
    figures = ["honoraires", "marge", "taux", "heures"]
    return frame.assign(
        abcd=frame["abcd"].astype(object).fillna(""), **frame[figures].astype("float64")
    )


def avis_of(nps: float | None, n: int) -> Avis:
    silent = Indicateur()
    return Avis(csat=silent, nps=Indicateur(valeur=nps, n=n), dernier_csat=None, dernier_nps=None)


def test_clients_are_counted_by_stake_and_colour_whatever_is_unknown() -> None:
    couleurs = pd.Series(["Rouge", "Vert", "Rouge", "Gris-bleu", "Jaune"])
    enjeux = pd.Series([12.0, 10.0, 5.0, np.nan, 4.9])

    matrix = cross_enjeux(couleurs, enjeux).set_index("Enjeu")

    assert [matrix.loc["Fort (10 et plus)", c] for c in ("Rouge", "Vert")] == [1, 1]
    assert matrix.loc["Moyen (5 à 10)", "Rouge"] == 1
    assert matrix.loc["Faible (moins de 5)", "Jaune"] == 1
    assert matrix.loc["Inconnu", AUTRES] == 1
    assert matrix.to_numpy().sum() == len(couleurs)


def test_departements_go_from_the_most_clients_with_what_is_unknown_last() -> None:
    places = [69003, "69100", 1000, "20137", "20600", "97400", None, "Lyon"]
    couleurs = pd.Series(["Vert"] * len(places))

    table = count_departements(places, couleurs)

    assert table["Département"].tolist() == ["69", "01", "2A", "2B", "974", AILLEURS]
    assert table["Vert"].tolist() == [2, 1, 1, 1, 1, 2]


@given(st.lists(st.integers(1_000, 95_999), max_size=60))
def test_the_map_has_twelve_rows_at_most_and_counts_everybody(codes: list[int]) -> None:
    couleurs = pd.Series([COULEURS[code % 5] for code in codes], dtype=object)

    table = count_departements(codes, couleurs)

    assert len(table) <= 12
    assert table[[*COULEURS, AUTRES]].to_numpy().sum() == len(codes)


def test_the_pareto_curve_reads_what_the_first_half_makes() -> None:
    # Given four clients billed 400, 300, 200 and 100 euros, one of which loses money
    lignes = valeur_of(
        [
            {"honoraires": 40_000, "marge": 30_000},
            {"honoraires": 10_000, "marge": -10_000},
            {"honoraires": 30_000, "marge": 20_000},
            {"honoraires": 20_000, "marge": 10_000},
        ]
    )

    curve = draw_pareto(lignes).set_index("Part des clients")

    assert [*curve.loc[0.5]] == pytest.approx([0.7, 1.0])
    assert [*curve.loc[0.75]] == pytest.approx([0.9, 1.2])
    assert [*curve.loc[0.0]] == [0.0, 0.0]
    assert [*curve.loc[1.0]] == pytest.approx([1.0, 1.0])


def test_a_portfolio_that_earns_nothing_has_a_blank_curve() -> None:
    curve = draw_pareto(valeur_of([{"honoraires": None, "marge": None}]))

    assert len(curve) == 21
    assert curve[["Part des honoraires", "Part de la marge"]].isna().all(axis=None)


def test_the_largest_clients_carry_their_hours_under_their_class() -> None:
    lignes = valeur_of(
        [
            {"dossier": "B", "honoraires": 5_000, "taux": 0.2, "heures": 10.0, "abcd": "B"},
            {"dossier": "a", "honoraires": 5_000, "taux": 0.6, "heures": 4.0, "abcd": "A"},
            {"dossier": "C", "honoraires": 9_000, "taux": None, "heures": None, "abcd": "B"},
        ]
    )

    rows = list_gros(lignes)

    assert rows["Dossier"].tolist() == ["a", "B"]
    assert rows["Honoraires"].tolist() == [50.0, 50.0]
    assert rows["A"].tolist() == [4.0, None]
    assert rows["B"].tolist() == [None, 10.0]


def test_twenty_clients_are_drawn_at_most() -> None:
    many = [
        {"dossier": f"{n:03}", "honoraires": n, "taux": 0.1, "heures": 1.0, "abcd": "C"}
        for n in range(30)
    ]

    assert list_gros(valeur_of(many))["Dossier"].tolist() == [f"{n:03}" for n in range(29, 9, -1)]


def test_each_class_has_its_share_of_the_clients_and_of_what_they_bring() -> None:
    lignes = valeur_of(
        [
            {"honoraires": 30_000, "marge": 20_000, "heures": 10.0, "abcd": "A"},
            {"honoraires": 10_000, "marge": -5_000, "heures": 30.0, "abcd": "D"},
            {"honoraires": 99_000, "marge": None, "heures": None, "abcd": None},
        ]
    )

    shares = share_classes(lignes).set_index("Classe")

    assert shares.index.tolist() == ["A", "B", "C", "D"]
    assert [*shares.loc["A"]] == pytest.approx([1, 0.5, 0.75, 4 / 3, 0.25])
    assert [*shares.loc["B"]] == [0, 0, 0, 0, 0]


def test_only_segments_that_have_a_nps_are_drawn_in_the_order_of_the_rules() -> None:
    avis = {"Prêt": avis_of(50.0, 8), "À informer": avis_of(None, 2), "Prioritaire": avis_of(-20.0, 5)}  # fmt: skip

    rows = list_nps(avis, ["Prioritaire", "À informer", "Hors champ", "Prêt"])

    assert rows.to_numpy().tolist() == [["Prioritaire", -20.0, 5], ["Prêt", 50.0, 8]]
