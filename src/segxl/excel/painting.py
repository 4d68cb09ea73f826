"""Colours as conditional formats keyed on a word: one rule a word, whatever the number of rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from lxml import etree

from segxl.domain.tableau import column_letter
from segxl.excel.package import Package
from segxl.excel.structure import Place, parse_xml
from segxl.excel.styles import Styles

STYLES_PART = "xl/styles.xml"
_BLOCK = re.compile(rb"<conditionalFormatting\b[^>]*>.*?</conditionalFormatting>", re.DOTALL)
_RULE = re.compile(rb"<cfRule\b[^>]*>.*?</cfRule>|<cfRule\b[^>]*/>", re.DOTALL)
_PRIORITY = re.compile(rb'\bpriority="(\d+)"')
_FOLLOWERS = (
    "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter",
    "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls",
    "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
"""What the standard puts after conditional formats in a sheet."""


def paint_words(
    package: Package,
    place: Place,
    header: str,
    on: Sequence[str],
    colours: Mapping[str, tuple[str, str]],
) -> None:
    """Rebuild the rules that colour the columns ``on`` by the word under ``header``.

    The user's own rules stay; ours are known by their formula, ``$D5="Rouge"``.
    """
    key = f"${column_letter(place.column(header))}{place.first_row}="
    sheet = package.read(place.sheet_part)
    others = _without_rules(sheet, key)
    styles = Styles(package.read(STYLES_PART))
    first = 1 + max([0, *(int(p) for p in _PRIORITY.findall(others))])
    rules = "".join(
        f'<cfRule type="expression" dxfId="{styles.differential(fond, texte)}" priority="{first + i}">'
        f"<formula>{escape(_equals(key, word))}</formula></cfRule>"
        for i, (word, (fond, texte)) in enumerate(colours.items())
    )
    block = f'<conditionalFormatting sqref="{_sqref(place, on)}">{rules}</conditionalFormatting>'
    painted = _insert(others, block.encode("utf-8"))
    if _signature(painted, styles.content) != _signature(sheet, package.read(STYLES_PART)):
        package.replace(STYLES_PART, styles.content)
        package.replace(place.sheet_part, painted)


def _equals(key: str, word: str) -> str:
    return f'{key}"{word.replace(chr(34), chr(34) * 2)}"'


def _sqref(place: Place, headers: Sequence[str]) -> str:
    """Return the data cells of some columns as one list of ranges."""
    letters = (column_letter(place.column(h)) for h in headers)
    return " ".join(f"{c}{place.first_row}:{c}{place.last_row}" for c in letters)


def _without_rules(sheet: bytes, key: str) -> bytes:
    """Return the sheet without our rules; a block left empty goes too."""
    mark = b"<formula>" + escape(key).encode() + b'"'
    mark_quoted = b"<formula>" + escape(key).encode() + b"&quot;"

    def keep(block: re.Match[bytes]) -> bytes:
        ours = [r for r in _RULE.findall(block[0]) if mark in r or mark_quoted in r]
        rest = block[0]
        for rule in ours:
            rest = rest.replace(rule, b"")
        return rest if b"<cfRule" in rest or not ours else b""

    return _BLOCK.sub(keep, sheet)


def _insert(sheet: bytes, block: bytes) -> bytes:
    """Put a block of rules where the standard wants it."""
    end = b"</conditionalFormatting>"
    last = sheet.rfind(end)
    if last >= 0:
        return sheet[: last + len(end)] + block + sheet[last + len(end) :]
    after_rows = sheet.index(b"</sheetData>")
    places = [p for f in _FOLLOWERS if (p := sheet.find(f"<{f}".encode(), after_rows)) >= 0]
    at = min(places, default=sheet.rindex(b"</worksheet>"))
    return sheet[:at] + block + sheet[at:]


def _signature(sheet: bytes, styles: bytes) -> set[tuple[str, bytes, bytes]]:
    """Return what every rule of a sheet does: where, when, how; not its number nor its rank."""
    formats = [
        etree.tostring(d, method="c14n2") for d in parse_xml(styles).iterfind("{*}dxfs/{*}dxf")
    ]
    found = set()
    for block in _BLOCK.findall(sheet):
        sqref = re.search(rb'\ssqref="([^"]*)"', block)
        for rule in _RULE.findall(block):
            dxf = re.search(rb'\sdxfId="(\d+)"', rule)
            look = formats[int(dxf[1])] if dxf and int(dxf[1]) < len(formats) else b""
            plain = re.sub(rb'\s(?:dxfId|priority)="\d+"', b"", rule).replace(b"&quot;", b'"')
            for area in (sqref[1] if sqref else b"").decode().split():
                found.add((area, plain, look))
    return found
