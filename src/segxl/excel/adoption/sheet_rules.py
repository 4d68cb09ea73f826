"""The lists, help messages and colours of the template, on the columns of another sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import quoteattr

from segxl.domain.tableau import column_letter
from segxl.excel.ooxml.sheet_xml import find_block, insert_block
from segxl.excel.ooxml.structure import Place

X14_RULES = "{78C0D931-6437-407d-A8EE-F0AAD7539E65}"
_MAIN_2009 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_PRIORITY = re.compile(rb'\bpriority="(\d+)"')
_TOP = re.compile(r'\spriority="(\d+)"')
_AREA = re.compile(r"\$?([A-Z]+)(\d+)(?::\$?([A-Z]+)(\d+))?")
_LONGEST_TITLE, _LONGEST_HELP = 32, 255


def add_validations(after: bytes, validations: Iterable[str]) -> bytes:
    """Add lists and help messages to those of a sheet."""
    lines = [*validations]
    found = find_block(after, "dataValidations")
    if found is None:
        block = f'<dataValidations count="{len(lines)}">{"".join(lines)}</dataValidations>'
        return insert_block(after, "dataValidations", block.encode("utf-8"))
    start, stop = found
    block = after[start:stop].decode("utf-8")
    count = block.count("<dataValidation ") + len(lines)
    block = re.sub(r'(<dataValidations\b[^>]*?\scount=")\d+', rf"\g<1>{count}", block, count=1)
    block = block.replace("</dataValidations>", "".join(lines) + "</dataValidations>", 1)
    return after[:start] + block.encode("utf-8") + after[stop:]


def add_rules(after: bytes, rules: Iterable[str], extensions: Iterable[str]) -> bytes:
    """Add conditional formats to those of a sheet, after them in rank."""
    rank = max([0, *(int(p) for p in _PRIORITY.findall(after))])
    moved = "".join(_TOP.sub(lambda m: f' priority="{rank + int(m[1])}"', r) for r in rules)
    after = insert_block(after, "conditionalFormatting", moved.encode("utf-8"))
    lines = "".join(extensions)
    return _with_extension(after, lines) if lines else after


def painted_columns(rule: str) -> set[str]:
    """Return the letters of the columns that a rule paints.

    >>> sorted(painted_columns('<conditionalFormatting sqref="C6:D6 F6">'))
    ['C', 'D', 'F']
    """
    found = re.search(r'\ssqref="([^"]*)"|<xm:sqref>([^<]*)</xm:sqref>', rule)
    areas = _AREA.findall(found[1] or found[2]) if found else []
    return {letter for first, _, last, _ in areas for letter in (first, last) if letter}


def moved_rule(rule: str, columns: Mapping[str, int], place: Place) -> str:
    """Return a rule of the template on the rows of another table.

    ``columns`` gives the new column of each letter; the template has one row of clients.
    """

    def move(match: re.Match[str]) -> str:
        first, last = columns[match[1]], columns[match[3] or match[1]]
        return f"{column_letter(first)}{place.first_row}:{column_letter(last)}{place.last_row}"

    def move_cell(match: re.Match[str]) -> str:
        return f"${column_letter(columns[match[1]])}{place.first_row}"

    rule = re.sub(r'(\ssqref=")([^"]*)(")', lambda m: m[1] + _AREA.sub(move, m[2]) + m[3], rule)
    rule = re.sub(
        r"(<xm:sqref>)([^<]*)(</xm:sqref>)", lambda m: m[1] + _AREA.sub(move, m[2]) + m[3], rule
    )
    return re.sub(
        r"(<formula>)([^<]*)(</formula>)",
        lambda m: m[1] + re.sub(r"\$([A-Z]+)\d+", move_cell, m[2]) + m[3],
        rule,
    )


def moved_validation(validation: str, column: int, place: Place) -> str:
    """Return a list of the template on the rows of one column."""
    letter = column_letter(column)
    area = f' sqref="{letter}{place.first_row}:{letter}{place.last_row}"'
    return re.sub(r'\ssqref="[^"]*"', area, validation, count=1)


def help_on(title: str, words: str, column: int, place: Place) -> str:
    """Return a help message that shows on the cells of one column."""
    letter = column_letter(column)
    return (
        '<dataValidation allowBlank="1" showInputMessage="1"'
        f" promptTitle={quoteattr(title[:_LONGEST_TITLE])} prompt={quoteattr(words[:_LONGEST_HELP])}"
        f' sqref="{letter}{place.first_row}:{letter}{place.last_row}"/>'
    )


def _with_extension(after: bytes, lines: str) -> bytes:
    """Return the end of a sheet with more rules of the 2009 format, which solid bars need."""
    named = f' xmlns:x14="{_MAIN_2009}"'
    lines = lines.replace("<x14:conditionalFormatting ", f"<x14:conditionalFormatting{named} ")
    rules = f"<x14:conditionalFormattings>{lines}</x14:conditionalFormattings>"
    ext = f"<ext{named} uri={quoteattr(X14_RULES)}>{rules}</ext>"
    found = find_block(after, "extLst")
    if found is None:
        return insert_block(after, "extLst", f"<extLst>{ext}</extLst>".encode())
    start, stop = found
    block = after[start:stop].decode("utf-8")
    if X14_RULES in block:
        end = re.compile(r"</[\w.-]+:conditionalFormattings>")
        block = end.sub(lambda m: lines + m[0], block, count=1)
    else:
        block = block.replace("</extLst>", ext + "</extLst>", 1)
    return after[:start] + block.encode("utf-8") + after[stop:]
