"""A table that takes new columns on its right."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from lxml import etree

from segxl.excel.ooxml.package import Package
from segxl.excel.ooxml.structure import Place, parse_range, parse_xml


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


def escape_header(header: str) -> str:
    r"""Write a header as tables do.

    >>> escape_header("Note\nFE")
    'Note_x000a_FE'
    """
    return header.replace("\r", "").replace("\n", "_x000a_").replace("\t", "_x0009_")
