"""The table of four axes, false good clients, disagreements, and what holds for any portfolio."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import product
from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segxl.domain.tableau import Tableau
from segxl.domain.valeur import releve as v
from segxl.domain.valeur.axes import AXES, CLASSE, CLASSES, DEFAUTS, Axes, default_axes, parse_axes
from segxl.domain.valeur.entrees import Entrees
from segxl.domain.valeur.politique import Politique
from segxl.domain.valeur.signaux import find_disagreements, find_faux_bons
from segxl.domain.valeur.temps import HEADERS as TEMPS

LEVEL = st.sampled_from([-1, 0, 1, 2])
AMOUNT = st.one_of(st.none(), st.integers(-50_000, 500_000))
PORTFOLIO = st.lists(st.tuples(AMOUNT, AMOUNT, LEVEL), min_size=1, max_size=25)
COMBINATIONS = [*product(range(3), repeat=4)]


def table(*rows: Mapping[str, str]) -> Tableau:
    headers = (*AXES, CLASSE)
    return Tableau.of("ClassesAD", headers, [[row.get(h) for h in headers] for row in rows])


def classify(axes: Axes, combination: tuple[int, ...], split: str = "Potentiel") -> str:
    levels = {axis: np.array([x]) for axis, x in zip(AXES, combination, strict=True)}
    return str(axes.classify(levels, np.array([False]), split)[0])


def portfolio(
    clients: Sequence[tuple[float | None, float | None, int]], politique: Politique | None = None
) -> v.ReleveValeur:
    """Measure clients told as fees and cost in euros, and the level of their potential."""
    columns = [*zip(*clients, strict=True)] or [(), (), ()]
    fees, cost = (np.array([np.nan if x is None else x * 100.0 for x in c]) for c in columns[:2])
    told = {
        "honoraires": fees,
        "frequence": 1,
        "recence": 10.0,
        "heures": np.where(np.isnan(cost), np.nan, 1.0),
        "cout": cost,
        "potentiel": np.array(columns[2], dtype=np.int64),
    }
    mesures = pd.DataFrame(told, index=range(len(clients)))
    names = [f"D{i:03}" for i in range(len(clients))]
    return v.measure_valeur(names, mesures, default_axes(), politique or Politique())


# — what the axis of value measures —


def splits_by_value(frequences: Sequence[int], politique: Politique) -> list[str]:
    """Class three clients of one margin by their value alone, B above its worst level, C at it."""
    fees = np.array([300_000.0, 200_000.0, 100_000.0])
    told = {"honoraires": fees, "frequence": frequences, "cout": fees - 10_000, "potentiel": -1}
    return [*map(str, v.classify_abcd(pd.DataFrame(told), default_axes(), politique))]


def test_a_firm_of_services_values_what_each_client_pays() -> None:
    assert splits_by_value([1, 12, 12], Politique(partage="Valeur")) == ["B", "B", "C"]


def test_trade_and_industry_value_how_much_and_how_often_a_client_buys() -> None:
    recurrence = Politique(partage="Valeur", mesure="Volume et récurrence")

    assert splits_by_value([1, 12, 12], recurrence) == ["C", "B", "B"]


def test_fees_without_an_invoice_count_as_one_purchase() -> None:
    recurrence = Politique(partage="Valeur", mesure="Volume et récurrence")

    assert splits_by_value([0, 0, 0], recurrence) == ["B", "B", "C"]


def test_thresholds_in_euros_do_not_bear_on_volume_and_recurrence() -> None:
    euros = {"Valeur": (1_500.0, 2_500.0)}
    recurrence = Politique(partage="Valeur", mesure="Volume et récurrence", axes=euros)

    assert splits_by_value([1, 12, 12], recurrence) == ["C", "B", "B"]


# — the table of four axes —


def test_each_of_the_81_combinations_has_one_class() -> None:
    axes = default_axes()

    assert [*axes.classes] != COMBINATIONS
    assert {*axes.classes} == {*COMBINATIONS}
    assert {classify(axes, c) for c in COMBINATIONS} == {*CLASSES}


@pytest.mark.parametrize(
    ("levels", "classe"),
    [((2, 2, 2, 2), "A"), ((1, 1, 1, 1), "B"), ((0, 0, 0, 0), "D"), ((1, 1, 0, 1), "C"), ((2, 2, 0, 0), "C")],
)  # fmt: skip
def test_the_table_to_start_with_says_what_the_method_says(
    levels: tuple[int, ...], classe: str
) -> None:
    assert classify(default_axes(), levels) == classe


def test_the_split_between_b_and_c_is_a_choice() -> None:
    levels = (2, 1, 0, 0)
    told = {axis: classify(default_axes(), levels, axis) for axis in AXES}

    assert [*told.values()] == ["B", "B", "C", "C"]


def test_without_a_potential_the_margin_tells_b_from_c() -> None:
    assert classify(default_axes(), (1, 1, -1, 1)) == "B"
    assert classify(default_axes(), (1, 0, -1, 1)) == "C"


@pytest.mark.parametrize("unknown", [0, 1, 3])
def test_without_a_value_a_margin_or_a_cost_there_is_no_class(unknown: int) -> None:
    levels = tuple(-1 if place == unknown else 2 for place in range(4))

    assert classify(default_axes(), levels) == ""


def test_the_shipped_table_reads_without_a_word() -> None:
    assert parse_axes(table(*DEFAUTS))[1] == ()


@pytest.mark.parametrize(
    ("rows", "cell", "problem"),
    [
        ([{"Valeur": "Énorme", "Classe": "A"}, {"Classe": "C"}], "A2", "ce niveau de « Valeur » n’existe pas"),
        ([{"Marge": "#N/A", "Classe": "A"}, {"Classe": "C"}], "B2", "ce niveau de « Marge » n’existe pas"),
        ([{"Valeur": "Faible", "Classe": "E"}, {"Classe": "C"}], "E2", "cette classe n’existe pas"),
        ([{"Valeur": "Faible"}, {"Classe": "C"}], "E2", "cette classe n’existe pas"),
        ([{"Valeur": "élevée ", "Classe": "a"}], "E2", "54 combinaisons sur 81"),
        ([{}], "E2", "81 combinaisons sur 81"),
    ],
)  # fmt: skip
def test_a_table_that_does_not_settle_every_client_is_refused(
    rows: list[dict[str, str]], cell: str, problem: str
) -> None:
    found = parse_axes(table(*rows))[1]

    assert [(a.cell, a.is_blocking) for a in found] == [(cell, True)]
    assert problem in found[0].problem


def test_a_row_that_never_serves_is_told() -> None:
    (found,) = parse_axes(table({"Classe": "b / c"}, {"Valeur": "Faible", "Classe": "D"}))[1]

    assert (found.cell, found.is_blocking) == ("E3", False)
    assert "ne sert jamais" in found.problem


@pytest.mark.parametrize(
    "rows",
    [
        [{"Marge": "Élevée", "Classe": "D"}, {"Classe": "B/C"}],
        [{"Marge": "Moyenne", "Classe": "B"}, {"Classe": "B/C"}],
        [{"Coût de service": "Faible", "Classe": "C"}, {"Classe": "B/C"}],
    ],
)
def test_a_table_where_a_better_margin_lowers_the_class_is_told(rows: list[dict[str, str]]) -> None:
    (found,) = parse_axes(table(*rows))[1]

    assert "une marge meilleure ferait baisser la classe" in found.problem
    assert not found.is_blocking


# — any portfolio —


@settings(deadline=None)
@given(clients=PORTFOLIO)
def test_every_client_of_known_margin_is_in_one_class_and_a_loss_is_in_d(
    clients: list[tuple[int | None, int | None, int]],
) -> None:
    lignes = portfolio(clients).lignes
    known = lignes[v.MARGE_EUROS].notna()

    assert {*lignes.loc[known, v.ABCD]} <= {*CLASSES}
    assert {*lignes.loc[~known, v.ABCD]} <= {""}
    assert {*lignes.loc[lignes[v.MARGE_EUROS] < 0, v.ABCD]} <= {"D"}


@settings(deadline=None)
@given(clients=PORTFOLIO, saved=st.integers(1, 100_000), axis=st.sampled_from(AXES))
def test_a_higher_margin_never_lowers_the_class(
    clients: list[tuple[int | None, int | None, int]], saved: int, axis: str
) -> None:
    """Given the same fees, when the first client costs less."""
    fees, cost, potential = clients[0]
    politique = Politique(partage=axis)
    before = portfolio(clients, politique).lignes[v.ABCD][0]
    cheaper = (fees, None if cost is None else cost - saved, potential)

    after = portfolio([cheaper, *clients[1:]], politique).lignes[v.ABCD][0]

    assert ("", *CLASSES).index(after) >= ("", *CLASSES).index(before)


@settings(deadline=None)
@given(clients=PORTFOLIO, order=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(
    clients: list[tuple[int | None, int | None, int]], order: Random
) -> None:
    whole = portfolio(clients).lignes
    places = [*range(len(clients))]
    order.shuffle(places)
    again = portfolio([clients[place] for place in places]).lignes

    unordered = [c for c in whole if c not in {"dossier", v.ABC, v.DESACCORD}]
    expected = whole.loc[places, unordered].reset_index(drop=True)
    pd.testing.assert_frame_equal(again[unordered], expected)


def test_one_client_and_equal_clients_are_measured_without_a_word_too_many() -> None:
    (alone,) = portfolio([(1000, 400, -1)]).lignes.to_dict("records")
    equal = portfolio([(1000, 400, -1)] * 6).lignes

    assert (alone[v.ABC], alone[v.ABCD], alone[v.FAUX_BON], alone[v.TAUX]) == ("A", "B", False, 0.6)
    assert {*equal[v.ABCD]} == {"B"}
    assert not equal[v.FAUX_BON].any()


def test_what_is_missing_is_said() -> None:
    lignes = portfolio([(None, 10, 0), (100, None, 0), (None, None, 0)]).lignes
    unpriced = pd.DataFrame(
        {"honoraires": [100.0], "frequence": [1], "recence": [1.0], "heures": [2.0], "cout": [np.nan], "potentiel": [0]}
    )  # fmt: skip

    assert [*lignes[v.MOTIF]] == [
        "aucun honoraire connu",
        "aucun temps saisi",
        "aucun honoraire connu ; aucun temps saisi",
    ]
    found = v.measure_valeur(["D1"], unpriced, default_axes(), Politique()).lignes
    assert [*found[v.MOTIF]] == ["taux horaire manquant"]


def test_thresholds_of_the_firm_stand_in_place_of_thirds() -> None:
    axes = {"Valeur": (1000, 5000), "Marge": (100, 500), "Coût de service": (0.4, 0.7)}

    lignes = portfolio([(6000, 1000, -1), (900, 850, -1)], Politique(axes=axes)).lignes

    assert [*lignes[v.ABCD]] == ["A", "D"]


def test_three_levels_make_a_matrix_of_nine_cells() -> None:
    lignes = portfolio([(100, 90, 0), (200, 100, 0), (300, 30, 0)], Politique(matrice=3)).lignes

    assert [*lignes[v.MATRICE]] == [
        "valeur basse, marge basse",
        "valeur moyenne, marge moyenne",
        "valeur haute, marge haute",
    ]


# — what the figures say together —


def test_a_false_good_client_pays_much_and_leaves_little() -> None:
    fees = np.array([10, 20, 30, 40, 90, 80, np.nan], dtype=float)
    rates = np.array([0.5, 0.6, 0.1, 0.7, 0.2, 0.9, 0.0])

    assert find_faux_bons(fees, rates).tolist() == [False, False, False, False, True, False, False]


@pytest.mark.parametrize(
    ("fees", "rates"), [([], []), ([np.nan], [0.1]), ([1, 1], [0.1, 0.2]), ([1, 2], [0.1, 0.1])]
)
def test_nobody_stands_out_of_equal_or_unknown_figures(
    fees: list[float], rates: list[float]
) -> None:
    assert not find_faux_bons(np.array(fees, dtype=float), np.array(rates, dtype=float)).any()


def test_methods_that_agree_or_stay_in_the_middle_contradict_nothing() -> None:
    abc, abcd = np.array(["A", "B", "C"]), np.array(["A", "D", "D"])
    middle = np.array([-1, -1, -1])

    assert find_disagreements(abc, abcd, (middle, middle), 2, np.array([15, 9, 0])).tolist() == [
        "",
        "",
        "",
    ]


def test_a_matrix_against_the_classes_is_told() -> None:
    low = np.array([0])

    (told,) = find_disagreements(np.array(["A"]), np.array(["B"]), (low, low), 2, np.array([5]))

    assert told == "haut : ABC (A) ; bas : matrice, RFM (5/15)"


def test_each_group_has_its_share_of_the_hours_and_of_the_margin() -> None:
    lignes = portfolio([(300, 100, 0), (200, 100, 0), (500, None, 0)]).lignes

    found = v.share_by(lignes, pd.Series(["Prêt", "À informer", "Prêt"]))

    assert found.to_dict("index") == {
        "Prêt": {"part_heures": 0.5, "part_marge": 2 / 3},
        "À informer": {"part_heures": 0.5, "part_marge": 1 / 3},
    }


# — what is billed and worked —


def entrees(bills: list[tuple[str, date, int]], hours: Sequence[tuple[object, ...]]) -> Entrees:
    factures = pd.DataFrame(bills, columns=["Dossier", "Date", "Montant HT"], dtype=object)
    temps = pd.DataFrame(hours, columns=[*TEMPS[:5], TEMPS[-1]], dtype=object)
    return Entrees.of(["D1", "D2"], factures, temps, {"ab": 50.0}, date(2026, 11, 22))


def test_the_twelve_months_end_with_the_last_month_billed() -> None:
    found = entrees([("D1", date(2025, 12, 31), 100), ("D1", date(2025, 1, 2), 50)], [])

    assert (found.periode.du, found.periode.au) == (date(2025, 1, 1), date(2025, 12, 31))
    assert found.sum_clients()["honoraires"].tolist()[0] == 150


def test_invoices_of_years_ago_are_no_fees_of_today() -> None:
    found = entrees([("D1", date(2023, 12, 31), 100)], [])

    assert found.periode.au == date(2026, 11, 22)
    assert found.sum_clients()["honoraires"].isna().all()
    assert found.find_strangers() == {}


def test_later_days_strangers_and_missing_rates_are_told() -> None:
    bills = [
        ("X", date(2026, 11, 2), 100),
        ("Y", date(2026, 11, 3), 300),
        ("D1", date(2026, 12, 1), 7),
    ]
    hours = [
        ("D1", date(2026, 11, 2), "AB", 2.0, None, ""),
        ("D1", date(2026, 11, 2), "CD", 1.0, None, ""),
        ("D2", date(2026, 11, 2), "", 1.0, None, ""),
        ("D2", date(2026, 11, 2), "EF", 0.0, None, ""),
        ("D2", date(2027, 1, 2), "GH", 1.0, None, ""),
    ]

    found = entrees(bills, hours)

    assert found.tardives == 2
    assert found.find_strangers() == {"Y": 300, "X": 100}
    assert found.find_without_rate() == ("(sans nom)", "CD")
    assert found.count_months() == {"Honoraires": 1, "Temps": 1}
    assert entrees([], []).count_months() == {"Honoraires": 0, "Temps": 0}
