"""The shipped letters: what they say, what they never say, and that they can be rebuilt."""

from __future__ import annotations

import os
import re
import runpy
import tomllib
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from segxl.lettres.champs import Champs
from segxl.lettres.courriels import read_courriel
from segxl.lettres.francais import typographie
from segxl.lettres.fusion import read_modele
from segxl.lettres.gardes import find_empty
from segxl.lettres.redaction import letter_text
from segxl.lettres.vocations import FICHE_APPEL
from segxl.shipped import CHECKOUT, read_toml, shipped_path

SNAPSHOTS = Path(__file__).parent / "snapshots"
LETTRES = shipped_path("templates/lettres")
COURRIELS = shipped_path("templates/courriels")
OF_SEGMENTS = (
    "a_accompagner",
    "a_convaincre",
    "a_informer",
    "a_qualifier",
    "en_transition",
    "hors_champ",
    "pret",
    "prioritaire",
)
OF_THE_LAW = ("ce_qui_change", "fin_regime_simplifie", "sans_plateforme")
OF_THE_RELATION = (
    "fin_mission",
    "nouveau_service",
    "relance_honoraires",
    "remerciement",
    "reponse_reclamation",
    "revue_honoraires",
    "satisfaction",
)
NAMES = (*OF_SEGMENTS, *OF_THE_LAW, *OF_THE_RELATION)
WITHOUT_RESERVE = {
    "hors_champ", "fin_mission", "relance_honoraires", "reponse_reclamation", "remerciement",
    "revue_honoraires", "satisfaction",
}  # fmt: skip
"""They propose no work beside the mission that the client already has."""
# Décret 2012-432 art. 152: discretion, nothing misleading, no comparison; and no fear.
BANNED = (
    r"\bPDP\b",
    r"dématérialisation partenaire",
    r"vous devez",
    r"obligatoire|obligation",
    r"sanction|amende|pénalité|contrôle fiscal|danger|risqu|menace|urgen|retard",
    r"trajectoire|tolérance|1737|1788|50 €|15 000 €",
    r"garanti|certitude|sans faille|toujours gagnant",
    r"meilleur|leader|unique|exceptionnel|idéal|parfait|incontournable|n° ?1\b|le plus|la plus|les plus",
    r"concurren|confrère|contrairement|moins cher|comparé",
    r"réfractaire|sceptique|prioritaire|segment|/ ?20\b|couleur",
    r"\bNone\b|\bnan\b|\{\{|\}\}|undefined",
)


def printed(name: str, champs: Champs) -> str:
    return letter_text(read_modele(LETTRES / f"{name}.docx"), champs)


def mailed(name: str, champs: Champs) -> str:
    return read_courriel(COURRIELS / f"{name}.j2").render(champs).text


def test_each_segment_has_its_letter_and_its_email() -> None:
    wanted = {s["modele"] for s in read_toml("defaults/segments.toml")["segments"]}

    assert wanted == set(OF_SEGMENTS)
    assert {f.stem for f in COURRIELS.glob("*.j2")} == set(NAMES)
    assert {f.stem for f in LETTRES.glob("*.docx")} == {*NAMES, FICHE_APPEL}


@pytest.mark.parametrize("name", NAMES)
def test_the_text_of_each_letter_is_the_one_that_was_read_and_agreed(
    name: str, champs: Champs
) -> None:
    for kind, text in (("lettre", printed(name, champs)), ("courriel", mailed(name, champs))):
        snapshot = SNAPSHOTS / f"{name}.{kind}.txt"
        if os.environ.get("SEGXL_SNAPSHOTS") == "update":
            snapshot.write_text(text.rstrip("\n") + "\n", "utf-8")

        assert text.rstrip("\n") + "\n" == snapshot.read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("pattern", BANNED)
def test_no_letter_frightens_compares_promises_or_tells_its_segment(
    name: str, pattern: str, champs: Champs
) -> None:
    for text in (printed(name, champs), mailed(name, champs)):
        assert not re.findall(pattern, text, re.IGNORECASE)


@pytest.mark.parametrize("name", NAMES)
def test_each_letter_carries_its_notices(name: str, champs: Champs) -> None:
    text = printed(name, champs)

    assert "Projet à valider" in text
    assert "vous opposer à tout moment" in text
    assert "donnees@vallon.example" in text
    assert "inscrite au tableau de l’Ordre" in text
    assert ("n’est pas une lettre de mission" in text) is (name not in WITHOUT_RESERVE)


@pytest.mark.parametrize("name", NAMES)
def test_each_email_carries_the_same_notices(name: str, champs: Champs) -> None:
    text = mailed(name, champs)

    assert "vous opposer à tout moment" in text
    assert ("n’est pas une lettre de mission" in text) is (name not in WITHOUT_RESERVE)


@pytest.mark.parametrize("name", NAMES)
def test_each_text_follows_french_typography(name: str, champs: Champs) -> None:
    for text in (printed(name, champs), mailed(name, champs)):
        assert text == typographie(text)
        assert "'" not in text
        assert '"' not in text


