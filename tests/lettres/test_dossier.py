from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date

import pandas as pd
import pytest

from segxl.lettres.champs import Champs, known_fields, place_of
from segxl.lettres.dossier import Dates, champs_of


def test_a_full_row_becomes_french_text(champs: Champs) -> None:
    assert champs.siren == "000\xa0001\xa0016"
    assert champs.note == "12,4"
    assert champs.etape_gain == "1,5\xa0point"
    assert champs.date_lettre == "22\xa0novembre 2026"
    assert champs.rendez_vous_avant == "7\xa0décembre 2026"
    assert champs.destinataire == "Atelier Lumo\nÀ l’attention de Madame Anne Roy"
    assert champs.cabinet_capital == "10\u202f000\xa0€"
    assert champs.cabinet_rcs == "Lyon 000 001 024"


@pytest.mark.parametrize(
    ("civilite", "appel"),
    [
        ("M.", "Monsieur,"),
        ("Mr", "Monsieur,"),
        ("monsieur", "Monsieur,"),
        ("MME", "Madame,"),
        ("Mme.", "Madame,"),
        ("Maître", "Maître,"),
        ("Me", "Maître,"),
        ("Dr", "Docteur,"),
        ("La Présidente", "Madame, Monsieur,"),
        ("M. et Mme", "Madame, Monsieur,"),
        (None, "Madame, Monsieur,"),
        (float("nan"), "Madame, Monsieur,"),
    ],
)
def test_a_civility_gives_its_greeting_and_an_unknown_one_stays_neutral(
    client: dict[str, object], dates: Dates, civilite: object, appel: str
) -> None:
    champs = champs_of(client | {"Civilité": civilite}, {}, None, {}, dates)

    assert champs.formule_appel == appel
    assert appel in champs.formule_politesse


@pytest.mark.parametrize("blank", [None, float("nan"), pd.NA, pd.NaT, "nan", "None", "#N/A", "  "])
def test_no_blank_is_ever_printed_as_a_word(
    client: Mapping[str, object], dates: Dates, blank: object
) -> None:
    row = dict.fromkeys(client, blank)
    result = dict.fromkeys(("Note FE", "Couleur", "Segment", "Points forts"), blank)

    champs = champs_of(row, result, None, {"Nom": "nan"}, dates)

    printed = " ".join(map(str, champs.as_context().values())).casefold().split()
    assert not {"none", "nan", "<na>", "nat", "#n/a"} & set(printed)
    assert champs.destinataire == ""


def test_a_date_of_meeting_needs_a_delay(client: Mapping[str, object], dates: Dates) -> None:
    champs = champs_of(client, {}, None, {}, replace(dates, delai_jours=0))

    assert champs.rendez_vous_avant == ""


def test_the_first_of_the_month_is_said_as_the_french_say_it(
    client: Mapping[str, object], dates: Dates
) -> None:
    champs = champs_of(client, {}, None, {}, replace(dates, lettre=date(2026, 12, 1)))

    assert champs.date_lettre == "1er\xa0décembre 2026"


def test_characters_that_no_word_file_can_hold_are_dropped(
    client: dict[str, object], dates: Dates
) -> None:
    champs = champs_of(client | {"Ville": "Ly\x0bon\x00_x000D_"}, {}, None, {}, dates)

    assert champs.ville == "Lyon"


def test_a_sole_trader_is_named_once(client: dict[str, object], dates: Dates) -> None:
    champs = champs_of(client | {"Raison sociale": "Anne ROY"}, {}, None, {}, dates)

    assert champs.destinataire == "Madame Anne Roy"


def test_points_written_on_the_sheet_are_read_back_as_a_list(
    client: Mapping[str, object], dates: Dates
) -> None:
    champs = champs_of(client, {"Points forts": "Autonomie, Plateforme agréée"}, None, {}, dates)

    assert champs.points_forts == ("Autonomie", "Plateforme agréée")


def test_typed_apostrophes_do_not_hide_a_letterhead_field(
    client: Mapping[str, object], dates: Dates
) -> None:
    champs = champs_of(client, {}, None, {"Inscription à l'Ordre": "Lyon"}, dates)

    assert champs.cabinet_inscription_ordre == "Lyon"


def test_every_field_has_its_help_and_its_place() -> None:
    for name, aide in known_fields().items():
        assert aide
        assert place_of(name)


def test_a_comment_is_no_field(champs: Champs) -> None:
    assert not [f.name for f in fields(Champs) if "comment" in f.name or "motif" in f.name]
    assert "retard" not in str(champs)
