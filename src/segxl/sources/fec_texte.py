"""The bytes of a FEC as plain UTF-8 lines, whatever program wrote them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import numpy as np

from segxl.domain.anomalies import file_error
from segxl.domain.ternary import Codes
from segxl.sources.classeurs import is_workbook

MOST_BYTES, MOST_BYTES_TOGETHER = 500_000_000, 1_000_000_000
"""One file, and all the parts of one FEC: about four and eight million lines.

Reading takes five times the bytes of a file in memory, three times those of all the parts: at
most about 3 GB either way, which an office computer of 8 GB has to give.
"""
_MEGA = 1_000_000
_BLOCK = 1 << 24
_ASCII = 128
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# The order is that of preference: the law names the first.
_ONE_BYTE = ("iso8859_15", "cp1252", "cp850")
_TOLD = {"cp1252": "Windows-1252", "cp850": "DOS (page 850)", "utf-16": "UTF-16"}
_USUAL = dict.fromkeys("éèêëàâçùûîïôœ", 2) | dict.fromkeys("äöüæÉÈÀÇÂÊÎÔŒ°€’‘“”«»–\u00a0", 1)
_BLANKS = b"\x00\x1a \t\r\n"
# DOS programs end a text with the mark 0x1A.
_LAST = b"\x1a\r\n"
_TAIL = 64
_AGAIN = "demandez un nouvel export du FEC"
_IN_PARTS = (
    f"demandez le FEC en parties _1, _2… de {MOST_BYTES // _MEGA} Mo au plus, "
    f"{MOST_BYTES_TOGETHER // _MEGA} Mo en tout, et donnez-les ensemble"
)
_SHORTER = (
    "demandez un FEC par période plus courte, et lisez chaque période à part ; en parties _1, _2…, "
    f"un FEC est lu jusqu’à {MOST_BYTES_TOGETHER // _MEGA} Mo en tout"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Texte:
    r"""The lines of a FEC: UTF-8, ended all by ``\n`` or all by ``\r\n``, blank lines kept in place.

    ``encodage`` is empty where the law allows the encoding, else its usual name.
    """

    name: str
    raw: bytes
    encodage: str = ""


def check_size(paths: Sequence[Path]) -> None:
    """Refuse a FEC too large for the memory before any of it is read.

    Raises
    ------
    SaisieError
        A file is missing, is not a file, or all of them together are too large.
    """
    sizes = [_size_of(path) for path in paths]
    largest = max(range(len(paths)), key=sizes.__getitem__)
    if sum(sizes) > MOST_BYTES_TOGETHER:
        _refuse_size(paths[0].name, sum(sizes), MOST_BYTES_TOGETHER, _SHORTER)
    if sizes[largest] > MOST_BYTES:
        _refuse_size(paths[largest].name, sizes[largest], MOST_BYTES, _IN_PARTS)


def _size_of(path: Path) -> int:
    try:
        if not path.is_file():
            problem = "ce fichier est introuvable"
            raise file_error(path.name, path, problem, "vérifiez son nom et son dossier")
        return path.stat().st_size
    except OSError as error:
        raise _unreadable(path) from error


def _refuse_size(name: str, size: int, most: int, remedy: str) -> NoReturn:
    problem = f"ce FEC dépasse {most // _MEGA} Mo : il n’a pas été ouvert"
    raise file_error(name, f"{size // _MEGA} Mo", problem, remedy)


def read_raw(path: Path) -> bytes:
    """Return the bytes of one file.

    Raises
    ------
    SaisieError
        The file cannot be opened, is empty, or is a workbook or an archive.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise _unreadable(path) from error
    if not raw[:_TAIL].strip(_BLANKS) and not raw.strip(_BLANKS):
        raise file_error(path.name, f"{len(raw)} octets", "ce fichier est vide", _AGAIN)
    if is_workbook(raw):
        problem = "ce fichier est un classeur ou une archive, pas un FEC"
        remedy = f"décompressez-le si c’est une archive, ou {_AGAIN} au format texte"
        raise file_error(path.name, "", problem, remedy)
    return raw


