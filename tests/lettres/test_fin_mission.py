from __future__ import annotations

from datetime import datetime

import pytest

from segxl.lettres.fin_mission import end_fields, end_reserves


def test_the_end_of_a_mission_is_told_from_three_columns() -> None:
    client = {
        "Fin de mission le": datetime(2027, 3, 31),  # noqa: DTZ001  as a cell holds it
        "Préavis": "trois mois",
        "Pièces rendues": "- le grand livre\n- la liasse ; les bulletins",
    }

    assert end_fields(client) == {
        "fin_mission_le": "31\u00a0mars 2027",
        "preavis": "trois mois",
        "pieces_rendues": ("le grand livre", "la liasse", "les bulletins"),
    }


@pytest.mark.parametrize("blank", [None, float("nan"), "", "#N/A", "bientôt"])
def test_a_last_day_that_nobody_can_read_stays_empty(blank: object) -> None:
    assert end_fields({"Fin de mission le": blank})["fin_mission_le"] == ""


def test_what_cannot_be_printed_is_told_as_it_was_typed() -> None:
    told = end_reserves({"Fin de mission le": "bientôt", "Préavis": 3})

    assert [(name, "« bientôt »" in r.reason, "« 3 »" in r.reason) for name, r in told.items()] == [
        ("fin_mission_le", True, False),
        ("preavis", False, True),
    ]
    assert end_reserves({"Fin de mission le": None, "Préavis": "trois mois"}) == {}
