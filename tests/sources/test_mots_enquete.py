"""The table of survey words is read strictly."""

from __future__ import annotations

from typing import Any

import pytest

from segxl.sources.mots import MotsError
from segxl.sources.mots_enquete import (
    ASKED,
    CLIENT,
    ROLES,
    parse_mots_enquete,
    read_mots_enquete,
)

SMALL: dict[str, Any] = {"colonnes": {"CSAT": ["csat"]}, "questions": {}, "csat": {}}


def test_the_shipped_table_tells_every_role_and_every_answer() -> None:
    mots = read_mots_enquete()

    assert {role for role, _ in mots.colonnes.values()} == {*ROLES}
    assert {role for _, role in mots.questions} == {*ASKED}
    assert {*mots.csat.values()} == {1, 2, 3, 4, 5}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"humeurs": {}}, "unknown 'humeurs'"),
        ({"colonnes": []}, r"\[colonnes\]: must be a table"),
        ({"colonnes": {"Humeur": ["humeur"]}}, "unknown 'Humeur'"),
        ({"colonnes": {"CSAT": "csat"}}, "must be a list of texts"),
        ({"colonnes": {"CSAT": ["de la"]}}, "has no word"),
        ({"colonnes": {"CSAT": ["note"], "NPS": ["Notes"]}}, "told under 'CSAT' and under 'NPS'"),
        ({"csat": {"6": ["parfait"]}}, "unknown '6'"),
    ],
)
def test_a_table_written_wrong_is_refused(wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(MotsError, match=told):
        parse_mots_enquete(SMALL | wrong)


def test_no_title_tells_a_dossier_by_the_number_of_an_answer() -> None:
    mots = read_mots_enquete()

    assert not {("id",), ("num",), ("reference",), ("identifiant",)} & {*mots.colonnes}
    assert CLIENT[0] == "Dossier"
