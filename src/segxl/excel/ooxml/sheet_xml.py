"""The XML of one sheet as bytes: its rows, its cells, and where a new block belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from xml.parsers import expat

from lxml import etree

from segxl.domain.tableau import column_letter, column_number

ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState",
    "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting",
    "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter",
    "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects",
    "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
"""The order that the standard gives to the blocks of a sheet; Excel repairs any other."""
CELL = re.compile(rb'<c\b[^>]*?\sr="([A-Z]+)\d+"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
"""One cell; the group is its column letters."""
STYLE = re.compile(rb'\ss="(\d+)"')
_ROW_NUMBER = re.compile(rb'\sr="(\d+)"')
_PREFIX = re.compile(rb"<([\w.-]+):(?:worksheet|workbook|table)\b")
_SHOWN = re.compile(rb">\s*[^<\s]")
_FORMULA = re.compile(rb"<f\b[^>]*?(?:/>|>.*?</f>)", re.DOTALL)
_HEAD = 4096
"""Bytes in which the root element of a part stands."""


def plain(xml: bytes) -> bytes:
    """Return a part in the spelling that segxl edits: UTF-8, double quotes, no prefix, all numbered.

    Some exporters write ``<x:row>``, or leave out the row and cell references, as the standard
    allows.
    """
    if _is_unusual(xml):
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        xml = etree.tostring(
            etree.fromstring(xml, parser), xml_declaration=True, encoding="UTF-8", standalone=True
        )
    root = _PREFIX.search(xml, 0, _HEAD)
    if root:
        prefix = root[1]
        xml = re.sub(rb"<(/?)" + re.escape(prefix) + rb":", rb"<\1", xml).replace(
            b"xmlns:" + prefix + b"=", b"xmlns="
        )
    xml = re.sub(rb"<sheetData\s*/>", b"<sheetData></sheetData>", xml, count=1)
    if xml.count(b"<c ") + xml.count(b"<c>") + xml.count(b"<c/>") != xml.count(b'<c r="') or (
        xml.count(b"<row>") + xml.count(b"<row ") != xml.count(b'<row r="')
    ):
        start, end = sheet_data_bounds(xml)
        xml = xml[:start] + _numbered(xml[start:end]) + xml[end:]
    return xml


def sheet_data_bounds(xml: bytes) -> tuple[int, int]:
    """Return where the rows of a plain sheet begin and end."""
    start = xml.index(b"<sheetData>") + len(b"<sheetData>")
    return start, xml.index(b"</sheetData>", start)


def split_rows(xml: bytes) -> tuple[memoryview, bytes]:
    """Return a plain sheet up to the end of its rows, not copied, and what follows them.

    The rows of a large portfolio take hundreds of megabytes: each copy counts.
    """
    at = xml.rindex(b"</sheetData>") + len(b"</sheetData>")
    return memoryview(xml)[:at], xml[at:]


def iter_rows(xml: bytes, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    """Yield the number and the XML of every row; white space between rows goes with the next one."""
    while True:
        at = xml.find(b"<row", start, end)
        if at < 0:
            return
        tag_end = xml.index(b">", at) + 1
        stop = (
            tag_end
            if xml[tag_end - 2 : tag_end] == b"/>"
            else xml.index(b"</row>", tag_end) + len(b"</row>")
        )
        match = _ROW_NUMBER.search(xml, at, tag_end)
        yield int(match[1]) if match else 0, xml[start:stop]
        start = stop


def rows_between(xml: bytes, first: int, last: int) -> Iterator[tuple[int, bytes]]:
    """Yield the rows of a plain sheet from one number to another, both included."""
    for number, row in iter_rows(xml, *sheet_data_bounds(xml)):
        if number > last:
            return
        if number >= first:
            yield number, row


def rows_backwards(xml: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the rows of a plain sheet from the last one up."""
    start, end = sheet_data_bounds(xml)
    while (at := xml.rfind(b"<row", start, end)) >= 0:
        match = _ROW_NUMBER.search(xml, at, xml.index(b">", at))
        yield int(match[1]) if match else 0, xml[at:end]
        end = at


def row_styles(row: bytes) -> dict[int, int]:
    """Return the style of every cell of one row, by column number.

    >>> row_styles(b'<row r="5"><c r="A5" s="3"/><c r="C5" s="7"><v>1</v></c></row>')
    {1: 3, 3: 7}
    """
    found = ((cell[1], STYLE.search(cell[0], 0, cell[0].find(b">"))) for cell in CELL.finditer(row))
    return {column_number(letters.decode()): int(style[1]) for letters, style in found if style}


