"""File names that Windows, macOS and a shared folder all accept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 120
LONGEST_BYTES = 240
"""Disks of Linux and of many shared folders take 255 bytes: an emoji is four of them."""
# The marks that turn the reading order round would show « xcod.exe » for a name that ends in .docx.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+')
_SPACES = re.compile(r"\s+")
# Names of devices: Windows refuses them, whatever the extension.
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)


def file_name(dossier: str, raison_sociale: str, modele: str, ext: str) -> str:
    """Return the name of a letter's file.

    >>> file_name("D12", "L’Été : Père / Fils.", "pret", "docx")
    'D12 - L’Été Père Fils - pret.docx'
    >>> file_name("CON", "", "", "eml")
    'CON_.eml'
    """
    suffix = f".{ext.lstrip('.')}"
    head, tail = _clean(dossier), _clean(modele)
    room = LONGEST - len(suffix) - len(head) - len(tail) - len(" - ") * 2
    middle = _clean(raison_sociale)[: max(room, 0)]
    bytes_left = LONGEST_BYTES - len(f"{head}{tail}{suffix}".encode())
    middle = middle.encode()[: max(bytes_left, 0)].decode(errors="ignore").rstrip(" .")
    stem = " - ".join(filter(None, (head, middle, tail))) or "courrier"
    stem = stem[: LONGEST - len(suffix)].rstrip(" .")
    return f"{stem}_{suffix}" if _RESERVED.fullmatch(stem) else stem + suffix


def unique_names(names: Iterable[str]) -> tuple[str, ...]:
    """Make names differ on a disk that is blind to case: the later ones get a number.

    >>> unique_names(["Lumo.docx", "LUMO.docx", "Roy.docx", "lumo.docx"])
    ('Lumo.docx', 'LUMO (2).docx', 'Roy.docx', 'lumo (3).docx')
    """
    taken: set[str] = set()
    return tuple(_free(name, taken) for name in names)


def _free(name: str, taken: set[str]) -> str:
    stem, dot, ext = name.rpartition(".")
    free, number = name, 1
    while free.casefold() in taken:
        number += 1
        mark = f" ({number})"
        free = stem[: LONGEST - len(mark) - len(dot + ext)].rstrip() + mark + dot + ext
    taken.add(free.casefold())
    return free


def _clean(text: str) -> str:
    """Return a text without what a disk refuses; its accents stay."""
    composed = unicodedata.normalize("NFC", text)
    return _SPACES.sub(" ", _FORBIDDEN.sub(" ", composed)).strip(" .")
