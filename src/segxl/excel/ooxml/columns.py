"""A table that takes new columns on its right, or other titles."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from lxml import etree

from segxl.domain.tableau import column_number
from segxl.excel.ooxml.package import Package
from segxl.excel.ooxml.sheet_xml import CELL, iter_rows, sheet_data_bounds
from segxl.excel.ooxml.structure import Place, parse_range, parse_xml, read_sheet, write_sheet


def widen_table(
    package: Package,
    place: Place,
    headers: Sequence[str],
    formulas: Mapping[str, str] | None = None,
) -> Place:
    """Add headers to the part of a table; the cells themselves are written by the caller.

    ``formulas`` gives the formula of the headers whose new rows compute.
    """
    computed = formulas or {}
    wider = replace(
        place,
        last_column=place.last_column + len(headers),
        headers=(*place.headers, *headers),
        formulas=(*place.formulas, *(computed.get(h, "") for h in headers)),
    )
    root = parse_xml(package.read(place.table_part))
    columns = next(root.iter("{*}tableColumns"))
    namespace = etree.QName(root).namespace
    first_free = 1 + max(int(c.get("id") or 0) for c in columns)
    for ident, header in enumerate(headers, first_free):
        column = etree.SubElement(
            columns, f"{{{namespace}}}tableColumn", id=str(ident), name=escape_header(header)
        )
        if header in computed:
            formula = etree.SubElement(column, f"{{{namespace}}}calculatedColumnFormula")
            formula.text = computed[header]
    columns.set("count", str(len(columns)))
    root.set("ref", wider.ref)
    for element in root.iter("{*}autoFilter"):
        last_row = parse_range(str(element.get("ref")))[3]
        element.set("ref", re.sub(r"\d+$", str(last_row), wider.ref))
    package.replace(
        place.table_part,
        etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True),
    )
    return wider


def retitle_table(package: Package, place: Place, headers: Sequence[str]) -> Place:
    """Give the part of a table other headers, as many as wanted; what computed or was filtered goes.

    The cells of the titles are written by the caller; those of columns that go are taken away.
    """
    titled = replace(
        place,
        last_column=place.first_column + len(headers) - 1,
        headers=tuple(headers),
        formulas=("",) * len(headers),
    )
    root = parse_xml(package.read(place.table_part))
    columns = next(root.iter("{*}tableColumns"))
    kind = f"{{{etree.QName(root).namespace}}}tableColumn"
    columns[:] = [
        columns.makeelement(kind, {"id": str(n), "name": escape_header(h)})
        for n, h in enumerate(headers, 1)
    ]
    columns.set("count", str(len(headers)))
    root.set("ref", titled.ref)
    for element in root.iter("{*}autoFilter"):
        last_row = parse_range(str(element.get("ref")))[3]
        element.set("ref", re.sub(r"\d+$", str(last_row), titled.ref))
        element[:] = []
    for element in [*root.iter("{*}sortState")]:
        root.remove(element)
    package.replace(
        place.table_part,
        etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True),
    )
    _take_away(package, place, range(titled.last_column + 1, place.last_column + 1))
    return titled


def _take_away(package: Package, place: Place, columns: range) -> None:
    """Leave nothing of some columns of a table, their look included."""
    if not columns:
        return
    sheet = read_sheet(package, place.sheet_part)
    start, end = sheet_data_bounds(sheet)
    pieces = [sheet[:start]]
    for number, row in iter_rows(sheet, start, end):
        inside = place.header_row <= number <= place.last_row
        pieces.append(_without(row, columns) if inside else row)
    write_sheet(package, place.sheet_part, b"".join([*pieces, sheet[end:]]))


def _without(row: bytes, columns: range) -> bytes:
    """Return a row without the cells of some columns.

    >>> _without(b'<row r="5"><c r="A5" s="3"/><c r="C5" s="7"><v>1</v></c></row>', range(2, 9))
    b'<row r="5"><c r="A5" s="3"/></row>'
    """
    return CELL.sub(
        lambda cell: b"" if column_number(cell[1].decode()) in columns else cell[0], row
    )


def escape_header(header: str) -> str:
    r"""Write a header as tables do.

    >>> escape_header("Note\nFE")
    'Note_x000a_FE'
    """
    return header.replace("\r", "").replace("\n", "_x000a_").replace("\t", "_x0009_")
