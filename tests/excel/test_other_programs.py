"""Workbooks that openpyxl, XlsxWriter and LibreOffice wrote: the ordinary way in from outside."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table
from tests.excel.opc import find_flaws
from tests.excel.parts import rows_of, score

from segxl.excel.file import FileWorkbook

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
POLICY = ("Criteres", "Baremes", "Couleurs", "Segments", "Parametres")
CLIENT: dict[str, Any] = {
    "Raison sociale": 'Père & Fils <SARL> "À l’Été" =1+1',
    "Assujetti TVA": "Oui",
    "Part B2B": 0.5,
    "Effectif": 12,
    "CA HT": "1 234 567,89 €",
    "Plateforme agréée": "Aucune",
    "Outil de facturation": "Papier",
    "Digitalisation": "Complète",
    "Autonomie": "Autonome",
    "Sensibilisation": "Informé",
    "Processus adaptés": "En cours",
    "Transmission au cabinet": "Papier",
    "Appétence au changement": "Ouvert",
    "Réception des factures": "Papier",
    "Factures émises par mois": 60,
}


def fill_template(path: Path, clients: int, gap: int = 0) -> Path:
    """Fill the template as a program does: values in cells, the table's range made longer."""
    book = openpyxl.load_workbook(path)
    sheet = book["Clients"]
    columns = {str(c.value): int(c.column or 0) for c in sheet[4]}
    for row in range(5, 5 + clients):
        if row == 8:
            row += gap  # noqa: PLW2901
        sheet.cell(row, 1, row if row % 2 else f"D{row}")
        for header, value in CLIENT.items():
            sheet.cell(row, columns[header], value)
        sheet.cell(row, columns["Commentaire"], dt.date(2026, 1, row))
    sheet.tables["Clients"].ref = f"A4:CN{4 + clients + gap}"
    book.save(path)
    return path


def converted(path: Path, suffix: str, folder: Path) -> Path:
    """Return the file that LibreOffice makes of another."""
    profile = (folder / "profil").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--norestore",  # noqa: S607
         "--convert-to", suffix, "--outdir", str(folder / "sortie"), str(path)],
        check=True, capture_output=True, env=os.environ | {"SAL_USE_VCLPLUGIN": "svp"}, timeout=180,
    )  # fmt: skip
    return folder / "sortie" / f"{path.stem}.{suffix.partition(':')[0]}"


def values_of(path: Path, table: str = "Clients") -> list[list[Any]]:
    book = openpyxl.load_workbook(path, data_only=True)
    sheet = next(s for s in book if table in s.tables)
    return [[c.value for c in row] for row in sheet[sheet.tables[table].ref]]


def test_a_template_that_openpyxl_filled_is_scored(template: Path) -> None:
    fill_template(template, 20)

    bilan = score(template)

    assert len(bilan.resultats.lignes) == 20
    assert bilan.anomalies == ()
    assert rows_of(template)["Segment"].tolist() == ["Prioritaire"] * 20
    assert find_flaws(template) == []


def test_a_result_cell_that_openpyxl_never_wrote_looks_like_its_column(template: Path) -> None:
    fill_template(template, 3)

    score(template)

    sheet = openpyxl.load_workbook(template)["Clients"]
    for column in range(3, 14):
        assert sheet.cell(7, column).style_id == sheet.cell(5, column).style_id


def test_a_template_filled_with_a_gap_is_scored_where_its_rows_stand(template: Path) -> None:
    fill_template(template, 4, gap=3)

    score(template)

    assert [*rows_of(template).index] == [5, 6, 7, 11]
    assert find_flaws(template) == []


def test_colours_cover_the_rows_that_openpyxl_added(template: Path) -> None:
    fill_template(template, 20)

    score(template)

    sheet = openpyxl.load_workbook(template)["Clients"]
    assert "C5:D24" in {str(r.sqref) for r in sheet.conditional_formatting} | {
        str(r.sqref).replace("C5:C24 D5:D24", "C5:D24") for r in sheet.conditional_formatting
    }


