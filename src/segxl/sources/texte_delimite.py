"""Exports as text: their encoding and their separator are found, never asked."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection

from segxl.domain.anomalies import file_error
from segxl.sources.export import HEADER_DEPTH, find_header

SEPARATORS = (";", ",", "\t", "|")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SAMPLE = 65_536
# A text has no control character but tab, line and page ends.
_JUNK = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_JUNK_SHARE, _JUNK_FEW = 0.001, 2
_HALF_EMPTY = 4
# One stray quote swallows the lines down to the next one.
_LINES_IN_A_CELL = 30
_EXCEL_SEPARATOR = re.compile(r"sep=(.)\s*", re.IGNORECASE)
_RESAVE = "ouvrez-le dans Excel et enregistrez-le au format .xlsx ou .csv"


def decode(raw: bytes, name: str) -> str:
    """Return the text of a file, whatever its encoding.

    Raises
    ------
    SaisieError
        The bytes are not those of a text.

    Examples
    --------
    >>> decode("Société".encode("cp1252"), "a.csv"), decode("Société".encode("utf-16"), "a.csv")
    ('Société', 'Société')
    """
    for encoding in _encodings(raw):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_JUNK.findall(text[:_SAMPLE])) > max(_JUNK_FEW, _JUNK_SHARE * len(text[:_SAMPLE])):
            break
        # Some old programs end their lines with CR CR LF.
        return text.replace("\r\r\n", "\r\n")
    problem = "ce fichier n’est ni un texte ni un classeur"
    raise file_error(name, "contenu illisible", problem, _RESAVE)


def _encodings(raw: bytes) -> tuple[str, ...]:
    if raw.startswith(_UTF16_MARKS):
        return ("utf-16",)
    if raw[1:_SAMPLE:2].count(0) > len(raw[:_SAMPLE]) // _HALF_EMPTY:
        return ("utf-16-le",)
    return ("utf-8-sig", "cp1252", "latin-1")


def parse_text(text: str, names: Collection[str] = ()) -> list[list[str]]:
    r"""Cut a text into rows and cells with the separator that shows the best header row.

    >>> parse_text('"Code;dossier";Nom\nC1;"Bora; Alba"\n')
    [['Code;dossier', 'Nom'], ['C1', 'Bora; Alba']]
    """
    separator = _separator_of(text, names)
    rows = _cut(text, separator)
    told = "".join(rows[0]) if rows else ""
    # The first line « sep=; » speaks to Excel; it stays as a blank row so that rows keep their number.
    return [[], *rows[1:]] if _EXCEL_SEPARATOR.fullmatch(told) else rows


def _separator_of(text: str, names: Collection[str]) -> str:
    said = _EXCEL_SEPARATOR.match(text)
    if said and said.group(1) in SEPARATORS:
        return said.group(1)
    first_lines = "".join(text[:_SAMPLE].splitlines(keepends=True)[: 2 * HEADER_DEPTH])
    cuts = {separator: _cut(first_lines, separator) for separator in SEPARATORS}
    return max(
        SEPARATORS,
        key=lambda s: (find_header(cuts[s], names)[1], _regularity(cuts[s])),
    )


def _regularity(rows: list[list[str]]) -> int:
    """Count the rows that have the most usual number of cells, one cell set apart."""
    widths = [len(row) for row in rows if len(row) > 1]
    return max(map(widths.count, set(widths)), default=0)


def _cut(text: str, separator: str) -> list[list[str]]:
    try:
        rows = [*csv.reader(io.StringIO(text, newline=""), delimiter=separator)]
    except csv.Error:
        rows = []
    if rows and not any(cell.count("\n") > _LINES_IN_A_CELL for row in rows for cell in row):
        return rows
    lines = io.StringIO(text, newline="")
    return [[c.strip('"') for c in line.rstrip("\r\n").split(separator)] for line in lines]
