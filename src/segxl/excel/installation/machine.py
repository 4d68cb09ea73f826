"""The machine that Excel runs on, as a value, and where Excel wants each file of the add-in."""

from __future__ import annotations

import os
import platform
import struct
import sys
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from segxl.excel.installation.office import find_excel

WINDOWS, MACOS = "Windows", "Darwin"
"""Where Excel runs, in the words of ``platform.system``."""
COMPLEMENT = "segxl.xlam"
CONF = "segxl.conf"
# VBA reads text in the code page of the system, never in UTF-8: ANSI on Windows, Mac Roman (code
# page 10000) on a Mac set to a language of Western Europe.
_ENCODINGS = {WINDOWS: "mbcs", MACOS: "mac_roman"}
_EXCEL_CONTAINER = "Library/Containers/com.microsoft.Excel/Data"
_OFFICE_STARTUP = (
    "Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel"
)
_EXCEL_SCRIPTS = "Library/Application Scripts/com.microsoft.Excel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What decides where the add-in goes and how it starts Python."""

    system: str
    """``WINDOWS``, ``MACOS``, or a system that has no Excel."""
    home: Path
    appdata: Path
    """The roaming folder of Windows; no use elsewhere."""
    executable: Path
    base: Path
    """The Python that a virtual environment was made from; else where this Python stands."""
    bits: int
    encoding: str
    """How VBA reads a text file here."""
    xlwings: Path
    """Folder of the xlwings package."""
    xlwings_version: str
    excel: str
    """Version of Excel, in words; empty where none was found."""

    @property
    def is_windows(self) -> bool:
        """Whether Excel loads Python through a DLL."""
        return self.system == WINDOWS

    @property
    def has_excel(self) -> bool:
        """Whether Excel exists for this system."""
        return self.system in {WINDOWS, MACOS}

    @property
    def complement(self) -> Path:
        """Where the add-in stands: Excel opens what lies there, and trusts it."""
        if self.is_windows:
            return self.appdata / "Microsoft" / "Excel" / "XLSTART" / COMPLEMENT
        return self.home / _OFFICE_STARTUP / COMPLEMENT

    @property
    def conf(self) -> Path:
        """Where the add-in reads which Python to start."""
        return (self.home / ".segxl" if self.is_windows else self.container) / CONF

    @property
    def container(self) -> Path:
        """What Excel for Mac takes for the user's home; made when Excel first opens."""
        return self.home / _EXCEL_CONTAINER

    @property
    def script(self) -> Path:
        """Where Excel for Mac looks for the script that starts Python."""
        return self.home / _EXCEL_SCRIPTS / self.shipped_script.name

    @property
    def shipped_script(self) -> Path:
        """Where xlwings keeps that script; its name holds the version."""
        return self.xlwings / f"xlwings-{self.xlwings_version}.applescript"

    @property
    def interpreter(self) -> Path:
        """Return the Python that Excel starts: the one without a console, where there is one."""
        windowless = self.executable.with_name("pythonw.exe")
        return windowless if self.is_windows and windowless.exists() else self.executable

    @property
    def dll(self) -> str:
        """Name of the DLL that the add-in loads; its version is the one of xlwings."""
        return f"xlwings64-{self.xlwings_version}.dll"

    def find_dll(self) -> Path | None:
        """Return the DLL where the add-in looks: beside Python, else one folder up."""
        folders = self.interpreter.parents[:2]
        return next((f / self.dll for f in folders if (f / self.dll).exists()), None)


def this_machine() -> Machine:
    """Describe the machine that segxl runs on."""
    system, home = platform.system(), Path.home()
    # Importing xlwings takes 0.65 s and, on Windows, starts to look for Excel.
    spec = find_spec("xlwings")
    return Machine(
        system=system,
        home=home,
        appdata=Path(os.environ.get("APPDATA") or home / "AppData" / "Roaming"),
        executable=Path(sys.executable),
        base=Path(sys.base_prefix),
        bits=struct.calcsize("P") * 8,
        encoding=_ENCODINGS.get(system, "utf-8"),
        xlwings=Path(spec.origin).parent if spec and spec.origin else Path(),
        xlwings_version=version("xlwings"),
        excel=find_excel(system),
    )
