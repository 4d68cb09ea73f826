"""`segxl plateformes` in a terminal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.excel.parts import rows_of
from tests.sources.vendeurs import LUMO, PERE, write_nebula

from segxl.excel.file import FileWorkbook
from segxl.sources.demonstration import siren_number

Run = Callable[..., int]
AU = ("--au", "2026-11-22")


@pytest.fixture
def classeur(classeur: Path) -> Path:
    """Return the workbook of three clients, with their SIREN."""
    workbook = FileWorkbook(classeur)
    rows = workbook.read_table("Clients").lignes.index
    workbook.write_cells(
        "Clients", {row: {"SIREN": siren_number(i)} for i, row in enumerate(rows, 1)}
    )
    workbook.save()
    return classeur


def forget_platforms(path: Path) -> None:
    """Blank what a workbook knows of platforms."""
    workbook = FileWorkbook(path)
    rows = workbook.read_table("Clients").lignes.index
    blank = dict.fromkeys(["Plateforme", "Statut plateforme", "Date statut"])
    workbook.write_cells("Clients", {int(row): blank for row in rows})
    workbook.save()


def test_without_export_the_call_list_is_printed_and_nothing_is_written(
    classeur: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    before = classeur.read_bytes()

    code = segxl("plateformes", classeur, *AU)

    told = capsys.readouterr().out
    assert code == 0
    assert told.startswith("2 clients à appeler au 22/11/2026 dans Clients du cabinet.xlsx :")
    assert "aucune plateforme, alors que la réception est due : 2" in told
    assert "D1       Lumo Énergie" in told
    assert "aucune plateforme, réception due depuis 82 jours" in told
    assert classeur.read_bytes() == before


def test_an_export_is_told_written_and_the_call_list_follows(
    classeur: Path, tmp_path: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    export = write_nebula(
        tmp_path / "nebula.csv",
        f"{LUMO};Lumo;En attente de signature;10/10/2026",
        f"{PERE};Père;en cours;10/10/2026",
    )

    code = segxl("plateformes", classeur, export, "--plateforme", "Nébula", *AU)

    told = capsys.readouterr().out
    assert code == 0
    assert "nebula.csv : 2 lignes lues ; 1 statut." in told
    assert "« État du mandat » → Statut plateforme" in told
    assert "• D1 Lumo Énergie : sans statut → Mandat à signer (Nébula, 10/10/2026)" in told
    assert "Mots de statut que segxl ne connaît pas (1) :" in told
    assert "1 client à appeler au 22/11/2026" in told
    assert "mandat à signer depuis 43 jours" in told
    assert "1 client à part, à confirmer d’abord :" in told
    assert rows_of(classeur)["Statut plateforme"].tolist() == ["Mandat à signer", None, None]


def test_a_simulation_writes_nothing_and_says_so(
    classeur: Path, tmp_path: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    before = classeur.read_bytes()

    code = segxl(
        "plateformes",
        classeur,
        write_nebula(tmp_path / "n.csv", f"{LUMO};;signé;"),
        "--simulation",
        *AU,
    )

    told = capsys.readouterr().out
    assert code == 0
    assert "Simulation : rien n’a été écrit." in told
    assert classeur.read_bytes() == before


def test_an_export_that_does_not_name_its_platform_asks_for_the_option(
    classeur: Path, tmp_path: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    export = write_nebula(tmp_path / "n.csv", f"{LUMO};;signé;03/11/2026")

    segxl("plateformes", classeur, export, "--simulation", *AU)
    without = capsys.readouterr().out
    segxl("plateformes", classeur, export, "--simulation", "--plateforme", "Nébula", *AU)

    assert "précisez le nom de la plateforme (--plateforme)" in without
    assert "--plateforme" not in capsys.readouterr().out


def test_a_second_run_says_that_nothing_is_new(
    classeur: Path, tmp_path: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    export = write_nebula(tmp_path / "n.csv", f"{LUMO};;actif;03/11/2026")
    segxl("plateformes", classeur, export, *AU)
    before = classeur.read_bytes()
    capsys.readouterr()

    code = segxl("plateformes", classeur, export, *AU)

    assert code == 0
    assert "Rien de nouveau : 1 client déjà à jour." in capsys.readouterr().out
    assert classeur.read_bytes() == before


def test_a_long_list_shows_the_first_ones_and_the_count(
    tmp_path: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    segxl("demo", tmp_path / "demo", "--clients", "60", "--au", "2026-11-22")
    forget_platforms(tmp_path / "demo" / "portefeuille.xlsx")
    numbers = (siren_number(rank) for rank in range(1, 31))
    absents = (siren_number(rank) for rank in range(500, 515))
    export = write_nebula(tmp_path / "n.csv", *(f"{n};;actif;03/11/2026" for n in (*numbers, *absents)))  # fmt: skip
    capsys.readouterr()

    segxl("plateformes", tmp_path / "demo" / "portefeuille.xlsx", export, *AU)

    told = capsys.readouterr().out
    assert "… et 10 autres clients." in told
    assert "SIREN des exports absents de Clients (15) :" in told
    assert "  … et 5 autres." in told
    assert told.count("aucune plateforme, réception due") == 20


def test_nobody_to_call_is_said(
    tmp_path: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    segxl("nouveau", tmp_path / "neuf.xlsx")
    capsys.readouterr()

    code = segxl("plateformes", tmp_path / "neuf.xlsx", *AU)

    assert code == 0
    assert capsys.readouterr().out == "Personne à appeler au 22/11/2026 dans neuf.xlsx.\n"


def test_an_export_that_cannot_be_used_exits_1(
    classeur: Path, tmp_path: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    export = tmp_path / "n.csv"
    export.write_text("SIREN;Ville\n18;Bron", "utf-8")

    code = segxl("plateformes", classeur, export)

    assert code == 1
    assert "n.csv : aucune colonne ne donne le statut" in capsys.readouterr().err
