"""Values put into the XML of one sheet, in place: every byte that is not a target cell stays.

One pass over the rows, so the time grows with the size of the sheet and not with the number of
cells written. Text is written inline: the shared strings of the workbook are not touched.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from io import BytesIO
from numbers import Real
from xml.sax.saxutils import escape

from segxl.domain.saisie import is_error
from segxl.domain.tableau import column_letter, column_number
from segxl.excel.ooxml.sheet_xml import CELL, STYLE, iter_rows, sheet_data_bounds

Cells = Mapping[int, object]
EPOCH_1900 = date(1899, 12, 30)
EPOCH_1904 = date(1904, 1, 1)
"""Day zero of a workbook, and that of one made by an old Excel for Mac."""
LONGEST_TEXT = 32_767
"""Characters that Excel takes in one cell; it repairs a file that holds more."""
_SPANS = re.compile(rb'\sspans="[^"]*"')
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula to write, without its equals sign; Excel computes it at opening.

    ``value`` is what it gives now, for the readers that do not compute; ``None`` where unknown.
    """

    text: str
    value: object = None


@dataclass(slots=True)
class Patch:
    """What to write in one sheet, and what was met on the way.

    ``cells`` maps row number → column number → value; ``styles`` maps a column to the style of
    a cell that has none yet. After :meth:`apply`, ``changed`` maps each column to the first and
    the last row where another content stands. With ``blanks``, a missing cell whose value is
    ``None`` is written too, for its look.
    """

    cells: Mapping[int, Cells]
    styles: Mapping[int, int] = field(default_factory=dict)
    date_style: int = 0
    epoch: date = EPOCH_1900
    keep_formulas: bool = False
    blanks: bool = False
    changes_formulas: bool = False
    changed: dict[int, tuple[int, int]] = field(default_factory=dict)

    def apply(self, xml: bytes) -> bytes:
        """Return the sheet with the cells written."""
        start, end = sheet_data_bounds(xml)
        # One buffer: the rows of a large portfolio, listed apart, would be held twice.
        written = BytesIO()
        written.write(memoryview(xml)[:start])
        waiting = sorted(self.cells, reverse=True)
        done = start
        for number, row in iter_rows(xml, start, end):
            done += len(row)
            while waiting and waiting[-1] < number:
                written.write(self._new_row(waiting.pop()))
            if waiting and waiting[-1] == number:
                row = self._patched(row, waiting.pop())  # noqa: PLW2901  the row, or the row patched
            written.write(row)
        written.writelines(self._new_row(number) for number in reversed(waiting))
        written.write(memoryview(xml)[done:])
        return written.getvalue()

    def _new_row(self, number: int) -> bytes:
        """Return a row that the sheet lacks; nothing where nothing is to be written in it."""
        cells = self.cells[number]
        if all(value is None for value in cells.values()):
            return b""
        columns = sorted({*cells, *self.styles})
        body = b"".join(self._encode(c, number, cells.get(c), 0) for c in columns)
        for column in cells:
            self._note_change(column, number, cells[column])
        return b'<row r="%d">%s</row>' % (number, body)

    def _encode(self, column: int, number: int, value: object, own_style: int) -> bytes:
        """Write one cell; in its own style, else that of its column, and a date as a date."""
        style = own_style or self.styles.get(column, 0)
        if not style and isinstance(value, date):
            style = self.date_style
        return encode_cell(column, number, value, style, self.epoch)

    def _note_change(self, column: int, number: int, value: object) -> None:
        first, last = self.changed.get(column, (number, number))
        self.changed[column] = min(first, number), max(last, number)
        self.changes_formulas |= isinstance(value, Formula)

    def _patched(self, row: bytes, number: int) -> bytes:
        """Return one row with its target cells replaced, or inserted where they belong."""
        head, body = _split_row(row)
        missing = dict(self.cells[number])

        def replaced(match: re.Match[bytes]) -> bytes:
            cell, column = match[0], column_number(match[1].decode())
            value = missing.pop(column)
            has_formula = b"<f" in cell
            if has_formula and self.keep_formulas:
                return cell
            style = STYLE.search(cell, 0, cell.find(b">"))
            new = self._encode(column, number, value, int(style[1]) if style else 0)
            if new == cell or (value is None and _is_blank(cell)):
                return cell
            self._note_change(column, number, value)
            self.changes_formulas |= has_formula
            return new

        body = _cells_of(frozenset(missing)).sub(replaced, body)
        added = {
            column: self._encode(column, number, value, 0)
            for column, value in missing.items()
            if value is not None or self.blanks
        }
        for column in added:
            self._note_change(column, number, missing[column])
        if added:
            head, body = _SPANS.sub(b"", head), _insert(body, added)
        return head + body + b"</row>"


