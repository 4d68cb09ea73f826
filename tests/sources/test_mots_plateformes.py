"""The table of vendor words: read strictly, so that a slip never changes a client's status."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from segxl.domain.statuts import STATUTS
from segxl.shipped import read_toml
from segxl.sources.mots import MotsError
from segxl.sources.mots_plateformes import parse_mots_plateformes, read_mots


@pytest.fixture
def table() -> dict[str, Any]:
    return copy.deepcopy(read_toml("plateformes.toml"))


@pytest.mark.parametrize("statut", STATUTS)
def test_every_status_of_clients_means_itself(statut: str) -> None:
    assert read_mots().statut_of(statut.upper()) == statut


@pytest.mark.parametrize(
    ("said", "statut"),
    [
        ("Non inscrite", "Aucune"),
        ("Invitation envoyée", "Contactée"),
        ("mandat en attente de signature", "Mandat à signer"),
        ("Signé ✔", "Mandat signé"),
        ("ACTIF", "Réception active"),
        ("émission et réception", "Réception et émission actives"),
        ("Lien expiré", "Expiré"),
        ("Refus du client", "Refusé"),
    ],
)
def test_words_of_vendors_are_understood(said: str, statut: str) -> None:
    assert read_mots().statut_of(said) == statut


@pytest.mark.parametrize("said", ["en cours", "inactif", "signature", "actif ?? non", "", 12])
def test_a_word_that_means_two_things_is_not_guessed(said: object) -> None:
    assert read_mots().statut_of(said) is None


def test_a_status_forgotten_is_told(table: dict[str, Any]) -> None:
    del table["statuts"]["Expiré"]

    with pytest.raises(MotsError, match=r"plateformes\.toml \[statuts\]: missing 'Expiré'"):
        parse_mots_plateformes(table)


def test_a_misspelt_list_is_told(table: dict[str, Any]) -> None:
    table["dates"]["Expire"] = ["fin"]

    with pytest.raises(MotsError, match=r"\[dates\]: unknown 'Expire'"):
        parse_mots_plateformes(table)


def test_a_word_that_would_mean_two_statuses_is_told(table: dict[str, Any]) -> None:
    table["statuts"]["Refusé"].append("SIGNÉ")

    with pytest.raises(MotsError, match=r"'SIGNÉ' is told under 'Mandat signé' and under 'Refusé'"):
        parse_mots_plateformes(table)


@pytest.mark.parametrize(
    ("value", "problem"),
    [("signé", "must be a list"), ([], "must be a list"), ([12], "no word"), (["--"], "no word")],
)
def test_a_list_that_is_no_list_of_words_is_told(
    table: dict[str, Any], value: object, problem: str
) -> None:
    table["statuts"]["Refusé"] = value

    with pytest.raises(MotsError, match=problem):
        parse_mots_plateformes(table)


def test_a_table_that_is_no_table_is_told(table: dict[str, Any]) -> None:
    table["dates"] = "hier"

    with pytest.raises(MotsError, match=r"plateformes\.toml \[dates\]: must be a table"):
        parse_mots_plateformes(table)
