"""Values put into the XML of one sheet, in place: every byte that is not a target cell stays.

One pass over the rows, so the time grows with the size of the sheet and not with the number of
cells written. Text is written inline: the shared strings of the workbook are not touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from xml.sax.saxutils import escape

from segxl.domain.tableau import column_letter, column_number

Cells = Mapping[int, object]
_ROW_NUMBER = re.compile(rb'\sr="(\d+)"')
_SPANS = re.compile(rb'\sspans="[^"]*"')
_STYLE = re.compile(rb'\ss="(\d+)"')
_CELL = re.compile(rb'<c\b[^>]*?\sr="([A-Z]+)\d+"')
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula to write, without its equals sign; Excel computes it at opening."""

    text: str


@dataclass(slots=True)
class Patch:
    """What to write in one sheet, and what was met on the way.

    ``cells`` maps row number → column number → value. ``styles`` maps a column to the style of
    a cell that has none yet, ``row_styles`` (new rows only) a column to its style.
    """

    cells: Mapping[int, Cells]
    styles: Mapping[int, int] = field(default_factory=dict)
    date_style: int = 0
    keep_formulas: bool = False
    dropped_formulas: int = 0

    def apply(self, xml: bytes) -> bytes:
        """Return the sheet with the cells written."""
        start, end = sheet_data_bounds(xml)
        pieces = [xml[:start]]
        waiting = sorted(self.cells, reverse=True)
        for number, row in iter_rows(xml, start, end):
            while waiting and waiting[-1] < number:
                pieces.append(self._new_row(waiting.pop()))
            if waiting and waiting[-1] == number:
                row = self._patched(row, waiting.pop())  # noqa: PLW2901  the row, or the row patched
            pieces.append(row)
        pieces += [self._new_row(number) for number in reversed(waiting)]
        pieces.append(xml[end:])
        return b"".join(pieces)

    def _new_row(self, number: int) -> bytes:
        cells = self.cells[number]
        columns = sorted({*cells, *self.styles})
        body = b"".join(
            encode_cell(c, number, cells.get(c), self._style_of(c, cells.get(c))) for c in columns
        )
        return b'<row r="%d">%s</row>' % (number, body)

    def _style_of(self, column: int, value: object) -> int:
        """Return the style of a cell that has none of its own; a date always shows as a date."""
        return self.styles.get(column) or (self.date_style if isinstance(value, date) else 0)

    def _patched(self, row: bytes, number: int) -> bytes:
        """Return one row with its target cells replaced, or inserted where they belong."""
        head, body = _split_row(row)
        missing: dict[int, bytes] = {}
        for column, value in self.cells[number].items():
            bounds = _cell_bounds(body, column, number)
            if bounds is None:
                if value is not None:
                    missing[column] = encode_cell(
                        column, number, value, self._style_of(column, value)
                    )
                continue
            cell = body[bounds[0] : bounds[1]]
            if b"<f" in cell:
                if self.keep_formulas:
                    continue
                self.dropped_formulas += 1
            style = _STYLE.search(cell, 0, cell.find(b">"))
            own = int(style[1]) if style else 0
            new = encode_cell(column, number, value, own or self._style_of(column, value))
            body = body[: bounds[0]] + new + body[bounds[1] :]
        if missing:
            head, body = _SPANS.sub(b"", head), _insert(body, missing)
        return head + body + b"</row>"


def sheet_data_bounds(xml: bytes) -> tuple[int, int]:
    """Return where the rows of a sheet begin and end; the sheet has a ``sheetData`` with an end tag."""
    start = xml.index(b"<sheetData>") + len(b"<sheetData>")
    return start, xml.index(b"</sheetData>", start)


