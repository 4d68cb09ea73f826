"""The styles part of a workbook: add what is missing, reuse what is there, change nothing else."""

from __future__ import annotations

from typing import Any

from lxml import etree

from segxl.excel.ooxml.package import Package
from segxl.excel.ooxml.parts import MAIN, add_part, relate_workbook, spelt_as
from segxl.excel.ooxml.structure import parse_xml, relations_of

Shape = tuple[Any, ...]
"""What an element says: its name, attributes, text and children."""
GENERAL = "General"
"""The number format that every cell has at first."""
TEXT_FORMATS = ("@", "49")
"""The number format of cells that take all that is typed as a text, by its code and its number."""
FIRST_CUSTOM_FORMAT = 164
"""Numbers below are Excel's own formats."""
_NO_STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="2">'
    '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="1"><xf xfId="0"/></cellXfs></styleSheet>'
)
"""What a workbook has that says nothing of its styles, as some exporters write it."""


class Styles:
    """The styles of one workbook, as an XML tree that grows only where something new is asked."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._part = _part_of(package)
        self._root = parse_xml(
            package.read(self._part) if self._part else spelt_as(package, _NO_STYLES)
        )
        self._ns = etree.QName(self._root).namespace or MAIN
        self._is_grown = False
        self._places: dict[tuple[str, str], int] = {}

    def save(self) -> None:
        """Put what was added in the package; the part keeps its bytes where nothing was."""
        if not self._is_grown:
            return
        content = etree.tostring(
            self._root, xml_declaration=True, encoding="UTF-8", standalone=True
        )
        if self._part:
            self._package.replace(self._part, content)
        else:
            self._part = "xl/styles.xml"
            add_part(self._package, self._part, content, "styles")
            relate_workbook(self._package, self._part, "styles")

    def differentials(self) -> list[Shape]:
        """Return every format of conditional rules, in a form in which equal formats are equal."""
        return [_shape_of(dxf) for dxf in self._root.iterfind("{*}dxfs/{*}dxf")]

    def number_format(self, code: str) -> int:
        """Return the cell style that shows numbers with ``code`` and is otherwise plain."""
        ident = self._format(code)
        return self._xf(
            f'numFmtId="{ident}" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"'
        )

    def header(self, fond: str, *, is_left: bool = True) -> int:
        """Return the cell style of a table header: white and bold on ``fond``, wrapped.

        Over figures it stands on the right like them, clear of the edge where Excel draws the
        button of the filter.
        """
        font = self._font('<b/><sz val="10"/><color rgb="FFFFFFFF"/>')
        fill = self._index(
            self._group("fills"),
            f'<fill><patternFill patternType="solid"><fgColor rgb="FF{fond.lstrip("#")}"/><bgColor indexed="64"/></patternFill></fill>',
        )
        across = "" if is_left else ' horizontal="right" indent="1"'
        alignment = f'<alignment{across} vertical="center" wrapText="1"/>'
        return self._xf(
            f'numFmtId="0" fontId="{font}" fillId="{fill}" borderId="0" applyFont="1" applyFill="1" applyAlignment="1"',
            alignment,
        )

    def title(self) -> int:
        """Return the cell style of the title of a sheet."""
        font = self._font('<b/><sz val="16"/><color rgb="FF1F3A5F"/>')
        return self._xf(f'numFmtId="0" fontId="{font}" fillId="0" borderId="0" applyFont="1"')

    def note(self) -> int:
        """Return the cell style of a line that runs over the columns beside it."""
        font = self._font('<i/><sz val="10"/><color rgb="FF595959"/>')
        return self._xf(f'numFmtId="0" fontId="{font}" fillId="0" borderId="0" applyFont="1"')

    def wrapped(self, code: str = "", *, is_left: bool = True) -> int:
        """Return the cell style of running text: wrapped, at the top of its cell.

        With ``code``, a number in such a cell is shown that way, on the left like its neighbours
        unless it is a figure; a word in place of a figure stands where figures do.
        """
        font = self._font('<sz val="10"/><color rgb="FF000000"/>')
        ident = self._format(code) if code else "0"
        applied = ' applyNumberFormat="1"' if code else ""
        side = "left" if is_left else "right"
        across = f' horizontal="{side}"' if code else ""
        return self._xf(
            f'numFmtId="{ident}" fontId="{font}" fillId="0" borderId="0"{applied} applyFont="1" applyAlignment="1"',
            f'<alignment{across} vertical="top" wrapText="1"/>',
        )

    def differential(self, fond: str, texte: str) -> int:
        """Return the format a conditional rule paints with: fill and text colours, ``#RRGGBB``."""
        dxfs = self._group("dxfs", before=("tableStyles", "colors", "extLst"))
        return self._index(
            dxfs,
            f'<dxf><font><color rgb="FF{texte.lstrip("#")}"/></font><fill><patternFill patternType="solid"><bgColor rgb="FF{fond.lstrip("#")}"/></patternFill></fill></dxf>',
        )

    def take(self, group: str, element: etree._Element) -> int:
        """Return the rank of an element of another workbook in a group, added where it is new."""
        followers = ("tableStyles", "colors", "extLst") if group == "dxfs" else ()
        return self._index(self._group(group, before=followers), etree.tostring(element).decode())

    def take_format(self, code: str) -> str:
        """Return the number of a number format, added where the workbook lacks it."""
        return "0" if code == GENERAL else self._format(code)

    def cell(self, style: int) -> etree._Element | None:
        """Return a cell format of the workbook; None where it has no such number."""
        formats = [*self._group("cellXfs")]
        return formats[style] if style < len(formats) else None

    def font(self, ident: int) -> etree._Element | None:
        """Return a font of the workbook; None where it has no such number."""
        fonts = [*self._group("fonts")]
        return fonts[ident] if ident < len(fonts) else None

    def _font(self, look: str) -> int:
        """Return the index of a font of the workbook's family."""
        xml = f'<font>{look}<name val="Calibri"/><family val="2"/></font>'
        return self._index(self._group("fonts"), xml)

    def _format(self, code: str) -> str:
        """Return the number of a number format, added where the workbook lacks it."""
        formats = self._group("numFmts", before=("fonts",))
        found = next((f for f in formats if f.get("formatCode") == code), None)
        if found is None:
            used = [int(f.get("numFmtId") or 0) for f in formats]
            ident = max([FIRST_CUSTOM_FORMAT - 1, *used]) + 1
            found = self._add(formats, f'<numFmt numFmtId="{ident}" formatCode="{_quoted(code)}"/>')
        return str(found.get("numFmtId"))

    def _xf(self, attributes: str, inner: str = "") -> int:
        """Return the index of a cell format, added where no equal one stands."""
        return self._index(self._group("cellXfs"), f'<xf {attributes} xfId="0">{inner}</xf>')

    def _group(self, name: str, before: tuple[str, ...] = ()) -> etree._Element:
        """Return one group of styles, added at its place where the workbook has none."""
        group = self._root.find(f"{{{self._ns}}}{name}")
        if group is None:
            group = etree.Element(f"{{{self._ns}}}{name}", count="0")
            followers = [c for c in self._root if etree.QName(c).localname in before]
            position = self._root.index(followers[0]) if followers else len(self._root)
            self._root.insert(position, group)
            self._is_grown = True
        return group

    def _index(self, group: etree._Element, xml: str) -> int:
        """Return the position of an element in its group, added at the end where it is new."""
        key = str(group.tag), xml
        if key not in self._places:
            self._places[key] = self._find(group, xml)
        return self._places[key]

    def _find(self, group: etree._Element, xml: str) -> int:
        wanted = self._parse(xml)
        shape = _shape_of(wanted)
        for position, element in enumerate(group):
            if element.attrib == wanted.attrib and _shape_of(element) == shape:
                return position
        self._add(group, xml)
        return len(group) - 1

    def _add(self, group: etree._Element, xml: str) -> etree._Element:
        element = self._parse(xml)
        group.append(element)
        group.set("count", str(len(group)))
        self._is_grown = True
        return element

    def _parse(self, xml: str) -> etree._Element:
        return etree.fromstring(f'<root xmlns="{self._ns}">{xml}</root>')[0]


def _part_of(package: Package) -> str:
    """Return the part that holds the styles; nothing where the workbook has none."""
    return next(iter(relations_of(package, "xl/workbook.xml", "styles").values()), "")


def _shape_of(element: etree._Element) -> Shape:
    """Return an element in a form in which equal elements are equal."""
    children = tuple(_shape_of(child) for child in element)
    return (
        str(element.tag),
        frozenset(element.attrib.items()),
        (element.text or "").strip(),
        children,
    )


def _quoted(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