def column_styles(xml: bytes) -> dict[int, int]:
    """Return the style of the columns of a sheet, which a new cell of theirs takes on.

    >>> column_styles(b'<cols><col min="2" max="3" style="7" width="9"/></cols><sheetData>')
    {2: 7, 3: 7}
    """
    styles: dict[int, int] = {}
    for tag in re.findall(rb"<col\s[^>]*>", xml[: xml.index(b"<sheetData>")]):
        named = {k: int(v) for k, v in re.findall(rb'\s(min|max|style)="(\d+)"', tag)}
        if b"style" in named:
            styles |= dict.fromkeys(range(named[b"min"], named[b"max"] + 1), named[b"style"])
    return styles


def filled_columns(row: bytes, *, formulas: bool = True) -> list[int]:
    """Return the numbers of the columns that hold something in one row.

    >>> filled_columns(b'<row r="5"><c r="A5" s="3"/><c r="C5" s="7"><v>1</v></c></row>')
    [3]
    """
    return [
        column_number(cell[1].decode())
        for cell in CELL.finditer(row)
        if _SHOWN.search(cell[0]) and (formulas or not _FORMULA.search(cell[0]))
    ]


def insert_block(xml: bytes, tag: str, block: bytes) -> bytes:
    """Put a block in what follows the rows of a sheet, where the standard wants it.

    >>> insert_block(b"<pageMargins/></worksheet>", "hyperlinks", b"<hyperlinks/>")
    b'<hyperlinks/><pageMargins/></worksheet>'
    """
    followers = ORDER[ORDER.index(tag) + 1 :]
    at = next((p for name, p in _blocks_of(xml) if name in followers), xml.rindex(b"</worksheet>"))
    return xml[:at] + block + xml[at:]


def insert_head(head: bytes, tag: str, block: bytes) -> bytes:
    """Put a block in what precedes the rows of a plain sheet, where the standard wants it.

    >>> insert_head(b'<worksheet a="b"><sheetViews/>', "sheetPr", b"<sheetPr/>")
    b'<worksheet a="b"><sheetPr/><sheetViews/>'
    """
    followers = "|".join(ORDER[ORDER.index(tag) + 1 : ORDER.index("sheetData")])
    found = re.search(rf"<(?:{followers})\b".encode(), head) if followers else None
    at = found.start() if found else len(head)
    return head[:at] + block + head[at:]


def find_block(xml: bytes, tag: str) -> tuple[int, int] | None:
    """Return where a block of what follows the rows begins and ends, not one inside another.

    >>> find_block(b"<autoFilter/><pageMargins/></worksheet>", "autoFilter")
    (0, 13)
    """
    starts = [*_blocks_of(xml), ("", xml.rindex(b"</worksheet>"))]
    return next(
        ((start, stop) for (name, start), (_, stop) in pairwise(starts) if name == tag),
        None,
    )


def _blocks_of(xml: bytes) -> list[tuple[str, int]]:
    """Return the name and the place of the blocks that follow the rows, not those inside others."""
    found: list[tuple[str, int]] = []
    depth = 0
    parser = expat.ParserCreate()

    def enter(name: str, _: object) -> None:
        nonlocal depth
        depth += 1
        if depth == 2:  # noqa: PLR2004  the root, then its children
            found.append((name, parser.CurrentByteIndex - len(b"<worksheet>")))

    def leave(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = enter, leave
    parser.Parse(b"<worksheet>" + xml, True)
    return found


def _is_unusual(xml: bytes) -> bool:
    """Tell whether a part is written in another encoding than UTF-8, or with single quotes."""
    head = xml[:_HEAD]
    encoding = re.match(rb"""\s*<\?xml[^>]*encoding=["']([\w-]+)""", head)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or (
        encoding and encoding[1].lower() != b"utf-8"
    ):
        return True
    return b"='" in xml and bool(re.search(rb"<(?:[\w.-]+:)?(?:row|c|f|worksheet)\s[^>]*='", xml))


def _numbered(rows: bytes) -> bytes:
    """Give their references to the rows and cells that come without, and put these first."""
    row = column = 0

    def number(match: re.Match[bytes]) -> bytes:
        nonlocal row, column
        tag = match[0]
        reference = re.search(rb'\sr="([A-Z]*)(\d+)"', tag)
        if tag.startswith(b"<row"):
            row, column = int(reference[2]) if reference else row + 1, 0
            return tag if reference else b'<row r="%d"' % row + tag[len(b"<row") :]
        column = column_number(reference[1].decode()) if reference else column + 1
        return (
            tag
            if reference
            else f'<c r="{column_letter(column)}{row}"'.encode() + tag[len(b"<c") :]
        )

    return re.sub(rb"<(?:row|c)\b[^>]*>", number, rows)
