"""Rows high enough for the sentences they hold, where nobody chose a height.

Excel measures them itself when it opens the file; LibreOffice trusts a workbook that Excel may
have written, and would print one line over the next.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from segxl.excel.ooxml.cells import Cells
from segxl.excel.ooxml.sheet_xml import iter_rows, sheet_data_bounds

LINE = 15.0
"""Points of one line in the font of the workbook."""
MOST_LINES = 27
"""Excel takes rows of 409 points at most."""
_COL = re.compile(rb"<col\b[^>]*?/>")
_NUMBERS = re.compile(rb'\s(min|max|width)="([\d.]+)"')
_HEIGHT = re.compile(rb'\sht="([\d.]+)"')


def fit_rows(sheet: bytes, cells: Mapping[int, Cells]) -> bytes:
    """Return a plain sheet whose rows show all the text of some cells; heights set by hand stay."""
    widths = _widths_of(sheet)
    start, end = sheet_data_bounds(sheet)
    pieces = [sheet[:start]]
    done = start
    for number, row in iter_rows(sheet, start, end):
        done += len(row)
        written = cells.get(number)
        if written is None:
            pieces.append(row)
            continue
        lines = _lines_of(written, widths)
        # The cells of the row that were not written may be the ones that need its height.
        is_whole = row.count(b"<c ") <= len(written)
        pieces.append(_with_height(row, lines if is_whole else max(lines, _lines_now(row))))
    return b"".join([*pieces, sheet[done:]])


def _lines_of(cells: Cells, widths: Mapping[int, float]) -> int:
    """Return how many lines the longest text of a row takes.

    >>> _lines_of({1: "a" * 25, 2: 12.0, 3: "x"}, {1: 10.0, 2: 8.0})
    3
    """
    texts = ((str(v), widths[c]) for c, v in cells.items() if isinstance(v, str) and c in widths)
    lines = (
        sum(max(1, math.ceil(len(part) / width)) for part in text.splitlines() or [""])
        for text, width in texts
    )
    return min(max(lines, default=1), MOST_LINES)


def _lines_now(row: bytes) -> int:
    """Return how many lines a row has room for.

    >>> _lines_now(b'<row r="7" ht="30"><c r="A7"/></row>'), _lines_now(b'<row r="7"/>')
    (2, 1)
    """
    height = _HEIGHT.search(row, 0, row.index(b">"))
    return max(1, int(float(height[1]) / LINE)) if height else 1


def _with_height(row: bytes, lines: int) -> bytes:
    at = row.index(b"<row")
    stop = row.index(b">", at)
    tag = row[at:stop]
    if b'customHeight="1"' in tag or b'customHeight="true"' in tag:
        return row
    tag = _HEIGHT.sub(b"", tag)
    if lines > 1:
        height = b' ht="%g"' % (lines * LINE)
        tag = tag[:-1] + height + b"/" if tag.endswith(b"/") else tag + height
    return row[:at] + tag + row[stop:]


def _widths_of(sheet: bytes) -> dict[int, float]:
    found: dict[int, float] = {}
    for tag in _COL.findall(sheet[: sheet.index(b"<sheetData>")]):
        numbers = {name: float(value) for name, value in _NUMBERS.findall(tag)}
        if numbers.keys() >= {b"min", b"max", b"width"}:
            span = range(int(numbers[b"min"]), int(numbers[b"max"]) + 1)
            found |= dict.fromkeys(span, numbers[b"width"])
    return found
