"""The workbook, as far as the actions need to know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import pandas as pd

from segxl.domain.tableau import Tableau


class Workbook(Protocol):
    """An Excel workbook, open in Excel or lying on a disk.

    Tables are found by name, columns by header; rows are addressed by the DataFrame index,
    which holds Excel row numbers, so that an anomaly found three functions later can still
    name its cell.
    """

    @property
    def name(self) -> str:
        """File name shown to the user."""
        ...

    def has_table(self, table: str) -> bool:
        """Tell whether the workbook holds a table of this name."""
        ...

    def read_table(self, table: str) -> Tableau:
        """Return a table as it was when the workbook was opened, without its blank rows."""
        ...

    def read_formulas(self, table: str) -> Mapping[str, Mapping[int, str]]:
        """Return the formulas of a table: header → Excel row → formula, without its equals sign."""
        ...

    def write_columns(
        self, table: str, columns: pd.DataFrame, *, keep_formulas: bool = False
    ) -> None:
        """Write each column under the header of the same name, on the rows of the index.

        A header that the table lacks is skipped; ``None`` and NaN leave a blank cell; with
        ``keep_formulas``, a cell that holds a formula is left alone.
        """
        ...

    def write_cells(
        self, table: str, rows: Mapping[int, Mapping[str, object]], *, keep_formulas: bool = True
    ) -> None:
        """Write single cells: Excel row → header → value."""
        ...

    def add_columns(self, table: str, headers: Sequence[str]) -> None:
        """Add columns on the right of a table."""
        ...

    def retitle(self, table: str, headers: Sequence[str]) -> None:
        """Give a table these headers, from its first column to a new last one.

        What stood under a title stays under the one that takes its place; the columns that go
        take their cells with them.
        """
        ...

    def append_rows(self, table: str, rows: pd.DataFrame) -> None:
        """Add rows under the last filled one; the table, its lists and its colours grow with them.

        A column that computes does so in the new rows, where they give it no other value.
        """
        ...

    def replace_rows(self, table: str, rows: pd.DataFrame) -> None:
        """Put these rows in place of all those of a table; columns of other names are kept."""
        ...

    def add_table(
        self, table: str, sheet: str, widths: Mapping[str, float], *, note: str = ""
    ) -> None:
        """Add a sheet with one empty table; ``widths`` gives its headers and their widths.

        ``note`` stands between the title and the table, one row for each of its lines.
        """
        ...

    def link_cells(self, table: str, header: str, targets: Sequence[str]) -> None:
        """Make the cells under ``header`` jump to these places, e.g. ``Clients!D12``."""
        ...

    def paint_words(
        self, table: str, header: str, on: Sequence[str], colours: Mapping[str, tuple[str, str]]
    ) -> None:
        """Colour the columns ``on`` by the word under ``header``: word → (fill, text), ``#RRGGBB``."""
        ...

    def write_above(self, table: str, lines: Mapping[str, str]) -> None:
        """Renew the sentences of the note over a table: the words one starts with → the rest of it.

        One that the user removed is not written again.
        """
        ...

    def save(self) -> None:
        """Write the workbook back; all or nothing."""
        ...
