"""Bad input: one French sentence with the place, the value and the remedy; nothing half-done."""

from __future__ import annotations

import os
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from tests.excel.parts import (
    edit_part,
    edit_parts,
    place_of,
    read_parts,
    rows_of,
    set_cell,
    write_parts,
)

from segxl.domain.anomalies import SaisieError
from segxl.excel import refusals
from segxl.excel.file import FileWorkbook
from segxl.faces.cli import app
from segxl.faces.terminal import run_app

Spoil = Callable[[Path], object]
SENTENCE = re.compile(r"^.+ : .+\. [A-ZÀÉ].+\.$")


def noter(path: Path) -> int:
    return run_app(app, ["noter", str(path), "--au", "2026-01-15"])


def cell(table: str, header: str, row: int, value: object) -> Spoil:
    """Return what types a value in one cell."""

    def spoil(path: Path) -> None:
        workbook = FileWorkbook(path)
        workbook.write_cells(table, {row: {header: value}}, keep_formulas=False)
        workbook.save()

    return spoil


def header(table: str, old: str, new: str) -> Spoil:
    """Return what renames a column."""

    def spoil(path: Path) -> None:
        place = place_of(path, table)
        set_cell(path, table, old, place.header_row, f"<v>{new}</v>".encode())
        edit_part(path, place.table_part, (f'name="{old}"'.encode(), f'name="{new}"'.encode()))

    return spoil


def content(data: bytes) -> Spoil:
    return lambda path: path.write_bytes(data)


def cut(share: float) -> Spoil:
    return lambda path: path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])


