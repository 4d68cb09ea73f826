"""Colours as conditional formats keyed on a word: one rule a word, whatever the number of rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

from segxl.domain.tableau import column_letter
from segxl.excel.ooxml.package import Package
from segxl.excel.ooxml.parts import WORKBOOK
from segxl.excel.ooxml.sheet_xml import insert_block, split_rows
from segxl.excel.ooxml.structure import Place, parse_range, read_sheet, write_sheet
from segxl.excel.ooxml.styles import Shape, Styles

PAINTED = "segxl_couleurs"
"""The hidden name by which Excel's side remembers the palette it painted last."""
Painted = tuple[tuple[str, int, int], bytes, Shape]
"""What a rule does: the cells of one column, its formula, the look it gives them."""
_BLOCK = re.compile(rb"<conditionalFormatting\b[^>]*>.*?</conditionalFormatting>", re.DOTALL)
_RULE = re.compile(rb"<cfRule\b[^>]*>.*?</cfRule>|<cfRule\b[^>]*/>", re.DOTALL)
_PRIORITY = re.compile(rb'\bpriority="(\d+)"')


def paint_words(
    package: Package,
    place: Place,
    header: str,
    on: Sequence[str],
    colours: Mapping[str, tuple[str, str]],
) -> None:
    """Rebuild the rules that colour the columns ``on`` by the word under ``header``.

    The user's own rules stay; ours are known by their formula, ``$D5="Rouge"``, on these columns.
    """
    letter = column_letter(place.column(header))
    painted = frozenset(column_letter(place.column(h)) for h in on)
    if not painted or not colours:
        return
    rows, after = split_rows(read_sheet(package, place.sheet_part))
    others = _without_rules(after, letter, painted)
    styles = Styles(package)
    before = _signature(after, styles)
    first = 1 + max([0, *(int(p) for p in _PRIORITY.findall(others))])
    rules = "".join(
        f'<cfRule type="expression" dxfId="{styles.differential(fond, texte)}" priority="{first + i}">'
        f"<formula>{escape(_equals(letter, place.first_row, word))}</formula></cfRule>"
        for i, (word, (fond, texte)) in enumerate(colours.items())
    )
    areas = " ".join(f"{c}{place.first_row}:{c}{place.last_row}" for c in sorted(painted))
    block = f'<conditionalFormatting sqref="{areas}">{rules}</conditionalFormatting>'
    repainted = insert_block(others, "conditionalFormatting", block.encode("utf-8"))
    if _signature(repainted, styles) != before:
        styles.save()
        write_sheet(package, place.sheet_part, b"".join((rows, repainted)))
        _forget_palette(package)


def _forget_palette(package: Package) -> None:
    """Let the next run inside Excel look at the colours again."""
    workbook = package.read(WORKBOOK)
    without = re.sub(
        rb'<definedName [^>]*\bname="%s".*?</definedName>' % PAINTED.encode(), b"", workbook
    )
    if without != workbook:
        package.replace(WORKBOOK, without.replace(b"<definedNames></definedNames>", b""))


def _equals(letter: str, row: int, word: str) -> str:
    return f'${letter}{row}="{word.replace(chr(34), chr(34) * 2)}"'


def _without_rules(sheet: bytes, letter: str, painted: frozenset[str]) -> bytes:
    """Return the sheet without our rules; a block left empty goes too.

    Sorting and pasting in Excel cut a rule into pieces that start on other rows: ours all the same.
    """
    ours = re.compile(rb'<formula>\$%s\d+=(?:"|&quot;)[^<]*</formula>' % letter.encode())

    def keep(block: re.Match[bytes]) -> bytes:
        if not {letters for letters, _, _ in _areas_of(block[0])} <= painted:
            return block[0]
        rest = _RULE.sub(lambda rule: b"" if ours.search(rule[0]) else rule[0], block[0])
        return rest if b"<cfRule" in rest else b""

    return _BLOCK.sub(keep, sheet)


def _areas_of(block: bytes) -> Iterator[tuple[str, int, int]]:
    """Yield the cells of a block of rules, column by column: letters, first row, last row."""
    sqref = re.search(rb'\ssqref="([^"]*)"', block)
    for area in (sqref[1] if sqref else b"").decode().split():
        first, top, last, bottom = parse_range(area)
        yield from ((column_letter(c), top, bottom) for c in range(first, last + 1))


def _signature(sheet: bytes, styles: Styles) -> set[Painted]:
    """Return what every rule of a sheet does: where, when, how; not its number nor its rank."""
    formats = styles.differentials()
    found: set[Painted] = set()
    for block in _BLOCK.findall(sheet):
        areas = [*_areas_of(block)]
        for rule in _RULE.findall(block):
            dxf = re.search(rb'\sdxfId="(\d+)"', rule)
            look = formats[int(dxf[1])] if dxf and int(dxf[1]) < len(formats) else ()
            plain_rule = re.sub(rb'\s(?:dxfId|priority)="\d+"', b"", rule).replace(b"&quot;", b'"')
            found |= {(area, plain_rule, look) for area in areas}
    return found
