"""Draw the pictures of the documentation: ``python tools/build_pictures.py [dossier]``.

They come from ``segxl demo``, always with the same clients on the same day, through LibreOffice
(PDF) and poppler (pixels). ``SOURCES.toml`` keeps the fingerprint of what they were drawn from: a
test compares it with the sources, so that no picture outlives the words it shows. Pixels are never
compared, since they depend on the fonts of the machine that draws.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
OUTPUT = ROOT / "docs" / "images"
MANIFEST = "SOURCES.toml"
SOURCES = (
    "workbook/portefeuille.xlsx",
    "templates/lettres/*.docx",
    "templates/fiche/*.docx",
    "src/segxl/shipped/demo*.toml",
    "src/segxl/shipped/defaults/*.toml",
)
PROGRAMS = ("soffice", "pdftoppm", "pdftotext")
DAY = "2026-11-22"
MARGIN = 12
COLOURS = 256

# LibreOffice writes 9,4 rather than 9.4 when its profile says that the system is French.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>fr-FR</value></prop>
</item>
</oor:items>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture: its file, the sheet or the segment it shows, how much of the page it keeps."""

    name: str
    shows: str
    dpi: int = 88
    part: float = 0.94
    """Share of the page from its top: all but the footer, or less."""
    after: int = 0
    """How many pages after the first one of the sheet."""


SHEETS = (
    Picture(name="accueil.png", shows="Accueil"),
    Picture(name="clients.png", shows="Clients", dpi=112, part=0.508),
    Picture(name="grille.png", shows="Grille", part=0.75),
    Picture(name="segments.png", shows="Segments", dpi=112),
    Picture(name="tableau_de_bord.png", shows="Tableau de bord"),
    Picture(name="graphiques.png", shows="Tableau de bord", after=1),
    Picture(name="parametres.png", shows="Paramètres"),
)
LETTRES = (
    Picture(name="lettre_prioritaire.png", shows="Prioritaire", part=1.0),
    Picture(name="lettre_pret.png", shows="Prêt", part=1.0),
)
FICHE = Picture(name="fiche.png", shows="C0163", part=1.0)
PICTURES = (*SHEETS, *LETTRES, FICHE)


def main(folder: Path) -> None:
    """Draw every picture into ``folder``, then write the manifest."""
    if missing := [program for program in PROGRAMS if not shutil.which(program)]:
        sys.exit(f"{', '.join(missing)} not found: install LibreOffice and poppler, then retry.")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as bench:
        draw_all(Path(bench), folder)
    (folder / MANIFEST).write_text(manifest(), "utf-8")


def draw_all(bench: Path, folder: Path) -> None:
    """Make the fictitious firm on the bench, and draw its sheets and two of its letters."""
    classeur = bench / "demo" / "portefeuille.xlsx"
    segxl("demo", bench / "demo", "--graine", 1, "--au", DAY)
    [book] = to_pdf(bench, [classeur])
    pages = first_pages(book)
    for picture in SHEETS:
        draw(picture, book, pages[picture.shows] + picture.after, folder)
    letters = [letter_of(bench, classeur, picture.shows) for picture in LETTRES]
    for picture, paper in zip(LETTRES, to_pdf(bench, letters), strict=True):
        draw(picture, paper, 1, folder)
    segxl("fiche", classeur, "--vers", bench / "fiches", "--dossier", FICHE.shows, "--au", DAY)
    [card] = to_pdf(bench, [next((bench / "fiches").glob("*.docx")).rename(bench / "fiche.docx")])
    draw(FICHE, card, 1, folder)


def letter_of(bench: Path, classeur: Path, segment: str) -> Path:
    """Write the letters of one segment and return the first, under a plain name."""
    folder = bench / segment
    segxl("courriers", classeur, "--vers", folder, "--segment", segment, "--au", DAY)
    return min(folder.glob("*.docx")).rename(bench / f"{segment}.docx")


def segxl(*words: object) -> None:
    """Run the product as its users do."""
    run(sys.executable, "-m", "segxl", *words)


