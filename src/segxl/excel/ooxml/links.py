"""Cells that jump to other cells at a click."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from segxl.domain.tableau import column_letter
from segxl.excel.ooxml.package import Package
from segxl.excel.ooxml.sheet_xml import insert_block, split_rows
from segxl.excel.ooxml.structure import Place, read_sheet, write_sheet

_LINKS = re.compile(rb"<hyperlinks>.*?</hyperlinks>", re.DOTALL)


def link_column(package: Package, place: Place, header: str, targets: Sequence[str]) -> None:
    """Make the cells under ``header`` jump to these places; replaces the links of the sheet."""
    letter = column_letter(place.column(header))
    links = "".join(
        f'<hyperlink ref="{letter}{row}" location={quoteattr(target)} display={quoteattr(target)}/>'
        for row, target in enumerate(targets, place.first_row)
        if target
    )
    rows, after = split_rows(read_sheet(package, place.sheet_part))
    after = _LINKS.sub(b"", after)
    if links:
        after = insert_block(after, "hyperlinks", f"<hyperlinks>{links}</hyperlinks>".encode())
    write_sheet(package, place.sheet_part, b"".join((rows, after)))
