from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from segxl.domain.anomalies import SaisieError
from segxl.lettres.champs import Champs
from segxl.lettres.courriels import Courriel
from segxl.lettres.formats import render_eml, write_file
from segxl.lettres.fusion import read_modele
from segxl.lettres.noms import LONGEST, file_name, unique_names
from segxl.lettres.pdf import convert_to_pdf, find_soffice
from segxl.lettres.phase import phrases_of
from segxl.lettres.redaction import render_letter
from segxl.lettres.registre import empreinte, ligne_of
from segxl.shipped import shipped_path

Make = Callable[..., Path]
COURRIEL = Courriel(
    objet="Facturation électronique : où en êtes-vous ?", corps="Bonjour,\n\nÀ bientôt.\n"
)


def opened(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_an_email_opens_as_a_draft_that_was_not_sent() -> None:
    message = opened(render_eml(COURRIEL, "a.roy@lumo.example"))

    assert message["X-Unsent"] == "1"
    assert message["To"] == "a.roy@lumo.example"
    assert message["Subject"] == COURRIEL.objet
    assert message["From"] is None
    assert message["Date"] is None
    assert message.get_content().splitlines() == ["Bonjour,", "", "À bientôt."]


def test_a_draft_carries_the_letter_under_a_name_that_tells_no_segment() -> None:
    message = opened(render_eml(COURRIEL, "a@b.example", attachment=b"PK", sender="c@d.example"))

    (piece,) = message.iter_attachments()
    assert piece.get_filename() == "Facturation électronique.docx"
    assert piece.get_content() == b"PK"
    assert message["From"] == "c@d.example"


def test_the_same_draft_is_the_same_bytes() -> None:
    first, second = (render_eml(COURRIEL, "a@b.example", attachment=b"PK") for _ in range(2))

    assert first == second


def test_an_address_cannot_smuggle_a_header() -> None:
    message = opened(render_eml(COURRIEL, "a@b.example\nBcc: c@d.example"))

    assert message["Bcc"] is None
    assert message["To"] is None


@pytest.mark.parametrize("name", ["CON", "prn", "Nul", "com1", "LPT9"])
def test_a_name_that_windows_keeps_for_itself_is_changed(name: str) -> None:
    assert file_name(name, "", "", "docx") == f"{name}_.docx"


def test_a_file_name_keeps_accents_and_drops_what_windows_refuses() -> None:
    name = file_name("D/1", 'Été & Cie : <"les">|?* ...', "à_convaincre", ".docx")

    assert name == "D 1 - Été & Cie les - à_convaincre.docx"


def test_a_long_name_is_cut_before_the_model() -> None:
    name = file_name("D1", "Société " * 40, "pret", "docx")

    assert len(name) <= LONGEST
    assert name.endswith(" - pret.docx")


def test_no_two_files_share_a_name_on_a_disk_blind_to_case() -> None:
    names = unique_names(["É.docx", "é.docx", "x" * 115 + ".docx", "X" * 115 + ".docx"])

    assert len({name.casefold() for name in names}) == 4
    assert all(len(name) <= LONGEST for name in names)


def test_a_letter_is_written_in_a_folder_made_for_it(tmp_path: Path) -> None:
    path = write_file(tmp_path / "2026" / "lettres", "a.docx", b"PK")

    assert path.read_bytes() == b"PK"


def test_the_register_keeps_the_fingerprint_of_the_very_file(champs: Champs) -> None:
    from datetime import date  # noqa: PLC0415

    row = ligne_of(date(2026, 11, 22), champs.dossier, "pret", "a.docx", b"PK")

    assert list(row) == ["Date", "Dossier", "Modèle", "Fichier", "Empreinte", "Statut"]
    assert row["Empreinte"] == empreinte(b"PK") != empreinte(b"PK ")
    assert row["Statut"] == "à valider"


@pytest.mark.libreoffice
@pytest.mark.skipif(find_soffice() is None, reason="LibreOffice is not installed")
def test_every_letter_fits_on_one_page_of_pdf(tmp_path: Path, champs: Champs) -> None:
    shipped = sorted(shipped_path("templates/lettres").glob("*.docx"))
    longest = max(phrases_of({}).values(), key=len)
    said = replace(champs, etape_parcours="Découverte", phrase_etape=longest)
    letters = [
        write_file(tmp_path, path.name, render_letter(read_modele(path), said)) for path in shipped
    ]

    pdfs = convert_to_pdf(letters, tmp_path / "pdf")

    assert [pdf.stem for pdf in pdfs] == [path.stem for path in shipped]
    assert [
        pdf.read_bytes().count(b"/Type/Page\n") or pdf.read_bytes().count(b"/Type/Page/")
        for pdf in pdfs
    ] == [1] * len(shipped)


def test_a_machine_without_libreoffice_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    if find_soffice():
        monkeypatch.setattr("segxl.lettres.pdf._PLACES", ())

    with pytest.raises(SaisieError, match="nstallez LibreOffice"):
        convert_to_pdf([tmp_path / "a.docx"], tmp_path)


def test_a_libreoffice_that_does_not_start_says_how_else_to_get_a_pdf(
    tmp_path: Path,
) -> None:
    with pytest.raises(SaisieError, match="Enregistrer sous"):
        convert_to_pdf([tmp_path / "a.docx"], tmp_path, soffice=str(tmp_path / "soffice"))


def test_a_letter_left_out_by_libreoffice_is_named(tmp_path: Path) -> None:
    idle = shutil.which("true") or shutil.which("whoami") or ""

    with pytest.raises(SaisieError, match=r"a\.pdf"):
        convert_to_pdf([tmp_path / "a.docx"], tmp_path, soffice=idle)
