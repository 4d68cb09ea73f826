"""Compute every note again with spreadsheet formulas alone, far from the package's arithmetic.

The grid and the answers are read from the demo workbook by another reader, written to another
workbook, and computed there by LibreOffice: SUMPRODUCT, INDEX, MATCH and ROUND.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from segxl.actions import demo

CLIENTS = 300
B2B_ONLY = "Part B2B: >0"
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""

Rows = list[dict[str, Any]]
Results = dict[str, tuple[float | None, float | None]]

pytestmark = [
    pytest.mark.libreoffice,
    # openpyxl drops what it does not know, data bars among them, and says so.
    pytest.mark.filterwarnings("ignore::UserWarning:openpyxl"),
]


def test_a_spreadsheet_finds_the_same_notes_as_the_package(tmp_path: Path) -> None:
    made = demo.run(tmp_path / "demo", clients=CLIENTS, graine=1, today=date(2026, 11, 22))
    book = openpyxl.load_workbook(made.classeur, data_only=True)
    clients = _table(book, "Clients", "Clients")
    criteres = [c for c in _table(book, "Grille", "Criteres") if c["Grille"] == "FE"]
    baremes = _table(book, "Grille", "Baremes")

    formulas = tmp_path / "formules.xlsx"
    _write_formulas(formulas, clients, criteres, baremes)
    by_formulas = _read_results(_recalculate(formulas, tmp_path / "profil", tmp_path / "recalcul"))

    by_segxl: Results = {c["Dossier"]: (c["Note FE"], c["Complétude"]) for c in clients}
    assert len(by_formulas) == CLIENTS
    assert {k: note for k, (note, _) in by_formulas.items()} == {
        k: note for k, (note, _) in by_segxl.items()
    }
    assert {k: share for k, (_, share) in by_formulas.items()} == pytest.approx(
        {k: share for k, (_, share) in by_segxl.items()}, abs=1e-9
    )


def _table(book: openpyxl.Workbook, sheet: str, name: str) -> Rows:
    headers, *lines = book[sheet][book[sheet].tables[name].ref]
    words = [str(cell.value) for cell in headers]
    return [dict(zip(words, (cell.value for cell in line), strict=True)) for line in lines]


def _write_formulas(path: Path, clients: Rows, criteres: Rows, baremes: Rows) -> None:
    """Copy the grid and the answers as values; everything else is a formula on those cells."""
    with xlsxwriter.Workbook(path) as book:
        _copy(book, "Criteres", criteres, ["Code", "Critère", "Poids", "Applicable si"])
        _copy(book, "Baremes", baremes, ["Code", "Réponse", "Points"])
        _copy(book, "Reponses", clients, ["Dossier", "Part B2B", *(c["Critère"] for c in criteres)])
        _add_keys(book.get_worksheet_by_name("Baremes"), len(baremes))
        _add_best(book.get_worksheet_by_name("Criteres"), len(criteres), len(baremes))
        levels, known, applies = (
            book.add_worksheet(name) for name in ("Niveaux", "Connus", "Applicables")
        )
        for row in range(2, len(clients) + 2):
            for column in range(len(criteres)):
                critere = column + 2
                answer = f"Reponses!{xl_col_to_name(column + 2)}{row}"
                here = f"{xl_col_to_name(column)}{row}"
                found = f'MATCH(Criteres!$A${critere}&"|"&{answer},Baremes!$D:$D,0)'
                applies.write_formula(here, _applies_formula(critere, row))
                known.write_formula(here, f"=IF(ISNUMBER({found}),1,0)*Applicables!{here}")
                levels.write_formula(
                    here,
                    f"=IF(Connus!{here}=1,INDEX(Baremes!$C:$C,{found})/Criteres!$E${critere},0)",
                )
        _add_results(book.add_worksheet("Notes"), len(clients), len(criteres))


def _copy(book: xlsxwriter.Workbook, name: str, rows: Rows, headers: Sequence[str]) -> None:
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, headers)
    for number, row in enumerate(rows, start=1):
        sheet.write_row(number, 0, [row[h] for h in headers])


def _add_keys(sheet: Any, count: int) -> None:  # noqa: ANN401  XlsxWriter has no types
    for row in range(2, count + 2):
        sheet.write_formula(f"D{row}", f'=A{row}&"|"&B{row}')


def _add_best(sheet: Any, criteres: int, baremes: int) -> None:  # noqa: ANN401
    last = baremes + 1
    for row in range(2, criteres + 2):
        best = f"SUMPRODUCT(MAX((Baremes!$A$2:$A${last}=A{row})*Baremes!$C$2:$C${last}))"
        sheet.write_formula(f"E{row}", f"={best}")


def _applies_formula(critere: int, row: int) -> str:
    """Apply always, or only with sales to firms; any other condition is an error on purpose."""
    only = f'IF(Criteres!$D${critere}="{B2B_ONLY}",IF(N(Reponses!$B{row})>0,1,0),NA())'
    return f'=IF(Criteres!$D${critere}="",1,{only})'


def _add_results(sheet: Any, clients: int, criteres: int) -> None:  # noqa: ANN401
    sheet.write_row(0, 0, ["Dossier", "Note FE", "Complétude"])
    last = xl_col_to_name(criteres - 1)
    for column in range(criteres):
        sheet.write_formula(0, 10 + column, f"=Criteres!C{column + 2}")
    poids = f"$K$1:${xl_col_to_name(9 + criteres)}$1"
    for row in range(2, clients + 2):
        won, known, applies = (
            f"SUMPRODUCT({poids},{name}!$A{row}:${last}{row})"
            for name in ("Niveaux", "Connus", "Applicables")
        )
        sheet.write_formula(f"A{row}", f"=Reponses!A{row}")
        sheet.write_formula(f"B{row}", f'=IF({known}=0,"",ROUND(20*{won}/{known},1))')
        sheet.write_formula(f"C{row}", f'=IF({applies}=0,"",{known}/{applies})')


def _recalculate(path: Path, profile: Path, folder: Path) -> Path:
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(ALWAYS_RECALCULATE, "utf-8")
    soffice = shutil.which("soffice")
    assert soffice
    subprocess.run(
        [
            soffice,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(folder),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return folder / path.name


def _read_results(path: Path) -> Results:
    sheet = openpyxl.load_workbook(path, data_only=True)["Notes"]
    lines = sheet.iter_rows(min_row=2, max_col=3, values_only=True)
    return {str(key): (_number(note), _number(share)) for key, note, share in lines}


def _number(value: object) -> float | None:
    """Return a computed number; an empty text is how a formula says nothing."""
    if value in (None, ""):
        return None
    assert isinstance(value, int | float), value
    return float(value)
