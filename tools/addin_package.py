"""The add-in as a package: the ribbon no library writes, its properties, and a zip without a clock.

Excel reads ``customUI14.xml``; its 2006 twin is what programs that drop the newer relation keep.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

FIRST = ("[Content_Types].xml", "_rels/.rels")
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
UI_2006 = "http://schemas.microsoft.com/office/2006/01/customui"
UI_2009 = "http://schemas.microsoft.com/office/2009/07/customui"
RIBBONS = {
    "customUI/customUI.xml": "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility",
    "customUI/customUI14.xml": "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility",
}
CREATED = "2026-11-22T00:00:00Z"
PROPERTIES = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>segxl</dc:title>\
<dc:creator>segxl</dc:creator><dc:description>Notes, couleurs, segments et courriers pour le \
portefeuille clients d’un cabinet d’expertise comptable.</dc:description>\
<dcterms:created xsi:type="dcterms:W3CDTF">{CREATED}</dcterms:created>\
<dc:language>fr-FR</dc:language></cp:coreProperties>"""


def read_parts(path: Path) -> dict[str, bytes]:
    """Return every part of a package by its name."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def with_ribbon(parts: Mapping[str, bytes], ribbon: bytes) -> dict[str, bytes]:
    """Return the parts with a ribbon, written for Excel 2010 and later, and its twin."""
    relations = etree.fromstring(parts["_rels/.rels"])
    for number, (name, kind) in enumerate(RIBBONS.items(), start=1):
        etree.SubElement(
            relations,
            f"{{{RELATIONS}}}Relationship",
            {"Id": f"segxl{number}", "Type": kind, "Target": name},
        )
    twin = ribbon.replace(UI_2009.encode(), UI_2006.encode())
    written = dict(zip(RIBBONS, (twin, ribbon), strict=True))
    return {**parts, **written, "_rels/.rels": xml_of(relations)}


def with_properties(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts under our own name: the blank add-in carries its author's."""
    return {**parts, "docProps/core.xml": PROPERTIES.encode()}


def xml_of(root: etree._Element) -> bytes:
    """Return an element as the text of a part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def write_package(path: Path, parts: Mapping[str, bytes]) -> None:
    """Write a zip without dates or compression: compressors differ, bytes must not."""
    order = [*FIRST, *sorted(parts.keys() - set(FIRST))]
    with zipfile.ZipFile(path, "w") as package:
        for name in order:
            entry = zipfile.ZipInfo(name)
            entry.create_system = 0
            package.writestr(entry, parts[name])
