"""A table that takes new columns on its right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from lxml import etree

from segxl.excel.package import Package
from segxl.excel.structure import Place, parse_range, parse_xml


def widen_table(package: Package, place: Place, headers: Sequence[str]) -> Place:
    """Add headers to the part of a table; the cells themselves are written by the caller."""
    wider = replace(
        place,
        last_column=place.last_column + len(headers),
        headers=(*place.headers, *headers),
        formulas=(*place.formulas, *("" for _ in headers)),
    )
    root = parse_xml(package.read(place.table_part))
    columns = next(root.iter("{*}tableColumns"))
    namespace = etree.QName(root).namespace
    first_free = 1 + max(int(c.get("id") or 0) for c in columns)
    for ident, header in enumerate(headers, first_free):
        etree.SubElement(
            columns, f"{{{namespace}}}tableColumn", id=str(ident), name=_escaped(header)
        )
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


def _escaped(header: str) -> str:
    r"""Write a header as tables do.

    >>> _escaped("Note\nFE")
    'Note_x000a_FE'
    """
    return header.replace("\r", "").replace("\n", "_x000a_")
