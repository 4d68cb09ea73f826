"""RFM: the CDNOW log against its published summary, then ties, bins and small portfolios."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segxl.domain.honoraires.factures import Periode
from segxl.domain.valeur.rangs import levels_of
from segxl.domain.valeur.rfm import Bornes, score_rfm
from segxl.domain.valeur.ventilation import gather_factures, gather_temps, places_of

START, END = date(1997, 1, 1), date(1997, 9, 30)
CDNOW = Periode(du=START, au=END, est_entiere=False)
YEAR = Periode(du=date(2026, 1, 1), au=date(2026, 12, 31), est_entiere=True)
FIGURES = st.lists(st.one_of(st.none(), st.integers(-9, 9)), max_size=30)


@pytest.fixture(scope="module")
def cdnow() -> Path:
    """Return the folder of the CDNOW log; its package needs not be imported."""
    found = find_spec("lifetimes")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "datasets"


def measure(lines: list[tuple[str, date, int]], clients: list[str]) -> pd.DataFrame:
    frame = pd.DataFrame(lines, columns=["who", "day", "cents"]).astype({"who": object})
    places = places_of(frame["who"], clients)
    return gather_factures(places, frame["day"], frame["cents"].astype("int64"), len(clients), YEAR)


def test_the_log_of_cdnow_agrees_with_its_published_summary(cdnow: Path) -> None:
    """The summary counts what follows the first day, in weeks; spend is the mean of these days."""
    log = pd.read_csv(
        cdnow / "CDNOW_sample.txt", sep=r"\s+", header=None, dtype={"id": str, "day": str},
        names=["master", "id", "day", "discs", "spend"],
    )  # fmt: skip
    log["day"] = pd.to_datetime(log["day"], format="%Y%m%d")
    log["cents"] = (log["spend"] * 100).round().astype("int64")
    summary = pd.read_csv(cdnow / "cdnow_customers_summary_with_transactions.csv")
    known = [f"{number:04}" for number in summary["ID"]]
    first = log.groupby("id")["day"].transform("min") == log["day"]
    told = [
        gather_factures(places_of(part["id"], known), part["day"], part["cents"], len(known), CDNOW)
        for part in (log, log[first])
    ]
    whole, start = told

    free = (
        log.assign(is_free=log["cents"] == 0)
        .groupby("id")["is_free"]
        .any()
        .reindex(known)
        .to_numpy()
    )
    weeks = ((summary["T"] - summary["t_x"]) * 7).round()
    repeat = (
        (whole["honoraires"] - start["honoraires"]) / summary["x"].where(summary["x"] > 0) / 100
    )
    paid = ~free
    assert len(known) == 2357
    assert (whole["frequence"] == summary["x"] + 1)[paid].all()
    assert (whole["recence"] == weeks)[paid].all()
    assert ((repeat - summary["zbar"]).abs() <= 0.0051)[paid & (summary["x"] > 0)].all()


def test_a_client_is_measured_by_its_days_its_last_invoice_and_its_fees() -> None:
    lines = [
        ("d1", date(2026, 12, 1), 500),
        ("D1", date(2026, 12, 1), 700),
        ("D1", date(2026, 3, 1), 100),
        ("D1", date(2026, 12, 5), -50),
        ("D2", date(2025, 12, 31), 900),
        ("D1", date(2027, 1, 1), 999),
        ("X", date(2026, 5, 1), 10),
    ]

    found = measure(lines, ["D1", "D2", "D3"])

    assert found["honoraires"].tolist()[0] == 1250
    assert np.isnan(found["honoraires"].tolist()[1:]).all()
    assert found["frequence"].tolist() == [2, 0, 0]
    assert found["recence"].tolist()[:2] == [30, 365]
    assert np.isnan(found["recence"].tolist()[2])


def test_no_invoice_and_no_client_measure_nothing() -> None:
    assert measure([], ["D1"])["honoraires"].isna().all()
    assert len(measure([], [])) == 0


def test_fixed_bins_include_their_threshold() -> None:
    told = pd.DataFrame(
        {"honoraires": [99_900, 100_000], "frequence": [3, 4], "recence": [31.0, 30.0]}
    )

    found = score_rfm(
        told, Bornes(recence=(30, 90, 180, 365), frequence=(1, 2, 4, 12), montant=(200, 500, 1000, 5000))
    )  # fmt: skip

    assert found.to_dict("list") == {"r": [4, 5], "f": [3, 4], "m": [3, 4]}


def test_clients_without_an_invoice_have_no_recency_nor_frequency() -> None:
    told = pd.DataFrame({"honoraires": [5000.0], "frequence": [0], "recence": [np.nan]})

    assert score_rfm(told, Bornes()).to_dict("list") == {"r": [0], "f": [0], "m": [3]}


def test_equal_figures_stand_in_the_middle_and_one_client_too() -> None:
    assert levels_of(np.array([4.0] * 9), 5).tolist() == [2] * 9
    assert levels_of(np.array([4.0]), 3).tolist() == [1]
    assert levels_of(np.arange(5.0), 5).tolist() == [0, 1, 2, 3, 4]


@given(figures=FIGURES, order=st.randoms(use_true_random=False))
def test_levels_depend_on_the_figures_and_not_on_the_order_of_the_rows(
    figures: list[int | None], order: Random
) -> None:
    values = np.array([np.nan if f is None else f for f in figures], dtype=float)
    found = levels_of(values, 5)
    places = [*range(len(figures))]
    order.shuffle(places)

    assert levels_of(values[places], 5).tolist() == found[places].tolist()
    for level, value in zip(found, values, strict=True):
        assert (level == -1) == np.isnan(value)
        assert all(found[values > value] >= level)
        assert all(found[values == value] == level)


def test_hours_without_a_rate_leave_the_cost_unknown_and_no_hour_costs_nothing() -> None:
    temps = pd.DataFrame(
        {
            "Date": [date(2026, 5, 1)] * 4 + [date(2025, 5, 1)],
            "Heures": [2.0, 3.0, 0.0, 1.5, 9.0],
            "Taux horaire": [50.0, np.nan, np.nan, 60.0, 60.0],
        }
    )

    found = gather_temps(np.array([0, 1, 2, 0, 3]), temps, 5, YEAR)

    assert found["heures"].fillna(-1).tolist() == [3.5, 3.0, 0.0, -1, -1]
    assert found["cout"].fillna(-1).tolist() == [19_000, -1, 0, -1, -1]


def test_days_are_read_as_dates_or_as_timestamps() -> None:
    days = [date(2026, 1, 1) + timedelta(days=i) for i in (0, 40)]
    cents = pd.Series([100, 200])
    places = np.array([0, 0])

    by_date = gather_factures(places, pd.Series(days), cents, 1, YEAR)
    by_moment = gather_factures(places, pd.to_datetime(pd.Series(days)), cents, 1, YEAR)

    pd.testing.assert_frame_equal(by_moment, by_date)
