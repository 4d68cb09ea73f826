"""One table of a closed workbook: its headers and its filled rows."""

from __future__ import annotations

import pandas as pd

from segxl.domain.tableau import Tableau, column_letter
from segxl.excel.ooxml.structure import Place
from segxl.excel.ooxml.values import Values
from segxl.excel.refusals import (
    MOST_ROWS,
    refuse_merged_header,
    refuse_repeated_header,
    too_long,
)


def read_tableau(values: Values, place: Place, sheet: bytes, table: str) -> Tableau:
    """Return a table as it was when the workbook was opened, without its blank rows.

    A table without a filled row has one, blank. ``sheet`` is the XML of the sheet it lies in.

    Raises
    ------
    SaisieError
        Its headers are merged or repeated, or it has more rows than segxl takes.
    """
    refuse_merged_header(place, sheet)
    refuse_repeated_header(place)
    rows: dict[int, list[object]] = {}
    for number, cells in values.filled_rows(place):
        rows[number] = cells
        if len(rows) > MOST_ROWS:
            raise too_long(place)
    headers = [h.strip() for h in place.headers]
    blank: dict[int, list[object]] = {place.first_row: [None] * len(headers)}
    lignes = pd.DataFrame.from_dict(rows or blank, orient="index", columns=headers, dtype=object)
    letters = {h: column_letter(place.first_column + i) for i, h in enumerate(headers)}
    return Tableau(name=table, sheet=place.sheet, lignes=lignes, letters=letters)
