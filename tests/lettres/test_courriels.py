from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from segxl.domain.anomalies import SaisieError
from segxl.lettres.champs import Champs
from segxl.lettres.courriels import read_courriel


def model(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "essai.j2"
    path.write_text(text, "utf-8")
    return path


def test_the_first_line_is_the_subject_and_values_are_plain_text(
    tmp_path: Path, champs: Champs
) -> None:
    modele = read_courriel(
        model(tmp_path, "Objet : {{ raison_sociale }}\n\nBonjour {{ ville }}.\n")
    )

    courriel = modele.render(
        replace(champs, raison_sociale="Père & Fils <SARL>", ville="{{ 7*7 }}")
    )

    assert courriel.objet == "Père & Fils <SARL>"
    assert courriel.corps == "Bonjour {{ 7*7 }}.\n"


def test_a_line_break_in_a_value_does_not_end_the_subject(tmp_path: Path, champs: Champs) -> None:
    modele = read_courriel(model(tmp_path, "Objet : pour {{ raison_sociale }} !\nBonjour\n"))

    courriel = modele.render(replace(champs, raison_sociale="Lumo\nBcc: x@y.example"))

    assert courriel.objet == "pour Lumo Bcc: x@y.example !"
    assert courriel.corps == "Bonjour\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Bonjour", "objet du message"),
        ("Objet : x\n{{ prenom }}", "prenom"),
        ("Objet : x\n{% if ville %}", "ne peut pas être lu"),
        ("Objet : x\n{{ ville.__class__ }}", "interdite"),
    ],
)
def test_a_wrong_email_model_says_what_to_do(
    tmp_path: Path, champs: Champs, text: str, problem: str
) -> None:
    with pytest.raises(SaisieError, match=problem):
        read_courriel(model(tmp_path, text)).render(champs)


def test_an_email_model_that_is_no_text_says_so(tmp_path: Path) -> None:
    path = tmp_path / "essai.j2"
    path.write_bytes(b"Objet : \xe9t\xe9")

    with pytest.raises(SaisieError, match="UTF-8"):
        read_courriel(path)
