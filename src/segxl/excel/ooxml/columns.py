"""A table that takes new columns on its right."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from lxml import etree

from segxl.excel.ooxml.package import Package
from segxl.excel.ooxml.structure import Place, parse_range, parse_xml, read_sheet, write_sheet

_LAST = re.compile(rb'<col\b[^>]*\smax="(\d+)"')


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


def set_widths(package: Package, place: Place, widths: Mapping[str, float]) -> None:
    """Give a width to columns of a table that stand on the right of all those that have one."""
    sheet = read_sheet(package, place.sheet_part)
    places = {h: place.first_column + n for n, h in enumerate(place.headers)}
    columns = {places[h]: width for h, width in widths.items() if h in places}
    taken = [int(last) for last in _LAST.findall(sheet.partition(b"</cols>")[0])]
    told = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in sorted(columns.items())
        if n > max(taken, default=0)
    )
    if told and taken:
        write_sheet(
            package, place.sheet_part, sheet.replace(b"</cols>", told.encode() + b"</cols>")
        )


def escape_header(header: str) -> str:
    r"""Write a header as tables do.

    >>> escape_header("Note\nFE")
    'Note_x000a_FE'
    """
    return header.replace("\r", "").replace("\n", "_x000a_").replace("\t", "_x0009_")
