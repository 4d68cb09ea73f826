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
from segxl.excel.installation.conf import read_interpreter
from segxl.excel.installation.machine import COMPLEMENT, CONF, Machine, this_machine
from segxl.excel.installation.obstacles import find_obstacles
from segxl.excel.installation.placing import read_file
from segxl.excel.installation.session import parse_session
from segxl.lettres.pdf import find_soffice
from segxl.shipped import shipped_path

LIBRARIES = ("pandas", "wolfxl", "openpyxl", "python-calamine", "docxtpl", "jinja2", "xlwings")
SHIPPED = ("workbook/portefeuille.xlsx", "templates/lettres", "templates/courriels")
OLDEST_PYTHON = (3, 11)
EXCEL_SUBJECTS = ("Excel", "Complément", CONF, "Lien entre Excel et Python")
_INSTALL = "lancez « segxl installer »"
_INSTALL_AGAIN = "fermez Excel, puis relancez « segxl installer »"


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


def run(
    folder: Path,
    excel: str = "",
    machine: Machine | None = None,
    complement: Path | None = None,
) -> tuple[Constat, ...]:
    """Look at the interpreter, the libraries, the shipped files, the folder, LibreOffice and Excel.

    Parameters
    ----------
    folder : Path
        Where the user works; files must be writable there.
    excel : str, optional
        What an open Excel says of itself: « add-in|version of xlwings|version of Excel|version of
        segxl ».
    machine : Machine, optional
        Where Excel is looked for; by default, here.
    complement : Path, optional
        The add-in to compare with; by default, the one that ships with segxl.
    """
    machine = machine or this_machine()
    return (
        Constat("segxl", __version__),
        _python(),
        *_libraries(),
        *_shipped_files(),
        _folder(folder),
        _libreoffice(),
        *_excel(machine, complement or shipped_path(f"workbook/{COMPLEMENT}")),
        *_session(machine, excel),
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


def _excel(machine: Machine, complement: Path) -> Iterator[Constat]:
    if not machine.has_excel:
        yield from (Constat(s, "sans objet sur cette machine") for s in EXCEL_SUBJECTS)
        return
    yield Constat("Excel", machine.excel or "absent", "" if machine.excel else "installez Excel")
    yield _complement(machine.complement, complement)
    yield _conf(machine)
    obstacles = tuple(find_obstacles(machine))
    yield from (Constat(o.sheet, o.problem, o.remedy) for o in obstacles)
    if not obstacles:
        yield _link(machine)


def _complement(installed: Path, shipped: Path) -> Constat:
    subject = EXCEL_SUBJECTS[1]
    wanted, found = read_file(shipped), read_file(installed)
    if wanted is None:
        return Constat(subject, f"{shipped.name} manque à segxl", "réinstallez segxl")
    if found is None:
        return Constat(subject, f"absent de {installed.parent}", _INSTALL)
    if found != wanted:
        return Constat(
            subject, f"{installed} n’est pas celui de segxl {__version__}", _INSTALL_AGAIN
        )
    return Constat(subject, f"à jour dans {installed.parent}")


def _conf(machine: Machine) -> Constat:
    conf = read_file(machine.conf)
    if conf is None:
        return Constat(CONF, f"absent de {machine.conf.parent}", _INSTALL)
    named = read_interpreter(conf, machine)
    if named is None:
        return Constat(CONF, f"{machine.conf} ne nomme aucun Python", _INSTALL)
    is_this_one = _is_same_python(named, machine.interpreter)
    if is_this_one is None:
        return Constat(CONF, f"nomme un Python qui n’existe plus : {named}", _INSTALL)
    if not is_this_one:
        remede = f"{_INSTALL} pour nommer {machine.interpreter}"
        return Constat(CONF, f"nomme un autre Python : {named}", remede)
    return Constat(CONF, f"nomme {named}")


def _link(machine: Machine) -> Constat:
    """Say whether the file that lets Excel start Python is there: a DLL, or a script on macOS."""
    subject = EXCEL_SUBJECTS[-1]
    if machine.is_windows:
        return Constat(subject, str(machine.find_dll()))
    if read_file(machine.script) != read_file(machine.shipped_script):
        return Constat(subject, f"{machine.script.name} absent ou ancien", _INSTALL)
    return Constat(subject, str(machine.script))


def _session(machine: Machine, excel: str) -> Iterator[Constat]:
    """Compare the add-in that an open Excel uses with what is installed."""
    if not excel:
        return
    session = parse_session(excel)
    if session is None:
        yield Constat("Excel ouvert", f"réponse illisible : {excel}", _INSTALL_AGAIN)
        return
    yield Constat("Excel ouvert", session.excel)
    yield _open_complement(machine, session.complement)
    yield _version("segxl dans Excel", session.segxl, __version__)
    yield _version("xlwings dans Excel", session.xlwings, machine.xlwings_version)


def _open_complement(machine: Machine, opened: Path) -> Constat:
    subject = "Complément ouvert"
    if not machine.has_excel or _is_same_file(opened, machine.complement):
        return Constat(subject, str(opened))
    return Constat(
        subject,
        f"{opened}, au lieu de {machine.complement}",
        "retirez cette copie, fermez Excel, puis relancez « segxl installer »",
    )


def _is_same_python(named: Path, ours: Path) -> bool | None:
    """Whether a path names our Python; None where it leads nowhere.

    Outside Windows, the Pythons of all virtual environments are links to one file: the folder
    tells them apart.
    """
    same_folder, same_file = _is_same_file(named.parent, ours.parent), _is_same_file(named, ours)
    return None if same_file is None else bool(same_folder) and same_file


def _is_same_file(path: Path, other: Path) -> bool | None:
    """Whether two paths lead to one file, however they are spelt; None where one leads nowhere."""
    try:
        return path.samefile(other)
    except (OSError, ValueError):
        return None


def _version(subject: str, opened: str, installed: str) -> Constat:
    if opened == installed:
        return Constat(subject, opened)
    return Constat(subject, f"{opened}, au lieu de {installed}", _INSTALL_AGAIN)
