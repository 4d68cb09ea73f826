"""Letters as PDF, through the LibreOffice of the user where there is one."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from segxl.domain.anomalies import SaisieError, file_error

_PROGRAMS = ("soffice", "libreoffice")
_PLACES = (
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
    Path("C:/Program Files (x86)/LibreOffice/program/soffice.exe"),
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
)
# A Windows command line ends at 32,767 characters.
_FILES_PER_RUN = 100
_START_SECONDS = 90
_SECONDS_PER_FILE = 5
_REMEDY = (
    "installez LibreOffice (gratuit, libreoffice.org), ou ouvrez les lettres .docx dans Word puis "
    "« Enregistrer sous » PDF"
)


def find_soffice() -> str | None:
    """Return the LibreOffice program of this machine, or None."""
    found = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    return found or next((str(place) for place in _PLACES if place.exists()), None)


def convert_to_pdf(
    paths: Sequence[Path], out_dir: Path, soffice: str | None = None
) -> tuple[Path, ...]:
    """Convert letters to PDF, in one run of LibreOffice per hundred.

    Parameters
    ----------
    paths : sequence of Path
        The .docx files; their names differ.
    out_dir : Path
        Where the PDFs go, under the same names.
    soffice : str, optional
        The program; by default the one that ``find_soffice`` finds.

    Raises
    ------
    SaisieError
        There is no LibreOffice, it did not answer in time, or it left a letter out; the message
        says how to get the PDFs otherwise.
    """
    program = soffice or find_soffice()
    if program is None:
        raise _not_found()
    out_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        for start in range(0, len(paths), _FILES_PER_RUN):
            _run(program, Path(profile), paths[start : start + _FILES_PER_RUN], out_dir)
    return _written(paths, out_dir)


def _run(program: str, profile: Path, paths: Sequence[Path], out_dir: Path) -> None:
    # Its own profile: a LibreOffice that the user has open would swallow the command.
    command = [program, f"-env:UserInstallation={profile.resolve().as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(out_dir), *map(str, paths)]
    seconds = _START_SECONDS + _SECONDS_PER_FILE * len(paths)
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=seconds)  # noqa: S603  no shell, our own arguments
    except (OSError, subprocess.SubprocessError) as fault:
        count = f"{len(paths)} lettres"
        raise _failed(count) from fault


def _written(paths: Sequence[Path], out_dir: Path) -> tuple[Path, ...]:
    pdfs = tuple(out_dir / f"{path.stem}.pdf" for path in paths)
    for pdf in pdfs:
        if not pdf.exists():
            raise _failed(pdf.name)
    return pdfs


def _not_found() -> SaisieError:
    return file_error("PDF", "LibreOffice", "ce programme est introuvable", _REMEDY)


def _failed(value: str) -> SaisieError:
    return file_error("PDF", value, "LibreOffice n’a pas pu convertir", _REMEDY)


def render_pdfs(letters: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the PDF of each Word letter, under the same names.

    Raises
    ------
    SaisieError
        As :func:`convert_to_pdf`.
    """
    with tempfile.TemporaryDirectory() as bench:
        folder = Path(bench)
        papers = [folder / f"{i}.docx" for i in range(len(letters))]
        for paper, content in zip(papers, letters.values(), strict=True):
            paper.write_bytes(content)
        pdfs = convert_to_pdf(papers, folder / "pdf")
        return {name: pdf.read_bytes() for name, pdf in zip(letters, pdfs, strict=True)}
