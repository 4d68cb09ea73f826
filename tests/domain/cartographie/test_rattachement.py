"""Whose entries a file holds."""

from __future__ import annotations

import pytest

from segxl.domain.anomalies import SaisieError
from segxl.domain.cartographie.rattachement import CABINET, entreprises_of
from segxl.domain.tableau import Tableau

CLIENTS = Tableau.of(
    "Clients",
    ["Dossier", "Raison sociale", "SIREN"],
    [
        ["D1", "Lumo", "000 000 034"],
        [2.0, "Ostra", 34],
        ["D3", "Nolis", None],
        ["D4", "Faux", "#N/A"],
        [None, "Sans clé", "000000042"],
        ["#REF!", "Erreur", "000000042"],
    ],
)
FIRM = {"Nom": "Cabinet Vallon"}


def dossiers(siren: str, *asked: str) -> list[str]:
    found = entreprises_of(CLIENTS, FIRM, "000000018", asked)
    return [e.dossier for e in found.get(siren, ())]


def test_dossiers_that_share_a_siren_each_have_their_map() -> None:
    assert dossiers("000000034") == ["D1", "2"]


def test_a_dossier_asked_for_stands_alone() -> None:
    assert dossiers("000000034", "D1") == ["D1"]
    assert dossiers("000000018", "D1") == []


def test_the_firm_is_one_more_company() -> None:
    assert dossiers("000000018") == dossiers("000000018", "cabinet") == [CABINET]
    assert dossiers("000000034", "cabinet") == []
    assert dossiers("000000034", "cabinet", "D1") == ["D1"]


def test_a_client_that_bears_the_siren_of_the_firm_comes_first() -> None:
    found = entreprises_of(CLIENTS, FIRM, "000000034", ())

    assert [e.dossier for e in found["000000034"]] == ["D1", "2"]


def test_nobody_has_a_siren_that_no_row_bears() -> None:
    assert dossiers("000000042") == []
    assert entreprises_of(CLIENTS, FIRM, "", ["Cabinet"]) == {}


def test_an_unknown_dossier_is_told() -> None:
    with pytest.raises(SaisieError, match="n’existe pas"):
        dossiers("000000034", "D9")
