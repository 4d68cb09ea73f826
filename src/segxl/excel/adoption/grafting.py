"""The sheets of the template, grafted on a workbook of the firm's after its own."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from xml.sax.saxutils import escape, quoteattr

from segxl.excel.adoption.style_grafting import GraftedStyles
from segxl.excel.ooxml.names import Name, add_names, read_names
from segxl.excel.ooxml.package import Package
from segxl.excel.ooxml.parts import (
    add_part,
    free_name,
    next_table_id,
    relate,
    relate_workbook,
)
from segxl.excel.ooxml.structure import find_sheets, parse_xml, relations_of
from segxl.excel.ooxml.tabs import show_tab

_SHARED = re.compile(r'(<c\b[^>]*?)\st="s"([^>]*)><v>(\d+)</v></c>')
_SHEET_IN_CHART = re.compile(r"(<c:f>)(?:'((?:[^']|'')+)'|([^'!<]+))!")
_FORMULA = re.compile(r"(<f>[^<]*</f>)")
_LINK = re.compile(r'(\slocation=")([^"]*)(")')
_TARGET = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!")
_TABLE_ID = re.compile(r'(<table\b[^>]*?\sid=")\d+')
_RULE_MARK = "DA7ABA51-AAAA-BBBB"
_OUR_MARK = "5E9C1A5E-AAAA-BBBB"
"""XlsxWriter gives the same marks to the bars of every workbook; ours differ from the firm's."""


def graft_sheets(
    package: Package, template: Package, names: Mapping[str, str], styles: GraftedStyles
) -> None:
    """Add sheets of the template at the end of the workbook, with all that hangs on them.

    Parameters
    ----------
    names : mapping of str to str
        The name here of every sheet of the template; one that names a sheet already here is not
        added, and what leads to it leads there.
    """
    graft = _Graft(package, template, names, styles)
    present = {*find_sheets(package)}
    texts = _texts_of(template)
    ranks: dict[str, int] = {}
    for sheet, part in find_sheets(template).items():
        if names[sheet] not in present:
            ranks[sheet] = len(find_sheets(package))
            show_tab(package, names[sheet], graft.add_sheet(part, texts))
    add_names(package, _names_of(template, names, ranks))


def sheet_names(package: Package, template: Package, liste: str) -> dict[str, str]:
    """Return the name that each sheet of the template takes beside those of the firm's.

    That of the clients is the sheet ``liste``; a name that is taken gets « segxl » after it.
    """
    taken = {name.casefold() for name in find_sheets(package)}
    found = {}
    for sheet in find_sheets(template):
        free, number = sheet, 1
        while free.casefold() in taken:
            free = f"{sheet} segxl" if number == 1 else f"{sheet} segxl {number}"
            number += 1
        found[sheet] = free
    return found | {"Clients": liste}


@dataclass(frozen=True, slots=True)
class _Graft:
    """What every part needs on its way from the template to the workbook."""

    package: Package
    template: Package
    names: Mapping[str, str]
    styles: GraftedStyles

    def add_sheet(self, part: str, texts: list[str]) -> str:
        """Add one sheet with its tables and charts; return its relation to the workbook."""
        xml = _unselected(self.template.read(part).decode("utf-8"))
        xml = self.styles.renumber(_with_texts(xml, texts, self.names))
        xml = _LINK.sub(lambda m: m[1] + _moved_link(m[2], self.names) + m[3], xml)
        here = free_name(self.package, "xl/worksheets/sheet{}.xml")
        xml = self._with_relations(part, here, xml).replace(_RULE_MARK, _OUR_MARK)
        add_part(self.package, here, xml.encode("utf-8"), "worksheet")
        return relate_workbook(self.package, here, "worksheet")

    def _with_relations(self, there: str, here: str, xml: str) -> str:
        """Add the parts that one part refers to, and return it with the relations they take."""
        changes = {
            rid: self._add_part(target, here, kind)
            for kind in ("table", "drawing", "chart")
            for rid, target in relations_of(self.template, there, kind).items()
        }
        return re.sub(r'(\sr:id=")(\w+)(")', lambda m: m[1] + changes[m[2]] + m[3], xml)

    def _add_part(self, target: str, source: str, kind: str) -> str:
        """Add one part of the template; return the id by which ``source`` refers to it."""
        xml = self.template.read(target).decode("utf-8")
        here = free_name(self.package, re.sub(r"\d+(?=\.xml$)", "{}", target))
        if kind == "table":
            ident = next_table_id(self.package)
            xml = self.styles.renumber(_TABLE_ID.sub(rf"\g<1>{ident}", xml, count=1))
        if kind == "chart":
            xml = _SHEET_IN_CHART.sub(self._moved_chart, xml)
        xml = self._with_relations(target, here, xml)
        add_part(self.package, here, xml.encode("utf-8"), kind)
        return relate(
            self.package, source, posixpath.relpath(here, posixpath.dirname(source)), kind
        )

    def _moved_chart(self, match: re.Match[str]) -> str:
        sheet = unescape(match[2].replace("''", "'") if match[2] else match[3])
        return f"{match[1]}{escape(_quoted(self.names[sheet]))}!"


def _with_texts(xml: str, texts: list[str], names: Mapping[str, str]) -> str:
    """Return a sheet that holds its texts itself, and calls the sheets by their name here."""

    def inline(match: re.Match[str]) -> str:
        text = escape(texts[int(match[3])])
        body = f'<is><t xml:space="preserve">{text}</t></is>'
        return f'{match[1]} t="inlineStr"{match[2]}>{body}</c>'

    words = re.compile(rf"(?<=\bfeuille )(?:{'|'.join(map(re.escape, names))})\b")

    def renamed(piece: str) -> str:
        # In a formula, a quotation mark inside a text is written twice.
        mark = '""' if piece.startswith("<f>") else '"'
        return words.sub(lambda m: escape(names[m[0]].replace('"', mark)), piece)

    return "".join(map(renamed, _FORMULA.split(_SHARED.sub(inline, xml))))


def _names_of(template: Package, names: Mapping[str, str], ranks: Mapping[str, int]) -> list[Name]:
    """Return the names of the template: those of all sheets, and those of the grafted ones."""
    sheets = [*find_sheets(template)]
    found = []
    for name in read_names(template):
        if name.sheet is None:
            found.append(name)
        elif sheets[name.sheet] in ranks:
            formula = _TARGET.sub(lambda m: f"{_quoted(names[m[1] or m[2]])}!", name.formula)
            rank = ranks[sheets[name.sheet]]
            found.append(Name(name=name.name, formula=formula, sheet=rank))
    return found


def _moved_link(location: str, names: Mapping[str, str]) -> str:
    target = unescape(location)
    moved = _TARGET.sub(lambda m: f"{_quoted(names[m[1] or m[2]])}!", target, count=1)
    return quoteattr(moved, {'"': "&quot;"})[1:-1]


def _quoted(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'"


def _unselected(xml: str) -> str:
    """Return a sheet that is not the selected one: two would be edited together."""
    return re.sub(r'\stabSelected="1"', "", xml, count=1)


def _texts_of(template: Package) -> list[str]:
    root = parse_xml(template.read("xl/sharedStrings.xml"))
    return ["".join(t.text or "" for t in entry.iter("{*}t")) for entry in root]
