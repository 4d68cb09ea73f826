"""The parts of a workbook file: opened with care, saved all or nothing."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from segxl.domain.anomalies import SaisieError, file_error

OLE_SIGNATURE = b"\xd0\xcf\x11\xe0"
"""First bytes of an encrypted workbook, and of the .xls of before 2007."""
MOST_BYTES = 2 * 1024**3
MOST_RATIO = 250
"""A real workbook unpacks to 10 to 30 times its size; a bomb to a thousand times."""
SMALL_BYTES = 50 * 1024**2
STALE_AFTER = 3600.0
DROPPABLE = frozenset({"xl/calcChain.xml"})
"""Excel rebuilds it: the order of calculation of formulas, wrong as soon as one goes away."""


class Package:
    """The parts of one .xlsx or .xlsm file, by name; what is not changed is kept byte for byte."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._original = _open_archive(path)
        self._seen = _signature_of(path)
        self._parts: dict[str, bytes] = {}
        self._dropped: set[str] = set()

    @property
    def names(self) -> list[str]:
        """The names of the parts, in the order of the file, new ones last."""
        originals = [n for n in self._original if n not in self._dropped]
        return originals + [n for n in self._parts if n not in self._original]

    def __contains__(self, name: str) -> bool:
        return name in self._parts or (name in self._original and name not in self._dropped)

    def read(self, name: str) -> bytes:
        """Return one part as it stands now."""
        if name in self._parts:
            return self._parts[name]
        try:
            with zipfile.ZipFile(self.path) as archive:
                return archive.read(name)
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise _damaged(self.path) from error

    def replace(self, name: str, content: bytes) -> None:
        """Put a new content in one part, or add a part; nothing is kept where nothing changes."""
        if name not in self or self.read(name) != content:
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
        target = path or self.path
        refuse_if_open(target)
        if target == self.path and _signature_of(target) != self._seen:
            raise file_error(
                target.name,
                "",
                "le classeur a été modifié pendant le travail : rien n’a été écrit",
                "recommencez",
            )
        with _announcing_refusals(target):
            _sweep_leftovers(target)
            draft = target.with_name(f".{target.name}.{os.getpid()}.segxl.tmp")
            try:
                self._write(draft)
                self._check(draft)
                if target.exists():
                    _refuse_if_read_only(target)
                    draft.chmod(stat.S_IMODE(target.stat().st_mode))
                draft.replace(target)
            finally:
                draft.unlink(missing_ok=True)
            _sync_folder(target.parent)

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
            if n.endswith(".xml") and not _is_well_formed(content)
        }
        if lost or altered or broken:
            msg = f"draft refused: lost {sorted(lost)}, altered {sorted(altered)}, broken {sorted(broken)}"
            raise RuntimeError(msg)


def _signature_of(path: Path) -> tuple[int, int]:
    """Return what changes when somebody else writes the file."""
    seen = path.stat()
    return seen.st_mtime_ns, seen.st_size


def refuse_if_open(path: Path) -> None:
    """Raise when Excel or LibreOffice holds the file: its lock file stands beside it."""
    for lock in (f"~${path.name}", f"~${path.name[2:]}", f".~lock.{path.name}#"):
        if path.with_name(lock).exists():
            raise file_error(
                path.name,
                "",
                "le classeur est ouvert dans Excel ou LibreOffice",
                "fermez-le puis recommencez",
            )


def _open_archive(path: Path) -> dict[str, zipfile.ZipInfo]:
    """Return the parts of a workbook after the checks that cost nothing."""
    try:
        with path.open("rb") as stream:
            first = stream.read(4)
        if first == OLE_SIGNATURE:
            raise file_error(
                path.name,
                "",
                "le classeur est protégé par un mot de passe, ou c’est un ancien fichier .xls",
                "ouvrez-le dans Excel, retirez le mot de passe et enregistrez-le au format .xlsx",
            )
        with zipfile.ZipFile(path) as archive:
            infos = {i.filename: i for i in archive.infolist()}
    except FileNotFoundError as error:
        raise file_error(
            path.name, "", "le fichier n’existe pas", f"vérifiez le chemin : {path}"
        ) from error
    except (IsADirectoryError, PermissionError) as error:
        raise file_error(
            path.name,
            "",
            "le fichier ne peut pas être lu",
            "vérifiez que c’est un classeur et que vous y avez accès",
        ) from error
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _damaged(path) from error
    _refuse_bomb(path, infos)
    if "[Content_Types].xml" not in infos or "xl/workbook.xml" not in infos:
        raise file_error(
            path.name,
            "",
            "ce n’est pas un classeur Excel (.xlsx ou .xlsm)",
            "ouvrez-le dans Excel et enregistrez-le au format .xlsx",
        )
    return infos


def _refuse_bomb(path: Path, infos: dict[str, zipfile.ZipInfo]) -> None:
    """Raise when the file would unpack to a size no workbook has."""
    unpacked = sum(i.file_size for i in infos.values())
    packed = max(sum(i.compress_size for i in infos.values()), 1)
    if unpacked > MOST_BYTES or (unpacked > SMALL_BYTES and unpacked > MOST_RATIO * packed):
        raise file_error(
            path.name,
            f"{unpacked / 1024**2:,.0f} Mo".replace(",", "\u202f"),
            "le fichier se déplie à une taille anormale et n’a pas été ouvert",
            "demandez à son auteur un export ordinaire",
        )


def _damaged(path: Path) -> SaisieError:
    return file_error(
        path.name,
        "",
        "le fichier est abîmé ou n’est pas un classeur Excel",
        "reprenez une copie saine, ou ouvrez-le dans Excel et enregistrez-le au format .xlsx",
    )


@contextlib.contextmanager
def _announcing_refusals(target: Path) -> Iterator[None]:
    """Turn what the disk refuses into a French sentence."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise file_error(
                target.name,
                "",
                "le disque est plein : rien n’a été modifié",
                "libérez de la place puis recommencez",
            ) from error
        raise file_error(
            target.name,
            "",
            "le classeur ne peut pas être enregistré ici : rien n’a été modifié",
            f"vérifiez vos droits sur le dossier {target.parent}",
        ) from error


def _refuse_if_read_only(target: Path) -> None:
    """Raise where the user may not write: moving a new file over it would get round the refusal."""
    if not target.stat().st_mode & stat.S_IWUSR:
        raise PermissionError(errno.EACCES, "read-only file", str(target))


def _sweep_leftovers(target: Path) -> None:
    """Remove the drafts that killed runs left behind."""
    for draft in target.parent.glob(f".{target.name}.*.segxl.tmp"):
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


def _is_well_formed(content: bytes) -> bool:
    try:
        expat.ParserCreate().Parse(content, True)
    except expat.ExpatError:
        return False
    return True
