"""When a table grows or shrinks: its own range, and everything that followed it to its last row."""

from __future__ import annotations

import re

from segxl.excel.package import Package
from segxl.excel.structure import Place

_SQREF = re.compile(rb'(<(?:conditionalFormatting|dataValidation)\b[^>]*?\ssqref=")([^"]*)(")')
_EXTENSION_SQREF = re.compile(rb"(<xm:sqref>)([^<]*)(</xm:sqref>)")
_AREA = re.compile(r"(\$?[A-Z]{1,3}\$?)(\d+)(?::(\$?[A-Z]{1,3}\$?)(\d+))?")


def resize_table(package: Package, place: Place, last_row: int) -> Place:
    """Move the last row of a table, with its lists, its colours, its charts and its print area."""
    resized = place.ending_at(last_row)
    if last_row == place.last_row:
        return place
    table = package.read(place.table_part).decode("utf-8")
    old, new = place.ref, resized.ref
    body_old, body_new = _without_totals(place), _without_totals(resized)
    table = table.replace(f'ref="{old}"', f'ref="{new}"')
    package.replace(
        place.table_part, table.replace(f'ref="{body_old}"', f'ref="{body_new}"').encode()
    )
    sheet = package.read(place.sheet_part)
    for pattern in (_SQREF, _EXTENSION_SQREF):
        sheet = pattern.sub(
            lambda m: m[1] + _moved(m[2].decode(), place, last_row).encode() + m[3], sheet
        )
    package.replace(place.sheet_part, _with_dimension(sheet, last_row))
    for name in package.names:
        if name == "xl/workbook.xml" or name.startswith("xl/charts/chart"):
            package.replace(name, _with_references(package.read(name), place, last_row))
    return resized


def _without_totals(place: Place) -> str:
    """Return the range of the filter buttons: the table less its totals."""
    return (
        place.ref
        if not place.totals
        else place.ref.replace(str(place.last_row + place.totals), str(place.last_row))
    )


def _moved(sqref: str, place: Place, last_row: int) -> str:
    """Return a list of ranges where each one that ended with the table still does.

    A single cell on the only row of a table becomes a range.
    """

    def move(match: re.Match[str]) -> str:
        first_letters, first, letters, last = match.groups()
        end = int(last or first)
        inside = int(first) >= place.header_row and end == place.last_row
        if not inside:
            return match[0]
        bottom = max(last_row, int(first))
        return f"{first_letters}{first}" + (
            f":{letters or first_letters}{bottom}" if bottom > int(first) else ""
        )

    return _AREA.sub(move, sqref)


def _with_references(part: bytes, place: Place, last_row: int) -> bytes:
    """Return a chart or the workbook part with its references to the table's rows moved."""
    sheet = re.escape(place.sheet.replace("'", "''").replace("&", "&amp;"))
    pattern = re.compile(
        rf"((?:'{sheet}'|\b{sheet})!)(\$?[A-Z]{{1,3}}\$?\d+(?::\$?[A-Z]{{1,3}}\$?\d+)?)"
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
    if match[3] is None:
        return (
            reference
            if int(match[2]) < place.first_row
            else f"{match[2 - 1]}{match[2]}:{match[1]}{last_row}"
        )
    return f"{match[1]}{match[2]}:{match[3]}{max(last_row, int(match[2]))}"


def _with_dimension(sheet: bytes, last_row: int) -> bytes:
    """Return the sheet with a used range that reaches the last row."""
    match = re.search(rb'<dimension ref="([A-Z]+\d+):([A-Z]+)(\d+)"', sheet)
    if match is None or int(match[3]) >= last_row:
        return sheet
    return sheet.replace(match[0], b'<dimension ref="%s:%s%d"' % (match[1], match[2], last_row), 1)
