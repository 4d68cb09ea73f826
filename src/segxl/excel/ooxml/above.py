"""The sentences over a table of a closed workbook, which a run renews."""

from __future__ import annotations

from collections.abc import Mapping

from segxl.excel.above import find_sentences
from segxl.excel.ooxml.cells import Patch
from segxl.excel.ooxml.package import Package
from segxl.excel.ooxml.structure import Place, read_sheet, write_sheet
from segxl.excel.ooxml.values import Values


def write_sentences(
    package: Package, place: Place, lines: Mapping[str, str], values: Values
) -> None:
    """Renew the sentences that stand over a table; other cells stay as they are.

    Their rows keep their height: a sentence runs over the columns beside it.
    """
    column = place.first_column
    shown = [values.shown(place.sheet, column, row) for row in range(1, place.header_row)]
    found = find_sentences(shown, lines)
    if found:
        patch = Patch({row: {column: text} for row, text in found.items()}, keep_formulas=True)
        written = patch.apply(read_sheet(package, place.sheet_part))
        write_sheet(package, place.sheet_part, written)
