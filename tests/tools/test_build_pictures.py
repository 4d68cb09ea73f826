"""The pictures of the documentation: up to date by what they were drawn from, never by pixels."""

from __future__ import annotations

import importlib
import re
import shutil
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"
PAGES = (ROOT / "README.md", ROOT / "docs" / "guide.md")
LARGEST = 200_000


@pytest.fixture(scope="module")
def tool() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "tools"))
        yield importlib.import_module("build_pictures")


def sides_of(png: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_the_pictures_show_what_their_sources_say_today(tool: ModuleType) -> None:
    committed = (IMAGES / tool.MANIFEST).read_text("utf-8")

    assert committed == tool.manifest(), "run `make workbook` to draw the pictures again"


def test_a_changed_source_changes_the_manifest(tool: ModuleType, tmp_path: Path) -> None:
    words = tmp_path / "grille.toml"
    words.write_bytes(b"poids = 2\n")
    before = tool.fingerprint(words)

    words.write_bytes(b"poids = 3\n")

    assert tool.fingerprint(words) != before


def test_line_ends_are_no_change(tool: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "unix.toml").write_bytes(b"poids = 2\n")
    (tmp_path / "windows.toml").write_bytes(b"poids = 2\r\n")

    assert tool.fingerprint(tmp_path / "unix.toml") == tool.fingerprint(tmp_path / "windows.toml")


def test_every_picture_is_there_small_and_shown_on_a_page(tool: ModuleType) -> None:
    shown = {
        Path(link).name
        for page in PAGES
        for link in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", page.read_text("utf-8"))
    }
    names = {picture.name for picture in tool.PICTURES}

    assert {path.name for path in IMAGES.glob("*.png")} == names == shown
    assert all((IMAGES / name).stat().st_size <= LARGEST for name in names)


def test_a_drawing_keeps_its_colours_and_loses_the_white_around_it(tool: ModuleType) -> None:
    page = np.full((100, 80, 3), 255, np.uint8)
    page[40:60, 30:50] = (99, 190, 123)

    png = tool.png_of(tool.trimmed(page))

    assert sides_of(png) == (20 + 2 * tool.MARGIN, 20 + 2 * tool.MARGIN)
    start = png.index(b"PLTE") + 4
    assert {png[start : start + 3], png[start + 3 : start + 6]} == {
        bytes((99, 190, 123)),
        b"\xff\xff\xff",
    }
    data = png.index(b"IDAT")
    (length,) = struct.unpack(">I", png[data - 4 : data])
    lines = zlib.decompress(png[data + 4 : data + 4 + length])
    assert len(lines) == sides_of(png)[1] * (sides_of(png)[0] + 1)


@pytest.mark.libreoffice
@pytest.mark.skipif(
    not all(map(shutil.which, ("soffice", "pdftoppm", "pdftotext"))),
    reason="LibreOffice or poppler is not installed",
)
def test_the_tool_draws_every_picture_and_says_from_what(tool: ModuleType, tmp_path: Path) -> None:
    tool.main(tmp_path)

    for picture in tool.PICTURES:
        content = (tmp_path / picture.name).read_bytes()
        assert content.startswith(b"\x89PNG")
        assert len(content) <= LARGEST
        assert min(sides_of(content)) > 300
    assert (tmp_path / tool.MANIFEST).read_text("utf-8") == tool.manifest()
