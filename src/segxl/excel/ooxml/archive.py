"""Opening and replacing a workbook file: whatever the disk refuses is one French sentence."""

from __future__ import annotations

import contextlib
import errno
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path

from segxl.domain.anomalies import SaisieError, file_error

OLE_SIGNATURE = b"\xd0\xcf\x11\xe0"
"""First bytes of an encrypted workbook, and of the .xls of before 2007."""
MOST_BYTES = 2 * 1024**3
MOST_RATIO = 250
"""A real workbook unpacks to 10 to 30 times its size; a bomb to a thousand times."""
SMALL_BYTES = 50 * 1024**2
DISK_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
"""No room left on the disk, for a file this big, or in the user's quota."""


def open_archive(path: Path) -> dict[str, zipfile.ZipInfo]:
    """Return the parts of a workbook after the checks that cost nothing.

    Raises
    ------
    SaisieError
        The file is missing, shut, encrypted, damaged, a bomb, or no workbook.
    """
    try:
        _refuse_encrypted(path)
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
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise damaged(path) from error
    _refuse_bomb(path, infos)
    if "[Content_Types].xml" not in infos or "xl/workbook.xml" not in infos:
        raise file_error(
            path.name,
            "",
            "ce n’est pas un classeur Excel (.xlsx ou .xlsm)",
            "ouvrez-le dans Excel et enregistrez-le au format .xlsx",
        )
    return infos


def damaged(path: Path) -> SaisieError:
    """Return the error that says a file cannot be read as a workbook."""
    return file_error(
        path.name,
        "",
        "le fichier est abîmé ou n’est pas un classeur Excel",
        "reprenez une copie saine, ou ouvrez-le dans Excel et enregistrez-le au format .xlsx",
    )


def refuse_if_open(path: Path) -> None:
    """Raise when Excel or LibreOffice holds the file: its lock file stands beside it."""
    for lock in (f"~${path.name}", f".~lock.{path.name}#"):
        if path.with_name(lock).exists():
            raise file_error(
                path.name,
                "",
                "le classeur est ouvert dans Excel ou LibreOffice",
                f"fermez-le puis recommencez ; s’il n’est ouvert nulle part, supprimez le fichier {lock}",
            )


def refuse_other_suffix(source: Path, target: Path) -> None:
    """Raise when the copy would bear the extension of another format: Excel would not open it."""
    if source.suffix.casefold() != target.suffix.casefold():
        raise file_error(
            target.name,
            "",
            f"le fichier à écrire doit porter la même extension que {source.name}",
            f"donnez-lui un nom en {source.suffix}",
        )


def refuse_existing(target: Path) -> None:
    """Raise when a file stands where a new one would go."""
    if target.exists():
        raise file_error(target.name, "", "un fichier porte déjà ce nom", "choisissez un autre nom")


@contextlib.contextmanager
def announcing_refusals(target: Path) -> Iterator[None]:
    """Turn what the disk refuses into a French sentence."""
    try:
        yield
    except OSError as error:
        if error.errno in DISK_FULL:
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
            f"vérifiez qu’il n’est ouvert nulle part et que vous pouvez écrire dans le dossier {target.parent}",
        ) from error


def refuse_if_read_only(target: Path) -> None:
    """Raise where the user may not write: moving a new file over it would get round the refusal."""
    if not target.stat().st_mode & stat.S_IWUSR:
        raise PermissionError(errno.EACCES, "read-only file", str(target))


def _refuse_encrypted(path: Path) -> None:
    with path.open("rb") as stream:
        if stream.read(len(OLE_SIGNATURE)) != OLE_SIGNATURE:
            return
    raise file_error(
        path.name,
        "",
        "le classeur est protégé par un mot de passe, ou c’est un ancien fichier .xls",
        "ouvrez-le dans Excel, retirez le mot de passe et enregistrez-le au format .xlsx",
    )


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
