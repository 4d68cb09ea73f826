"""A small workbook that segxl makes by itself, the same bytes at each run."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

PROPERTIES = "docProps/core.xml"
FONT = "Calibri"
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_STAMPS = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
_CREATOR = re.compile(rb"<dc:creator[^>]*>[^<]*</dc:creator>")


def parts_of(book: Workbook) -> dict[str, bytes]:
    """Return the parts of a workbook; equal workbooks give equal bytes."""
    buffer = BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    # The library stamps the hour and its own name: a second run must give the same file.
    parts[PROPERTIES] = _CREATOR.sub(b"", _STAMPS.sub(b"", parts[PROPERTIES]))
    return parts


def write_text(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """Write a text as a text, even one that looks like a formula."""
    cell = sheet.cell(row, column, _FORBIDDEN.sub("", text))
    cell.data_type = "s"


def add_table(sheet: Worksheet, name: str, ref: str) -> None:
    """Make a table of cells whose heads are written."""
    from openpyxl.worksheet.table import Table, TableStyleInfo  # noqa: PLC0415  paid by the command that writes one

    table = Table(displayName=name, ref=ref)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    sheet.add_table(table)
