"""The call sheet: why a client is called, what is known, what is left alone; it stays in the firm."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from segxl.domain.relation.paliers import Reclamation
from segxl.domain.segmentation import Regle
from segxl.lettres.appel import NOUVELLES, Appel, call_exclusion
from segxl.lettres.champs import Champs
from segxl.lettres.choix import Choix
from segxl.lettres.fusion import read_modele
from segxl.lettres.gardes import find_empty
from segxl.lettres.redaction import letter_text
from segxl.lettres.relationnel import Relationnel
from segxl.lettres.vocations import FICHE_APPEL
from segxl.shipped import shipped_path

ACTION = "Écouter les réserves, proposer un essai."
REGLE = Regle(ordre=1, segment="À convaincre", conditions={}, action=ACTION)
CALME = Relationnel(au=date(2026, 11, 22))


@pytest.fixture
def quiet(champs: Champs) -> Champs:
    """Return a client with nothing open."""
    return replace(
        champs,
        suites=(),
        total_du="",
        factures_dues=(),
        reclamation_objet="",
        segment="À convaincre",
    )


def appel(champs: Champs, relationnel: Relationnel = CALME, **cells: object) -> Champs:
    told = Appel(
        champs=champs, client=cells, regle=REGLE, definition="Clients qui doutent.", relationnel=relationnel,
    )  # fmt: skip
    return replace(champs, **told.fields())


def sheet(champs: Champs) -> str:
    modele = read_modele(shipped_path("templates/lettres") / f"{FICHE_APPEL}.docx")
    assert not [*find_empty(modele.usage, champs)]
    return letter_text(modele, champs)


def test_a_client_with_nothing_open_is_called_for_what_its_segment_calls_for(
    quiet: Champs,
) -> None:
    told = appel(quiet, Téléphone="06 00 00 00 00")

    assert told.raisons_appel == ("Écouter les réserves, proposer un essai.",)
    assert told.connu_profil.endswith("segment « À convaincre » : clients qui doutent.".replace("« ", "«\xa0").replace(" »", "\xa0»").replace(" :", "\xa0:"))  # fmt: skip
    assert (told.connu_attente, told.reserve_appel, told.ecoute) == ("", "", "")
    assert told.telephone == "06 00 00 00 00"


def test_an_open_complaint_comes_first_and_leaves_no_room_for_a_proposal(champs: Champs) -> None:
    complaint = Reclamation(dossier="C0042")
    told = appel(champs, Relationnel(reclamations={"c0042": complaint}, ouvertes=frozenset({"c0042"})))  # fmt: skip

    assert told.raisons_appel[0].startswith("Sa réclamation («\xa0La déclaration d’octobre")
    assert not [m for m in told.raisons_appel if "essai" in m]
    assert "aucune proposition" in told.reserve_appel
    assert told.connu_attente.startswith("une réclamation ouverte")
    text = sheet(told)
    assert "Qu’est-ce qui vous a le plus gêné" in text
    assert "vos factures en ce moment" not in text


def test_a_call_that_was_promised_asks_whether_the_answer_suits(quiet: Champs) -> None:
    told = appel(quiet, Relationnel(rappels={"c0042": "Délai."}))

    assert told.raisons_appel == (
        "Le rappel promis après notre réponse à sa réclamation («\xa0Délai\xa0»)\xa0: lui demander si elle lui convient.",
    )
    assert told.ecoute == "oui"
    assert "Faire ce qui vient d’être promis" in sheet(told)


def test_two_follow_ups_are_told_and_what_is_due_is_not_to_be_claimed(champs: Champs) -> None:
    told = appel(replace(champs, suites=("un", "deux", "trois"), reclamation_objet=""))

    assert [m for m in told.raisons_appel if m.startswith("Une suite")] == [
        "Une suite à donner\xa0: un.",
        "Une suite à donner\xa0: deux.",
    ]
    assert told.connu_attente.startswith("3 suites à donner")
    assert "à ne pas réclamer dans cet appel" in told.connu_attente


def test_nothing_is_proposed_to_who_objected(quiet: Champs) -> None:
    told = appel(quiet, Opposition="Oui")

    assert told.raisons_appel == (NOUVELLES,)
    assert "ne lui en faire aucune" in sheet(told)


def test_a_client_without_note_nor_definition_reads_without_a_hole(quiet: Champs) -> None:
    blank = replace(quiet, note="", couleur="Gris-bleu", contact="", collaborateur="", dernier_echange_le="", etape_conseil="")  # fmt: skip
    told = Appel(champs=blank, client={}, regle=None, definition="", relationnel=CALME).fields()

    text = sheet(replace(blank, **told))

    assert told["connu_profil"] == "gris-bleu\u202f; segment «\xa0À convaincre\xa0»."
    assert "aucun au Journal" in text
    assert "None" not in text


def test_the_sheet_says_at_its_top_that_it_stays_in_the_firm(quiet: Champs) -> None:
    text = sheet(appel(quiet))

    assert text.splitlines()[0].endswith("USAGE INTERNE – à garder au cabinet, à ne jamais envoyer")
    assert "«\xa0Ai-je bien compris" in text


def test_a_hostile_name_is_printed_and_never_run(quiet: Champs) -> None:
    assert "R&D <Fils> {{7*7}}" in sheet(appel(replace(quiet, raison_sociale="R&D <Fils> {{7*7}}")))


def test_among_everybody_who_is_called_has_the_channel_or_a_promise() -> None:
    called, written = Choix("", "", "Téléphone", ""), Choix("", "", "E-mail", "")
    promised = Relationnel(rappels={"d1": ""})

    assert call_exclusion(called, "D1", CALME) == ""
    assert call_exclusion(written, "D1", promised) == ""
    assert "ni rappel à faire" in call_exclusion(written, "D2", promised)


def test_long_words_are_cut_so_that_the_sheet_stays_one_page(champs: Champs) -> None:
    long = "Préparer avec lui la liste de ses clients, avec leur SIREN, puis la relire. " * 6
    told = appel(
        replace(champs, suites=(long, long), reclamation_objet=long),
        Relationnel(ouvertes=frozenset({"c0042"})),
    )

    assert max(map(len, told.raisons_appel)) < 240
    assert all(r.endswith(("…", ".")) for r in told.raisons_appel)
    assert told.raisons_appel[0].endswith("qui répond, et quand.")
