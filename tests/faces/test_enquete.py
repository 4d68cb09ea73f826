"""`segxl enquete` in a terminal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.excel.parts import rows_of

Run = Callable[..., int]
AU = ("--au", "2026-11-22")


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(["Date;Client;CSAT;NPS;Commentaire", *lines]), "utf-8")
    return path


@pytest.fixture
def export(tmp_path: Path) -> Path:
    days = ("01/03/2026", "02/06/2026", "03/09/2026")
    lines = [f"{day};{who};4;9;[bold]secret[/bold]" for day in days for who in ("D1", "D2")]
    return write(tmp_path / "e.csv", *lines, "03/11/2026;D3;1;;", "03/11/2026;D4;5;11;")


def test_a_survey_is_told_written_and_measured(
    classeur: Path, export: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    code = segxl("enquete", classeur, export, *AU)

    told = capsys.readouterr().out
    assert code == 0
    assert "e.csv : 8 lignes lues ; 8 réponses notées." in told
    assert "7 nouvelles réponses." in told
    assert "Réponses dont le client n’est pas reconnu : elles ne sont pas reprises (1) :" in told
    assert "e.csv!ligne 9 : « NPS » va de 0 à 10 (lu : « 11 »)" in told
    assert "Portefeuille  85,7\N{NO-BREAK SPACE}% (7)  +100,0 (6)" in told
    assert "secret" not in told
    assert len(rows_of(classeur, "Enquete")) == 7


def test_what_matters_is_told_for_the_portfolio_and_each_segment(
    classeur: Path, tmp_path: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    days = ("01/03/2026", "02/06/2026", "03/09/2026")
    subjects = [f"Importance : Sujet {number}" for number in range(25)]
    lines = [f"{day};{who};4;{'5;' * 25}" for day in days for who in ("D1", "D2")]
    export = tmp_path / "e.csv"
    export.write_text("\n".join([f"Date;Client;CSAT;{';'.join(subjects)}", *lines]), "utf-8")

    segxl("enquete", classeur, export, *AU)

    told = " ".join(capsys.readouterr().out.split())
    assert "Ce qui compte pour le client, à part des notes : Sujet 0, Sujet 1" in told
    assert "Sujet 0 100,0 % (6) 100,0 % (6)" in told
    assert "autres sujets." in told
    assert (
        "Sans segment : Sujet 0 100,0 % (6), Sujet 1 100,0 % (6) et Sujet 10 100,0 % (6)." in told
    )


def test_long_lists_are_cut_and_counted(
    classeur: Path, tmp_path: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [f"03/11/2026;Inconnu {i};4;9;" for i in range(12)]

    segxl("enquete", classeur, write(tmp_path / "e.csv", *lines), *AU)

    told = capsys.readouterr().out
    assert "ne sont pas reprises (12) :" in told
    assert "  … et 2 autres." in told


def test_answers_without_a_day_are_told(
    classeur: Path, tmp_path: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    segxl("enquete", classeur, write(tmp_path / "e.csv", ";D1;4;9;"), *AU)

    assert "1 réponse sans date, datée du 22/11/2026." in capsys.readouterr().out


def test_few_answers_are_not_measured(
    classeur: Path, tmp_path: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    segxl("enquete", classeur, write(tmp_path / "e.csv", "03/11/2026;D1;4;9;"), *AU)

    assert "trop peu de réponses (1)" in capsys.readouterr().out


def test_without_export_the_figures_are_told_and_nothing_is_written(
    classeur: Path, export: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    segxl("enquete", classeur, export, *AU)
    before = classeur.read_bytes()
    capsys.readouterr()

    code = segxl("enquete", classeur, "--au", "2027-06-02")

    told = capsys.readouterr().out
    assert code == 0
    assert told.startswith("Ce que pensent les clients, sur les douze mois avant le 02/06/2027")
    assert "4 réponses plus anciennes : sans effet sur ces chiffres." in told
    assert classeur.read_bytes() == before


def test_a_simulation_writes_nothing_and_says_so(
    classeur: Path, export: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    before = classeur.read_bytes()

    assert segxl("enquete", classeur, export, "--simulation", *AU) == 0

    assert "Simulation : rien n’a été écrit." in capsys.readouterr().out
    assert classeur.read_bytes() == before


def test_a_questionnaire_is_made_and_says_where_it_may_go(
    classeur: Path, tmp_path: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    before = classeur.read_bytes()

    code = segxl("enquete", classeur, "--questionnaire", tmp_path / "q.xlsx", *AU)

    told = capsys.readouterr().out
    assert code == 0
    assert "Questionnaire créé : " in told
    assert "(3 clients, 11 questions de la grille)." in told
    assert "Il nomme plusieurs clients : gardez-le au cabinet." in told
    assert classeur.read_bytes() == before


def test_a_questionnaire_for_one_client_may_be_sent(
    classeur: Path, export: Path, tmp_path: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    segxl("enquete", classeur, export, *AU)
    capsys.readouterr()
    options = ("--questionnaire", tmp_path / "q.xlsx", "--dossier", "D1", "--dossier", "D3")

    code = segxl("enquete", classeur, *options, *AU)

    told = capsys.readouterr().out
    assert code == 0
    assert "(1 client," in told
    assert "Il nomme" not in told
    assert (
        "1 client laissé de côté : un questionnaire remis, une réponse ou une demande d’avis de moins de 60 jours, à la date dite."
        in told
    )
    assert "D3 Ostra Conseil (03/11/2026)" in told
    assert (
        "1 ligne « Questionnaire remis » inscrite au Journal : pas d’autre enquête de ce client avant 60 jours."
        in told
    )
    assert rows_of(classeur, "Journal")["Objet"].tolist() == ["q.xlsx"]


def test_a_folder_takes_one_questionnaire_a_client(
    classeur: Path, tmp_path: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "à remettre"
    folder.mkdir()
    options = ("--questionnaire", folder, *AU)

    segxl("enquete", classeur, *options, "--simulation")
    seen = [*folder.iterdir()]
    segxl("enquete", classeur, *options)

    told = capsys.readouterr().out
    assert seen == []
    assert "3 lignes « Questionnaire remis » à inscrire au Journal" in told
    assert "3 questionnaires à envoyer, un par client." in told
    assert len([*folder.iterdir()]) == len(rows_of(classeur, "Journal")) == 3


def test_a_simulated_questionnaire_is_not_written(
    classeur: Path, tmp_path: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    segxl("enquete", classeur, "--questionnaire", tmp_path / "q.xlsx", "--simulation", *AU)

    assert "Questionnaire à créer" in capsys.readouterr().out
    assert not (tmp_path / "q.xlsx").exists()


def test_options_that_do_not_go_together_are_told(
    classeur: Path, export: Path, tmp_path: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    both = segxl("enquete", classeur, export, "--questionnaire", tmp_path / "q.xlsx")
    alone = segxl("enquete", classeur, "--dossier", "D1")

    told = capsys.readouterr().err
    assert (both, alone) == (1, 2)
    assert "un questionnaire se crée sans export" in told
    assert "Il manque « --questionnaire »." in told
    assert not (tmp_path / "q.xlsx").exists()


def test_a_questionnaire_after_an_event_says_which_for_each_client(
    classeur: Path, tmp_path: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    segxl("journal", classeur, "--dossier", "D2", "--objet", "Bilan remis [2025]", *AU)
    capsys.readouterr()

    alone = segxl("enquete", classeur, "--apres-evenement", *AU)
    code = segxl(
        "enquete", classeur, "--questionnaire", tmp_path / "q.xlsx", "--apres-evenement", *AU
    )

    said = capsys.readouterr()
    told = " ".join(said.out.split())
    assert (alone, code) == (2, 0)
    assert "(1 client," in told
    assert "Interrogés après un événement des 30 derniers jours :" in told
    assert "Bilan remis du 22/11/2026" in told
