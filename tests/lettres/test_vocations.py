from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from segxl.domain.loi import Loi, parse_loi
from segxl.domain.normalisation import normalise
from segxl.domain.obligations import find_obligations
from segxl.domain.statuts import STATUTS
from segxl.domain.tableau import record_of
from segxl.lettres.champs import Champs
from segxl.lettres.fusion import read_modele
from segxl.lettres.gardes import find_empty
from segxl.lettres.vocations import VOCATIONS, modele_named, vocation_of
from segxl.shipped import read_tables, shipped_path
from segxl.sources.loi import read_loi

TODAY = date(2026, 11, 22)
Exclude = Callable[..., str]


@pytest.fixture
def exclude(situation: dict[str, object]) -> Exclude:
    """Return a function that says why a model does not concern the workshop, changed a little."""

    def why(modele: str, loi: Loi | None = None, au: date = TODAY, **changes: object) -> str:
        typed = {h.replace("_", " "): v for h, v in changes.items()}
        row = normalise(pd.DataFrame([situation | typed], dtype=object))
        answer = record_of(find_obligations(row, loi or read_loi(), au), 0)
        return vocation_of(modele).exclusion(record_of(row, 0), answer, loi or read_loi(), au)

    return why


def law_with(code: str, day: date) -> Loi:
    tables: dict[str, Any] = deepcopy(read_tables("loi"))
    tables["calendrier"][code]["valeur"] = day
    return parse_loi(tables)


# --- Sans plateforme


@pytest.mark.parametrize("statut", [s for s in STATUTS if "active" not in s])
def test_a_client_whose_platform_does_not_receive_yet_is_concerned(
    exclude: Exclude, statut: str
) -> None:
    answered = {"Statut_plateforme": statut, "Plateforme_agréée": "Réception et émission"}

    assert exclude("sans_plateforme", **answered) == ""


@pytest.mark.parametrize("statut", ["Réception active", "reception et EMISSION actives"])
def test_a_client_that_receives_is_not_concerned_whatever_it_answered(
    exclude: Exclude, statut: str
) -> None:
    answered = {"Statut_plateforme": statut, "Plateforme_agréée": "Aucune"}

    assert "il reçoit déjà" in exclude("sans_plateforme", **answered)


@pytest.mark.parametrize("answer", [None, "", "Aucune", "contactee"])
def test_without_a_status_the_answer_of_the_grid_says_there_is_no_platform(
    exclude: Exclude, answer: object
) -> None:
    assert exclude("sans_plateforme", Plateforme_agréée=answer) == ""


@pytest.mark.parametrize("answer", ["Choisie pour la réception", "Réception et émission", "?"])
def test_without_a_status_a_platform_that_was_chosen_is_enough(
    exclude: Exclude, answer: str
) -> None:
    assert f"« {answer} »" in exclude("sans_plateforme", Plateforme_agréée=answer)


def test_who_need_not_receive_needs_no_platform(exclude: Exclude) -> None:
    outside = {
        "Assujetti_TVA": "Non",
        "Redevable_TVA": "Non",
        "Régime_TVA": None,
        "Part_B2B": 0,
        "Part_B2C": 1,
    }

    assert exclude("sans_plateforme", **outside) == "la réception ne le concerne pas"


def test_an_open_answer_excludes_nobody_so_that_the_letter_is_held_with_its_reason(
    exclude: Exclude,
) -> None:
    assert exclude("sans_plateforme", Assujetti_TVA="À vérifier") == ""
    assert exclude("ce_qui_change", Effectif=None) == ""


# --- Fin du régime simplifié


def test_only_who_is_under_the_simplified_regime_loses_it(exclude: Exclude) -> None:
    assert exclude("fin_regime_simplifie", Régime_TVA="réel simplifié") == ""
    assert "« Réel normal mensuel »" in exclude("fin_regime_simplifie")
    assert "« rien »" in exclude("fin_regime_simplifie", Régime_TVA=None)


# --- Ce qui change


def test_who_issues_from_the_day_of_the_small_businesses_is_concerned(exclude: Exclude) -> None:
    assert exclude("ce_qui_change") == ""


def test_who_issues_from_another_day_or_never_is_not_concerned(exclude: Exclude) -> None:
    big = {"Effectif": 900, "CA_HT": 90_000_000, "Total_bilan": 90_000_000}

    assert exclude("ce_qui_change", **big) == "il émet dès le 1er\xa0septembre 2026"
    assert "ne le concerne pas" in exclude("ce_qui_change", Part_B2B=0, Part_B2C=1)


def test_the_day_is_the_one_of_the_law_table(exclude: Exclude) -> None:
    moved = law_with("emission_pme", date(2027, 12, 1))

    assert exclude("ce_qui_change", moved) == ""
    assert exclude("ce_qui_change", moved, date(2027, 11, 30)) == ""


def test_a_day_that_is_past_is_announced_to_nobody(exclude: Exclude) -> None:
    assert exclude("ce_qui_change", au=date(2027, 9, 1)) == ""
    assert "est passé" in exclude("ce_qui_change", au=date(2027, 9, 2))


# --- Names and kinds


def test_reminders_are_the_letters_that_ask_and_the_models_of_the_firm() -> None:
    shipped = {f.stem for f in shipped_path("templates/lettres").glob("*.docx")}
    informations = {name for name in shipped if not vocation_of(name).is_relance}

    assert informations == {
        "fin_mission", "fin_regime_simplifie", "ce_qui_change", "hors_champ", "reponse_reclamation",
    }  # fmt: skip
    assert vocation_of("relance maison").is_relance
    assert {*VOCATIONS} <= shipped


def test_a_model_keeps_its_vocation_however_its_name_is_typed() -> None:
    assert vocation_of("Hors_Champ.docx") is VOCATIONS["hors_champ"]
    assert modele_named("SANS PLATEFORME") == "sans_plateforme"
    assert modele_named("sans_plateforme") == "sans_plateforme"
    assert modele_named("ce qui change au 1er décembre 2027") == "ce_qui_change"
    assert modele_named("") == ""


def test_the_end_of_a_mission_waits_for_its_last_day_its_notice_and_what_is_returned(
    champs: Champs,
) -> None:
    modele = read_modele(shipped_path("templates/lettres") / "fin_mission.docx")
    blank = replace(champs, fin_mission_le="", preavis="", pieces_rendues=())

    told = " ".join(find_empty(modele.usage, blank))

    assert not [*find_empty(modele.usage, champs)]
    assert "colonne « Fin de mission le »" in told
    assert "colonne « Préavis »" in told
    assert "colonne « Pièces rendues »" in told


def test_a_segment_to_which_nothing_is_proposed_has_no_proposal_to_send(champs: Champs) -> None:
    modele = read_modele(shipped_path("templates/lettres") / "nouveau_service.docx")

    (told,) = find_empty(modele.usage, replace(champs, offre=""))

    assert "colonne « Offre » de la table Segments" in told
