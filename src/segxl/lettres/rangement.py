"""Drafts put in their folder without ever writing over somebody's work."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from segxl.domain.anomalies import file_error
from segxl.lettres.registre import empreinte


def store_draft(folder: Path, name: str, content: bytes, known: Collection[str] = ()) -> Path:
    """Write one draft and return where it is.

    A file of that name that segxl wrote (its fingerprint is in ``known``) or that holds the same
    bytes is written over; one that somebody edited is kept, and the draft takes another name.

    Raises
    ------
    SaisieError
        The folder cannot be written.
    """
    path, number = folder / name, 2
    try:
        folder.mkdir(parents=True, exist_ok=True)
        while path.exists() and not _is_ours(path, content, known):
            path = folder / f"{Path(name).stem} ({number}){Path(name).suffix}"
            number += 1
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)
    except OSError as error:
        raise file_error(
            name,
            "",
            "le fichier ne peut pas être écrit",
            f"vérifiez la place et vos droits sur le dossier {folder}, et fermez le fichier s’il est ouvert",
        ) from error
    return path


def _is_ours(path: Path, content: bytes, known: Collection[str]) -> bool:
    held = path.read_bytes()
    return held == content or empreinte(held) in known