def encode_cell(
    column: int, row: int, value: object, style: int, epoch: date = EPOCH_1900
) -> bytes:
    r"""Write one cell.

    >>> encode_cell(3, 5, "Père & Fils", 2)
    b'<c r="C5" s="2" t="inlineStr"><is><t xml:space="preserve">P\xc3\xa8re &amp; Fils</t></is></c>'
    >>> encode_cell(1, 5, 12.5, 0), encode_cell(1, 5, None, 4)
    (b'<c r="A5"><v>12.5</v></c>', b'<c r="A5" s="4"/>')
    >>> encode_cell(1, 5, Formula("B5", "é"), 0), encode_cell(1, 5, Formula("B5", 2), 4)
    (b'<c r="A5" t="str"><f>B5</f><v>\xc3\xa9</v></c>', b'<c r="A5" s="4"><f>B5</f><v>2</v></c>')
    """
    head = f'<c r="{column_letter(column)}{row}"' + (f' s="{style}"' if style else "")
    return (head + _encode_value(value, epoch)).encode("utf-8")


def _encode_value(value: object, epoch: date) -> str:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return "/>"
    match value:
        case bool():
            return f' t="b"><v>{int(value)}</v></c>'
        case datetime() | date():
            day = value.date() if isinstance(value, datetime) else value
            return f"><v>{(day - epoch).days}</v></c>"
        case Real():
            return f"><v>{float(value):.15g}</v></c>"
        case Formula():
            kind, result = encode_result(value.value, epoch)
            return f"{kind.decode()}><f>{escape(value.text)}</f>{result.decode()}</c>"
    return f' t="inlineStr"><is><t xml:space="preserve">{encode_text(str(value))}</t></is></c>'


def encode_result(given: object, epoch: date = EPOCH_1900) -> tuple[bytes, bytes]:
    r"""Write what a formula gives: the kind that its cell announces, and the value.

    >>> encode_result("é"), encode_result(2), encode_result(None)
    ((b' t="str"', b'<v>\xc3\xa9</v>'), (b'', b'<v>2</v>'), (b'', b''))
    """
    if isinstance(given, str):
        kind = "e" if is_error(given) else "str"
        return f' t="{kind}"'.encode(), f"<v>{encode_text(given)}</v>".encode()
    kind, _, tail = _encode_value(given, epoch).partition(">")
    return (b"", b"") if not tail else (kind.encode(), tail.removesuffix("</c>").encode())


def encode_text(text: str) -> str:
    r"""Write a text as the content of a cell; what no cell can hold is left out.

    >>> encode_text("1 < 2\r\n\x07_x0041_")
    '1 &lt; 2\n_x005F_x0041_'
    """
    return escape(_LOOKS_ESCAPED.sub(r"_x005F_\1", cell_text(text)))


def cell_text(text: str) -> str:
    """Return as much of a text as a cell can hold."""
    printable = _UNPRINTABLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return printable[:LONGEST_TEXT]


@lru_cache(maxsize=64)
def _cells_of(columns: frozenset[int]) -> re.Pattern[bytes]:
    """Return what finds the cells of some columns in a row; the group is the column letters."""
    letters = "|".join(column_letter(c) for c in sorted(columns)) or "(?!)"
    return re.compile(CELL.pattern.replace(b"[A-Z]+", letters.encode()), re.DOTALL)


def _is_blank(cell: bytes) -> bool:
    """Tell whether a cell holds neither value nor formula, only its look."""
    return cell.count(b"<") <= 1 + cell.count(b"></c>")


def _split_row(row: bytes) -> tuple[bytes, bytes]:
    """Return the opening tag of a row (never self-closed) and its cells."""
    tag_end = row.index(b">", row.index(b"<row")) + 1
    if row[tag_end - 2 : tag_end] == b"/>":
        return row[: tag_end - 2] + b">", b""
    return row[:tag_end], row[tag_end : -len(b"</row>")]


def _insert(body: bytes, added: Mapping[int, bytes]) -> bytes:
    """Put new cells among those of a row, in the order of the columns."""
    present = [(column_number(m[1].decode()), m.start()) for m in CELL.finditer(body)]
    pieces, done = [], 0
    for column in sorted(added):
        at = next((start for c, start in present if c > column), len(body))
        pieces += [body[done:at], added[column]]
        done = at
    return b"".join([*pieces, body[done:]])
