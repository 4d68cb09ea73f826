"""A PC and a Mac described in a folder, so that both are installed on from any system."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from segxl.excel.installation.machine import MACOS, WINDOWS, Machine

VERSION = "0.37.8"
DLL = f"xlwings64-{VERSION}.dll"
SCRIPT = f"xlwings-{VERSION}.applescript"
PERSON = "Hélène Dupré"
_PAIR = re.compile(r'"([^"]*)","([^"]*)"(?:\r\n|\n)?')


def a_pc(folder: Path, *, venv: str = "segxl") -> Machine:
    """Describe a PC where segxl lives in a virtual environment and Excel was never opened."""
    home = folder / "Users" / PERSON
    python = touch(home / venv / "Scripts" / "python.exe")
    touch(python.with_name("pythonw.exe"))
    touch(home / venv / DLL)
    return Machine(
        system=WINDOWS,
        home=home,
        appdata=home / "AppData" / "Roaming",
        executable=python,
        base=folder / "Program Files" / "Python311",
        bits=64,
        encoding="cp1252",
        xlwings=home / venv / "Lib" / "site-packages" / "xlwings",
        xlwings_version=VERSION,
        excel="16.0.17928.20114 (64 bits)",
    )


def a_mac(folder: Path, *, venv: str = "Cabinet Dupré/segxl") -> Machine:
    """Describe a Mac where Excel was opened once."""
    home = folder / "Users" / "helene"
    python = touch(home / venv / "bin" / "python3")
    package = home / venv / "lib" / "xlwings"
    touch(package / SCRIPT, "on VbaHandler(ParameterString)")
    machine = Machine(
        system=MACOS,
        home=home,
        appdata=home,
        executable=python,
        base=Path("/Library/Frameworks/Python.framework/Versions/3.11"),
        bits=64,
        encoding="mac_roman",
        xlwings=package,
        xlwings_version=VERSION,
        excel="16.89",
    )
    machine.container.mkdir(parents=True)
    return machine


def touch(path: Path, content: str = "") -> Path:
    """Make a file and the folders that lead to it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content or path.name, "utf-8")
    return path


def read_as_vba(machine: Machine) -> dict[str, str]:
    """Read ``segxl.conf`` as the add-in does: pairs of texts, the first key that fits."""
    text = machine.conf.read_bytes().decode(machine.encoding)
    pairs = _PAIR.findall(text)
    assert "".join(f'"{k}","{v}"' for k, v in pairs) == re.sub(r"[\r\n]", "", text)
    return {key: value for key, value in reversed(pairs)}  # noqa: C416  the first one wins


def files_of(machine: Machine) -> dict[str, bytes]:
    """Return every file of the person, with what it holds."""
    return {
        unicodedata.normalize("NFC", str(p.relative_to(machine.home))): p.read_bytes()
        for p in sorted(machine.home.rglob("*"))
        if p.is_file()
    }
