"""What to do next with a client, in words."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from segxl.domain.demarches import PREPARER, TESTER, choose_demarches

EMISSION = {
    "Étape légale": "émission",
    "Date légale": date(2027, 9, 1),
    "Statut retenu": "Réception active",
    "Urgence": 5.9,
}
LAW = {"regime_a_redemander": False, "a_confirmer": ()}


def step_of(**client: object) -> object:
    dossiers = pd.DataFrame([client]) if client else pd.DataFrame(index=[0])
    frame = choose_demarches(
        dossiers,
        pd.DataFrame([LAW]),
        pd.DataFrame([EMISSION]),
        pd.Series(["Émission due"]),
        date(2026, 12, 31),
    )
    return frame["Étape"].item()


@pytest.mark.parametrize(
    ("outil", "step"), [("Papier", PREPARER), ("Logiciel compatible", TESTER), (None, PREPARER)]
)
def test_who_has_a_tool_that_issues_only_has_to_test_it(outil: str | None, step: str) -> None:
    assert step_of(**{"Outil de facturation": outil}) == step


def test_a_firm_that_does_not_ask_about_tools_prepares_everybody() -> None:
    assert step_of() == PREPARER