def texte_of(raw: bytes, name: str) -> Texte:
    r"""Decode a flat file and end its lines alike.

    >>> texte_of("a\r\r\nN° é\r".encode("iso8859_15"), "x").raw.decode()
    'a\nN° é\n'
    >>> texte_of(b"N\xf8 1", "x").encodage
    'DOS (page 850)'
    """
    plain, encoding = _as_utf8(raw)
    if b"\0" in plain:
        plain = plain.replace(b"\0", b"")
    return Texte(name=name, raw=_end_alike(plain), encodage=_TOLD.get(encoding, ""))


def _as_utf8(raw: bytes) -> tuple[bytes, str]:
    if raw.startswith(_UTF16_MARKS):
        return raw.decode("utf-16", "replace").encode("utf-8", "replace"), "utf-16"
    plain = raw.removeprefix(codecs.BOM_UTF8)
    if plain.isascii() or _is_utf8(plain):
        return plain, "utf-8"
    if plain is not raw and len(plain) < len(raw):
        # What announces itself as UTF-8 is: only a label was cut in the middle of a letter.
        return plain.decode("utf-8", "replace").encode(), "utf-8"
    counts = _count_high_bytes(plain)
    encoding = max(_ONE_BYTE, key=lambda name: _score(counts, name))
    return _transcode(plain, encoding, counts), encoding


def _is_utf8(raw: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(raw)
    try:
        for start in range(0, len(raw), _BLOCK):
            decoder.decode(view[start : start + _BLOCK], start + _BLOCK >= len(raw))
    except UnicodeDecodeError:
        return False
    return True


def _count_high_bytes(raw: bytes) -> Codes:
    """Count each of the 128 bytes outside ASCII."""
    counts = np.zeros(_ASCII, dtype=np.int64)
    for start in range(0, len(raw), _BLOCK):
        block = np.frombuffer(raw, np.uint8, min(_BLOCK, len(raw) - start), start)
        counts += np.bincount(block[block >= _ASCII] - np.uint8(_ASCII), minlength=_ASCII)
    return counts


def _letters(encoding: str) -> str:
    return bytes(range(_ASCII, 2 * _ASCII)).decode(encoding, "replace")


def _score(counts: Codes, encoding: str) -> int:
    """Tell how much the bytes read like French under an encoding."""
    usual = [_USUAL.get(letter, 0) for letter in _letters(encoding)]
    return int(counts @ np.array(usual))


def _transcode(raw: bytes, encoding: str, counts: Codes) -> bytes:
    """Return the bytes in UTF-8.

    Python decodes ISO 8859-1 five times as fast as its cousins; the few letters by which they
    differ are then put right, where none of these could be taken for another.
    """
    differing = {
        chr(_ASCII + i): letter
        for i, letter in enumerate(_letters(encoding))
        if counts[i] and letter != chr(_ASCII + i)
    }
    if any(ord(letter) < 2 * _ASCII for letter in differing.values()):
        return raw.decode(encoding, "replace").encode()
    plain = raw.decode("latin-1").encode()
    for read, meant in differing.items():
        plain = plain.replace(read.encode(), meant.encode())
    return plain


def _end_alike(raw: bytes) -> bytes:
    r"""End every record alike: the law allows CR, LF and both, and CR CR LF was met."""
    if b"\r" in raw and not _is_crlf(raw):
        raw = raw.replace(b"\r\r\n", b"\r\n") if b"\n" in raw else raw.replace(b"\r", b"\n")
        if b"\r" in raw and not _is_crlf(raw):
            raw = re.sub(rb"\r*\n|\r+", b"\n", raw)
    tail = raw[-_TAIL:]
    end = tail[len(tail.rstrip(_LAST)) :]
    return raw if end in {b"", b"\n", b"\r\n"} else raw.rstrip(_LAST)


def _is_crlf(raw: bytes) -> bool:
    """Tell whether every CR stands before a LF."""
    return raw.count(b"\r") == raw.count(b"\r\n")


def _unreadable(path: Path) -> Exception:
    remedy = "fermez-le dans les autres programmes, et vérifiez que c’est bien un fichier"
    return file_error(path.name, path, "ce fichier ne peut pas être ouvert", remedy)
