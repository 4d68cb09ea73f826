"""The client card: what it prints, that it is one page, and that it can be rebuilt."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from openxml_audit import OpenXmlValidator
from tests.lettres.fiches import (
    AU,
    CADRE,
    CASES,
    DUE,
    SHORT,
    blank,
    champs_for,
    fiche,
    known,
    relation_of,
)

from segxl.domain.fiche.apport import Apport
from segxl.domain.fiche.familles import NoteFamille
from segxl.domain.fiche.fiche import Fiche
from segxl.domain.fiche.suivi import Contact, RendezVous, Suite, Suivi
from segxl.domain.relation.avis import Avis
from segxl.lettres.champs import Champs
from segxl.lettres.coupe import coupe, lignes_of, width_of
from segxl.lettres.fiche import MODELE, Cadre, ModeleFiche, context_of
from segxl.lettres.fiche_relation import raisons
from segxl.lettres.francais import typographie
from segxl.shipped import shipped_path

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def modele() -> ModeleFiche:
    return ModeleFiche.read()


def say(table: str, header: str, row: int, text: str) -> str:
    """Tell every text."""
    del table, header, row
    return text


def render(modele: ModeleFiche, champs: Champs, card: Fiche, cadre: Cadre = CADRE) -> bytes:
    return modele.render(context_of(champs, card, cadre, say))


def render_case(modele: ModeleFiche, champs: Champs, case: str) -> bytes:
    cadre = CADRE if case == "ordinary" else replace(CADRE, loi_ancienne=date(2026, 1, 1))
    return render(modele, champs_for(case, champs), CASES[case](), cadre)


def lines_of(content: bytes) -> list[str]:
    """Return every paragraph of the body, cells included; a tab is a bar."""
    paragraphs = Document(io.BytesIO(content)).element.body.iter(f"{W}p")
    lines = (
        "".join("|" if e.tag == f"{W}tab" else e.text or "" for r in p.iter(f"{W}r") for e in r)
        for p in paragraphs
    )
    return [re.sub(r"\u00a0{2,}", "", line) for line in lines if line]


def text_of(modele: ModeleFiche, champs: Champs, card: Fiche, cadre: Cadre = CADRE) -> str:
    return "\n".join(lines_of(render(modele, champs, card, cadre))).replace("\u00a0", " ")


def test_an_ordinary_card_says_everything_that_a_meeting_needs(
    modele: ModeleFiche, champs: Champs
) -> None:
    text = text_of(modele, champs, fiche())

    for told in (
        "Atelier Lumo", "Fiche client au 22 novembre 2026", "C0042", "000 001 016", "Julie Morel",
        "Madame Anne Roy", "9,1 / 20\nNote FE : Jaune", "8,1 à 10,2\nBornes de la note",
        "93 %\nComplétude", "60 %\nFiabilité", "2,0 / 20\nEnjeu", "Segment : À convaincre",
        "Pourquoi : « Appétence au changement » est Sceptique", "Prochaine étape (+0,5 point)",
        "Lire ensemble la fiche d’une page sur ce qui change.", "Préparation||11,7|3/3",
        "Flux||2,9|2/3", "Enjeu : Volume||–|0/2", "+|Processus adaptés : En place",
        "–|Plateforme agréée : Contactée", "–|Délai : 12,5",
        "Réception|depuis le 01/09/2026|en vigueur", "Émission|dès le 01/09/2027|dans 283 jours",
        "E-reporting ventes|à confirmer|", "E-reporting paiements|non concerné|",
        "Rythme|chaque mois|", "Prochaine étape légale : réception due depuis 82 jours",
        "À confirmer : « Part B2C » n’est pas connu",
        "Plateforme : Fictipost, Mandat à signer (au 07/11/2026)",
        "Dernier contact : 05/10/2026, Téléphone, Julie Morel – Choix de l’outil",
        "Suite ouverte : pour le 03/11/2026, en retard (1 autre ouverte) – rappeler l’éditeur",
        "Prochain rendez-vous : le 03/12/2026, Julie Morel – Choisir une plateforme",
        "Mesuré dans les écritures, exercice clos le 31/12/2025",
        "Factures émises par mois|10,5", "Part du premier client|49,3 % (indice)",
        "Risque client · Rentabilité", "Notes de l’entretien",
    ):  # fmt: skip
        assert told in text
    assert "Chiffre d’affaires|1\u202f022\u202f594 €" in text


def test_value_and_relation_are_figures_with_a_word(modele: ModeleFiche, champs: Champs) -> None:
    text = text_of(modele, champs, fiche(**known())).replace("\u202f", " ")

    for told in (
        "À risque\nRelation : 2 raisons", "4 200 €\nHonoraires, 12 mois", "1 234 €\nMarge : 29 %",
        "B\nClasse (ABC : A)", "5-4-3\nRFM, sur 5",
        "Relation : Réclamation ouverte depuis le 02/11/2026 ; mécontent (satisfaction 2 sur 5). Prochain geste : répondre à la réclamation.",
    ):  # fmt: skip
        assert told in text


def test_the_colour_of_the_relation_only_repeats_its_word(
    modele: ModeleFiche, champs: Champs
) -> None:
    body = zipfile.ZipFile(io.BytesIO(render(modele, champs, fiche(**known())))).read("word/document.xml")  # fmt: skip

    assert b'w:fill="F8696B"' in body


def test_a_card_without_value_or_relation_is_what_it_was(
    modele: ModeleFiche, champs: Champs
) -> None:
    unknown = replace(relation_of(), etat="Inconnue", signaux=())

    for card in (fiche(), fiche(relation=unknown)):
        text = text_of(modele, champs, card)
        assert "Honoraires, 12 mois" not in text
        assert "Relation :" not in text


def test_what_is_unknown_of_value_is_a_dash(modele: ModeleFiche, champs: Champs) -> None:
    text = text_of(modele, champs, fiche(apport=Apport(honoraires=900.0)))

    assert "Inconnue\nRelation" in text
    assert "–\nMarge\n–\nClasse\n–\nRFM, sur 5" in text
    assert "Relation :" not in text


def test_a_serene_relation_says_so_with_the_last_answers(
    modele: ModeleFiche, champs: Champs
) -> None:
    calm = replace(
        relation_of(), etat="Sereine", signaux=(), geste="Entretenir la relation",
        avis=Avis(dernier_csat=5, dernier_nps=0),
    )  # fmt: skip

    text = text_of(modele, champs, fiche(relation=calm))

    assert "Sereine\nRelation\n" in text
    assert "Relation : Aucune raison de s’inquiéter. Satisfaction 5 sur 5, recommandation 0 sur 10. Prochain geste : entretenir la relation." in text  # fmt: skip


def test_many_reasons_leave_room_for_the_next_gesture(modele: ModeleFiche, champs: Champs) -> None:
    many = replace(relation_of(), signaux=("facture échue depuis 79 jours",) * 9)

    assert "Prochain geste : répondre à la réclamation." in text_of(modele, champs, fiche(relation=many))  # fmt: skip


def test_the_card_is_marked_as_the_firm_s_own(modele: ModeleFiche, champs: Champs) -> None:
    document = Document(io.BytesIO(render(modele, champs, fiche())))

    head, foot = document.sections[0].header, document.sections[0].footer
    assert head.paragraphs[0].text == "Cabinet Vallon & Associés\tDocument interne au cabinet"
    assert "à ne pas remettre au client" in foot.paragraphs[0].text


def test_what_nobody_knows_is_told_as_such(modele: ModeleFiche, champs: Champs) -> None:
    text = text_of(modele, champs_for("blank", champs), blank())

    for told in (
        "SIREN\nà compléter", "–\nNote FE : Gris-bleu (à confirmer)", "–\nBornes de la note",
        "aucune réponse encore", "Poser les premières questions au client.\n",
        "Prochaine étape légale : à confirmer", "Plateforme : nom inconnu, statut inconnu",
        "Dernier contact : aucun dans le Journal", "Suite ouverte : aucune",
        "Prochain rendez-vous : aucun dans le Plan", "Aucune mesure dans la feuille Faits.",
        "Question 7 · et 8 autres",
    ):  # fmt: skip
        assert told in text


def test_out_of_scope_is_neither_strong_nor_weak(modele: ModeleFiche, champs: Champs) -> None:
    nothing = SHORT | dict.fromkeys(("reception", "emission", "rythme"), "non")
    due = {"Étape légale": None, "Jours restants": None, "Statut retenu": None}

    text = text_of(modele, champs, fiche(couleur="Gris", obligations=nothing, urgence=due))

    assert "Note FE : Gris (hors champ)" in text
    assert text.count("sans objet, hors champ") == 3
    assert "Processus adaptés" not in text
    assert "Prochaine étape légale : aucune étape légale en attente" in text
    assert "Rythme|sans objet" in text


def test_a_client_without_a_strength_yet_has_none(modele: ModeleFiche, champs: Champs) -> None:
    text = text_of(modele, champs, fiche(forces=(), manques=()))

    assert "+|aucune pour l’instant" in text
    assert "Toutes les questions de la grille ont leur réponse." in text


@pytest.mark.parametrize(
    ("days", "told"),
    [(-1, "due depuis 1 jour"), (0, "due ce jour"), (1, "dans 1 jour"), (283, "dans 283 jours")],
)
def test_the_days_left_of_the_law_are_told(
    days: int, told: str, modele: ModeleFiche, champs: Champs
) -> None:
    card = fiche(urgence=DUE | {"Jours restants": days})

    assert f"Prochaine étape légale : réception {told}\n" in text_of(modele, champs, card)


def test_a_platform_that_the_grid_alone_tells_says_so(modele: ModeleFiche, champs: Champs) -> None:
    text = text_of(modele, champs, fiche(client={"Dossier": "C0042"}))

    assert "Plateforme : nom inconnu, Mandat à signer d’après la grille" in text


def test_a_status_that_is_no_word_of_the_list_is_told_as_typed(
    modele: ModeleFiche, champs: Champs
) -> None:
    client = {"Dossier": "C0042", "Statut plateforme": "en cours", "Date statut": float("nan")}

    text = text_of(modele, champs, fiche(client=client, urgence=DUE | {"Statut retenu": None}))

    assert "Plateforme : nom inconnu, en cours\n" in text


def test_an_open_complaint_and_a_meeting_that_went_by_are_told(
    modele: ModeleFiche, champs: Champs
) -> None:
    day = date(2026, 11, 2)
    suivi = Suivi(None, (Suite(None, "voir", 3),), Suite(day, "", 4))
    card = fiche(suivi=suivi, rendez_vous=RendezVous(day, "Choisir", "", 6))

    text = text_of(modele, champs, card)

    assert "Réclamation : ouverte depuis le 02/11/2026" in text
    assert "Suite ouverte : sans date – voir" in text
    assert "le 02/11/2026 (passé, rien n’est inscrit sous « Fait le ») – Choisir" in text


def test_a_complaint_and_a_meeting_without_a_day_are_told(
    modele: ModeleFiche, champs: Champs
) -> None:
    suivi = Suivi(Contact(AU, "", "", "", 2), (), Suite(None, "", 4))
    card = fiche(suivi=suivi, rendez_vous=RendezVous(None, "", "", 6))

    text = text_of(modele, champs, card)

    assert "Dernier contact : 22/11/2026\n" in text
    assert "Réclamation : ouverte, sans date" in text
    assert "Prochain rendez-vous : sans date\n" in text


def test_an_objection_to_proposals_stands_beside_the_contact(
    modele: ModeleFiche, champs: Champs
) -> None:
    card = fiche(client={"Dossier": "C0042", "Opposition": "Oui"})

    assert "Madame Anne Roy (opposition aux propositions)" in text_of(modele, champs, card)


def test_a_law_checked_too_long_ago_is_told(modele: ModeleFiche, champs: Champs) -> None:
    cadre = replace(CADRE, loi_ancienne=date(2026, 1, 1))

    told = "Droit relevé le 01/01/2026 : ancien, à vérifier."
    assert told in text_of(modele, champs, fiche(), cadre)
    assert told not in text_of(modele, champs, fiche())


def test_families_that_do_not_fit_are_counted(modele: ModeleFiche, champs: Champs) -> None:
    many = tuple(NoteFamille(f"Famille {i}", 10.0, 1, 1) for i in range(8))

    text = text_of(modele, champs, fiche(familles=many))

    assert "Famille 6||10,0|1/1\net 1 autre famille" in text
    assert "Famille 7" not in text


def test_a_comment_is_never_printed(modele: ModeleFiche, champs: Champs) -> None:
    client = {"Dossier": "C0042", "Commentaire": "toujours en retard"}

    assert "toujours en retard" not in text_of(modele, champs, fiche(client=client))


@pytest.mark.parametrize("case", CASES)
def test_the_card_follows_french_typography(case: str, modele: ModeleFiche, champs: Champs) -> None:
    lines = lines_of(render_case(modele, champs, case))

    assert [line for line in lines if typographie(line) != line] == []
    assert not [line for line in lines if re.search(r"None|\bnan\b|\binf\b| {2}", line)]


@pytest.mark.libreoffice
def test_every_card_is_one_page(modele: ModeleFiche, champs: Champs, tmp_path: Path) -> None:
    paths = [tmp_path / f"{case.replace(' ', '_')}.docx" for case in CASES]
    for path, case in zip(paths, CASES, strict=True):
        path.write_bytes(render_case(modele, champs, case))

    soffice = shutil.which("soffice") or "soffice"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [soffice, "--headless", profile, "--convert-to", "pdf", "--outdir", tmp_path, *paths],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip

    pages = {p.stem: len(re.findall(rb"/Type\s*/Page\b", p.with_suffix(".pdf").read_bytes())) for p in paths}  # fmt: skip
    assert pages == dict.fromkeys(pages, 1)


@pytest.mark.parametrize("case", CASES)
def test_the_card_follows_the_standard(
    case: str, modele: ModeleFiche, champs: Champs, tmp_path: Path
) -> None:
    path = tmp_path / "d.docx"
    path.write_bytes(render_case(modele, champs, case))

    errors = map(str, OpenXmlValidator().validate(path).errors)

    # Word makes up for a theme and a table of fonts; the letters have none either.
    assert [e for e in errors if "fontTable" not in e and "theme" not in e] == []


def test_a_hostile_text_is_printed_and_never_run(modele: ModeleFiche, champs: Champs) -> None:
    text = text_of(modele, champs, CASES["hostile"]())

    assert "{{ 7*7 }}" in text
    assert "<w:t>&amp" in text
    assert "49" not in text.replace("49,3", "")


def test_the_same_card_gives_the_same_bytes(modele: ModeleFiche, champs: Champs) -> None:
    assert render(ModeleFiche.read(), champs, fiche()) == render(modele, champs, fiche())


def test_the_model_opens_in_word_as_it_is() -> None:
    document = Document(str(shipped_path(MODELE)))

    assert document.core_properties.title == "Fiche client"


@pytest.mark.parametrize("text", ["W" * 300, "un mot " * 60, "漢字" * 80, "a", ""])
@pytest.mark.parametrize("lignes", [1, 2, 3])
def test_a_cut_text_keeps_to_its_lines(text: str, lignes: int) -> None:
    cut = coupe(text.strip(), 40, lignes)

    assert lignes_of(cut, 40) <= lignes
    assert text.strip().startswith(cut.removesuffix("…"))


def test_a_text_that_fits_is_left_alone() -> None:
    text = "Choisir une plateforme"

    assert coupe(text, sum(map(width_of, text))) == text


def test_a_word_wider_than_a_line_starts_on_its_own() -> None:
    assert lignes_of("un " + "a" * 12, 12) == 3


def test_the_card_of_a_client_who_left_says_so_and_worries_nobody() -> None:
    left = replace(relation_of(), etat="Terminée", signaux=(), geste="Aucun, la relation est terminée")  # fmt: skip

    told = raisons(fiche(relation=left))

    assert told.startswith("Ce client est parti.")
    assert told.endswith("aucun, la relation est terminée.")
    assert "s’inquiéter" not in told
