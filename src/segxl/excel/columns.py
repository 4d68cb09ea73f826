"""A table that takes new columns on its right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lxml import etree

from segxl.excel.package import Package
from segxl.excel.structure import Place, parse_xml


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
        etree.SubElement(columns, f"{{{namespace}}}tableColumn", id=str(ident), name=header)
    columns.set("count", str(len(columns)))
    for element in (root, *root.iter("{*}autoFilter")):
        element.set(
            "ref",
            wider.ref
            if element is root
            else str(element.get("ref")).replace(*_last_letters(place, wider)),
        )
    package.replace(
        place.table_part,
        etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True),
    )
    return wider


def _last_letters(place: Place, wider: Place) -> tuple[str, str]:
    """Return the end of the old range's letters and what replaces it: ``:AS`` by ``:AU``."""
    return tuple(":" + p.ref.split(":")[1].rstrip("0123456789") for p in (place, wider))  # type: ignore[return-value]
