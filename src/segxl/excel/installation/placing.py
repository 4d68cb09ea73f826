"""Put a file where Excel looks for it, or take it away: whole, or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from segxl.domain.anomalies import SaisieError, file_error
from segxl.excel.installation.machine import Machine
from segxl.excel.ooxml.archive import DISK_FULL


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of the installation: what it is for the user, where it goes, what it holds."""

    name: str
    path: Path
    content: bytes

    @property
    def is_in_place(self) -> bool:
        """Whether the file stands there already, byte for byte."""
        return read_file(self.path) == self.content


def read_file(path: Path) -> bytes | None:
    """Read a file, or return None where there is none that can be read."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def read_own(path: Path, machine: Machine, command: str) -> bytes:
    """Read a file that the user may have written in; nothing where there is none.

    Raises
    ------
    SaisieError
        The file is there and cannot be read: writing it anew would lose the user's lines.
    """
    with _telling_refusals(path, machine, command):
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return b""


def place(piece: Piece, draft_folder: Path, machine: Machine, command: str) -> None:
    """Write a file beside its place, then move it there in one step.

    Raises
    ------
    SaisieError
        Excel holds the old file open, or the folder refuses; the old file is as it was.
    """
    draft = draft_folder / f".{piece.path.name}.segxl.tmp"
    with _telling_refusals(piece.path, machine, command):
        try:
            piece.path.parent.mkdir(parents=True, exist_ok=True)
            _write_through(draft, piece.content)
            with _telling_it_is_open(piece.path, machine, command):
                _allow_replacing(piece.path)
                draft.replace(piece.path)
        finally:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)


def remove(path: Path, machine: Machine, command: str) -> bool:
    """Take a file away and return whether there was one.

    Raises
    ------
    SaisieError
        Excel holds the file open, or the folder refuses.
    """
    if not os.path.lexists(path):
        return False
    with (
        _telling_refusals(path, machine, command),
        _telling_it_is_open(path, machine, command),
    ):
        _allow_replacing(path)
        path.unlink()
    return True


def _write_through(path: Path, content: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _allow_replacing(path: Path) -> None:
    """Lift the read-only mark that a copy from a server carries: Windows would keep the file."""
    with contextlib.suppress(OSError):
        path.chmod(path.stat().st_mode | stat.S_IWUSR)


@contextlib.contextmanager
def _telling_it_is_open(path: Path, machine: Machine, command: str) -> Iterator[None]:
    """Say that Excel is open: Windows keeps an open file from being replaced, macOS does not."""
    try:
        yield
    except PermissionError as error:
        if not machine.is_windows:
            raise
        raise file_error(
            path.name,
            "",
            "Excel tient ce fichier ouvert",
            f"fermez Excel, puis relancez « segxl {command} »",
        ) from error


@contextlib.contextmanager
def _telling_refusals(path: Path, machine: Machine, command: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _refused(error, path, machine, command) from error


def _refused(error: OSError, path: Path, machine: Machine, command: str) -> SaisieError:
    again = f"puis relancez « segxl {command} »"
    if error.errno in DISK_FULL:
        return file_error(path.name, "", "le disque est plein", f"libérez de la place, {again}")
    # macOS keeps the folders of an application from the others, the terminal included.
    remedy = (
        "demandez le droit d’y écrire"
        if machine.is_windows
        else "dans Réglages Système, Confidentialité et sécurité, Accès complet au disque, autorisez le Terminal"
    )
    return file_error(
        path.name,
        "",
        f"le dossier {path.parent} ne se laisse ni lire ni modifier",
        f"{remedy}, {again}",
    )
