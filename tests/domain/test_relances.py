"""Whom a firm calls about their platform, and why."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segxl.domain.relances import (
    A_DIRE,
    EXPIREE,
    JOURS_EXPIRE,
    JOURS_SANS_SIGNATURE,
    NON_SIGNE,
    SANS_PLATEFORME,
    find_relances,
)
from segxl.domain.statuts import RECOIT, STATUTS

AU = date(2026, 11, 22)
DUE = date(2026, 9, 1)


def ago(days: int) -> date:
    return AU - timedelta(days=days)


def calls_of(*clients: dict[str, Any], au: date = AU) -> pd.DataFrame:
    blank = {"reception": DUE, "Statut plateforme": None, "Date statut": None, "doute": None}
    rows = [{"Dossier": f"D{i}"} | blank | client for i, client in enumerate(clients, 1)]
    return find_relances(pd.DataFrame(rows, dtype=object), au)


def reasons_of(*clients: dict[str, Any]) -> list[str]:
    return [str(r) for r in calls_of(*clients)["raison"]]


@pytest.mark.parametrize("statut", [None, "Aucune"])
def test_a_client_without_platform_is_called_once_reception_is_due(statut: str | None) -> None:
    assert reasons_of({"Statut plateforme": statut}) == [
        "aucune plateforme, réception due depuis 82 jours"
    ]


def test_a_refused_platform_is_no_platform() -> None:
    assert reasons_of({"Statut plateforme": "Refusé", "Date statut": ago(3)}) == [
        "plateforme refusée, réception due depuis 82 jours"
    ]


def test_reception_is_due_from_its_very_day() -> None:
    assert calls_of({}, au=DUE - timedelta(days=1)).empty
    assert calls_of({}, au=DUE)["raison"].tolist() == [
        "aucune plateforme, réception due depuis aujourd’hui"
    ]


def test_a_client_outside_the_reform_is_not_called() -> None:
    assert calls_of({"reception": "non"}, {"reception": "non", "doute": "illisible"}).empty


def test_a_client_whose_obligation_is_to_be_confirmed_stands_apart() -> None:
    calls = calls_of({"reception": "à confirmer"})

    assert calls["cas"].tolist() == [A_DIRE]
    assert calls["jours"].tolist() == [None]
    assert calls["raison"].tolist() == ["aucune plateforme, réception à confirmer"]


@pytest.mark.parametrize(
    ("statut", "threshold", "cas", "words"),
    [
        ("Mandat à signer", JOURS_SANS_SIGNATURE, NON_SIGNE, "mandat à signer depuis 30 jours"),
        ("Expiré", JOURS_EXPIRE, EXPIREE, "expiré depuis 60 jours"),
    ],
)
def test_a_status_that_lasts_is_called_from_its_threshold_on(
    statut: str, threshold: int, cas: int, words: str
) -> None:
    calls = calls_of(
        {"Statut plateforme": statut, "Date statut": ago(threshold - 1)},
        {"Statut plateforme": statut, "Date statut": ago(threshold)},
    )

    assert calls["Dossier"].tolist() == ["D2"]
    assert calls["cas"].tolist() == [cas]
    assert calls["raison"].tolist() == [words]


@pytest.mark.parametrize("statut", ["Mandat à signer", "Expiré"])
def test_a_status_that_should_be_dated_and_is_not_stands_apart(statut: str) -> None:
    calls = calls_of({"Statut plateforme": statut})

    assert calls["cas"].tolist() == [A_DIRE]
    assert calls["raison"].tolist() == [f"« {statut} » sans date qui se lise : depuis quand ?"]


def test_a_status_in_doubt_is_settled_before_any_call() -> None:
    calls = calls_of({"doute": "statuts contradictoires à départager"})

    assert calls["cas"].tolist() == [A_DIRE]
    assert calls["raison"].tolist() == ["statuts contradictoires à départager"]


def test_the_list_goes_by_case_then_by_the_longest_wait_then_as_the_sheet() -> None:
    calls = calls_of(
        {"Statut plateforme": "Expiré", "Date statut": ago(90)},
        {"Statut plateforme": "Mandat à signer", "Date statut": ago(31)},
        {"Statut plateforme": "Mandat à signer", "Date statut": ago(45)},
        {},
        {},
    )

    assert calls["Dossier"].tolist() == ["D4", "D5", "D3", "D2", "D1"]
    assert calls["jours"].tolist() == [82, 82, 45, 31, 90]
    assert calls["cas"].tolist() == [SANS_PLATEFORME] * 2 + [NON_SIGNE] * 2 + [EXPIREE]


def test_a_line_says_who_follows_the_client_where_the_sheet_does() -> None:
    (call,) = calls_of({"Raison sociale": "Lumo", "Collaborateur": "AB"}).to_dict("records")

    assert (call["Raison sociale"], call["Collaborateur"]) == ("Lumo", "AB")


def test_nobody_is_called_in_an_empty_workbook() -> None:
    columns = ["Dossier", "reception", "Statut plateforme", "Date statut", "doute"]

    assert find_relances(pd.DataFrame(columns=columns, dtype=object), AU).empty


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(STATUTS), st.none() | st.integers(-10, 400))
def test_who_receives_is_never_called(statut: str, days: int | None) -> None:
    day = None if days is None else ago(days)

    calls = calls_of({"Statut plateforme": statut, "Date statut": day})

    assert calls.empty or statut not in RECOIT
