from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any

import pandas as pd
import pytest

from segxl.domain.loi import Loi, parse_loi
from segxl.domain.normalisation import normalise
from segxl.lettres.champs import FAITS, SELON, known_fields
from segxl.lettres.droit import Droit, find_droits
from segxl.shipped import read_tables, read_toml
from segxl.sources.loi import read_loi

TODAY = date(2026, 11, 22)


def law_with(file: str, code: str, **changes: object) -> Loi:
    tables: dict[str, Any] = deepcopy(read_tables("loi"))
    tables[file][code].update(changes)
    return parse_loi(tables)


def told(
    situation: Mapping[str, object], loi: Loi | None = None, au: date = TODAY, mois: float = 6
) -> Droit:
    row = normalise(pd.DataFrame([dict(situation)], dtype=object))
    return find_droits(row, loi or read_loi(), au, mois)[0]


# --- What is told


def test_each_obligation_is_told_with_its_day_and_its_article(
    situation: dict[str, object],
) -> None:
    champs = told(situation).champs

    assert champs["obligation_reception"] == "le 1er\xa0septembre 2026"
    assert champs["obligation_emission"] == "le 1er\xa0septembre 2027"
    assert champs["obligation_ereporting"] == "le 1er\xa0septembre 2027"
    assert champs["rythme"] == "trois fois par mois"
    assert champs["premiere_periode"] == "du 1er au 10\xa0septembre 2027"
    assert champs["a_transmettre_avant"] == "le 20\xa0septembre 2027"
    assert champs["taille_legale"] == "microentreprise"
    assert champs["regime_tva"] == "réel normal mensuel"
    assert champs["loi_version"] == "état du droit relevé le 10\xa0octobre 2026"
    assert len(champs["mentions_nouvelles"]) == 4


def test_an_obligation_that_does_not_apply_is_empty_and_not_doubtful(
    situation: dict[str, object],
) -> None:
    found = told(situation | {"Part B2B": 0, "Part B2C": 1, "Nature": "Biens"})

    assert found.champs["obligation_emission"] == ""
    assert found.champs["mentions_nouvelles"] == ()
    assert found.champs["ereporting_ventes"] == "le 1er\xa0septembre 2027"
    assert found.champs["ereporting_encaissements"] == ""
    assert found.champs["ereporting_a_preciser"] == ""
    assert not found.reserves


def test_the_platform_and_its_status_are_printed_as_the_lists_spell_them(
    situation: dict[str, object],
) -> None:
    typed = {"Plateforme": " Facturel ", "Statut plateforme": "mandat A signer"}

    champs = told(situation | typed).champs

    assert (champs["plateforme"], champs["statut_plateforme"]) == ("Facturel", "Mandat à signer")


def test_a_status_that_is_no_word_of_the_list_and_a_regime_to_check_are_not_printed(
    situation: dict[str, object],
) -> None:
    champs = told(situation | {"Statut plateforme": "peut-être", "Régime TVA": "À vérifier"}).champs

    assert (champs["statut_plateforme"], champs["regime_tva"]) == ("", "")


def test_no_client_at_all_gives_no_answer() -> None:
    assert find_droits(pd.DataFrame({"Dossier": []}), read_loi(), TODAY, 6) == {}


# --- What is not told yet


def test_an_answer_to_confirm_empties_its_field_and_says_which_column_to_fill(
    situation: dict[str, object],
) -> None:
    found = told(situation | {"Effectif": None, "CA HT": None})

    reserve = found.reserves["obligation_emission"]
    assert found.champs["obligation_emission"] == ""
    assert found.champs["mentions_nouvelles"] == ()
    assert "Émission" in reserve.reason
    assert "« Effectif » n’est pas connu" in reserve.reason
    assert "au plus tôt" not in reserve.reason
    assert reserve.remedy.startswith("complétez")
    assert "obligation_reception" not in found.reserves


def test_an_answer_that_the_law_leaves_open_asks_to_wait_and_not_to_fill_a_column(
    situation: dict[str, object],
) -> None:
    public = {"Part B2B": 0, "Part B2C": 0, "Part secteur public": 1}

    reserve = told(situation | public).reserves["obligation_emission"]

    assert (
        "Émission à confirmer pour ce client : le texte n’est pas sûr (Ventes au" in reserve.reason
    )
    assert reserve.remedy.startswith("attendez")


def test_a_territory_that_the_law_is_unsure_of_is_named(situation: dict[str, object]) -> None:
    reserve = told(situation | {"Code postal": "97600"}).reserves["obligation_reception"]

    assert "le texte n’est pas sûr (Guyane et Mayotte" in reserve.reason


