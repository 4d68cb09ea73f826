"""The parts of a workbook file: read one by one, saved all or nothing."""

from __future__ import annotations

import contextlib
import glob
import os
import stat
import time
import zipfile
import zlib
from pathlib import Path
from xml.parsers import expat

from segxl.domain.anomalies import file_error
from segxl.excel.ooxml.archive import (
    announcing_refusals,
    damaged,
    open_archive,
    refuse_if_open,
    refuse_if_read_only,
    refuse_other_suffix,
)

STALE_AFTER = 3600.0
"""Seconds after which a draft was left by a killed run, not by one at work."""
SMALL = 65_536
"""Bytes up to which a part is kept once read."""
DROPPABLE = frozenset({"xl/calcChain.xml"})
"""Excel rebuilds it: the order of calculation of formulas, wrong as soon as one goes away."""

_UNREADABLE = (
    KeyError,
    RuntimeError,  # a part under a password, or packed in a way unknown here
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
)


class Package:
    """The parts of one .xlsx or .xlsm file, by name; what is not changed is kept byte for byte."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._original = open_archive(path)
        self._seen = _signature_of(path)
        self._parts: dict[str, bytes] = {}
        self._dropped: set[str] = set()
        self._kept: dict[str, bytes] = {}
        self.read_as: dict[str, bytes] = {}
        """Parts as a reader respelt them: kept because a large sheet is read many times."""

    @property
    def names(self) -> list[str]:
        """The names of the parts, in the order of the file, new ones last."""
        originals = [n for n in self._original if n not in self._dropped]
        return originals + [n for n in self._parts if n not in self._original]

    def __contains__(self, name: str) -> bool:
        return name in self._parts or (name in self._original and name not in self._dropped)

    def read(self, name: str) -> bytes:
        """Return one part as it stands now.

        Raises
        ------
        SaisieError
            The file does not hold the part, or holds it damaged or under a password.
        """
        return self._parts[name] if name in self._parts else self._read_original(name)

    def replace(self, name: str, content: bytes) -> None:
        """Put a new content in one part, or add a part; nothing is kept where nothing changes."""
        self.read_as.pop(name, None)
        info = self._original.get(name)
        is_original = (
            info is not None
            and info.file_size == len(content)
            and zlib.crc32(content) == info.CRC
            and self._read_original(name) == content
        )
        if is_original:
            self._parts.pop(name, None)
        else:
            self._parts[name] = content

    def drop(self, name: str) -> None:
        """Leave one part out of the next save; only parts that Excel rebuilds by itself."""
        self._dropped.add(name)
        self._parts.pop(name, None)

    @property
    def is_changed(self) -> bool:
        """Whether a save would write anything new."""
        return bool(self._parts or self._dropped)

    def save(self, path: Path | None = None) -> None:
        """Write the file: beside the target, checked, then put in its place in one move.

        Raises
        ------
        SaisieError
            The folder or the disk refuses; the file on disk is as it was.
        """
        refuse_if_open(path or self.path)
        refuse_other_suffix(self.path, path or self.path)
        with announcing_refusals(path or self.path):
            # A shortcut to the workbook stays a shortcut: the file that it leads to is replaced.
            target = (path or self.path).resolve()
            if target == self.path.resolve():
                self._refuse_if_overtaken()
            _sweep_leftovers(target)
            draft = target.with_name(f".{target.name}.{os.getpid()}.segxl.tmp")
            try:
                self._write(draft)
                self._check(draft)
                if target.exists():
                    refuse_if_read_only(target)
                    draft.chmod(stat.S_IMODE(target.stat().st_mode))
                draft.replace(target)
            finally:
                draft.unlink(missing_ok=True)
            _sync_folder(target.parent)
        if target == self.path.resolve():
            self._seen = _signature_of(target)

    def _read_original(self, name: str) -> bytes:
        if name in self._kept:
            return self._kept[name]
        try:
            with zipfile.ZipFile(self.path) as archive:
                content = archive.read(name)
                if not self._kept:
                    self._keep_small(archive)
        except _UNREADABLE as error:
            raise damaged(self.path) from error
        if len(content) <= SMALL:
            self._kept[name] = content
        return content

    def _keep_small(self, archive: zipfile.ZipFile) -> None:
        """Keep the small parts: opening the archive takes longer than reading one of them."""
        for name, info in self._original.items():
            if info.file_size <= SMALL and name.endswith((".xml", ".rels")):
                # A damaged part is told when somebody needs it.
                with contextlib.suppress(*_UNREADABLE):
                    self._kept[name] = archive.read(name)

    def _refuse_if_overtaken(self) -> None:
        """Raise when somebody else wrote the file since it was opened."""
        if _signature_of(self.path) != self._seen:
            raise file_error(
                self.path.name,
                "",
                "le classeur a été modifié pendant le travail : rien n’a été écrit",
                "recommencez",
            )

    def _write(self, draft: Path) -> None:
        with draft.open("wb") as stream:
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
                for name in self.names:
                    info = self._original.get(name) or zipfile.ZipInfo(name)
                    copy = zipfile.ZipInfo(info.filename, info.date_time)
                    copy.compress_type = (
                        info.compress_type if name in self._original else zipfile.ZIP_DEFLATED
                    )
                    copy.external_attr = info.external_attr
                    archive.writestr(copy, self.read(name))
            stream.flush()
            os.fsync(stream.fileno())

    def _check(self, draft: Path) -> None:
        """Compare the draft with the original, part by part, before it may replace anything."""
        with zipfile.ZipFile(draft) as archive:
            written = {i.filename: i.CRC for i in archive.infolist()}
        lost = set(self._original) - set(written) - (self._dropped & DROPPABLE)
        altered = {
            n
            for n, i in self._original.items()
            if n in written and n not in self._parts and written[n] != i.CRC
        }
        broken = {
            n
            for n, content in self._parts.items()
            if n.endswith((".xml", ".rels")) and not is_well_formed(content)
        }
        if any(n in self._original and not is_well_formed(self._read_original(n)) for n in broken):
            raise damaged(self.path)
        if lost or altered or broken:
            msg = f"draft refused: lost {sorted(lost)}, altered {sorted(altered)}, broken {sorted(broken)}"
            raise RuntimeError(msg)


def _signature_of(path: Path) -> tuple[int, int]:
    """Return what changes when somebody else writes the file."""
    seen = path.stat()
    return seen.st_mtime_ns, seen.st_size


def _sweep_leftovers(target: Path) -> None:
    """Remove the drafts that killed runs left behind."""
    for draft in target.parent.glob(f".{glob.escape(target.name)}.*.segxl.tmp"):
        with contextlib.suppress(OSError):
            if time.time() - draft.stat().st_mtime > STALE_AFTER:
                draft.unlink()


def _sync_folder(folder: Path) -> None:
    """Make the move itself durable, where the system can (Windows does it by itself)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def is_well_formed(content: bytes) -> bool:
    """Tell whether a part is XML from end to end."""
    try:
        expat.ParserCreate().Parse(content, True)
    except expat.ExpatError:
        return False
    return True