def cut_part(part: str) -> Spoil:
    return lambda path: edit_parts(path, lambda n, c: c[: len(c) // 2] if n == part else c)


def without_part(part: str) -> Spoil:
    return lambda path: edit_parts(path, lambda n, c: None if n == part else c)


def rename_table(path: Path) -> None:
    part = place_of(path, "Clients").table_part
    edit_part(path, part, (b'displayName="Clients"', b'displayName="Liste"'))


def merge_header(path: Path) -> None:
    part = place_of(path, "Clients").sheet_part
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="B3:C4"/></mergeCells>'
    edit_part(path, part, (b"</sheetData>", merge))


def repeat_header(path: Path) -> None:
    header("Clients", "Motif", "Groupe ")(path)


def bomb(path: Path) -> None:
    parts = read_parts(path)
    write_parts(path, parts | {"xl/media/image1.png": bytes(200 * 1024**2)})


def lying_bomb(path: Path) -> None:
    """Unpack to more than the directory of the file says."""
    strings = read_parts(path)["xl/sharedStrings.xml"]
    edit_parts(path, lambda n, c: c + b" " * 30_000_000 if n == "xl/sharedStrings.xml" else c)
    data = bytearray(path.read_bytes())
    wrong, told = struct.pack("<I", len(strings) + 30_000_000), struct.pack("<I", len(strings))
    path.write_bytes(bytes(data).replace(wrong, told))


def under_a_zip_password(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(signature, at + 4)
    path.write_bytes(data)


def wrong_range(path: Path) -> None:
    edit_part(path, place_of(path, "Clients").table_part, (b'ref="A4:CN7"', b'ref="#REF!"'))


BLOCKING: dict[str, tuple[Spoil, str]] = {
    "text": (content(b"Dossier;Raison sociale"), "n’est pas un classeur Excel"),
    "nothing": (content(b""), "n’est pas un classeur Excel"),
    "old format or password": (content(b"\xd0\xcf\x11\xe0" + bytes(600)), "mot de passe"),
    "cut to 5 %": (cut(0.05), "est abîmé"),
    "cut to half": (cut(0.5), "est abîmé"),
    "cut to 99 %": (cut(0.99), "est abîmé"),
    "cut sheet": (cut_part("xl/worksheets/sheet2.xml"), "est abîmé"),
    "cut strings": (cut_part("xl/sharedStrings.xml"), "est abîmé"),
    "cut table": (cut_part("xl/tables/table3.xml"), "est abîmé"),
    "cut workbook": (cut_part("xl/workbook.xml"), "est abîmé"),
    "cut relations": (cut_part("xl/_rels/workbook.xml.rels"), "est abîmé"),
    "no workbook part": (without_part("xl/workbook.xml"), "ce n’est pas un classeur Excel"),
    "no sheet part": (without_part("xl/worksheets/sheet2.xml"), "est abîmé"),
    "bomb": (bomb, "taille anormale"),
    "lying bomb": (lying_bomb, "est abîmé"),
    "zip password": (under_a_zip_password, "est abîmé"),
    "wrong range": (wrong_range, "est abîmé"),
    "no table": (rename_table, "le tableau « Clients » n’a pas été trouvé"),
    "no header": (header("Clients", "Digitalisation", "Numérique"), "« Digitalisation » manque"),
    "merged header": (merge_header, "Clients!B3:C4 : .*fusionnées"),
    "repeated header": (repeat_header, "le même intitulé"),
    "points in letters": (cell("Baremes", "Points", 6, "beaucoup"), "lu : « beaucoup »"),
    "weight 0": (cell("Criteres", "Poids", 5, 0), "Grille!F5 : .*poids"),
    "weight below 0": (cell("Criteres", "Poids", 5, -2), "Grille!F5 : .*poids"),
    "threshold out of order": (cell("Couleurs", "Note à partir de", 6, 19), "Segments!B[567] : "),
    "rule on an unknown header": (
        header("Segments", "Autonomie", "Bonne humeur"),
        "Bonne humeur",
    ),
}


@pytest.mark.parametrize("case", BLOCKING)
def test_a_file_that_cannot_be_scored_is_told_exits_1_and_stays_as_it_was(
    case: str, classeur: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil, told = BLOCKING[case]
    spoil(classeur)
    before = classeur.read_bytes()

    code = noter(classeur)

    sentences = capsys.readouterr().err.strip().splitlines()
    assert code == 1
    assert any(re.search(told, s) for s in sentences), sentences
    assert all(SENTENCE.match(s) for s in sentences), sentences
    assert classeur.read_bytes() == before
    assert [p for p in classeur.parent.iterdir() if p.suffix == ".tmp"] == []


ONE_ROW: dict[str, tuple[Spoil, int, str]] = {
    "blank key": (cell("Clients", "Dossier", 6, None), 2, "il manque le numéro de dossier"),
    "repeated key": (cell("Clients", "Dossier", 6, "d1"), 1, "figure aussi ligne"),
    "key in error": (
        lambda p: set_cell(p, "Clients", "Dossier", 6, b"<f>NA()</f><v>#N/A</v>"),
        2,
        "erreur d’Excel",
    ),
    "unknown answer": (cell("Clients", "Digitalisation", 6, "Bof"), 3, "n’est pas dans le barème"),
    "answer in error": (
        lambda p: set_cell(p, "Clients", "Digitalisation", 6, b"<f>NA()</f><v>#N/A</v>"),
        3,
        "erreur d’Excel",
    ),
    "number in letters": (cell("Clients", "CA HT", 6, "12 k€"), 3, "doit être un nombre"),
    "wrong SIREN": (cell("Clients", "SIREN", 6, "123 456 789"), 3, "SIREN"),
    "imposed without a reason": (cell("Clients", "Segment imposé", 6, "Prêt"), 3, "motif"),
}


@pytest.mark.parametrize("case", ONE_ROW)
def test_one_wrong_row_is_listed_exits_0_and_every_other_client_is_scored(
    case: str, classeur: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil, noted, told = ONE_ROW[case]
    spoil(classeur)

    code = noter(classeur)

    listed = rows_of(classeur, "Anomalies")
    assert code == 0
    assert "anomalie" in capsys.readouterr().out
    assert rows_of(classeur)["Segment"].notna().sum() == noted
    assert listed["Problème"].str.contains(told).any()
    assert listed["Cellule"].str.fullmatch(r"[A-Z]+[67]|[A-Z]+5").all()
    assert (listed["Gravité"] == "à corriger").all()


def test_all_that_is_wrong_is_told_at_once(
    classeur: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for spoil in (cell("Criteres", "Poids", 5, 0), cell("Baremes", "Points", 6, "beaucoup")):
        spoil(classeur)

    noter(classeur)

    sentences = capsys.readouterr().err
    assert "Grille!F5" in sentences
    assert "beaucoup" in sentences


def test_a_folder_in_place_of_a_file_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = noter(tmp_path)

    assert code == 1
    assert "ne peut pas être lu" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="file modes of Unix")
def test_a_read_only_file_is_told(classeur: Path, capsys: pytest.CaptureFixture[str]) -> None:
    classeur.chmod(0o444)

    code = noter(classeur)

    assert code == 1
    assert "ne peut pas être enregistré ici" in capsys.readouterr().err


def test_a_file_open_in_excel_is_told(classeur: Path, capsys: pytest.CaptureFixture[str]) -> None:
    classeur.with_name(f"~${classeur.name}").touch()

    code = noter(classeur)

    assert code == 1
    assert "est ouvert dans Excel" in capsys.readouterr().err


def test_more_rows_than_a_firm_has_clients_are_refused(
    classeur: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("segxl.excel.lecture_tableau.MOST_ROWS", 2)

    code = noter(classeur)

    assert code == 1
    assert re.search(r"Clients!A4:CN7 : .*lignes remplies", capsys.readouterr().err)


def test_the_most_rows_are_those_of_the_largest_firm() -> None:
    assert refusals.MOST_ROWS == 200_000


@pytest.fixture
def endless(tmp_path: Path) -> Path:
    """Return a workbook whose table Clients goes down to the last row of its sheet."""
    path = tmp_path / "sans fin.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Clients")
        columns = [{"header": h} for h in ("Dossier", "Ville")]
        sheet.add_table("A1:B2", {"name": "Clients", "columns": columns})
        sheet.write("A2", "premier")
        sheet.write("A1048576", "dernier")

    def stretch(name: str, content: bytes) -> bytes:
        return content.replace(b'"A1:B2"', b'"A1:B1048576"') if "tables/" in name else content

    return edit_parts(path, stretch)


def test_a_table_of_a_million_blank_rows_is_refused_like_a_short_one(
    endless: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = noter(endless)

    assert code == 1
    assert "« Criteres » n’a pas été trouvé" in capsys.readouterr().err


def test_rows_at_both_ends_of_a_sheet_are_read_alone(endless: Path) -> None:
    assert [*rows_of(endless).index] == [2, 1_048_576]


def test_a_sheet_filled_to_its_end_takes_no_more_rows(endless: Path) -> None:
    with pytest.raises(SaisieError, match="la feuille s’arrête là"):
        FileWorkbook(endless).append_rows("Clients", pd.DataFrame({"Dossier": ["de trop"]}))


def test_a_part_written_twice_does_not_survive(classeur: Path) -> None:
    with (
        pytest.warns(UserWarning, match="Duplicate name"),
        zipfile.ZipFile(classeur, "a") as archive,
    ):
        archive.writestr("docProps/core.xml", archive.read("docProps/core.xml"))

    code = noter(classeur)

    with zipfile.ZipFile(classeur) as archive:
        names = archive.namelist()
    assert code == 0
    assert len(names) == len(set(names))
