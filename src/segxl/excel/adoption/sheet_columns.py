"""The columns of a sheet: their width, their look, and the groups that fold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from segxl.excel.ooxml.sheet_xml import insert_head

_COLS = re.compile(rb"<cols>.*?</cols>", re.DOTALL)
_COL = re.compile(rb"<col\b[^>]*?(?:/>|></col>)")
_ENDS = re.compile(rb'\s(min|max)="(\d+)"')
_FORMAT = re.compile(rb"<sheetFormatPr\b")
_LEVEL = re.compile(rb'<sheetFormatPr\b[^>]*?\soutlineLevelCol="[1-9]')
_PROPERTIES = re.compile(rb"<sheetPr\b[^>]*?(?:/>|>.*?</sheetPr>)", re.DOTALL)
_BEFORE_OUTLINE = re.compile(rb"<tabColor\b[^>]*?/>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a sheet; ``is_folded`` puts it in the group that a click on + unfolds."""

    width: float
    style: int
    is_folded: bool = False


def set_columns(sheet: bytes, columns: Mapping[int, Column]) -> bytes:
    """Give some columns of a plain sheet their width and look; the others keep theirs.

    >>> set_columns(b'<cols><col min="1" max="9" width="5"/></cols><sheetData>', {2: Column(width=8, style=3)})
    b'<cols><col min="1" max="1" width="5"/><col min="2" max="2" width="8" style="3" customWidth="1"/><col min="3" max="9" width="5"/></cols><sheetData>'
    """
    at = sheet.index(b"<sheetData>")
    head, rows = sheet[:at], sheet[at:]
    old = _COLS.search(head)
    was_grouped = b"outlineLevel=" in (old[0] if old else b"")
    tags = [
        piece for tag in _COL.findall(old[0] if old else b"") for piece in _around(tag, columns)
    ]
    folded = {number for number, column in columns.items() if column.is_folded}
    tags += [
        (number, _tag(number, column, bears_plus=number + 1 in folded and number not in folded))
        for number, column in columns.items()
    ]
    block = b"<cols>" + b"".join(tag for _, tag in sorted(tags)) + b"</cols>"
    head = head.replace(old[0], block, 1) if old else insert_head(head, "cols", block)
    return (_with_groups(head, was_grouped=was_grouped) if folded else head) + rows


def _around(tag: bytes, columns: Mapping[int, Column]) -> list[tuple[int, bytes]]:
    """Return what is left of a run of columns once some of them go their own way."""
    ends = {name: int(value) for name, value in _ENDS.findall(tag)}
    first, last = ends[b"min"], ends[b"max"]
    taken = sorted(c for c in columns if first <= c <= last)
    if not taken:
        return [(first, tag)]
    pieces = []
    for start, stop in zip([first, *(c + 1 for c in taken)], [*taken, last + 1], strict=True):
        if start < stop:
            pieces.append((start, _spanning(tag, start, stop - 1)))
    return pieces


def _spanning(tag: bytes, first: int, last: int) -> bytes:
    ends = {b"min": first, b"max": last}
    return _ENDS.sub(lambda m: b' %s="%d"' % (m[1], ends[m[1]]), tag)


def _tag(number: int, column: Column, *, bears_plus: bool) -> bytes:
    plus = ' collapsed="1"' if bears_plus else ""
    folded = ' hidden="1"' if column.is_folded else ""
    level = ' outlineLevel="1"' if column.is_folded else ""
    return (
        f'<col min="{number}" max="{number}" width="{column.width:g}" style="{column.style}"'
        f'{folded} customWidth="1"{level}{plus}/>'
    ).encode()


def _with_groups(head: bytes, *, was_grouped: bool) -> bytes:
    """Return the head of a sheet that says it has groups of columns.

    The + stands before the group, as in the template, unless the firm has groups of its own.
    """
    if not _FORMAT.search(head):
        head = insert_head(head, "sheetFormatPr", b'<sheetFormatPr defaultRowHeight="15"/>')
    if not _LEVEL.search(head):
        head = re.sub(rb'(<sheetFormatPr\b[^>]*?)\soutlineLevelCol="0"', rb"\1", head)
        head = _FORMAT.sub(b'<sheetFormatPr outlineLevelCol="1"', head, count=1)
    properties = _PROPERTIES.search(head)
    if was_grouped or (properties and b"<outlinePr" in properties[0]):
        return head
    outline = b'<outlinePr summaryRight="0"/>'
    if properties is None:
        return insert_head(head, "sheetPr", b"<sheetPr>" + outline + b"</sheetPr>")
    if properties[0].endswith(b"/>"):
        return head.replace(properties[0], properties[0][:-2] + b">" + outline + b"</sheetPr>", 1)
    colour = _BEFORE_OUTLINE.search(properties[0])
    at = properties.start() + (colour.end() if colour else properties[0].index(b">") + 1)
    return head[:at] + outline + head[at:]
