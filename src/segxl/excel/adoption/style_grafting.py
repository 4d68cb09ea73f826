"""The looks of the template in a workbook of the firm's: added to its own, which stay as they are."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from segxl.excel.ooxml.package import Package
from segxl.excel.ooxml.structure import parse_xml
from segxl.excel.ooxml.styles import FIRST_CUSTOM_FORMAT, TEXT_FORMATS, Styles

STYLES = "xl/styles.xml"
_CELL_STYLE = re.compile(r'(<(?:c|row)\b[^>]*?\ss|<col\b[^>]*?\sstyle)="(\d+)"')
_RULE_STYLE = re.compile(r'(\s\w*[dD]xfId)="(\d+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """How the firm writes in its list: its letters, where they stand, the lines around them.

    ``border`` is a number of the firm's workbook; 0 where its cells have no lines.
    """

    family: str = ""
    size: str = ""
    vertical: str = "bottom"
    border: int = 0


class GraftedStyles:
    """The styles of the template by the number they take in another workbook."""

    def __init__(self, package: Package, template: Package) -> None:
        self._styles = Styles(package)
        self._source = parse_xml(template.read(STYLES))
        self._formats = {
            str(f.get("numFmtId")): str(f.get("formatCode")) for f in self._source.iter("{*}numFmt")
        }
        self._cells: dict[tuple[int, Hand, str | None], int] = {}
        self._rules: dict[int, int] = {}

    def save(self) -> None:
        """Put what was added in the package."""
        self._styles.save()

    def hand_of(self, style: int) -> Hand:
        """Return how a cell of the firm's is written."""
        cell = self._styles.cell(style)
        if cell is None:
            return Hand()
        font = self._styles.font(int(cell.get("fontId") or 0))
        alignment = cell.find("{*}alignment")
        return Hand(
            family="" if font is None else _value(font, "name"),
            size="" if font is None else _value(font, "sz"),
            vertical=str((alignment is not None and alignment.get("vertical")) or "bottom"),
            border=int(cell.get("borderId") or 0),
        )

    def cell(self, style: int, hand: Hand | None = None, number_format: str | None = None) -> int:
        """Return the number here of a cell style of the template.

        With ``hand``, it is written as the firm writes and on one line, so that the rows of the
        firm's list keep their height.
        """
        key = style, hand or Hand(), number_format
        if key not in self._cells:
            self._cells[key] = self._grafted(style, hand, number_format)
        return self._cells[key]

    def is_wrapped(self, style: int) -> bool:
        """Tell whether a cell style of the template shows a text on several lines."""
        alignment = self._group("cellXfs")[style].find("{*}alignment")
        return alignment is not None and alignment.get("wrapText") == "1"

    def is_text(self, style: int) -> bool:
        """Tell whether Excel takes what is typed in a cell style of the template as a text."""
        ident = str(self._group("cellXfs")[style].get("numFmtId"))
        return self._formats.get(ident, ident) in TEXT_FORMATS

    def rule(self, style: int) -> int:
        """Return the number here of a format of conditional rules of the template."""
        if style not in self._rules:
            dxf = deepcopy(self._group("dxfs")[style])
            for shown in dxf.iter("{*}numFmt"):
                shown.set("numFmtId", self._format_of(str(shown.get("numFmtId"))))
            self._rules[style] = self._styles.take("dxfs", dxf)
        return self._rules[style]

    def renumber(self, xml: str) -> str:
        """Return a part of the template with the numbers that its styles take here."""
        xml = _CELL_STYLE.sub(lambda m: f'{m[1]}="{self.cell(int(m[2]))}"', xml)
        return _RULE_STYLE.sub(lambda m: f'{m[1]}="{self.rule(int(m[2]))}"', xml)

    def _grafted(self, style: int, hand: Hand | None, number_format: str | None) -> int:
        cell = deepcopy(self._group("cellXfs")[style])
        shown = self._format_of(str(cell.get("numFmtId")))
        cell.set("numFmtId", self._styles.take_format(number_format) if number_format else shown)
        for group, attribute in (("fills", "fillId"), ("borders", "borderId")):
            element = self._group(group)[int(cell.get(attribute) or 0)]
            cell.set(attribute, str(self._styles.take(group, element)))
        if hand and hand.border:
            cell.set("borderId", str(hand.border))
        font = self._group("fonts")[int(cell.get("fontId") or 0)]
        cell.set("fontId", str(self._styles.take("fonts", _rewritten(font, hand))))
        cell.set("xfId", "0")  # « Normal » stands first in every workbook
        alignment = cell.find("{*}alignment")
        if hand and alignment is not None:
            alignment.attrib.pop("wrapText", "")
            alignment.set("vertical", hand.vertical)
        return self._styles.take("cellXfs", cell)

    def _format_of(self, ident: str) -> str:
        if int(ident) < FIRST_CUSTOM_FORMAT:
            return ident
        return self._styles.take_format(self._formats[ident])

    def _group(self, name: str) -> etree._Element:
        return next(self._source.iterfind(f"{{*}}{name}"))


def _rewritten(font: etree._Element, hand: Hand | None) -> etree._Element:
    """Return a font in the hand of the firm; never bound to a theme, which is not ours here."""
    font = deepcopy(font)
    for scheme in font.findall("{*}scheme"):
        font.remove(scheme)
    for tag, value in (("name", hand.family), ("sz", hand.size)) if hand else ():
        element = font.find(f"{{*}}{tag}")
        if value and element is not None:
            element.set("val", value)
    return font


def _value(font: etree._Element, tag: str) -> str:
    element = font.find(f"{{*}}{tag}")
    return "" if element is None else str(element.get("val") or "")
