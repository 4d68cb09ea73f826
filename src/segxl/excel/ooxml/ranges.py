"""When a table grows or shrinks: its own range, and everything that followed it to its last row."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from segxl.domain.tableau import column_letter, column_number
from segxl.excel.ooxml.package import Package
from segxl.excel.ooxml.sheet_xml import split_rows
from segxl.excel.ooxml.structure import Place, parse_range, read_sheet, write_sheet

_SQREF = re.compile(rb'(<(?:conditionalFormatting|dataValidation)\b[^>]*?\ssqref=")([^"]*)(")')
_TABLE_REF = re.compile(rb'(\sref=")([^"]*)(")')
_EXTENSION_SQREF = re.compile(rb"(<xm:sqref>)([^<]*)(</xm:sqref>)")
_AREA = re.compile(r"(\$?[A-Z]{1,3}\$?)(\d+)(?::(\$?[A-Z]{1,3}\$?)(\d+))?")


def resize_table(package: Package, place: Place, last_row: int) -> Place:
    """Move the last row of a table without totals, with its lists, colours, charts and print area."""
    if last_row == place.last_row:
        return place
    package.replace(
        place.table_part,
        _TABLE_REF.sub(
            lambda m: m[1] + _ending_at(m[2].decode(), last_row).encode() + m[3],
            package.read(place.table_part),
        ),
    )
    rows, after = split_rows(read_sheet(package, place.sheet_part))
    for pattern in (_SQREF, _EXTENSION_SQREF):
        after = pattern.sub(
            lambda m: m[1] + _moved(m[2].decode(), place, last_row).encode() + m[3], after
        )
    write_sheet(package, place.sheet_part, _with_dimension(bytes(rows), last_row) + after)
    for name in package.names:
        if name == "xl/workbook.xml" or name.startswith("xl/charts/chart"):
            package.replace(name, _with_references(package.read(name), place, last_row))
    return place.ending_at(last_row)


def _ending_at(ref: str, last_row: int) -> str:
    """Return the range of the table, of its filter buttons or of its sort, down to a new last row.

    >>> _ending_at("A4:BC5", 24)
    'A4:BC24'
    """
    first_column, first_row, last_column, _ = parse_range(ref)
    first, last = column_letter(first_column), column_letter(last_column)
    return f"{first}{first_row}:{last}{max(last_row, first_row)}"


def _moved(sqref: str, place: Place, last_row: int) -> str:
    """Return a list of ranges where each one that ended with the table still does.

    A single cell on the only row of a table becomes a range.
    """

    def move(match: re.Match[str]) -> str:
        first_letters, first, letters, last = match.groups()
        inside = _is_in(place, match) and int(first) >= place.header_row
        if not inside or int(last or first) != place.last_row:
            return match[0]
        bottom = max(last_row, int(first))
        return f"{first_letters}{first}" + (
            f":{letters or first_letters}{bottom}" if bottom > int(first) else ""
        )

    return _AREA.sub(move, sqref)


def _is_in(place: Place, area: re.Match[str]) -> bool:
    """Tell whether an area lies in the columns of the table: its neighbours may end on the same row."""
    columns = (column_number(letters.replace("$", "")) for letters in (area[1], area[3] or area[1]))
    return all(place.first_column <= c <= place.last_column for c in columns)


def _with_references(part: bytes, place: Place, last_row: int) -> bytes:
    """Return a chart or the workbook part with its references to the table's rows moved."""
    sheet = re.escape(escape(place.sheet.replace("'", "''")))
    pattern = re.compile(
        rf"((?:'{sheet}'|(?<![\w.\]]){sheet})!)(\$?[A-Z]{{1,3}}\$?\d+(?::\$?[A-Z]{{1,3}}\$?\d+)?)"
    )
    text = part.decode("utf-8")
    return pattern.sub(lambda m: m[1] + _moved_reference(m[2], place, last_row), text).encode(
        "utf-8"
    )


def _moved_reference(reference: str, place: Place, last_row: int) -> str:
    """Move a reference that covers the table's rows, even one that starts above the table (a print area)."""
    match = _AREA.fullmatch(reference)
    if match is None or int(match[4] or match[2]) != place.last_row:
        return reference
    first_letters, first, letters, _ = match.groups()
    starts_above = int(first) < place.first_row
    if not _is_in(place, match) and not (starts_above and letters and _spans(place, match)):
        return reference
    if letters is None and starts_above:
        return reference
    return f"{first_letters}{first}:{letters or first_letters}{max(last_row, int(first))}"


def _spans(place: Place, area: re.Match[str]) -> bool:
    """Tell whether an area covers all the columns of the table, as a print area does."""
    first, last = (column_number(letters.replace("$", "")) for letters in (area[1], area[3]))
    return first <= place.first_column and place.last_column <= last


def _with_dimension(sheet: bytes, last_row: int) -> bytes:
    """Return the sheet with a used range that reaches the last row."""
    match = re.search(rb'<dimension ref="([A-Z]+\d+):([A-Z]+)(\d+)"', sheet)
    if match is None or int(match[3]) >= last_row:
        return sheet
    return sheet.replace(match[0], b'<dimension ref="%s:%s%d"' % (match[1], match[2], last_row), 1)