@pytest.mark.parametrize("name", NAMES)
def test_a_blank_phone_capital_or_contact_leaves_no_hole(name: str, champs: Champs) -> None:
    sparse = replace(
        champs, cabinet_capital="", cabinet_telephone="", cabinet_email="", qualite_signataire="",
        collaborateur="", contact="", civilite="", destinataire="Atelier Lumo",
    )  # fmt: skip
    modele = read_modele(LETTRES / f"{name}.docx")

    text = letter_text(modele, sparse)

    assert not list(find_empty(modele.usage, sparse))
    assert not re.search(r"\(\)| {2}|– –|–$| ,|capital", text, re.MULTILINE)


@pytest.mark.parametrize("name", NAMES)
def test_no_shipped_letter_names_a_platform_whatever_the_client_uses(name: str) -> None:
    for usage in (
        read_modele(LETTRES / f"{name}.docx").usage,
        read_courriel(COURRIELS / f"{name}.j2").usage,
    ):
        assert not usage.used & {"plateforme", "note", "couleur", "segment", "etape_gain"}


@pytest.mark.parametrize("name", OF_THE_LAW)
def test_a_letter_about_the_law_says_when_the_law_was_checked_and_until_when_to_answer(
    name: str, champs: Champs
) -> None:
    for text in (printed(name, champs), mailed(name, champs)):
        assert "état du droit relevé le 10\xa0octobre 2026" in text
        assert "avant le 7\xa0décembre 2026" in text


def test_the_rhythm_of_the_sales_is_not_told_of_the_payments(champs: Champs) -> None:
    for text in (printed("ce_qui_change", champs), mailed("ce_qui_change", champs)):
        assert text.count("trois fois par mois") == 1
        assert "à leur rythme" in text


def test_a_client_that_only_sends_payments_reads_their_own_rhythm(champs: Champs) -> None:
    alone = replace(champs, ereporting_ventes="", rythme="chaque mois")

    for text in (printed("ce_qui_change", alone), mailed("ce_qui_change", alone)):
        assert "vos ventes" not in text
        assert "par votre plateforme, chaque mois. Première période" in text


def test_a_client_with_nothing_to_send_reads_nothing_of_it(champs: Champs) -> None:
    alone = replace(champs, ereporting_ventes="", ereporting_encaissements="", rythme="")

    for text in (printed("ce_qui_change", alone), mailed("ce_qui_change", alone)):
        assert "ransmettre" not in text
        assert "autres données" not in text


def test_an_open_question_about_figures_to_send_is_told_as_one(champs: Champs) -> None:
    asked = replace(champs, ereporting_encaissements="", ereporting_a_preciser="oui")

    for text in (printed("ce_qui_change", asked), mailed("ce_qui_change", asked)):
        assert "si d’autres données seront à transmettre" in text


def test_each_letter_says_what_its_reader_should_feel() -> None:
    words = tomllib.loads((CHECKOUT / "tools" / "lettres.toml").read_text("utf-8"))["lettres"]

    tones = {lettre["nom"]: lettre["ton"] for lettre in words}

    assert {*tones} == {*NAMES}
    assert {*tones.values()} == {"rassurer", "encourager", "féliciter", "alerter"}


@pytest.mark.parametrize("name", ["satisfaction", "nouveau_service"])
def test_a_letter_tells_the_last_exchange_and_reads_well_without_any(
    name: str, champs: Champs
) -> None:
    never = replace(champs, dernier_echange_le="")

    for told in (printed(name, champs), mailed(name, champs)):
        assert "5\xa0octobre 2026" in told
    for told in (printed(name, never), mailed(name, never)):
        assert "échangé" not in told
        assert re.search(
            r"^(Votre avis nous aide à mieux|En suivant votre dossier, nous pensons)",
            told,
            re.MULTILINE,
        )


def test_a_model_may_list_what_is_to_follow_up_with_its_own_client_alone(
    champs: Champs, tmp_path: Path
) -> None:
    model = tmp_path / "point.j2"
    body = "{% for suite in suites %}\n- {{ suite }}{% endfor %}"
    model.write_text(f"Objet : Notre point\n{body}\n", "utf-8")

    told = read_courriel(model).render(champs).text

    assert "- Envoyer le devis, pour le 3\xa0décembre 2026\n- Rappeler" in told
    assert "relevés" not in told


def test_the_properties_of_a_letter_do_not_tell_the_segment() -> None:
    for path in (f for f in LETTRES.glob("*.docx") if f.stem != FICHE_APPEL):
        with zipfile.ZipFile(path) as archive:
            core = archive.read("docProps/core.xml").decode()
        assert "<dc:title>Facturation électronique</dc:title>" in core
        assert path.stem not in core


def test_the_models_are_rebuilt_byte_for_byte_from_their_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(CHECKOUT / "tools"))
    runpy.run_path(str(CHECKOUT / "tools" / "build_lettres.py"))["main"](tmp_path)

    rebuilt = {f.name: f.read_bytes() for f in tmp_path.iterdir()}
    assert rebuilt == {f.name: f.read_bytes() for f in LETTRES.glob("*.docx")}
