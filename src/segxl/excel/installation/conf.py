"""The few lines that tell the add-in which Python to start: ``segxl.conf``.

VBA reads the file two texts at a time, key then value, and keeps the first key that fits. So the
lines of segxl come first, whatever the user wrote under them, and no line is left blank: a blank
line would count as one text and shift all that follows.
"""

from __future__ import annotations

import re
import shlex
import unicodedata
from pathlib import Path

from segxl.excel.installation.machine import Machine

_LINE = re.compile(rb'\s*"?([^",]*)"?\s*,\s*"?([^"]*)')
_UTF8_MARK = b"\xef\xbb\xbf"
_TAKEN_BY_THE_SCRIPT = frozenset("\"'\\|")
"""What the file, the script of xlwings and the shell each read in their own way."""


def settings_of(machine: Machine) -> dict[str, str]:
    """Return the lines that segxl writes; values are texts, never a Boolean of Excel.

    In a French Excel, ``CStr(True)`` is « Vrai », which xlwings does not know.
    """
    return {
        _interpreter_key(machine): spell_interpreter(machine),
        "PYTHONPATH": "",
        "ADD_WORKBOOK_TO_PYTHONPATH": "False",
        "USE UDF SERVER": "True",
        "SHOW CONSOLE": "False",
        "DEBUG UDFS": "False",
    }


def spell_interpreter(machine: Machine) -> str:
    """Write the path of Python as the add-in needs it.

    On macOS the script of xlwings pastes the path into a shell command without quotes, so each
    folder that needs quotes has its own; the path still starts with « / », which VBA looks at.
    An accent is one character there, as Mac Roman knows no other.
    """
    path = str(machine.interpreter)
    if machine.is_windows:
        return path
    parts = unicodedata.normalize("NFC", path).split("/")
    return "/".join(part and shlex.quote(part) for part in parts)


def can_spell(machine: Machine) -> bool:
    """Whether the add-in can read the path of Python in ``segxl.conf``."""
    try:
        spell_interpreter(machine).encode(machine.encoding)
    except UnicodeEncodeError:
        return False
    return machine.is_windows or not _TAKEN_BY_THE_SCRIPT & {*str(machine.interpreter)}


def write_settings(conf: bytes, machine: Machine) -> bytes:
    """Put the lines of segxl before the user's own."""
    end = "\r\n" if machine.is_windows else "\n"
    lines = (f'"{key}","{value}"{end}' for key, value in settings_of(machine).items())
    own = without_settings(conf.removeprefix(_UTF8_MARK), machine).splitlines(keepends=True)
    return "".join(lines).encode(machine.encoding) + b"".join(line for line in own if line.strip())


def without_settings(conf: bytes, machine: Machine) -> bytes:
    """Return the user's own lines, byte for byte."""
    ours = {key.casefold() for key in settings_of(machine)}
    return b"".join(line for line in conf.splitlines(keepends=True) if _key_of(line) not in ours)


def read_interpreter(conf: bytes, machine: Machine) -> Path | None:
    """Return the Python that the add-in would start, or None where the file names none."""
    wanted = _interpreter_key(machine).casefold()
    for line in conf.splitlines():
        found = _LINE.match(line)
        if found and _key_of(line) == wanted:
            return _parse_interpreter(found[2].decode(machine.encoding, "replace"), machine)
    return None


def _interpreter_key(machine: Machine) -> str:
    return "INTERPRETER_WIN" if machine.is_windows else "INTERPRETER_MAC"


def _parse_interpreter(value: str, machine: Machine) -> Path | None:
    if machine.is_windows:
        return Path(value) if value else None
    try:
        words = shlex.split(value)
    except ValueError:
        words = [value]
    return Path(" ".join(words)) if words else None


def _key_of(line: bytes) -> str:
    found = _LINE.match(line)
    return found[1].decode("ascii", "replace").casefold() if found else ""
