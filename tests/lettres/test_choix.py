"""Which message a client gets and by which way: its own words win over those of its segment."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from segxl.domain.canaux import CANAUX, near_canal, parse_canal
from segxl.domain.segmentation import Regle
from segxl.lettres.choix import Choix, called, choose_message
from segxl.lettres.modeles import known_modeles

REGLE = Regle(ordre=1, segment="Prêt", conditions={}, modele="pret", canal="E-mail")


@pytest.fixture
def connus(tmp_path: Path) -> dict[str, str]:
    return known_modeles(tmp_path, ["docx"])


def choice(connus: dict[str, str], modele: str = "", **cells: object) -> Choix:
    client = {header.replace("_", " "): value for header, value in cells.items()}
    return choose_message(client, REGLE, modele, connus)


def test_a_client_of_whom_nothing_is_typed_gets_what_its_segment_says(
    connus: dict[str, str],
) -> None:
    told = choice(connus)

    assert (told.modele, told.canal) == ("pret", "E-mail")
    assert told.par == told.canal_par == "segment « Prêt »"


@pytest.mark.parametrize("typed", ["a_informer", "À informer", "a-informer", "A INFORMER"])
def test_the_model_of_a_client_wins_however_it_is_typed(connus: dict[str, str], typed: str) -> None:
    told = choice(connus, Modèle_de_lettre=typed)

    assert (told.modele, told.par, told.refus) == ("a_informer", "choisi pour ce client", None)


def test_a_model_is_known_by_what_people_call_it(connus: dict[str, str]) -> None:
    assert choice(connus, Modèle_de_lettre="Votre avis").modele == "satisfaction"
    assert choice(connus, Modèle_de_lettre="fiche d'appel").modele == "fiche_appel"


def test_the_channel_of_a_client_wins_and_its_letter_stays(connus: dict[str, str]) -> None:
    told = choice(connus, Canal="courrier postal")

    assert (told.canal, told.canal_par) == ("Courrier", "choisi pour ce client")
    assert (told.modele, told.par) == ("pret", "segment « Prêt »")


def test_a_client_who_wants_to_be_called_gets_a_call_sheet_and_no_letter(
    connus: dict[str, str],
) -> None:
    assert choice(connus, Canal="tél.").modele == "fiche_appel"
    assert choice(connus, Canal_préféré="Appel").modele == "fiche_appel"


def test_the_model_of_a_client_wins_over_its_channel(connus: dict[str, str]) -> None:
    told = choice(connus, Canal="Téléphone", Modèle_de_lettre="a_informer")

    assert (told.modele, told.canal) == ("a_informer", "Téléphone")


def test_a_segment_that_is_called_keeps_its_letter() -> None:
    regle = Regle(
        ordre=1, segment="À convaincre", conditions={}, modele="a_convaincre", canal="Tél"
    )

    assert choose_message({}, regle)[:3] == (
        "a_convaincre",
        "segment « À convaincre »",
        "Téléphone",
    )


def test_the_model_asked_for_wins_over_all_even_over_a_wrong_cell(
    connus: dict[str, str],
) -> None:
    told = choice(connus, "satisfaction", Modèle_de_lettre="inconnu", Canal="pigeon")

    assert (told.modele, told.is_demande, told.refus) == ("satisfaction", True, None)


def test_a_name_that_no_model_bears_is_told_with_the_nearest(connus: dict[str, str]) -> None:
    header, problem, remedy = choice(connus, Modèle_de_lettre="A infomer").refus or ("",) * 3

    assert header == "Modèle de lettre"
    assert problem == "courrier retenu : aucun modèle de lettre ne porte ce nom"
    assert remedy.startswith("vouliez-vous dire « a_informer » ? ")


def test_a_name_near_none_is_told_without_a_guess(connus: dict[str, str]) -> None:
    _, _, remedy = choice(connus, Modèle_de_lettre="xyz").refus or ("",) * 3

    assert remedy.startswith("corrigez la case")


def test_a_channel_out_of_the_list_is_told_with_the_nearest(connus: dict[str, str]) -> None:
    header, problem, remedy = choice(connus, Canal_préféré="Telefone").refus or ("",) * 3

    assert (header, problem) == (
        "Canal préféré",
        "courrier retenu : ce canal n’est pas dans la liste",
    )
    assert remedy.startswith("vouliez-vous dire « Téléphone » ? ")
    assert "pigeon" not in (choice(connus, Canal="pigeon").refus or ("",) * 3)[2]


def test_a_client_of_no_segment_has_no_letter_unless_it_has_its_own(
    connus: dict[str, str],
) -> None:
    assert choose_message({}, None) == Choix("", "aucun segment", "", "aucun segment")
    assert choose_message({"Modèle de lettre": "pret"}, None, "", connus).modele == "pret"


def test_a_model_of_the_firm_counts_where_it_stands_in_every_form_asked_for(
    tmp_path: Path,
) -> None:
    (tmp_path / "Modèles").mkdir()
    Document().save(str(tmp_path / "Modèles" / "Clients de l’été.docx"))

    both = known_modeles(tmp_path, ["docx", "eml"])

    assert known_modeles(tmp_path, ["pdf"])["clients de l'ete"] == "Clients de l’été"
    assert "clients de l'ete" not in both
    assert choice(both, Modèle_de_lettre="Fiche d’appel").modele == "fiche_appel"


def test_every_channel_is_read_as_it_is_written() -> None:
    assert [parse_canal(c) for c in CANAUX] == [*CANAUX]
    assert near_canal("Rendez vou") == "Rendez-vous"


def test_people_read_the_name_of_a_letter() -> None:
    assert called("satisfaction") == "Votre avis"