def run(*words: object) -> bytes:
    """Run a program with this checkout in reach, and return what it prints."""
    path = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    command = [str(shutil.which(str(words[0])) or words[0]), *map(str, words[1:])]
    done = subprocess.run(  # noqa: S603  no shell, our own arguments
        command,
        check=True,
        capture_output=True,
        timeout=300,
        env=os.environ | {"PYTHONPATH": path},
    )
    return done.stdout


def to_pdf(bench: Path, papers: list[Path]) -> list[Path]:
    """Print files to PDF with a LibreOffice that writes decimals the French way."""
    profile, out = bench / "profile", bench / "pdf"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE, "utf-8")
    pdfs = [out / f"{paper.stem}.pdf" for paper in papers]
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(out), *map(str, papers)]
    # A fresh profile may end its first run before doing anything.
    for _ in range(2):
        if not all(pdf.exists() for pdf in pdfs):
            run(*command)
    return pdfs


def first_pages(book: Path) -> dict[str, int]:
    """Return the first page of each sheet, by the name its footer prints."""
    texts = run("pdftotext", "-layout", "-enc", "UTF-8", book, "-").decode()
    pages: dict[str, int] = {}
    for number, text in enumerate(texts.split("\f"), 1):
        if found := re.search(r"^ *(\S.*?)  +Page \d+ / \d+ *$", text, re.MULTILINE):
            pages.setdefault(found[1], number)
    return pages


def draw(picture: Picture, paper: Path, page: int, folder: Path) -> None:
    """Draw one page, without the white around it."""
    pixels = pixels_of(run("pdftoppm", "-r", picture.dpi, "-f", page, "-l", page, paper))
    kept = pixels[: int(len(pixels) * picture.part)]
    (folder / picture.name).write_bytes(png_of(trimmed(kept)))


def pixels_of(ppm: bytes) -> np.ndarray:
    """Return the pixels of a binary PPM, shape (height, width, 3)."""
    _, width, height, _, body = re.split(rb"\s", ppm, maxsplit=4)
    return np.frombuffer(body, np.uint8).reshape(int(height), int(width), 3)


def trimmed(pixels: np.ndarray) -> np.ndarray:
    """Cut off the white around a drawing, but for a margin."""
    ink = (pixels < 250).any(axis=2)
    box = tuple(edges(ink.any(axis=axis)) for axis in (1, 0))
    return np.pad(pixels[box], ((MARGIN, MARGIN), (MARGIN, MARGIN), (0, 0)), constant_values=255)


def edges(marked: np.ndarray) -> slice:
    """Return from the first to the last mark."""
    (places,) = np.nonzero(marked)
    return slice(places[0], places[-1] + 1)


def png_of(pixels: np.ndarray) -> bytes:
    """Write pixels as a PNG of 256 colours: the most frequent ones, the others to the nearest."""
    height, width, _ = pixels.shape
    found, where, counts = np.unique(
        pixels.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True
    )
    palette = found[np.argsort(-counts, kind="stable")[:COLOURS]]
    gaps = np.array([np.abs(palette.astype(int) - c.astype(int)).sum(axis=1) for c in found])
    indices = gaps.argmin(axis=1).astype(np.uint8)[where.reshape(-1)].reshape(height, width)
    lines = np.hstack([np.zeros((height, 1), np.uint8), indices])
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", palette.tobytes()),
        (b"IDAT", zlib.compress(lines.tobytes(), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks(parts))


def chunks(parts: Iterable[tuple[bytes, bytes]]) -> Iterator[bytes]:
    """Write the chunks of a PNG: length, kind, content, check."""
    for kind, content in parts:
        check = zlib.crc32(kind + content)
        yield struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def manifest() -> str:
    """Return the fingerprints of what the pictures show."""
    lines = [
        "# What the pictures of this folder were drawn from. Written by tools/build_pictures.py:",
        "# when a line differs from its source, run `make workbook` to draw them again.",
        "",
    ]
    paths = [path for pattern in SOURCES for path in sorted(ROOT.glob(pattern))]
    lines += [f'"{path.relative_to(ROOT).as_posix()}" = "{fingerprint(path)}"' for path in paths]
    return "\n".join(lines) + "\n"


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of a file; a text has one, whatever its line ends."""
    content = path.read_bytes()
    if path.suffix == ".toml":
        content = content.replace(b"\r\n", b"\n")
    return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else OUTPUT)
