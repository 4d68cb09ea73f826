"""The sentence of a stage: whose it is, when it is said, and how it reads in a letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from segxl.lettres.champs import Champs
from segxl.lettres.courriels import read_courriel
from segxl.lettres.fusion import read_modele
from segxl.lettres.phase import Phase, phase_of, phrases_of
from segxl.lettres.redaction import letter_text
from segxl.lettres.relationnel import Relationnel
from segxl.shipped import shipped_path

AU = date(2026, 11, 22)
SAYING = ("a_accompagner", "a_informer", "nouveau_service", "prioritaire")
"""Models that propose to meet, and say the sentence of the stage."""


def told(relationnel: Relationnel | None = None, **cells: object) -> Phase:
    client = {header.replace("_", " "): value for header, value in cells.items()}
    known = relationnel or Relationnel(au=AU)
    return phase_of(client, "D1", known, phrases_of({}), AU)


def test_what_is_typed_wins_over_what_the_facts_say() -> None:
    assert told(Étape_du_parcours="facturation", Lettre_de_mission="non").etape == "Facturation"
    assert told(Lettre_de_mission="non").etape == "Devis"


def test_a_stage_of_which_nothing_is_said_prints_nothing() -> None:
    assert told(Étape_du_parcours="Production") == Phase("Production", "")
    assert told() == Phase("", "")


def test_the_facts_are_read_from_the_sheets() -> None:
    invoiced = Relationnel(facturees={"d1": date(2026, 10, 20)})
    met = Relationnel(echanges={"d1": date(2026, 11, 10)})

    assert told(invoiced).phrase.startswith("Si une ligne de notre dernière facture")
    assert told(Entrée_le="02/11/2026").etape == "Découverte"
    assert told(met, Entrée_le="02/11/2026").etape == ""
    assert told(Entrée_le="bientôt", Lettre_de_mission="à voir").etape == ""


def test_a_stage_that_does_not_exist_is_told_with_the_nearest() -> None:
    header, problem, remedy = told(Étape_du_parcours="Facturasion").refus or ("",) * 3

    assert header == "Étape du parcours"
    assert problem == "courrier retenu : cette étape du parcours n’existe pas"
    assert remedy.startswith("vouliez-vous dire « Facturation » ? choisissez parmi : Découverte")
    assert (told(Étape_du_parcours="zz").refus or ("",) * 3)[2].startswith("choisissez parmi")


def test_the_sentence_of_the_firm_takes_the_place_of_ours_and_a_blank_one_says_nothing() -> None:
    own = phrases_of({"phrase, etape devis": "À signer : merci.", "Phrase, étape Facturation": ""})  # fmt: skip

    assert own["Devis"] == "À signer\xa0: merci."
    assert own["Facturation"] == ""
    assert own["Découverte"].startswith("Ce sera aussi l’occasion")
    assert phrases_of({"Phrase, étape Production": "Tout suit."})["Production"] == "Tout suit."


@pytest.mark.parametrize("name", SAYING)
@pytest.mark.parametrize("stage", ["Découverte", "Devis", "Facturation"])
def test_a_letter_that_proposes_to_meet_says_it_and_reads_well_without(
    name: str, stage: str, champs: Champs
) -> None:
    phrase = phrases_of({})[stage]
    paper = read_modele(shipped_path("templates/lettres") / f"{name}.docx")
    mail = read_courriel(shipped_path("templates/courriels") / f"{name}.j2")
    said = replace(champs, etape_parcours=stage, phrase_etape=phrase)

    assert f" {phrase}\n" in letter_text(paper, said)
    assert f" {phrase}\n" in mail.render(said).text
    assert letter_text(paper, said).replace(f" {phrase}", "") == letter_text(paper, champs)
    assert mail.render(said).text.replace(f" {phrase}", "") == mail.render(champs).text


def test_the_sentences_sell_nothing_and_frighten_nobody() -> None:
    text = " ".join(phrases_of({}).values())

    assert text.count("ensemble") == 2
    assert not {"urgent", "obligatoire", "dernier délai"} & {*text.casefold().split()}
