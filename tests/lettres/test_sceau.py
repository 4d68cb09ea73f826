from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from segxl.lettres.paquet import Membre, pack
from segxl.lettres.registre import empreinte
from segxl.lettres.sceau import PROPERTIES, find_ours, is_sealed, seal_of

BODY = frozenset({"word/document.xml"})


def sealed(dossier: str, text: bytes = b"<w/>") -> bytes:
    seal = seal_of(dossier, {"word/document.xml": text})
    core = f"<cp><dc:identifier>{seal}</dc:identifier></cp>".encode()
    return pack((Membre.of(PROPERTIES, core), Membre.of("word/document.xml", text)))


def edited(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        core = archive.read(PROPERTIES)
    return pack((Membre.of(PROPERTIES, core), Membre.of("word/document.xml", b"<w>mine</w>")))


def test_a_file_as_segxl_left_it_is_known() -> None:
    assert is_sealed(sealed("D1"), "D1", BODY)


def test_a_file_that_somebody_edited_is_no_longer_known() -> None:
    assert not is_sealed(edited(sealed("D1")), "D1", BODY)


def test_a_file_of_another_client_is_not_known() -> None:
    assert not is_sealed(sealed("D1"), "D2", BODY)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"my own words",
        sealed("D1")[:60],
        pack((Membre.of("a.txt", b"bonjour"),)),
        pack((Membre.of(PROPERTIES, b"<cp/>"), Membre.of("word/document.xml", b"<w/>"))),
    ],
)
def test_any_other_file_is_not_known(content: bytes) -> None:
    assert not is_sealed(content, "D1", BODY)


def test_the_numbered_files_of_the_same_name_are_looked_at_too(tmp_path: Path) -> None:
    first, second = edited(sealed("D1")), sealed("D1", b"<other/>")
    (tmp_path / "a.docx").write_bytes(first)
    (tmp_path / "a (2).docx").write_bytes(second)

    assert find_ours(tmp_path / "a.docx", "D1", BODY) == {empreinte(second)}


def test_a_folder_that_does_not_exist_yet_holds_nothing_of_ours(tmp_path: Path) -> None:
    assert find_ours(tmp_path / "absent" / "a.docx", "D1", BODY) == frozenset()
