from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from segxl.excel.file import FileWorkbook

Run = Callable[..., int]
Capture = pytest.CaptureFixture[str]
AU = ("--au", "2026-11-22")


def test_plan_says_who_meets_how_many_and_whom_first(
    classeur: Path, segxl: Run, capsys: Capture
) -> None:
    code = segxl("plan", classeur, *AU)

    told = capsys.readouterr().out
    assert code == 0
    assert "2 rendez-vous au 22/11/2026 dans Clients du cabinet.xlsx (feuille Plan)" in told
    assert "11/2026" in told
    assert "2/8" in told
    assert "Date légale passée depuis 82 jours : 1 client\n" in told
    assert "1. D2 " in told
    assert "(3 × urgence + 2 × (20 – note FE) + 1 × enjeu) ÷ 6" in " ".join(told.split())


def test_plan_tells_what_a_hand_made_too_much_and_who_left(
    classeur: Path, segxl: Run, capsys: Capture
) -> None:
    segxl("plan", classeur, *AU)
    workbook = FileWorkbook(classeur)
    typed = {"Dossier": "Z9", "Date prévue": "04/01/2027", "Responsable": "AB"}
    workbook.append_rows("Plan", pd.DataFrame([typed], dtype=object))
    parametres = workbook.read_table("Parametres").lignes["Paramètre"]
    row = parametres.index[parametres == "Rendez-vous par mois et par collaborateur"][0]
    workbook.write_cells("Parametres", {row: {"Valeur": 1}})
    plan = workbook.read_table("Plan").lignes
    workbook.write_columns("Plan", pd.DataFrame({"Date prévue": "04/01/2027"}, index=plan.index))
    workbook.save()
    capsys.readouterr()

    segxl("plan", classeur, *AU)

    told = capsys.readouterr().out
    assert "Trop de rendez-vous :\n  • AB, janvier 2027 : 2 rendez-vous pour 1 possibles" in told
    assert "Dossiers du plan qui ne sont plus à voir :\n  • Z9" in told


def test_plan_writes_a_calendar_where_asked(
    classeur: Path, segxl: Run, tmp_path: Path, capsys: Capture
) -> None:
    code = segxl("plan", classeur, *AU, "--ics", tmp_path / "a.ics")

    assert code == 0
    assert "Agenda : 2 rendez-vous dans" in capsys.readouterr().out
    assert (tmp_path / "a.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_plan_that_may_not_write_its_calendar_exits_1_and_leaves_the_workbook(
    classeur: Path, segxl: Run, capsys: Capture
) -> None:
    before = classeur.read_bytes()

    code = segxl("plan", classeur, *AU, "--ics", classeur)

    assert code == 1
    assert "un agenda s’écrit dans un fichier .ics" in capsys.readouterr().err
    assert classeur.read_bytes() == before


def test_plan_of_an_empty_workbook_says_so(tmp_path: Path, segxl: Run, capsys: Capture) -> None:
    segxl("nouveau", tmp_path / "neuf.xlsx")

    code = segxl("plan", tmp_path / "neuf.xlsx", *AU)

    assert code == 0
    assert "Aucun client à planifier dans neuf.xlsx" in capsys.readouterr().out
