"""Where the tables of a workbook lie: sheets, parts, ranges and headers, read from the package."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import unquote

from lxml import etree

from segxl.domain.tableau import column_letter, column_number
from segxl.domain.textes import fold
from segxl.excel.ooxml.archive import damaged
from segxl.excel.ooxml.package import Package
from segxl.excel.ooxml.parts import rels_name
from segxl.excel.ooxml.sheet_xml import plain

_RANGE = re.compile(r"\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where one table lies. Rows and columns are numbered from 1, bounds included."""

    table: str
    sheet: str
    sheet_part: str
    table_part: str
    first_column: int
    last_column: int
    header_row: int
    last_row: int
    header_shown: bool
    """Excel can hide the header row of a table; ``header_row`` is then the row above the data."""
    totals: int
    headers: tuple[str, ...]
    formulas: tuple[str, ...]
    """The calculated-column formula of each header; empty where it has none."""

    @property
    def first_row(self) -> int:
        """The first row of data."""
        return self.header_row + 1

    @property
    def columns(self) -> Mapping[str, int]:
        """The number of the column under each header, by the header as a reader compares it."""
        return {fold(h): c for c, h in reversed([*enumerate(self.headers, self.first_column)])}

    def column(self, header: str) -> int:
        """Return the number of the column under ``header``."""
        return self.columns[fold(header)]

    def covers(self, column: int, row: int) -> bool:
        """Tell whether a cell is one of the table's, header and totals included."""
        top = self.header_row if self.header_shown else self.first_row
        return (
            self.first_column <= column <= self.last_column
            and top <= row <= self.last_row + self.totals
        )

    @property
    def ref(self) -> str:
        """The range as the table part holds it, totals row included."""
        first, last = column_letter(self.first_column), column_letter(self.last_column)
        top = self.header_row if self.header_shown else self.first_row
        return f"{first}{top}:{last}{self.last_row + self.totals}"

    def ending_at(self, last_row: int) -> Place:
        """Return the same table with another last row."""
        return replace(self, last_row=last_row)


def parse_xml(content: bytes) -> etree._Element:
    """Parse one part; entities are never resolved, so a hostile part cannot grow."""
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def read_sheet(package: Package, part: str) -> bytes:
    """Return a sheet in the one spelling that segxl edits.

    Raises
    ------
    SaisieError
        It is cut short.
    """
    if part in package.read_as:
        return package.read_as[part]
    try:
        sheet = plain(package.read(part))
    except (ValueError, etree.XMLSyntaxError) as error:
        raise damaged(package.path) from error
    if b"</sheetData>" not in sheet or not sheet.rstrip().endswith(b"</worksheet>"):
        raise damaged(package.path)
    package.read_as[part] = sheet
    return sheet


def write_sheet(package: Package, part: str, sheet: bytes) -> None:
    """Put a sheet back, in the spelling in which it was read."""
    package.replace(part, sheet)
    package.read_as[part] = sheet


def find_sheets(package: Package, kind: str = "") -> dict[str, str]:
    """Return the part of each sheet, by the name on its tab; with ``worksheet``, no chart sheets."""
    root = _read_xml(package, "xl/workbook.xml")
    targets = relations_of(package, "xl/workbook.xml", kind)
    found = {}
    for sheet in root.iter("{*}sheet"):
        rid = next((v for k, v in sheet.attrib.items() if str(k).endswith("}id")), "")
        if str(rid) in targets:
            found[str(sheet.get("name"))] = targets[str(rid)]
    return found


def find_places(package: Package) -> dict[str, Place]:
    """Return where each table lies, by its name."""
    places = {}
    for sheet, part in find_sheets(package, "worksheet").items():
        for target in relations_of(package, part, "table").values():
            if target in package:
                place = _parse_place(package, sheet, part, target)
                places[place.table] = place
    return places


def relations_of(package: Package, part: str, kind: str = "") -> dict[str, str]:
    """Return the targets of one part's internal relations, by id; those of one kind alone."""
    name = rels_name(part)
    if name not in package:
        return {}
    folder = posixpath.dirname(part)
    return {
        str(r.get("Id")): _resolve(folder, str(r.get("Target")))
        for r in _read_xml(package, name).iter("{*}Relationship")
        if r.get("TargetMode") != "External"
        and str(r.get("Type")).endswith(f"/{kind}" if kind else "")
    }


def parse_range(ref: str) -> tuple[int, int, int, int]:
    """Return first column, first row, last column and last row of a range.

    >>> parse_range("$B$4:AS30")
    (2, 4, 45, 30)
    """
    match = _RANGE.fullmatch(ref if ":" in ref else f"{ref}:{ref}")
    if match is None:
        msg = f"not a range: {ref}"
        raise ValueError(msg)
    return column_number(match[1]), int(match[2]), column_number(match[3]), int(match[4])


def _parse_place(package: Package, sheet: str, sheet_part: str, table_part: str) -> Place:
    root = _read_xml(package, table_part)
    try:
        first_column, first_row, last_column, last_row = parse_range(str(root.get("ref")))
    except ValueError as error:
        raise damaged(package.path) from error
    columns = [*root.iter("{*}tableColumn")]
    shown = root.get("headerRowCount", "1") != "0"
    totals = int(root.get("totalsRowCount") or 0)
    return Place(
        table=str(root.get("displayName") or root.get("name")),
        sheet=sheet,
        sheet_part=sheet_part,
        table_part=table_part,
        first_column=first_column,
        last_column=last_column,
        header_row=first_row if shown else first_row - 1,
        header_shown=shown,
        last_row=last_row - totals,
        totals=totals,
        headers=tuple(_unescape(str(c.get("name"))) for c in columns),
        formulas=tuple(c.findtext("{*}calculatedColumnFormula") or "" for c in columns),
    )


def _read_xml(package: Package, part: str) -> etree._Element:
    try:
        return parse_xml(package.read(part))
    except etree.XMLSyntaxError as error:
        raise damaged(package.path) from error


def _resolve(folder: str, target: str) -> str:
    """Return the name of a part from a target that is absolute or relative to a folder."""
    name = unquote(target)
    return posixpath.normpath(posixpath.join("/", folder, name)).lstrip("/")


def _unescape(name: str) -> str:
    """Return a header as shown: tables write a line break as ``_x000a_``."""
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), name)
