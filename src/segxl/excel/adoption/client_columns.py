"""The columns of segxl beside a firm's own list: their cells, their look, their lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from segxl.domain.tableau import column_letter
from segxl.domain.textes import fold
from segxl.excel.adoption.following import Following
from segxl.excel.adoption.sheet_columns import Column, set_columns
from segxl.excel.adoption.sheet_rules import (
    add_rules,
    add_validations,
    help_on,
    moved_rule,
    moved_validation,
    painted_columns,
)
from segxl.excel.adoption.style_grafting import GraftedStyles, Hand
from segxl.excel.adoption.template_columns import Template
from segxl.excel.layout import PARTS
from segxl.excel.ooxml.cells import Cells, Formula, Patch
from segxl.excel.ooxml.columns import widen_table
from segxl.excel.ooxml.package import Package
from segxl.excel.ooxml.sheet_writer import SheetWriter, drop_calculation_chain
from segxl.excel.ooxml.sheet_xml import CELL, iter_rows, sheet_data_bounds, split_rows
from segxl.excel.ooxml.structure import Place, read_sheet, write_sheet
from segxl.excel.ooxml.styles import GENERAL

PERCENT_POINTS = '0" %"'
"""How a share is shown that the firm writes 60, not 60 %."""
_ROOM = 4
"""Letters that the filter button of a header takes."""
_ONE_LINE = 1.5
"""A sentence that the template shows on two lines stands on one here: its column is wider."""
_DIMENSION = re.compile(rb'(<dimension ref="[A-Z]+\d+:)([A-Z]+)(\d+")')


@dataclass(frozen=True, slots=True, kw_only=True)
class NewColumns:
    """What to put beside a list.

    Parameters
    ----------
    headers : sequence of str
        The headers to add, in the order of the template.
    following : mapping of str to Following
        The headers that follow a column of the firm's.
    typed : mapping of str to mapping
        Header → Excel row → value, for the columns filled once.
    clients : mapping of int to mapping
        Excel row → header of the firm's → value, for the rows that are clients.
    in_percent : bool
        The firm writes its shares 60, not 60 %.
    """

    headers: Sequence[str]
    following: Mapping[str, Following]
    typed: Mapping[str, Mapping[int, object]]
    clients: Mapping[int, Mapping[str, object]]
    in_percent: bool = False
    hand_column: int = 0


def add_client_columns(
    package: Package, place: Place, new: NewColumns, template: Template, styles: GraftedStyles
) -> Place:
    """Write the new columns on the right of a list and return the wider table."""
    formulas = {h: f.formula(place.table) for h, f in new.following.items()}
    wider = widen_table(package, place, new.headers, formulas)
    hands = _hands_of(package, place, new, styles)
    columns = dict(zip(new.headers, count(place.last_column + 1), strict=False))
    looks = {c: _look_of(h, template, styles, hands, new) for h, c in columns.items()}
    sheet = without_cells(read_sheet(package, place.sheet_part), place, looks)
    titles: Cells = {c: h for h, c in columns.items()}
    header_styles = {c: look.header for c, look in looks.items()}
    sheet = Patch(cells={place.header_row: titles}, styles=header_styles).apply(sheet)
    rows = {row: _cells_of(row, columns, new, formulas) for row in _rows_of(place)}
    cell_styles = {c: look.cell for c, look in looks.items()}
    sheet = Patch(cells=rows, styles=cell_styles, blanks=True).apply(sheet)
    sheet = set_columns(sheet, {c: look.column for c, look in looks.items()})
    sheet = _with_rules(_with_dimension(sheet, wider), wider, new, template, styles)
    write_sheet(package, place.sheet_part, sheet)
    if formulas:
        drop_calculation_chain(package)
    return wider


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hands:
    header: Hand
    cell: Hand


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    header: int
    cell: int
    column: Column


def _look_of(
    header: str, template: Template, styles: GraftedStyles, hands: _Hands, new: NewColumns
) -> _Look:
    """Return how a column looks here; its header fits on one line, as the firm's rows keep their height."""
    model = template.models[header]
    wraps = styles.is_wrapped(model.cell_style)
    shown_as = _shown_as(header, new, is_text=styles.is_text(model.cell_style))
    column = Column(
        width=max(model.width * (_ONE_LINE if wraps else 1), len(header) + _ROOM),
        style=styles.cell(model.style, replace(hands.cell, border=0), shown_as),
        is_folded=model.is_folded,
    )
    return _Look(
        header=styles.cell(model.header_style, hands.header),
        cell=styles.cell(model.cell_style, hands.cell, shown_as),
        column=column,
    )


