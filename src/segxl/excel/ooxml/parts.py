"""A new part of a workbook: its content, its type, and who refers to it."""

from __future__ import annotations

import posixpath
import re

from segxl.excel.ooxml.package import Package

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_RELS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORKBOOK = "xl/workbook.xml"
WORKBOOK_RELS = "xl/_rels/workbook.xml.rels"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"
_DRAWN = {
    "drawing": "application/vnd.openxmlformats-officedocument.drawing+xml",
    "chart": "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
}


def spelt_as(package: Package, xml: str) -> bytes:
    """Return a new part in the namespaces of the workbook: the usual ones, or the strict ones."""
    if STRICT_MAIN.encode() in package.read(WORKBOOK):
        xml = xml.replace(MAIN, STRICT_MAIN).replace(OFFICE_RELS, STRICT_RELS)
    return xml.encode("utf-8")


def add_part(package: Package, part: str, content: bytes, kind: str) -> None:
    """Add a part and name its type: ``worksheet``, ``table``, ``styles``, ``drawing`` or ``chart``."""
    package.replace(part, content)
    types = package.read("[Content_Types].xml")
    line = f'<Override PartName="/{part}" ContentType="{_DRAWN.get(kind) or _TYPE.format(kind)}"/>'
    package.replace("[Content_Types].xml", _append(types, line.encode(), b"Types"))


def relate_workbook(package: Package, part: str, kind: str) -> str:
    """Let the workbook refer to a new part; return the id of the relation."""
    return relate(package, WORKBOOK, f"/{part}", kind)


def relate(package: Package, source: str, target: str, kind: str) -> str:
    """Let one part refer to another; return the id of the relation."""
    name = rels_name(source)
    none = f'{XML}<Relationships xmlns="{PACKAGE_RELS}"></Relationships>'.encode()
    rels = package.read(name) if name in package else none
    rels = re.sub(rb"<(Relationships\b[^>]*?)/>", rb"<\1></Relationships>", rels)
    rid = "rId" + str(1 + max([0, *(int(n) for n in re.findall(rb'\bId="rId(\d+)"', rels))]))
    line = f'<Relationship Id="{rid}" Type="{OFFICE_RELS}/{kind}" Target="{target}"/>'
    package.replace(name, _append(rels, spelt_as(package, line), b"Relationships"))
    return rid


def rels_name(part: str) -> str:
    """Return the name of the part that holds another part's relations.

    >>> rels_name("xl/worksheets/sheet1.xml")
    'xl/worksheets/_rels/sheet1.xml.rels'
    """
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"


def next_table_id(package: Package) -> int:
    """Return a number that no table of the workbook bears."""
    used = [
        int(number)
        for name in package.names
        if name.startswith("xl/tables/")
        for number in re.findall(rb'<(?:[\w.-]+:)?table\b[^>]*?\sid="(\d+)"', package.read(name))
    ]
    return max([0, *used]) + 1


def free_name(package: Package, pattern: str) -> str:
    """Return the first name of a part that the workbook lacks."""
    number = 1
    while pattern.format(number) in package:
        number += 1
    return pattern.format(number)


def _append(xml: bytes, line: bytes, root: bytes) -> bytes:
    """Put a line at the end of a list, in the prefix of the list."""
    end = re.search(rb"</(?:([\w.-]+):)?" + root + rb"\s*>", xml)
    if end is None:
        msg = f"no end of {root.decode()}"
        raise ValueError(msg)
    if end[1]:
        line = line.replace(b"<", b"<" + end[1] + b":", 1)
    return xml[: end.start()] + line + xml[end.start() :]
