from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segxl.domain.statuts import EMET, RECOIT, STATUTS
from segxl.domain.urgence import measure_urgence

TODAY = date(2026, 11, 22)
RECEPTION, PME = date(2026, 9, 1), date(2027, 9, 1)
PME_LAW = {"reception": RECEPTION, "emission": PME}
Row = Mapping[str, object]


def urgence(*dossiers: Row, law: Row | None = None, au: date = TODAY) -> list[dict[str, Any]]:
    rows = pd.DataFrame(dossiers or [{}], dtype=object)
    obligations = pd.DataFrame([{**PME_LAW, **(law or {})}] * len(rows), dtype=object)
    found = measure_urgence(rows, obligations.set_axis(rows.index), au)
    return [
        {str(h): None if pd.isna(v) else v for h, v in line.items()}
        for line in found.to_dict("records")
    ]


def of_statut(statut: object, law: Row | None = None, au: date = TODAY) -> dict[str, Any]:
    return urgence({"Statut plateforme": statut}, law=law, au=au)[0]


@pytest.mark.parametrize("statut", [s for s in STATUTS if s not in RECOIT])
def test_who_cannot_receive_is_late_since_the_day_of_reception(statut: str) -> None:
    found = of_statut(statut)

    assert (found["Étape légale"], found["Date légale"]) == ("réception", RECEPTION)
    assert (found["Jours restants"], found["Urgence"]) == (-82, 20)
    assert found["Statut retenu"] == statut


def test_who_receives_has_the_time_until_the_day_of_emission() -> None:
    found = of_statut("réception ACTIVE")

    assert (found["Étape légale"], found["Date légale"]) == ("émission", PME)
    assert (found["Jours restants"], found["Urgence"]) == (283, 5.9)


def test_who_receives_and_issues_has_nothing_left() -> None:
    found = of_statut("Réception et émission actives")

    assert found["Étape légale"] is found["Date légale"] is found["Jours restants"] is None
    assert found["Urgence"] == 0


def test_a_step_that_the_law_does_not_ask_of_a_client_is_not_counted() -> None:
    only_receives = {"emission": "non"}

    assert of_statut("Aucune", only_receives)["Étape légale"] == "réception"
    assert of_statut("Réception active", only_receives)["Urgence"] == 0
    assert of_statut("Aucune", {"reception": "non", "emission": "non"})["Urgence"] == 0


def test_an_answer_to_be_confirmed_gives_no_date_and_no_mark() -> None:
    found = of_statut("Réception active", {"emission": "à confirmer"})

    assert found["Date légale"] is found["Jours restants"] is found["Urgence"] is None


def test_an_answer_to_be_confirmed_does_not_hide_the_date_of_the_other_step() -> None:
    found = of_statut("Aucune", {"emission": "à confirmer"})

    assert (found["Étape légale"], found["Urgence"]) == ("réception", 20)


def test_who_does_everything_already_waits_for_no_confirmation() -> None:
    found = of_statut("Réception et émission actives", {"emission": "à confirmer"})

    assert found["Urgence"] == 0


@pytest.mark.parametrize(
    ("reponse", "statut", "etape"),
    [
        ("Aucune", "Aucune", "réception"),
        ("Contactée", "Contactée", "réception"),
        ("Choisie pour la réception", "Plateforme choisie", "réception"),
        ("Réception et émission", "Réception et émission actives", None),
    ],
)
@pytest.mark.parametrize("typed", [None, "bientôt"])
def test_the_grid_answers_where_the_status_is_blank_or_unreadable(
    reponse: str, statut: str, etape: str | None, typed: object
) -> None:
    [found] = urgence({"Plateforme agréée": reponse, "Statut plateforme": typed})

    assert (found["Statut retenu"], found["Étape légale"]) == (statut, etape)


def test_the_status_wins_over_the_grid() -> None:
    [found] = urgence({"Plateforme agréée": "Réception et émission", "Statut plateforme": "Expiré"})

    assert (found["Statut retenu"], found["Étape légale"]) == ("Expiré", "réception")


def test_a_platform_nobody_tells_of_counts_as_none() -> None:
    [found] = urgence({"Raison sociale": "Lumo"})

    assert (found["Statut retenu"], found["Jours restants"]) == (None, -82)


def test_the_legal_day_itself_is_the_last_one_and_full_urgency() -> None:
    found = of_statut("Réception active", au=PME)

    assert (found["Jours restants"], found["Urgence"]) == (0, 20)


def test_a_portfolio_without_a_client_has_no_urgency() -> None:
    nobody = pd.DataFrame(columns=["Dossier", "Statut plateforme"], dtype=object)
    none = pd.DataFrame(columns=["reception", "emission"], dtype=object)

    assert measure_urgence(nobody, none, TODAY).empty


@given(
    statut=st.sampled_from([s for s in STATUTS if s not in EMET]),
    days=st.lists(st.integers(-3_000, 3_000), min_size=2, max_size=2),
)
@settings(max_examples=100, deadline=None)
def test_fewer_days_never_lower_the_urgency(statut: str, days: list[int]) -> None:
    sooner, later = (
        of_statut(statut, {"reception": TODAY + timedelta(d), "emission": TODAY + timedelta(d)})
        for d in sorted(days)
    )

    assert 0 < later["Urgence"] <= sooner["Urgence"] <= 20
