"""A plain range of a firm's becomes a table, and looks as it did."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.sax.saxutils import quoteattr

from lxml import etree

from segxl.excel.ooxml.columns import escape_header
from segxl.excel.ooxml.names import drop_name
from segxl.excel.ooxml.package import Package
from segxl.excel.ooxml.parts import (
    MAIN,
    OFFICE_RELS,
    XML,
    add_part,
    free_name,
    next_table_id,
    relate,
)
from segxl.excel.ooxml.sheet_xml import find_block, insert_block, split_rows
from segxl.excel.ooxml.structure import (
    Place,
    find_sheets,
    parse_range,
    parse_xml,
    read_sheet,
    write_sheet,
)

FILTER_NAME = "_xlnm._FilterDatabase"


def make_table(package: Package, place: Place) -> Place:
    """Lay a table over a range whose header cells are ready; no style, so nothing looks otherwise.

    The filter of the range, with what it hides, becomes that of the table.
    """
    part = free_name(package, "xl/tables/table{}.xml")
    rid = relate(package, place.sheet_part, f"/{part}", "table")
    sheet = read_sheet(package, place.sheet_part)
    rows, after = split_rows(sheet)
    after, filtered = _without_filter(after, sheet, place)
    if filtered:
        rank = [*find_sheets(package)].index(place.sheet)
        drop_name(package, FILTER_NAME, rank)
    add_part(package, part, _table_xml(package, place, filtered).encode("utf-8"), "table")
    write_sheet(package, place.sheet_part, b"".join((rows, _with_table_part(after, rid))))
    return replace(place, table_part=part)


def filter_place(sheet: bytes) -> tuple[int, int, int] | None:
    """Return where the filter of a sheet stands: its row, its first and its last column."""
    after = split_rows(sheet)[1]
    found = find_block(after, "autoFilter")
    ref = re.search(rb'\sref="([^"]+)"', after[slice(*found)]) if found else None
    if ref is None:
        return None
    first, top, last, _ = parse_range(ref[1].decode())
    return top, first, last


def _without_filter(after: bytes, sheet: bytes, place: Place) -> tuple[bytes, str]:
    """Return the end of the sheet without the filter of the range, and this filter for the table."""
    found = find_block(after, "autoFilter")
    standing = filter_place(sheet)
    if found is None or standing is None or standing[0] != place.header_row:
        return after, ""
    start, stop = found
    return after[:start] + after[stop:], _filter_of(after[start:stop], place)


def _filter_of(block: bytes, place: Place) -> str:
    """Return a sheet's filter as that of a table: on its range, its columns counted from its edge."""
    root = parse_xml(b'<root xmlns="%s">' % MAIN.encode() + _bare(block) + b"</root>")[0]
    shift = parse_range(str(root.get("ref")))[0] - place.first_column
    root.set("ref", place.ref)
    sorted_by = root.find("{*}sortState")
    if sorted_by is not None:
        root.remove(sorted_by)
    for column in root.findall("{*}filterColumn"):
        column.set("colId", str(int(column.get("colId") or 0) + shift))
    return "".join(
        etree.tostring(e).decode("utf-8").replace(f' xmlns="{MAIN}"', "")
        for e in (root, sorted_by)
        if e is not None
    )


def _bare(block: bytes) -> bytes:
    """Return a block without what other namespaces add: marks of revision, extensions."""
    block = re.sub(rb"<extLst>.*?</extLst>|<(\w+:\w+)\b.*?</\1>", b"", block, flags=re.DOTALL)
    return re.sub(rb'\s[\w.-]+:[\w.-]+="[^"]*"', b"", block)


def _table_xml(package: Package, place: Place, filtered: str) -> str:
    name = quoteattr(place.table)
    columns = "".join(
        f'<tableColumn id="{i}" name={quoteattr(_written(h))}/>'
        for i, h in enumerate(place.headers, 1)
    )
    return (
        f'{XML}<table xmlns="{MAIN}" id="{next_table_id(package)}" name={name} displayName={name}'
        f' ref="{place.ref}" totalsRowShown="0">{filtered}'
        f'<tableColumns count="{len(place.headers)}">{columns}</tableColumns>'
        '<tableStyleInfo showFirstColumn="0" showLastColumn="0" showRowStripes="0" showColumnStripes="0"/></table>'
    )


def _with_table_part(after: bytes, rid: str) -> bytes:
    line = f'<tablePart xmlns:r="{OFFICE_RELS}" r:id="{rid}"/>'.encode()
    found = find_block(after, "tableParts")
    if found is None:
        return insert_block(after, "tableParts", b'<tableParts count="1">%s</tableParts>' % line)
    start, stop = found
    block = after[start:stop].replace(b"</tableParts>", line + b"</tableParts>", 1)
    count = block.count(b"<tablePart ")
    block = re.sub(rb'(<tableParts\b[^>]*?\scount=")\d+', rb"\g<1>%d" % count, block, count=1)
    return after[:start] + block + after[stop:]


def _written(header: str) -> str:
    """Write a header as its cell holds it: Excel compares the two."""
    return escape_header(header.replace("\r", "_x000d_"))
