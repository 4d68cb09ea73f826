from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from segxl.domain.anomalies import SaisieError
from segxl.sources.export import MAX_ROWS
from segxl.sources.lecture import read_export

DATA = Path(__file__).parent / "data"
WriteText = Callable[..., Path]
WriteWorkbook = Callable[..., Path]


HEADERS = ["Code dossier", "Raison sociale"]


def _refusal(path: Path) -> str:
    with pytest.raises(SaisieError) as refused:
        read_export(path)
    assert all(anomalie.is_blocking for anomalie in refused.value.anomalies)
    return str(refused.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert "absent.xlsx : ce fichier est introuvable" in _refusal(tmp_path / "absent.xlsx")


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    assert "ne peut pas être ouvert" in _refusal(tmp_path)


@pytest.mark.parametrize("content", ["", "  \n\n", "\ufeff", ";;;\n;;;"])
def test_an_empty_text_is_refused(write_text: WriteText, content: str) -> None:
    assert "ce fichier est vide" in _refusal(write_text(content))


def test_an_empty_workbook_is_refused(write_workbook: WriteWorkbook) -> None:
    assert "ce fichier est vide" in _refusal(write_workbook({"A": []}))


def test_random_bytes_are_neither_a_text_nor_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(random.Random(7).randbytes(5_000))  # noqa: S311  a seed, not a secret

    assert "ni un texte ni un classeur" in _refusal(path)


@pytest.mark.parametrize("start", ["%PDF-1.7\n", "<html><body><table>", "<?xml version='1.0'?>"])
def test_a_printed_or_web_page_is_refused_with_what_to_do(
    write_text: WriteText, start: str
) -> None:
    assert "enregistrez-le au format .xlsx" in _refusal(write_text(start + " Code;Nom", "e.xls"))


def test_a_workbook_under_password_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "export.xlsx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le")
    )

    assert "protégé par un mot de passe" in _refusal(path)


@pytest.mark.parametrize("magic", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_container_full_of_junk_is_refused(tmp_path: Path, magic: bytes) -> None:
    path = tmp_path / "export.xlsx"
    path.write_bytes(magic + random.Random(7).randbytes(3_000))  # noqa: S311

    assert "classeur" in _refusal(path)


@pytest.mark.parametrize("share", [0.05, 0.5, 0.99])
@pytest.mark.parametrize("name", ["messy_export.xlsx", "petit.xls", "petit.ods"])
def test_a_workbook_cut_short_is_refused(tmp_path: Path, name: str, share: float) -> None:
    raw = (DATA / name).read_bytes()
    path = tmp_path / name
    path.write_bytes(raw[: int(len(raw) * share)])

    try:
        lignes = read_export(path).lignes
    except SaisieError:
        return
    # The end of an old .xls is padding: what remains is whole.
    assert len(lignes) == 2


def test_a_document_that_is_not_a_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lettre.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")

    assert "n’est pas un classeur lisible" in _refusal(path)


def test_a_workbook_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "export.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 101_000_000)

    assert "occuperait 101 Mo" in _refusal(path)


def test_without_a_header_row_the_first_cells_and_what_was_expected_are_told(
    write_text: WriteText,
) -> None:
    refusal = _refusal(write_text("Bonjour;12\nceci;est;une;lettre\n"))

    assert "aucune ligne de titres" in refusal
    assert "Bonjour | 12 | ceci | est" in refusal
    assert "« Code dossier », « Raison sociale »" in refusal


def test_a_file_that_is_too_long_is_refused(write_text: WriteText) -> None:
    assert "dépasse 200000 lignes" in _refusal(write_text("Code;Nom\n" + "C1;x\n" * MAX_ROWS))
