"""A file that knows whether somebody edited it since: it carries the fingerprint of its own text.

A « dossier de trajectoire » goes in no register; made again after one more exchange was noted, it
must replace the one of the same day, but never one that somebody worked on.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from segxl.lettres.registre import empreinte

PROPERTIES = "docProps/core.xml"
_SEAL = re.compile(rb"<dc:identifier>([0-9a-f]+)</dc:identifier>")


def seal_of(dossier: str, parts: Mapping[str, bytes]) -> str:
    """Return the fingerprint of a client's file: whose it is, and its parts by name."""
    told = b"".join(name.encode() + b"\0" + parts[name] for name in sorted(parts))
    return empreinte(dossier.encode() + b"\0" + told)


def is_sealed(content: bytes, dossier: str, names: frozenset[str]) -> bool:
    """Tell whether a file is the one that segxl wrote for this client, unedited.

    ``names`` are the parts that the seal covers.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            found = _SEAL.search(archive.read(PROPERTIES))
            parts = {name: archive.read(name) for name in names}
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, ValueError):
        # Whatever lies there is no file of ours: it is kept.
        return False
    return found is not None and found[1].decode() == seal_of(dossier, parts)


def find_ours(path: Path, dossier: str, names: frozenset[str]) -> frozenset[str]:
    """Return the fingerprints of the unedited files of this client under this name.

    The later ones bear a number: « … (2).docx ».
    """
    ours, place, number = set(), path, 2
    try:
        while place.is_file():
            held = place.read_bytes()
            if is_sealed(held, dossier, names):
                ours.add(empreinte(held))
            place = path.with_name(f"{path.stem} ({number}){path.suffix}")
            number += 1
    except OSError:
        # Whoever writes there next is refused too, and says so.
        pass
    return frozenset(ours)
