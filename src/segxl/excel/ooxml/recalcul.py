"""Formulas whose inputs changed: what they last showed is dropped, and Excel computes them anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, replace
from html import unescape

from segxl.domain.tableau import column_number
from segxl.domain.textes import fold
from segxl.excel.ooxml.cells import encode_result
from segxl.excel.ooxml.package import Package
from segxl.excel.ooxml.parts import WORKBOOK
from segxl.excel.ooxml.references import EVERYTHING, Area, Book, find_references
from segxl.excel.ooxml.sheet_xml import plain
from segxl.excel.ooxml.structure import (
    find_places,
    find_sheets,
    parse_range,
    read_sheet,
    write_sheet,
)

Changes = dict[str, dict[int, tuple[int, int]]]
"""Sheet → column → first and last row where another content stands."""
_COMPUTED = re.compile(
    rb'(<c\b[^>]*?\sr="([A-Z]+)(\d+)"[^>]*>)\s*(<f\b([^>]*?)(?:/>|>([^<]*)</f>))'
    rb"(<v\b[^>]*?(?:/>|>[^<]*</v>))?"
)
"""A cell with a formula: its tag, column, row, formula with attributes and text, last result."""
_TITLE_ROWS = 2
"""Rows that titles take: a reference to more reads the list under them."""
_TYPE = re.compile(rb'\st="[^"]*"')
_CALC = re.compile(rb"<calcPr\b[^>]*?/>")
_NAME = re.compile(rb'<definedName\b[^>]*?\bname="([^"]+)"[^>]*>([^<]*)<')


@dataclass(frozen=True, slots=True)
class Computed:
    """One cell with a formula: where it stands, what it reads."""

    sheet: str
    column: int
    row: int
    formula: str
    reads: frozenset[Area]

    @property
    def place(self) -> Cell:
        """Where it stands: sheet, column, row."""
        return self.sheet, self.column, self.row


Cell = tuple[str, int, int]
Given = Callable[[Computed, Container[Cell]], object]
"""What a cell gives now, told which cells compute; None where only Excel can tell."""


def note_changes(known: dict[int, tuple[int, int]], changed: Mapping[int, tuple[int, int]]) -> None:
    """Add to the rows where another content stands, by column, those of one more writing."""
    for column, (first, last) in changed.items():
        top, bottom = known.get(column, (first, last))
        known[column] = min(top, first), max(bottom, last)


def forget_stale_values(package: Package, changes: Changes, given: Given) -> None:
    """Drop the cached results that depend on changed cells, and ask for a full computation.

    Other results stay: a formula that somebody typed in an answer is read by its value. Those
    that ``given`` can tell are written anew.
    """
    if not any(changes.values()):
        return
    sheets = find_sheets(package, "worksheet")
    computing = {n: p for n, p in sheets.items() if _has_formulas(read_sheet(package, p))}
    if not computing:
        return
    computed = _computed_cells(package, computing)
    computing_cells = {cell.place for cell in computed}
    stale: dict[str, dict[tuple[int, int], object]] = {}
    for cell in _dependents(computed, changes):
        values = stale.setdefault(cell.sheet, {})
        values[cell.column, cell.row] = given(cell, computing_cells)
    for sheet, values in stale.items():
        part = computing[sheet]
        write_sheet(package, part, _with_values(read_sheet(package, part), values))
    if stale:
        package.replace(WORKBOOK, computing_on_load(package.read(WORKBOOK)))


def is_title_read(package: Package, sheet: str, column: int, row: int) -> bool:
    """Tell whether a formula reads one cell of a header row for itself, not with a whole list."""
    sheets = find_sheets(package, "worksheet")
    computing = {n: p for n, p in sheets.items() if _has_formulas(read_sheet(package, p))}
    cell = {sheet.casefold(): {column: (row, row)}}
    return any(
        _is_touched(area, cell) and area.last_row - area.first_row < _TITLE_ROWS
        for computed in _computed_cells(package, computing)
        for area in computed.reads
    )


def _has_formulas(sheet: bytes) -> bool:
    return b"<f>" in sheet or b"<f " in sheet


def _computed_cells(package: Package, computing: Mapping[str, str]) -> list[Computed]:
    """Return every cell with a formula."""
    names = _NAME.findall(plain(package.read(WORKBOOK)))
    book = Book(
        {fold(p.table): p for p in find_places(package).values()},
        {fold(unescape(n.decode())): unescape(f.decode()) for n, f in names},
    )
    known: dict[tuple[str, str], frozenset[Area]] = {}
    found = []
    for sheet, part in computing.items():
        for column, row, formula, reach in formulas_of(read_sheet(package, part)):
            if (sheet, formula) not in known:
                known[sheet, formula] = find_references(formula, sheet, book)
            reads = known[sheet, formula]
            areas = frozenset(_grown(a, reach) for a in reads)
            found.append(Computed(sheet, column, row, formula, areas))
    return found


def formulas_of(sheet: bytes) -> Iterator[tuple[int, int, str, tuple[int, int]]]:
    """Yield the place and the text of each formula, and how far the cells that share it lie.

    Cells that share a formula hold no text of their own: theirs is the first one's, moved.
    """
    shared: dict[bytes, tuple[str, tuple[int, int]]] = {}
    for cell in _COMPUTED.finditer(sheet):
        attributes, text, reach = cell[5], unescape((cell[6] or b"").decode()), (0, 0)
        if group := re.search(rb'\ssi="(\d+)"', attributes):
            if area := re.search(rb'\sref="([^"]+)"', attributes):
                left, top, right, bottom = parse_range(area[1].decode())
                shared[group[1]] = text, (right - left, bottom - top)
            text, reach = shared.get(group[1], (text, reach))
        yield column_number(cell[2].decode()), int(cell[3]), text, reach


def _grown(area: Area, reach: tuple[int, int]) -> Area:
    """Return what all the cells that share a formula read between them."""
    if reach == (0, 0) or area is EVERYTHING:
        return area
    columns, rows = reach
    return replace(
        area,
        first_column=area.first_column - columns,
        last_column=area.last_column + columns,
        first_row=area.first_row - rows,
        last_row=area.last_row + rows,
    )


def _dependents(computed: list[Computed], changes: Changes) -> list[Computed]:
    """Return the cells that read, even through others, one of the changed ones."""
    moved: Changes = {sheet.casefold(): dict(columns) for sheet, columns in changes.items()}
    stale: list[Computed] = []
    waiting, found = computed, True
    while found:
        left = []
        for cell in waiting:
            if any(_is_touched(area, moved) for area in cell.reads):
                stale.append(cell)
                columns = moved.setdefault(cell.sheet.casefold(), {})
                first, last = columns.get(cell.column, (cell.row, cell.row))
                columns[cell.column] = min(first, cell.row), max(last, cell.row)
            else:
                left.append(cell)
        # Turned round at each pass: a chain of formulas is followed up or down in one go.
        waiting, found = left[::-1], len(left) < len(waiting)
    return stale


def _is_touched(area: Area, moved: Changes) -> bool:
    """Tell whether one of the moved cells lies in an area."""
    if area is EVERYTHING:
        return True
    return any(
        area.first_column <= column <= area.last_column
        and first <= area.last_row
        and area.first_row <= last
        for column, (first, last) in moved.get(area.sheet.casefold(), {}).items()
    )


def _with_values(sheet: bytes, values: Mapping[tuple[int, int], object]) -> bytes:
    """Return the sheet with the results of these formulas written anew, left out where None."""

    def renew(cell: re.Match[bytes]) -> bytes:
        place = column_number(cell[2].decode()), int(cell[3])
        if place not in values:
            return cell[0]
        kind, result = encode_result(values[place])
        return _TYPE.sub(b"", cell[1])[:-1] + kind + b">" + cell[4] + result

    return _COMPUTED.sub(renew, sheet)


def computing_on_load(workbook: bytes) -> bytes:
    """Return the workbook part with the request to compute everything at opening."""
    calc = _CALC.search(workbook)
    if calc is None:
        followers = rb"<oleSize|<customWorkbookViews|<pivotCaches|<smartTag|<webPublishing|<fileRecoveryPr|<webPublishObjects|<extLst|</workbook>"
        workbook = plain(workbook)
        at = re.search(followers, workbook)
        place = at.start() if at else len(workbook)
        return workbook[:place] + b'<calcPr fullCalcOnLoad="1"/>' + workbook[place:]
    if b'fullCalcOnLoad="1"' in calc[0]:
        return workbook
    without = re.sub(rb'\sfullCalcOnLoad="[^"]*"', b"", calc[0])
    return workbook.replace(calc[0], without[:-2] + b' fullCalcOnLoad="1"/>', 1)
