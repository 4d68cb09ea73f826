from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from segxl.lettres.champs import Champs
from segxl.lettres.fusion import read_modele
from segxl.lettres.gardes import (
    email_reason,
    find_empty,
    letterhead_reason,
    missing_letterhead,
    opposition_reason,
)

Make = Callable[..., Path]


def test_a_full_letterhead_lets_letters_go(cabinet: dict[str, str]) -> None:
    assert letterhead_reason(cabinet) is None


def test_each_blank_field_of_the_letterhead_is_named(cabinet: dict[str, str]) -> None:
    assert missing_letterhead(cabinet | {"Nom": " ", "N° TVA": ""}) == ("Nom", "N° TVA")


def test_capital_phone_and_email_may_be_blank(cabinet: dict[str, str]) -> None:
    assert not missing_letterhead(cabinet | {"Capital": "", "Téléphone": "", "E-mail": ""})


def test_an_objection_holds_the_letter_however_it_is_typed() -> None:
    assert all(opposition_reason(value) for value in ("Oui", "x", 1, True, "peut-être"))
    assert not any(opposition_reason(value) for value in (None, "", "Non", 0, float("nan")))


def test_an_empty_field_names_the_column_to_fill_in(make_model: Make, champs: Champs) -> None:
    modele = read_modele(make_model("{{ adresse }} {{ ville }}"))

    reasons = list(find_empty(modele.usage, replace(champs, adresse="")))

    assert len(reasons) == 1
    assert "le champ « adresse » du modèle est vide" in reasons[0]
    assert "complétez la colonne « Adresse » de la feuille Clients" in reasons[0]


def test_a_column_that_clients_lacks_is_to_be_added(make_model: Make, champs: Champs) -> None:
    modele = read_modele(make_model("{{ fin_mission_le }} {{ adresse }} {{ cabinet_tva }}"))
    empty = replace(champs, fin_mission_le="", adresse="", cabinet_tva="")

    reasons = list(find_empty(modele.usage, empty, headers={"Adresse"}))

    assert ["n’a pas de colonne « Fin de mission le »" in r for r in reasons] == [
        False,
        False,
        True,
    ]
    assert "complétez la colonne « Adresse »" in reasons[0]
    assert "complétez le champ « N° TVA »" in reasons[1]


def test_a_field_the_model_tests_may_be_empty(make_model: Make, champs: Champs) -> None:
    modele = read_modele(
        make_model("{% if contact %}{{ contact }}{% endif %} {{ collaborateur or 'le cabinet' }}")
    )

    assert not list(find_empty(modele.usage, replace(champs, contact="", collaborateur="")))


def test_a_client_without_address_gets_no_draft() -> None:
    assert email_reason("a@lumo.example; b@lumo.example") is None
    assert email_reason("") is not None
    assert email_reason("voir Anne") is not None
