"""What surveys say of what matters to clients, as form tools export it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from segxl.domain.ecoute.importance import IMPORTANT
from segxl.sources.enquete import HORS_ECHELLE, Reponses, read_reponses
from segxl.sources.mots_enquete import COMMENTAIRE, read_mots_enquete
from segxl.sources.sujets_enquete import is_list, sujet_of

AU = date(2026, 11, 22)
CRITERES = ("Sensibilisation", "Importance du client")
Write = Callable[..., Path]


def read(write_text: Write, titles: str, *rows: str) -> Reponses:
    lines = [f"03/11/2026;C{i:04};{row}" for i, row in enumerate(rows)]
    path = write_text("\n".join([f"Date;Dossier;{titles}", *lines]))
    return read_reponses(path, read_mots_enquete(), AU, CRITERES)


def told(found: Reponses) -> list[object]:
    return found.lignes[IMPORTANT].tolist()


@pytest.mark.parametrize(
    ("title", "sujet"),
    [
        ("Importance : Facturation électronique", "Facturation électronique"),
        ("Importance de la paie (de 1 à 5)", "Paie"),
        ("Importance accordée au conseil", "Conseil"),
        ("Quelle importance accordez-vous à vos délais ?", "Délais"),
        ("Ces services sont-ils importants pour vous ? [Juridique]", "Juridique"),
        ("Le conseil est-il important pour vous ?", "Conseil"),
        ("Paie - importance", "Paie"),
        ("Important pour vous : Émission des factures", "Émission des factures"),
        ("Pourquoi est-ce important pour vous ?", ""),
        ("Classez par ordre d’importance [Paie]", ""),
        ("Importance", ""),
        ("Importance pour vous", ""),
        ("Paie", ""),
    ],
)
def test_a_title_tells_its_subject(title: str, sujet: str) -> None:
    assert sujet_of(title) == sujet


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Quel service est important pour vous ?", True),
        ("Quels services sont les plus importants ?", True),
        ("Qu'est-ce qui compte le plus pour vous ?", True),
        ("Qu’est-ce qui est important pour vous ?", True),
        ("Quelle est votre activité ?", False),
        ("Quelle raison importante vous ferait partir ? Précisez", False),
    ],
)
def test_a_question_may_let_clients_pick(title: str, expected: bool) -> None:  # noqa: FBT001  a row of a table
    assert is_list(title) is expected


def test_what_matters_is_read_and_kept_apart_from_scores(write_text: Write) -> None:
    found = read(write_text, "CSAT;Importance : Paie;Importance : Conseil", "4;5;oui", ";2;", "3;;")

    assert told(found) == ["Paie : 5 · Conseil : oui", "Paie : 2", None]
    assert found.lignes["CSAT"].tolist() == [4, None, 3]
    assert found.titres.ignorees == ()
    assert found.lignes["notee"].tolist() == [True, True, True]


def test_an_export_that_asks_only_what_matters_is_a_survey(write_text: Write) -> None:
    assert told(read(write_text, "Importance : Paie", "4")) == ["Paie : 4"]


def test_satisfaction_with_a_subject_stays_beside_its_importance(write_text: Write) -> None:
    titles = (
        "CSAT;Importance : Paie;Importance : Conseil;Satisfaction : Paie;Satisfaction : Conseil"
    )

    found = read(write_text, titles, "4;5;3;2;5")

    assert told(found) == ["Paie : 5, satisfait 2 · Conseil : 3, satisfait 5"]
    assert found.lignes["CSAT"].tolist() == [4]


def test_a_question_of_the_grid_stays_one_whatever_its_words(write_text: Write) -> None:
    found = read(write_text, "Importance du client;Importance de la sensibilisation", "Fort;5")

    assert found.titres.criteres == {"Importance du client": "Importance du client"}
    assert told(found) == ["Sensibilisation : 5"]


def test_picks_of_several_are_subjects_and_the_words_of_one_are_a_comment(
    write_text: Write,
) -> None:
    titles = "Quel service est important pour vous ?;Commentaire"

    found = read(write_text, titles, '"Paie;Conseil";', "paie;merci", '"Paie, Conseil";', "je cherche un ami, Paul;", "aucun;", "42;")  # fmt: skip

    picked = "Conseil : choisi · Paie : choisi"
    assert told(found) == [picked, "Paie : choisi", picked, None, None, None]
    assert found.lignes[COMMENTAIRE].tolist() == [
        "",
        "merci",
        "",
        "je cherche un ami, Paul",
        "",
        "",
    ]


def test_words_of_two_lists_that_one_alone_writes_are_all_comments(write_text: Write) -> None:
    titles = "Quel service est important pour vous ?;Qu’est-ce qui compte le plus ?"

    found = read(write_text, titles, "mon ami;la mer")

    assert found.lignes[COMMENTAIRE].tolist() == ["mon ami / la mer"]


@pytest.mark.parametrize(
    ("title", "cells", "problem"),
    [
        ("Importance : Paie", ["beaucoup"], "cette importance ne se lit pas"),
        ("Importance : Paie", ["6", "4"], "l’importance va de 1 à 5"),
        ("Importance : Paie", ["8", "9", "7", "4"], "des réponses vont jusqu’à 9"),
        ("Importance : Paie (de 1 à 10)", ["4"], "cette question est notée jusqu’à 10"),
        ("Importance : Paie (1 = très important, 5 = pas du tout)", ["4"], "à l’envers"),
    ],
)
def test_what_is_no_importance_is_told_and_never_guessed(
    write_text: Write, title: str, cells: list[str], problem: str
) -> None:
    found = read(write_text, title, *cells)

    assert problem in found.anomalies[HORS_ECHELLE][0].problem
    assert told(found)[0] is None