def test_payments_to_confirm_leave_the_sales_to_be_told_and_the_question_open(
    situation: dict[str, object],
) -> None:
    found = told(situation | {"Nature": None})

    assert found.champs["obligation_ereporting"] == "le 1er\xa0septembre 2027"
    assert found.champs["ereporting_ventes"] == "le 1er\xa0septembre 2027"
    assert found.champs["ereporting_encaissements"] == ""
    assert found.champs["ereporting_a_preciser"] == "oui"
    assert {*found.reserves} == {"ereporting_encaissements"}


def test_a_deadline_that_the_law_is_unsure_of_is_not_told(situation: dict[str, object]) -> None:
    franchise = {"Régime TVA": "Franchise en base", "Redevable TVA": "Non"}

    found = told(situation | franchise)

    assert found.champs["rythme"] == "tous les deux mois"
    assert found.champs["a_transmettre_avant"] == ""
    assert "texte à confirmer" in found.reserves["a_transmettre_avant"].reason
    assert "rythme" not in found.reserves


def test_the_unsure_deadline_of_another_regime_holds_nothing(situation: dict[str, object]) -> None:
    found = told(situation)

    assert found.champs["a_transmettre_avant"] == "le 20\xa0septembre 2027"
    assert not found.reserves


@pytest.mark.parametrize(
    ("file", "code", "held"),
    [
        ("calendrier", "reception", {"date_reception", "obligation_reception"}),
        ("calendrier", "emission_pme", {"date_emission", "obligation_emission", "mentions_nouvelles"}),
        ("mentions", "mentions_nouvelles", {"mentions_nouvelles"}),
        ("tva", "fin_regime_simplifie", {"fin_regime_simplifie"}),
        ("tva", "trimestriel_ca_courant", {"seuil_trimestriel_courant"}),
        ("tailles", "micro_ca", {"taille_legale", "obligation_emission"}),
        ("rythmes", "transactions_reel_mensuel", {"rythme"}),
    ],
)  # fmt: skip
def test_a_fact_to_confirm_holds_every_field_that_rests_on_it(
    situation: dict[str, object], file: str, code: str, held: set[str]
) -> None:
    found = told(situation, law_with(file, code, a_confirmer=True))

    assert held <= {*found.reserves}
    assert not any(found.champs[name] for name in held)
    assert "texte à confirmer" in found.reserves[min(held)].reason


@pytest.mark.parametrize("code", ["emission_ge_eti", "emission_assujetti_unique"])
def test_a_fact_to_confirm_about_other_clients_holds_nothing(
    situation: dict[str, object], code: str
) -> None:
    assert not told(situation, law_with("calendrier", code, a_confirmer=True)).reserves


def test_a_law_checked_too_long_ago_empties_every_field_that_tells_it(
    situation: dict[str, object],
) -> None:
    found = told(situation, au=date(2027, 4, 11))

    assert {*found.reserves} == {*FAITS}
    assert not any(found.champs[name] for name in FAITS)
    reason, remedy = found.reserves["date_emission"]
    assert reason == (
        "l’état du droit livré avec segxl a été relevé le 10\xa0octobre 2026, il y a plus de 6 mois"
    )
    assert "Ancienneté de la loi au plus (mois)" in remedy


def test_a_newer_fact_does_not_make_the_others_look_fresh(situation: dict[str, object]) -> None:
    newer = law_with("calendrier", "reception", verifie_le=date(2027, 4, 1))

    found = told(situation, newer, au=date(2027, 4, 11))

    assert {*found.reserves} == {*FAITS}
    assert found.champs["loi_version"] == "état du droit relevé le 10\xa0octobre 2026"


# --- What a field rests on


def test_every_fact_that_a_field_names_is_in_the_law() -> None:
    loi = read_loi()

    assert [c for codes in (*FAITS.values(), *SELON.values()) for c in codes if c not in loi] == []
    assert all(FAITS[name] or SELON[name] for name in FAITS)


def test_no_field_holds_a_fine_an_exposure_or_the_tolerance_of_the_start() -> None:
    fines = {*read_toml("loi/sanctions.toml")}
    words = " ".join(f"{name} {aide}" for name, aide in known_fields().items())

    assert fines
    assert not fines & {c for codes in (*FAITS.values(), *SELON.values()) for c in codes}
    assert not re.search(r"amende|sanction|exposition|plafond|tol[ée]rance", words, re.IGNORECASE)
