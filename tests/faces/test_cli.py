from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from segxl.domain.loi import parse_loi
from segxl.excel.file import FileWorkbook
from segxl.faces import terminal
from segxl.faces.cli import app
from segxl.shipped import CHECKOUT

Run = Callable[..., int]
RunJson = Callable[..., dict[str, Any]]
COMMANDS = [str(c.name or c.callback.__name__) for c in app.registered_commands if c.callback]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_every_command_is_french_from_end_to_end(
    command: str, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    code = segxl(command, "--aide")

    told = capsys.readouterr().out
    assert code == 0
    assert "Usage : " in told
    assert not {"Show", "Options:", "Arguments:", "default", "required", "<path>"} & set(
        told.split()
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["zorglub"], "Commande inconnue : zorglub."),
        (["noter"], "Il manque « CLASSEUR »."),
        (["noter", "x.xlsx", "--zz"], "Option inconnue : --zz."),
        (["noter", "x.xlsx", "--au", "demain"], "ne se lit pas : demain."),
        (["courriers", "x.xlsx"], "Il manque « --vers »."),
        (
            ["courriers", "x.xlsx", "--vers", "c", "--modele", "Fin de mission"],
            "Il manque « --dossier ».",
        ),
        (["demo", "--clients", "beaucoup"], "La valeur donnée pour --clients ne se lit pas."),
    ],
)
def test_a_wrong_command_line_is_told_in_french_and_exits_2(
    words: list[str], sentence: str, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    code = segxl(*words)

    assert code == 2
    assert sentence in capsys.readouterr().err


def test_a_missing_file_exits_1_with_its_path(
    tmp_path: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    code = segxl("noter", tmp_path / "absent.xlsx")

    assert code == 1
    assert "le fichier n’existe pas" in capsys.readouterr().err


def test_a_bug_exits_3_with_one_sentence_and_a_log(
    classeur: Path,
    segxl: Run,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(terminal, "LOG", tmp_path / "journal.log")
    monkeypatch.setattr(FileWorkbook, "read_table", lambda *_: 1 / 0)

    code = segxl("noter", classeur)

    told = capsys.readouterr().err
    assert code == 3
    assert told.count("\n") == 1
    assert "Traceback" not in told
    assert "ZeroDivisionError" in (tmp_path / "journal.log").read_text("utf-8")


def test_a_law_that_is_written_wrong_is_named_in_the_terminal_and_exits_3(
    classeur: Path,
    segxl: Run,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(terminal, "LOG", tmp_path / "journal.log")
    typo = {"tva": {"taux": {"valeur": 20, "sources": "un relevé"}}}
    monkeypatch.setattr(FileWorkbook, "read_table", lambda *_: parse_loi(typo))

    code = segxl("noter", classeur)

    told = capsys.readouterr().err
    assert code == 3
    assert "tva.toml [taux]: missing libelle" in told
    assert "erreur inattendue" not in told
    assert "LoiError" in (tmp_path / "journal.log").read_text("utf-8")


def test_noter_json_prints_one_object_with_the_agreed_keys(
    classeur: Path, segxl_json: RunJson
) -> None:
    told = segxl_json("noter", classeur)

    assert set(told) == {"classeur", "dossiers", "notes", "anomalies"}
    assert told["dossiers"] == 3
    assert set(told["notes"][0]) == {
        "dossier", "note", "couleur", "segment", "completude", "fiabilite", "note_min", "note_max", "enjeu",
    }  # fmt: skip
    assert [n["segment"] for n in told["notes"]] == ["Prêt", "Prioritaire", "Hors champ"]
    assert [n["couleur"] for n in told["notes"]] == ["Vert clair", "Rouge", "Gris"]


def test_noter_writes_the_same_figures_in_the_workbook_and_in_json(
    classeur: Path, segxl_json: RunJson
) -> None:
    told = segxl_json("noter", classeur)

    lignes = FileWorkbook(classeur, to_write=False).read_table("Clients").lignes
    assert lignes["Note FE"].tolist() == [n["note"] for n in told["notes"]]
    assert lignes["Segment"].tolist() == [n["segment"] for n in told["notes"]]


def test_noter_to_another_file_leaves_the_first_one_as_it_was(
    classeur: Path, segxl: Run, tmp_path: Path
) -> None:
    before = classeur.read_bytes()

    code = segxl("noter", classeur, "--sortie", tmp_path / "resultat.xlsx")

    assert code == 0
    assert classeur.read_bytes() == before
    notes = FileWorkbook(tmp_path / "resultat.xlsx").read_table("Clients").lignes["Note FE"]
    assert notes.notna().all()


def test_noter_takes_the_day_it_is_given(classeur: Path, segxl: Run) -> None:
    segxl("noter", classeur, "--au", "2027-09-01")

    days = FileWorkbook(classeur).read_table("Clients").lignes["Calculé le"]
    assert {f"{d:%Y-%m-%d}" for d in days} == {"2027-09-01"}


def test_noter_json_tells_why_a_workbook_is_refused(
    tmp_path: Path, segxl_json: RunJson, segxl: Run
) -> None:
    broken = tmp_path / "texte.xlsx"
    broken.write_text("pas un classeur", "utf-8")

    told = segxl_json("noter", broken)

    assert told["notes"] == []
    assert told["anomalies"][0]["gravite"] == "bloquante"
    assert segxl("noter", broken) == 1


def test_controler_writes_nothing_and_exits_0_when_all_reads(classeur: Path, segxl: Run) -> None:
    before = classeur.read_bytes()

    assert segxl("controler", classeur) == 0
    assert classeur.read_bytes() == before


def test_controler_lists_every_anomaly_with_its_place_and_exits_1(
    classeur: Path, segxl: Run, segxl_json: RunJson
) -> None:
    workbook = FileWorkbook(classeur)
    workbook.write_cells("Clients", {5: {"Sensibilisation": "un peu"}, 6: {"Dossier": "D1"}})
    workbook.save()

    told = segxl_json("controler", classeur)

    assert segxl("controler", classeur) == 1
    assert [a["cellule"][-1] for a in told["anomalies"]] == ["5", "5", "6"][
        -len(told["anomalies"]) :
    ]
    assert set(told["anomalies"][0]) == {
        "feuille", "cellule", "valeur", "probleme", "remede", "gravite",
    }  # fmt: skip


def test_expliquer_gives_contributions_that_add_up_to_the_note(
    classeur: Path, segxl_json: RunJson
) -> None:
    told = segxl_json("expliquer", classeur, "D1")

    assert round(sum(c["contribution"] for c in told["contributions"]), 1) == told["note"]
    assert set(told["contributions"][0]) >= {
        "code", "critere", "poids", "reponse", "niveau", "contribution",
    }  # fmt: skip


def test_expliquer_names_the_next_step_and_finds_a_client_by_its_name(
    classeur: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    code = segxl("expliquer", classeur, "lumo energie")

    told = capsys.readouterr().out
    assert code == 0
    assert "D1 Lumo Énergie" in told
    assert "Prochaine étape" in told


def test_expliquer_suggests_dossiers_when_none_answers(
    classeur: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert segxl("expliquer", classeur, "D11") == 1
    assert "Essayez par exemple D1" in capsys.readouterr().err


def test_a_terminal_run_prints_the_same_sentences_twice(
    classeur: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    segxl("noter", classeur)
    first = capsys.readouterr().out
    before = classeur.read_bytes()

    segxl("noter", classeur)

    assert capsys.readouterr().out == first
    assert classeur.read_bytes() == before


def test_nouveau_never_writes_over_a_file(
    classeur: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    before = classeur.read_bytes()

    assert segxl("nouveau", classeur) == 1
    assert "un fichier porte déjà ce nom" in capsys.readouterr().err
    assert classeur.read_bytes() == before


def test_nouveau_adds_the_extension_that_was_left_out(tmp_path: Path, segxl: Run) -> None:
    assert segxl("nouveau", tmp_path / "mes clients") == 0
    assert FileWorkbook(tmp_path / "mes clients.xlsx").has_table("Clients")


def test_importer_twice_changes_nothing(classeur: Path, segxl: Run, tmp_path: Path) -> None:
    export = tmp_path / "export.csv"
    export.write_text("Code dossier;Nom;CA HT\nD1;Lumo Énergie;70 000,00 €\nD9;Neuf;12\n", "cp1252")
    segxl("importer", classeur, export)
    before = classeur.read_bytes()

    assert segxl("importer", classeur, export) == 0
    assert classeur.read_bytes() == before


def test_importer_updates_by_dossier_adds_the_new_ones_and_keeps_unknown_columns(
    classeur: Path, segxl: Run, tmp_path: Path
) -> None:
    export = tmp_path / "export.csv"
    export.write_text(
        "Code dossier;Nom;CA HT;Humeur\nD1;Lumo Énergie;70 000,00 €;bonne\nD9;Neuf;12;\n", "cp1252"
    )

    assert segxl("importer", classeur, export) == 0

    lignes = FileWorkbook(classeur).read_table("Clients").lignes.set_index("Dossier")
    assert lignes["CA HT"].dropna().to_dict() == {"D1": 70000, "D9": 12}
    assert lignes["Humeur"].dropna().to_dict() == {"D1": "bonne"}
    assert lignes.loc["D1", "Plateforme agréée"] == "Réception et émission"


def test_a_simulated_import_writes_nothing(
    classeur: Path, segxl: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export = tmp_path / "export.csv"
    export.write_text("Dossier;CA\nD1;12\n", "utf-8")
    before = classeur.read_bytes()

    assert (
        segxl("importer", classeur, export, "--simulation", "--correspondance", tmp_path / "c.toml")
        == 0
    )

    assert classeur.read_bytes() == before
    assert not (tmp_path / "c.toml").exists()
    assert "rien n’a été écrit" in capsys.readouterr().out


def test_the_mapping_is_saved_then_used_again(classeur: Path, segxl: Run, tmp_path: Path) -> None:
    export, mapping = tmp_path / "export.csv", tmp_path / "c.toml"
    export.write_text("Dossier;Bidule\nD1;12\n", "utf-8")
    segxl("importer", classeur, export, "--correspondance", mapping)
    mapping.write_text('"Dossier" = "Dossier"\n"Bidule" = "CA HT"\n', "utf-8")

    assert segxl("importer", classeur, export, "--correspondance", mapping) == 0

    lignes = FileWorkbook(classeur).read_table("Clients").lignes.set_index("Dossier")
    assert lignes.loc["D1", "CA HT"] == 12


def test_the_demo_makes_a_scored_firm_and_its_letters(
    tmp_path: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    code = segxl("demo", tmp_path / "d", "--clients", 40, "--au", "2026-11-22")

    told = capsys.readouterr().out
    classeur = tmp_path / "d" / "portefeuille.xlsx"
    lignes = FileWorkbook(classeur).read_table("Clients").lignes
    letters = [*(tmp_path / "d" / "courriers").glob("*.docx")]
    assert code == 0
    assert len(lignes) == 40
    assert lignes["Segment"].notna().all()
    assert letters
    assert "40 dossiers notés" in told
    assert "10 FEC fictifs de 9 clients" in told
    assert f"Essayez ensuite : segxl faits {tmp_path / 'd' / 'fec'}" in told
    assert "d’honoraires en douze mois, dont" in told
    assert "2 réclamations ouvertes" in told
    for command in ("relation", "segments", "simuler"):
        assert f"segxl {command} {classeur}\n" in told


def test_the_same_seed_makes_the_same_firm(tmp_path: Path, segxl: Run) -> None:
    for folder in ("a", "b"):
        segxl("demo", tmp_path / folder, "--clients", 10, "--graine", 7, "--au", "2026-11-22")

    first, second = (
        FileWorkbook(tmp_path / f / "portefeuille.xlsx").read_table("Clients").lignes for f in "ab"
    )
    pd.testing.assert_frame_equal(first, second)


def test_the_diagnostic_says_of_each_thing_whether_it_is_right(
    segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    code = segxl("diagnostic")

    lines = capsys.readouterr().out.splitlines()
    assert code == 0
    assert all(line.startswith("OK ") for line in lines)
    assert {"segxl", "Python", "wolfxl", "Écriture"} <= {line.split()[1] for line in lines}


@pytest.mark.parametrize("command", ["installer", "desinstaller"])
def test_the_tab_is_neither_put_nor_removed_where_excel_does_not_exist(
    command: str,
    segxl: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("platform.system", lambda: "Linux")

    code = segxl(command)

    assert code == 1
    assert capsys.readouterr().err.startswith("Excel n’existe pas ici : ")
    assert [*tmp_path.iterdir()] == []


def test_removing_a_tab_that_was_never_put_is_no_fault(
    segxl: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("platform.system", lambda: "Darwin")

    code = segxl("desinstaller")

    assert code == 0
    assert capsys.readouterr().out.startswith("Rien à retirer : ")


def test_obligations_as_json_holds_what_the_contract_says(
    classeur: Path, segxl_json: RunJson
) -> None:
    told = segxl_json("obligations", classeur, "--au", "2026-11-22")

    assert list(told) == ["obligations"]
    first, _, outside = told["obligations"]
    assert list(first) == [
        "dossier", "taille", "reception", "emission", "ereporting_transactions",
        "ereporting_paiements", "rythme", "regime_a_redemander", "a_confirmer", "motifs",
    ]  # fmt: skip
    assert (first["dossier"], first["taille"], first["reception"]) == ("D1", "à confirmer", "2026-09-01")  # fmt: skip
    assert first["regime_a_redemander"] is False
    assert "Taille, Émission, E-reporting des ventes" in " ".join(first["a_confirmer"])
    assert set(first["motifs"][0]) == {"texte", "source", "confiance"}
    assert (outside["reception"], outside["emission"], outside["rythme"]) == ("non", "non", "non")


def test_obligations_says_by_counts_what_applies_and_what_to_ask(
    classeur: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    before = classeur.read_bytes()
    workbook = FileWorkbook(classeur)
    clients = workbook.read_table("Clients").lignes
    sizes = pd.DataFrame({"Effectif": ["douze", 3, 1], "CA HT": 2e5, "Total bilan": 1e5, "Régime TVA": ["Réel simplifié", "Réel simplifié", None]}, index=clients.index)  # fmt: skip
    workbook.write_columns("Clients", sizes.astype(object))
    workbook.save()
    filled = classeur.read_bytes()

    code = segxl("obligations", classeur, "--au", "2026-11-22")

    told = capsys.readouterr().out
    assert code == 0
    assert (
        "3 dossiers au 22/11/2026 dans Clients du cabinet.xlsx, état du droit relevé le 10/10/2026"
        in told
    )
    assert "dès le 01/09/2026  2" in told
    assert "• « Effectif » n’est pas connu : 1 client\n" in told
    assert "Régime de TVA à redemander pour 2 clients : le régime simplifié finit le 31/12/2026." in told  # fmt: skip
    assert "D1, D2" in told
    assert "« Effectif » doit être un nombre (lu : « douze »)" in told
    assert before != filled == classeur.read_bytes()


def test_obligations_of_a_wrong_file_exits_1_and_tells_it_as_json(
    tmp_path: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    code = segxl("obligations", tmp_path / "absent.xlsx", "--json")

    said = capsys.readouterr()
    assert code == 1
    assert said.out.startswith('{"obligations": [], "anomalies": [{')
    assert "le fichier n’existe pas" in said.err


def test_obligations_of_an_empty_workbook_says_so(
    tmp_path: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    segxl("nouveau", tmp_path / "neuf.xlsx")

    code = segxl("obligations", tmp_path / "neuf.xlsx")

    assert code == 0
    assert "Aucun dossier à examiner dans neuf.xlsx" in capsys.readouterr().out


def test_a_reader_that_stops_early_is_no_fault(classeur: Path) -> None:
    """Given « segxl obligations … | head -1 », whose reader closes the pipe."""
    read, write = os.pipe()
    os.close(read)

    done = subprocess.run(
        [sys.executable, "-m", "segxl", "obligations", str(classeur)],
        stdout=write, stderr=subprocess.PIPE, check=False, env={**os.environ, "PYTHONPATH": str(CHECKOUT / "src")},
    )  # fmt: skip
    os.close(write)

    assert (done.returncode, done.stderr) == (0, b"")
