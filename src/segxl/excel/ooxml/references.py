"""What a formula reads: cells, whole tables, columns of tables; names are followed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from segxl.domain.tableau import column_number
from segxl.domain.textes import fold
from segxl.excel.ooxml.structure import Place

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_TEXT = re.compile(r'"(?:[^"]|"")*"')
_SHEET = r"(?:'((?:[^']|'')+)'|([\w.\u0080-\uffff]+))!"
_AREA = re.compile(
    rf"(?:{_SHEET})?(?<![\w.])(?:"
    r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?"
    r"|\$?([A-Z]{1,3}):\$?([A-Z]{1,3})|\$?(\d{1,7}):\$?(\d{1,7}))(?![\w(.])",
    re.IGNORECASE,
)
_TABLE = re.compile(r"([^\W\d][\w.\\]*)\[((?:[^\[\]]|\[(?:'.|[^\]])*\])*)\]")
_WORD = re.compile(r"[^\W\d][\w.\\]*")
_UNPREDICTABLE = re.compile(r"(?i)\b(?:INDIRECT|OFFSET)\(|\w:\w[\w.]*!|:[^']*'!")
"""A formula that builds its references, or reads the same cell of several sheets."""


@dataclass(frozen=True, slots=True)
class Area:
    """A block of cells of one sheet, bounds included."""

    sheet: str
    first_column: int
    last_column: int
    first_row: int
    last_row: int


EVERYTHING = Area("", 1, LAST_COLUMN, 1, LAST_ROW)
"""What a formula may read that cannot be followed: any cell of any sheet."""


@dataclass(frozen=True, slots=True)
class Book:
    """What gives a meaning to the words of a formula."""

    tables: Mapping[str, Place]
    names: Mapping[str, str]
    """The formula behind each defined name, by its folded name."""


def find_references(formula: str, sheet: str, book: Book) -> frozenset[Area]:
    """Return every block of cells that a formula of ``sheet`` reads.

    >>> book = Book({}, {"taux": "Réglages!$B$2"})
    >>> sorted((a.sheet, a.first_column, a.last_row) for a in find_references("A1*Taux", "S", book))
    [('Réglages', 2, 2), ('S', 1, 1)]
    """
    return frozenset(_walk(formula, sheet, book, seen=frozenset()))


def _walk(formula: str, sheet: str, book: Book, seen: frozenset[str]) -> Iterator[Area]:
    text = _TEXT.sub("", formula)
    if _UNPREDICTABLE.search(text):
        yield EVERYTHING
    for match in _TABLE.finditer(text):
        if place := book.tables.get(fold(match[1])):
            yield from _table_areas(place, match[2])
    plain = _TABLE.sub(" ", text)
    yield from (_area_of(match, sheet) for match in _AREA.finditer(plain))
    for word in map(fold, _WORD.findall(plain)):
        if word in book.names and word not in seen:
            yield from _walk(book.names[word], sheet, book, seen | {word})


def _table_areas(place: Place, inside: str) -> Iterable[Area]:
    """Return the columns of a table that a reference names; the whole table where it names none."""
    known = place.columns
    named = [re.sub(r"'(.)", r"\1", n) for n in re.findall(r"\[((?:'.|[^\]])*)\]", inside)] or [
        inside
    ]
    columns = [known[fold(n)] for n in named if fold(n) in known]
    first, last = (
        (min(columns), max(columns)) if columns else (place.first_column, place.last_column)
    )
    return (
        Area(place.sheet, first, last, max(place.header_row, 1), place.last_row + place.totals),
    )


def _area_of(match: re.Match[str], sheet: str) -> Area:
    quoted, bare, c1, r1, c2, r2, column1, column2, row1, row2 = match.groups()
    where = quoted.replace("''", "'") if quoted else bare or sheet
    if c1:
        columns = sorted((column_number(c1.upper()), column_number((c2 or c1).upper())))
        rows = sorted((int(r1), int(r2 or r1)))
    elif column1:
        columns, rows = (
            sorted((column_number(column1.upper()), column_number(column2.upper()))),
            [1, LAST_ROW],
        )
    else:
        columns, rows = [1, LAST_COLUMN], sorted((int(row1), int(row2)))
    return Area(where, columns[0], columns[1], rows[0], rows[1])
