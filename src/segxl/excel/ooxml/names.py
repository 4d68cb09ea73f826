"""The names of a workbook: those it has, those that are added, and the tables they lead to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from xml.sax.saxutils import escape, quoteattr

from segxl.domain.tableau import column_number
from segxl.domain.textes import fold
from segxl.excel.ooxml.package import Package
from segxl.excel.ooxml.parts import WORKBOOK
from segxl.excel.ooxml.sheet_xml import plain
from segxl.excel.ooxml.structure import Place, find_places, parse_xml

PREFIX = "segxl_"
"""Before the name of a table of the contract, it names the table of the firm's that stands for it."""
PRINT_TITLES = "_xlnm.Print_Titles"
"""The name that one sheet gives to the rows that each of its printed pages repeats."""
_NAME = re.compile(r"<definedName\b([^>]*?)(?:/>|>(.*?)</definedName>)", re.DOTALL)
_ATTRIBUTE = re.compile(r'\s(name|localSheetId)="([^"]*)"')
_AREA = re.compile(r"(?:'((?:[^']|'')+)'|([^'!\[\]]+))!\$?([A-Z]+)\$?(\d+)(?::\$?[A-Z]+\$?\d+)?")
_FOLLOWERS = re.compile(
    r"<(?:calcPr|oleSize|customWorkbookViews|pivotCaches|smartTag|webPublishing|fileRecoveryPr"
    r"|webPublishObjects|extLst)\b|</workbook>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One defined name; ``sheet`` is the rank of the sheet that alone knows it, None for all."""

    name: str
    formula: str
    sheet: int | None = None


def read_names(package: Package) -> list[Name]:
    """Return every defined name of a workbook."""
    found = []
    for attributes, formula in _NAME.findall(_workbook(package)):
        known = dict(_ATTRIBUTE.findall(attributes))
        rank = known.get("localSheetId")
        found.append(
            Name(
                name=unescape(known.get("name", "")),
                formula=unescape(formula),
                sheet=None if rank is None else int(rank),
            )
        )
    return found


def add_names(package: Package, names: Iterable[Name]) -> None:
    """Add names to those of the workbook."""
    lines = "".join(
        f"<definedName name={quoteattr(n.name)}"
        + ("" if n.sheet is None else f' localSheetId="{n.sheet}"')
        + f">{escape(n.formula)}</definedName>"
        for n in names
    )
    workbook = re.sub(r"<definedNames\s*/>", "", _workbook(package))
    if "</definedNames>" in workbook:
        workbook = workbook.replace("</definedNames>", lines + "</definedNames>", 1)
    elif place := _FOLLOWERS.search(workbook):
        at = place.start()
        workbook = f"{workbook[:at]}<definedNames>{lines}</definedNames>{workbook[at:]}"
    package.replace(WORKBOOK, workbook.encode("utf-8"))


def drop_name(package: Package, name: str, sheet: int) -> None:
    """Remove a name that one sheet alone knows."""

    def keep(match: re.Match[str]) -> str:
        known = dict(_ATTRIBUTE.findall(match[1]))
        is_it = known.get("name") == name and known.get("localSheetId") == str(sheet)
        return "" if is_it else match[0]

    workbook = _NAME.sub(keep, _workbook(package)).replace("<definedNames></definedNames>", "")
    package.replace(WORKBOOK, workbook.encode("utf-8"))


def repeat_rows(package: Package, sheet: str, row: int) -> None:
    """Let each printed page of a sheet begin with this row.

    A sheet is meant by its rank among the tabs, hidden ones included: a name that a deleted sheet
    left at that rank goes away, as two of them would make Excel repair the workbook.
    """
    tabs = parse_xml(package.read(WORKBOOK)).iter("{*}sheet")
    rank = [tab.get("name") for tab in tabs].index(sheet)
    drop_name(package, PRINT_TITLES, rank)
    quoted = "'" + sheet.replace("'", "''") + "'"
    title = Name(name=PRINT_TITLES, formula=f"{quoted}!${row}:${row}", sheet=rank)
    add_names(package, [title])


def find_named_places(package: Package) -> dict[str, Place]:
    """Return where each table lies, by its folded name, and by that of the one it stands for.

    ``segxl_Clients`` leads to a table by its name, or by its cells once another program saved it.
    """
    places = find_places(package)
    named = {
        fold(name.name.removeprefix(PREFIX)): place
        for name in read_names(package)
        if name.sheet is None and name.name.startswith(PREFIX)
        for place in places.values()
        if _leads_to(name.formula, place)
    }
    return named | {fold(p.table): p for p in places.values()}


def _leads_to(formula: str, place: Place) -> bool:
    """Tell whether a formula is a table, whole or by the cells that it begins with."""
    if fold(formula.partition("[")[0]) == fold(place.table):
        return True
    area = _AREA.fullmatch(formula)
    if area is None:
        return False
    sheet = area[1].replace("''", "'") if area[1] else area[2]
    return sheet == place.sheet and place.covers(column_number(area[3]), int(area[4]))


def _workbook(package: Package) -> str:
    return plain(package.read(WORKBOOK)).decode("utf-8")