def _shown_as(header: str, new: NewColumns, *, is_text: bool) -> str | None:
    """Return how a column that follows is shown, where not as in the template.

    In a cell for texts, Excel would show a formula instead of what it gives.
    """
    if header not in new.following:
        return None
    if is_text:
        return GENERAL
    return PERCENT_POINTS if header in PARTS and new.in_percent else None


def _hands_of(package: Package, place: Place, new: NewColumns, styles: GraftedStyles) -> _Hands:
    """Return how the firm writes the titles and the cells of its list."""
    writer, column = SheetWriter(package, place), new.hand_column or place.first_column
    title, cell = (
        styles.hand_of(writer.styles_of(row).get(column, 0))
        for row in (place.header_row, min(new.clients, default=place.first_row))
    )
    return _Hands(header=replace(title, border=0), cell=cell)


def without_cells(sheet: bytes, place: Place, columns: Iterable[int]) -> bytes:
    """Return a sheet where the rows of a table hold no cell in some columns, which are blank."""
    letters = {column_letter(c).encode() for c in columns}
    start, end = sheet_data_bounds(sheet)
    pieces, done = [sheet[:start]], start
    rows = range(place.header_row, place.last_row + 1)
    for number, row in iter_rows(sheet, start, end):
        done += len(row)
        pieces.append(
            CELL.sub(lambda m: b"" if m[1] in letters else m[0], row) if number in rows else row
        )
    return b"".join([*pieces, sheet[done:]])


def _rows_of(place: Place) -> range:
    return range(place.first_row, place.last_row + 1)


def _cells_of(
    row: int, columns: Mapping[str, int], new: NewColumns, formulas: Mapping[str, str]
) -> Cells:
    """Return what to write in one row; nothing where it is not a client, which takes the look."""
    client = new.clients.get(row)
    cells: dict[int, object] = {}
    for header, column in columns.items():
        value = new.typed.get(header, {}).get(row)
        if client is not None and header in formulas:
            follow = new.following[header]
            value = Formula(formulas[header], follow.value(client[follow.source]))
        cells[column] = value
    return cells


def _with_rules(
    sheet: bytes, place: Place, new: NewColumns, template: Template, styles: GraftedStyles
) -> bytes:
    head, after = split_rows(sheet)
    columns = place.columns
    validations = []
    for header in new.headers:
        column = columns[fold(header)]
        if header in new.following:
            words = f"Suit votre colonne « {new.following[header].source} » : c’est là que l’on corrige."
            validations.append(help_on(header, words, column, place))
        elif model := template.models[header].validation:
            validations.append(moved_validation(model, column, place))
    letters = dict(
        zip(map(column_letter, count(template.place.first_column)), template.models, strict=False)
    )
    known = {letter: columns[fold(h)] for letter, h in letters.items() if fold(h) in columns}
    painted = {letter for letter, h in letters.items() if h in new.headers}
    rules = [
        moved_rule(styles.renumber(r), known, place)
        for r in template.rules
        if painted_columns(r) <= painted
    ]
    extensions = [
        moved_rule(e, known, place) for e in template.extensions if painted_columns(e) <= painted
    ]
    if validations:
        after = add_validations(after, validations)
    return b"".join((head, add_rules(after, rules, extensions)))


def _with_dimension(sheet: bytes, place: Place) -> bytes:
    """Return a sheet whose used range reaches the last column of a table."""
    last = column_letter(place.last_column).encode()
    return _DIMENSION.sub(
        lambda m: m[1] + max(m[2], last, key=lambda x: (len(x), x)) + m[3], sheet, count=1
    )