def test_a_template_that_openpyxl_filled_is_left_alone_by_a_second_run(template: Path) -> None:
    score(fill_template(template, 20))
    before = template.read_bytes()

    score(template)

    assert template.read_bytes() == before


def test_a_workbook_that_openpyxl_saved_after_a_run_keeps_its_notes(scored: Path) -> None:
    notes = rows_of(scored)["Note FE"]
    openpyxl.load_workbook(scored).save(scored)

    bilan = score(scored)

    assert bilan.resultats.lignes["Note FE"].tolist() == notes.tolist()
    assert find_flaws(scored) == []


@pytest.fixture
def tables(template: Path) -> dict[str, pd.DataFrame]:
    """Return the policy of the template and two clients, to be written by another program."""
    workbook = FileWorkbook(template)
    clients = pd.DataFrame([CLIENT | {"Dossier": "A"}, CLIENT | {"Dossier": "B"}])
    headers = [*workbook.read_table("Clients").letters]
    return {
        "Clients": clients.reindex(columns=headers).astype(object),
        **{t: workbook.read_table(t).lignes for t in POLICY},
    }


def write_with_xlsxwriter(tables: dict[str, pd.DataFrame], path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        for name, rows in tables.items():
            filled = rows.where(rows.notna(), None)
            book.add_worksheet(f"L'onglet & {name}").add_table(
                3, 2, 3 + len(rows), 1 + len(rows.columns),
                {"name": name, "columns": [{"header": h} for h in rows],
                 "data": filled.to_numpy().tolist()},
            )  # fmt: skip


def write_with_openpyxl(tables: dict[str, pd.DataFrame], path: Path) -> None:
    book = openpyxl.Workbook()
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        sheet.append([*rows.columns])
        for values in rows.where(rows.notna(), None).to_numpy().tolist():
            sheet.append(values)
        last = get_column_letter(len(rows.columns))
        sheet.add_table(Table(displayName=name, ref=f"A1:{last}{1 + len(rows)}"))
    book.save(path)


@pytest.mark.parametrize("write", [write_with_xlsxwriter, write_with_openpyxl])
def test_a_workbook_made_from_nothing_by_a_program_is_scored(
    write: Callable[[dict[str, pd.DataFrame], Path], None],
    tables: dict[str, pd.DataFrame],
    tmp_path: Path,
) -> None:
    path = tmp_path / "autre.xlsx"
    write(tables, path)

    score(path)

    assert rows_of(path)["Segment"].tolist() == ["Prioritaire", "Prioritaire"]
    assert find_flaws(path) == []


@pytest.mark.libreoffice
def test_libreoffice_sees_the_figures_that_segxl_wrote(scored: Path, tmp_path: Path) -> None:
    seen = converted(scored, "xlsx", tmp_path)

    for table in ("Clients", "SyntheseSegments", "SyntheseCouleurs", "Indicateurs"):
        assert values_of(seen, table) == values_of(scored, table)


@pytest.mark.libreoffice
def test_a_workbook_that_libreoffice_saved_is_scored_alike(scored: Path, tmp_path: Path) -> None:
    wanted = rows_of(scored, headers=["Note FE", "Couleur", "Segment", "Enjeu"])
    path = converted(scored, "xlsx", tmp_path)

    bilan = score(path, dt.date(2026, 4, 1))

    assert bilan.anomalies == ()
    assert rows_of(path, headers=wanted.columns).equals(wanted)
    assert find_flaws(path) == []


@pytest.mark.libreoffice
def test_libreoffice_opens_a_template_that_openpyxl_filled_and_segxl_scored(
    template: Path, tmp_path: Path
) -> None:
    score(fill_template(template, 20))

    seen = converted(template, "xlsx", tmp_path)

    assert values_of(seen) == values_of(template)