def iter_rows(xml: bytes, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    """Yield the number and the XML of every row; white space between rows goes with the next one."""
    while True:
        at = xml.find(b"<row", start, end)
        if at < 0:
            return
        tag_end = xml.index(b">", at) + 1
        stop = (
            tag_end
            if xml[tag_end - 2 : tag_end] == b"/>"
            else xml.index(b"</row>", tag_end) + len(b"</row>")
        )
        match = _ROW_NUMBER.search(xml, at, tag_end)
        yield int(match[1]) if match else 0, xml[start:stop]
        start = stop


def normalise(xml: bytes) -> bytes:
    """Return the sheet in the shape the patch expects: no prefix, every row and cell numbered.

    Some exporters write ``<x:row>``, or leave out the row and cell references, as the standard
    allows.
    """
    root = re.search(rb"<(\w+):worksheet\b", xml)
    if root:
        prefix = root[1]
        xml = re.sub(rb"<(/?)" + prefix + rb":", rb"<\1", xml).replace(
            b"xmlns:" + prefix + b"=", b"xmlns="
        )
    xml = re.sub(rb"<sheetData\s*/>", b"<sheetData></sheetData>", xml, count=1)
    if re.search(rb"<row(?![^>]*\sr=)[\s>]", xml) or re.search(rb"<c(?![^>]*\sr=)[\s/>]", xml):
        start, end = sheet_data_bounds(xml)
        xml = xml[:start] + _numbered(xml[start:end]) + xml[end:]
    return xml


def row_styles(row: bytes) -> dict[int, int]:
    """Return the style of every cell of one row, by column number.

    >>> row_styles(b'<row r="5"><c r="A5" s="3"/><c r="C5" s="7"><v>1</v></c></row>')
    {1: 3, 3: 7}
    """
    cells = re.findall(rb"<c\b([^>]*)>", row)
    found = ((re.search(rb'\sr="([A-Z]+)', c), _STYLE.search(c)) for c in cells)
    return {column_number(r[1].decode()): int(s[1]) for r, s in found if r and s}


def filled_columns(row: bytes) -> list[int]:
    """Return the numbers of the columns that hold something in one row.

    >>> filled_columns(b'<row r="5"><c r="A5" s="3"/><c r="C5" s="7"><v>1</v></c></row>')
    [3]
    """
    cells = re.findall(rb'<c\b[^>]*?\sr="([A-Z]+)\d+"[^>]*?(?<!/)>(?!</c>)', row)
    return [column_number(letters.decode()) for letters in cells]


def encode_cell(column: int, row: int, value: object, style: int) -> bytes:
    """Write one cell.

    >>> encode_cell(3, 5, "Père & Fils", 2)
    b'<c r="C5" s="2" t="inlineStr"><is><t xml:space="preserve">P\\xc3\\xa8re &amp; Fils</t></is></c>'
    >>> encode_cell(1, 5, 12.5, 0), encode_cell(1, 5, None, 4)
    (b'<c r="A5"><v>12.5</v></c>', b'<c r="A5" s="4"/>')
    """
    head = f'<c r="{column_letter(column)}{row}"' + (f' s="{style}"' if style else "")
    return (head + _encode_value(value)).encode("utf-8")


def _encode_value(value: object) -> str:
    match value:
        case None:
            return "/>"
        case bool():
            return f' t="b"><v>{int(value)}</v></c>'
        case datetime() | date():
            day = value.date() if isinstance(value, datetime) else value
            return f"><v>{(day - _EPOCH).days}</v></c>"
        case int() | float():
            return f"><v>{float(value):.15g}</v></c>"
        case Formula():
            return f"><f>{escape(value.text)}</f></c>"
    text = escape(_UNPRINTABLE.sub("", str(value)))
    return f' t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _split_row(row: bytes) -> tuple[bytes, bytes]:
    """Return the opening tag of a row (never self-closed) and its cells."""
    tag_end = row.index(b">", row.index(b"<row")) + 1
    if row[tag_end - 2 : tag_end] == b"/>":
        return row[: tag_end - 2] + b">", b""
    return row[:tag_end], row[tag_end : -len(b"</row>")]


def _cell_bounds(body: bytes, column: int, row: int) -> tuple[int, int] | None:
    """Return where one cell begins and ends in the cells of its row."""
    at = body.find(b' r="%s%d"' % (column_letter(column).encode(), row))
    if at < 0:
        return None
    start, tag_end = body.rfind(b"<c", 0, at + 1), body.index(b">", at) + 1
    if body[tag_end - 2 : tag_end] == b"/>":
        return start, tag_end
    return start, body.index(b"</c>", tag_end) + len(b"</c>")


def _insert(body: bytes, missing: Mapping[int, bytes]) -> bytes:
    """Put new cells among those of a row, in the order of the columns."""
    present = [(column_number(m[1].decode()), m.start()) for m in _CELL.finditer(body)]
    pieces, done = [], 0
    for column in sorted(missing):
        at = next((start for c, start in present if c > column), len(body))
        pieces += [body[done:at], missing[column]]
        done = at
    return b"".join([*pieces, body[done:]])


def _numbered(rows: bytes) -> bytes:
    """Give their references to the rows and cells that come without."""
    row = column = 0

    def number(match: re.Match[bytes]) -> bytes:
        nonlocal row, column
        tag = match[0]
        reference = re.search(rb'\sr="([A-Z]*)(\d+)"', tag)
        if tag.startswith(b"<row"):
            row, column = int(reference[2]) if reference else row + 1, 0
            return tag if reference else b'<row r="%d"' % row + tag[len(b"<row") :]
        column = column_number(reference[1].decode()) if reference else column + 1
        return (
            tag
            if reference
            else f'<c r="{column_letter(column)}{row}"'.encode() + tag[len(b"<c") :]
        )

    return re.sub(rb"<(?:row|c)\b[^>]*>", number, rows)
