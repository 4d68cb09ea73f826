from __future__ import annotations

import pytest

from segxl.lettres.secret import AutresClients

CLIENTS: list[dict[str, object]] = [
    {"Dossier": "D1", "Raison sociale": "SARL Atelier Lumo", "SIREN": "000 001 016"},
    {"Dossier": "D2", "Raison sociale": "L’Été d’Anne", "SIREN": 1024},
    {"Dossier": "D3", "Raison sociale": "Roy", "SIREN": None},
    {"Dossier": "D4", "Raison sociale": "Atelier Lumo Services", "SIREN": "000003012"},
    {"Dossier": "D5", "Raison sociale": "Horizon", "SIREN": ""},
    {"Dossier": "D6", "Raison sociale": "Tilleuls", "SIREN": ""},
    {"Dossier": "D7", "Raison sociale": "Votre facture", "SIREN": ""},
    {"Dossier": "D8", "Raison sociale": "2026", "SIREN": ""},
    {
        "Dossier": "D9",
        "Raison sociale": "L'ETE D'ANNE",
        "SIREN": "",
        "Adresse": "3 rue des Tilleuls",
    },
]
OTHERS = AutresClients.of(CLIENTS, ["Merci de relire votre facture."])


@pytest.mark.parametrize(
    "text",
    [
        "comme l’ATELIER  LUMO",
        "Sarl\u00a0atelier lumo",
        "voir Atelier\nLumo, merci",
        "(Atelier-Lumo)",
    ],
)
def test_the_name_of_another_client_is_found_in_any_spelling(text: str) -> None:
    assert "Atelier Lumo" in OTHERS.found_in(text, "D2")[0]


@pytest.mark.parametrize(
    "text",
    [
        "000001016",
        "000 001 016",
        "000\u202f001\u00a0016",
        "00000101600013",
        "FR44000001016",
        "0 0 0 0 0 1 0 1 6",
    ],
)
def test_the_siren_of_another_client_is_found_in_any_spacing(text: str) -> None:
    assert "SIREN" in OTHERS.found_in(f"n° {text}.", "D2")[0]


@pytest.mark.parametrize("text", ["1000001016", "0000010161", "00 00 00 10 16 11", "00 00 10 16"])
def test_digits_inside_a_longer_number_are_no_siren(text: str) -> None:
    assert OTHERS.found_in(text, "D2") == ()


def test_the_addressee_may_read_its_own_name_and_siren() -> None:
    assert OTHERS.found_in("SARL Atelier Lumo, 000 001 016", "D1") == ()


def test_a_name_inside_the_addressees_own_name_is_no_leak() -> None:
    assert OTHERS.found_in("Atelier Lumo Services", "D4") == ()


def test_a_name_inside_the_addressees_own_address_is_no_leak() -> None:
    assert OTHERS.found_in("3 rue des Tilleuls", "D9") == ()
    assert OTHERS.found_in("3 rue des Tilleuls", "D1") != ()


def test_two_clients_of_one_name_do_not_hold_each_other() -> None:
    assert OTHERS.found_in("L’Été d’Anne", "D2") == OTHERS.found_in("L’Été d’Anne", "D9") == ()


def test_a_name_is_found_as_whole_words_only() -> None:
    assert OTHERS.found_in("des horizons nouveaux", "D1") == ()
    assert OTHERS.found_in("avec Horizon.", "D1") != ()


@pytest.mark.parametrize("text", ["Monsieur Roy", "relire votre facture", "en 2026", "000001016"])
def test_short_names_years_and_words_of_the_models_are_not_leaks(text: str) -> None:
    assert OTHERS.found_in(text, "D1") == ()


def test_the_firm_that_is_its_own_client_may_sign() -> None:
    others = AutresClients.of(CLIENTS, ["SARL Atelier Lumo – RCS Lyon 000 001 016"])

    assert others.found_in("Atelier Lumo, RCS 000 001 016", "D2") == ()
