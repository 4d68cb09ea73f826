"""Which Excel this machine has, asked without starting it."""

from __future__ import annotations

import importlib
import plistlib
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

_APPLICATIONS = (Path("/Applications"), Path.home() / "Applications")
_CURRENT = r"Excel.Application\CurVer"
_CLICK_TO_RUN = r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
_BITS = {"x64": " (64 bits)", "x86": " (32 bits)"}


def find_excel(system: str) -> str:
    """Return the version of Excel in words, or nothing where there is none."""
    if system == "Windows":
        return read_registry(importlib.import_module("winreg"))
    if system == "Darwin":
        return next(filter(None, map(read_application, _APPLICATIONS)), "")
    return ""


def read_registry(winreg: Any) -> str:  # noqa: ANN401  the module exists on Windows only
    r"""Read the version of Excel in the registry of Windows.

    ``CurVer`` says that Excel can be started; « Click to Run », how today's Office is installed,
    says which one.
    """
    current = _read_value(winreg, winreg.HKEY_CLASSES_ROOT, _CURRENT, "")
    if not current:
        return ""
    office = winreg.HKEY_LOCAL_MACHINE
    full = _read_value(winreg, office, _CLICK_TO_RUN, "VersionToReport")
    bits = _BITS.get(_read_value(winreg, office, _CLICK_TO_RUN, "Platform"), "")
    return (full or current.rpartition(".")[2]) + bits


def read_application(applications: Path) -> str:
    """Read the version of Excel in a folder of applications of macOS."""
    described = applications / "Microsoft Excel.app" / "Contents" / "Info.plist"
    try:
        content = plistlib.loads(described.read_bytes())
    except (OSError, ValueError, ExpatError):
        return ""
    return str(content.get("CFBundleShortVersionString", "")) if isinstance(content, dict) else ""


def _read_value(winreg: Any, root: int, key: str, name: str) -> str:  # noqa: ANN401  as above
    try:
        with winreg.OpenKey(root, key) as opened:
            return str(winreg.QueryValueEx(opened, name)[0])
    except OSError:
        return ""
