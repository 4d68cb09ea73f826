"""What keeps Excel from starting this Python, found before anything is written."""

from __future__ import annotations

from collections.abc import Iterator

from segxl.domain.anomalies import Anomalie, Gravite, file_error
from segxl.excel.installation.conf import can_spell
from segxl.excel.installation.machine import CONF, Machine

BITS = 64
_NOWHERE = "Excel n’existe pas ici"
_PYTHON_ORG = "installez Python 64 bits (x64) depuis python.org, puis réinstallez segxl avec lui"


def require_excel(machine: Machine) -> None:
    """Raise where Excel does not exist.

    Raises
    ------
    SaisieError
        The system is neither Windows nor macOS.
    """
    if not machine.has_excel:
        raise file_error(
            _NOWHERE,
            "",
            "le complément s’installe sous Windows et macOS",
            "sur cette machine, servez-vous du terminal, par exemple « segxl noter »",
        )


def find_obstacles(machine: Machine) -> Iterator[Anomalie]:
    """Yield what cannot work here, each with its remedy; all are *bloquantes*."""
    found = _find_on_windows(machine) if machine.is_windows else _find_on_macos(machine)
    if found:
        yield found
    if not can_spell(machine):
        yield _obstacle(
            CONF,
            f"Excel ne sait pas lire le chemin de Python : {machine.interpreter}",
            "réinstallez segxl dans un dossier dont le chemin n’a que des lettres ordinaires, par exemple "
            + (r"C:\segxl" if machine.is_windows else "/Users/Shared/segxl"),
        )


def _find_on_windows(machine: Machine) -> Anomalie | None:
    """Find the first reason: each has one remedy, which settles the next ones."""
    # What this Python writes under AppData goes to a private copy that Excel does not see:
    # https://docs.python.org/3/using/windows.html#redirection-of-local-data-registry-and-temporary-paths
    places = (*machine.executable.parts, *machine.base.parts)
    if "windowsapps" in map(str.casefold, places):
        return _obstacle(
            "Python",
            f"celui du Microsoft Store ({machine.executable}) écrit là où Excel ne voit rien",
            _PYTHON_ORG,
        )
    # The package of xlwings for 32 bits holds no DLL.
    if machine.bits != BITS:
        return _obstacle(
            "Python", f"celui-ci ({machine.executable}) est en {machine.bits} bits", _PYTHON_ORG
        )
    if machine.find_dll() is None:
        beside, above = machine.interpreter.parents[:2]
        return _obstacle(
            machine.dll,
            f"ce fichier d’xlwings n’est ni dans {beside} ni dans {above}",
            "réinstallez segxl sans « --user », de préférence dans un environnement virtuel, avec le Python 64 bits (x64) de python.org",
        )
    return None


def _find_on_macos(machine: Machine) -> Anomalie | None:
    """Find out whether Excel made its own folder: nobody else can make it for it."""
    try:
        machine.container.stat()
    except FileNotFoundError:
        return _obstacle(
            "Excel",
            f"il n’a pas encore été ouvert sur ce Mac : le dossier {machine.container} n’existe pas",
            "ouvrez Excel une fois, fermez-le, puis relancez « segxl installer »",
        )
    except OSError:
        # macOS may keep the folder from the terminal's sight; writing there will tell.
        return None
    return None


def _obstacle(subject: str, problem: str, remedy: str) -> Anomalie:
    return Anomalie(
        sheet=subject,
        cell="",
        value="",
        problem=problem,
        remedy=remedy,
        gravite=Gravite.BLOQUANTE,
    )
