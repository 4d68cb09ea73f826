"""« Diagnostic » : what segxl finds on this machine, each line right or with its remedy."""

from __future__ import annotations

import platform
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from segxl import __version__
from segxl.lettres.pdf import find_soffice
from segxl.shipped import shipped_path

LIBRARIES = ("pandas", "wolfxl", "openpyxl", "python-calamine", "docxtpl", "jinja2", "xlwings")
SHIPPED = ("workbook/portefeuille.xlsx", "templates/lettres", "templates/courriels")
OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True, slots=True)
class Constat:
    """One thing looked at: what was found, and what to do where it is not right."""

    sujet: str
    trouve: str
    remede: str = ""

    @property
    def is_right(self) -> bool:
        """Whether nothing is to be done."""
        return not self.remede


def run(folder: Path) -> tuple[Constat, ...]:
    """Look at the interpreter, the libraries, the shipped files, the folder and LibreOffice."""
    return (
        Constat("segxl", __version__),
        _python(),
        *_libraries(),
        *_shipped_files(),
        _folder(folder),
        _libreoffice(),
    )


def _python() -> Constat:
    found = f"{platform.python_version()} ({sys.executable})"
    is_right = sys.version_info >= OLDEST_PYTHON
    return Constat("Python", found, "" if is_right else "installez Python 3.11 ou plus récent")


def _libraries() -> Iterator[Constat]:
    for name in LIBRARIES:
        try:
            yield Constat(name, version(name))
        except PackageNotFoundError:
            yield Constat(name, "absent", "réinstallez segxl")


def _shipped_files() -> Iterator[Constat]:
    for name in SHIPPED:
        is_there = shipped_path(name).exists()
        yield Constat(
            name, "présent" if is_there else "absent", "" if is_there else "réinstallez segxl"
        )


def _folder(folder: Path) -> Constat:
    """Say whether files can be written where the user stands."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return Constat("Écriture", f"possible dans {folder.resolve()}")
    except OSError:
        return Constat(
            "Écriture",
            f"refusée dans {folder}",
            "choisissez un dossier à vous, ou demandez vos droits",
        )


def _libreoffice() -> Constat:
    """LibreOffice is needed for PDFs only, so its absence is no fault."""
    return Constat("LibreOffice", find_soffice() or "absent : les PDF se font alors depuis Word")
