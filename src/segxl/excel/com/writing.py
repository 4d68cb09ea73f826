"""Writing one rectangle of a table of an open workbook, in one round trip."""

from __future__ import annotations

from segxl.domain.textes import fold
from segxl.excel.com.blocks import as_rows
from segxl.excel.com.cells import typed_text, with_formulas
from segxl.excel.com.drafts import Draft, Rectangle
from segxl.excel.com.shapes import Undo
from segxl.excel.layout import SYNTHESES

VALUES_ONLY = frozenset(map(fold, SYNTHESES))
"""Tables that nobody writes formulas in: looking for some would cost a round trip each."""


def write_rectangle(draft: Draft, rectangle: Rectangle, undos: list[Undo]) -> None:
    """Write one rectangle; a table that is written whole needs no other address.

    A table of values only that says it already is left alone.
    """
    block, rows, before = draft.block, rectangle.rows, rectangle.before
    if rows == before and fold(block.table) in VALUES_ONLY:
        return
    if draft.fills_block(rectangle):
        titles: list[object] = [typed_text(h) for h in draft.headers]
        cells, rows, before = block.cells, [titles, *rows], [titles, *before]
    else:
        cells = block.part(rectangle.first, rectangle.last, rectangle.top, rectangle.bottom)
    if draft.overwrites_formulas and fold(block.table) not in VALUES_ONLY:
        before = with_formulas(before, as_rows(cells.formula))
    cells.raw_value = rows
    undos.append(lambda: setattr(cells, "raw_value", before))
