"""How a table is written: headers with their style, formatted rows, then the ListObject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from classeur_style import BAR, NAVY, SAISIE, TEXTE, Styles, set_page

TABLE_STYLE = "Table Style Light 1"
HEADER_ROW = 3
"""Where the headers of an input sheet stand, under its title, its help and its legend."""
LINE_PIXELS = 17
"""Height of one line of Calibri 10."""
LETTERS = 1.2
"""Letters to a unit of width: a letter is on average a little narrower than a figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colonne:
    """One column of a table: its header, who fills it, how wide it is and how it is shown."""

    header: str
    width: float = 12
    kind: str = SAISIE
    num_format: str = "General"
    figures: bool = False
    after_figures: bool = False
    wrap: bool = False
    level: int = 0
    props: dict[str, Any] = field(default_factory=dict)
    header_props: dict[str, Any] = field(default_factory=dict)

    @property
    def side(self) -> dict[str, Any]:
        """Return where the content stands: figures on the right, words a breath after them."""
        if self.figures:
            return {"align": "right"}
        return {"align": "left", "indent": 1} if self.after_figures else {"align": "left"}

    @property
    def cell(self) -> dict[str, Any]:
        """Return the XlsxWriter properties of a cell of this column."""
        shown = {"num_format": self.num_format, **self.side, **self.props}
        return {**shown, "text_wrap": True} if self.wrap else shown

    def lines(self, value: object) -> int:
        """Return how many lines a text takes in this column."""
        return ceil(len(str(value)) / (LETTERS * self.width)) if self.wrap and value else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Tableau:
    """One table to write: its name, its columns, its rows and where its first header stands.

    A value may be a pair ``(value, properties)`` when one cell is shown in its own way.
    """

    name: str
    columns: Sequence[Colonne]
    rows: Sequence[Sequence[Any]]
    row: int
    col: int = 0
    autofilter: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a table lies (zero-based, header row included)."""

    sheet: str
    row: int
    col: int
    last_row: int
    headers: tuple[str, ...]

    @property
    def first_data(self) -> int:
        """Return the row under the headers."""
        return self.row + 1

    def col_of(self, header: str) -> int:
        """Return the column of a header."""
        return self.col + self.headers.index(header)

    def data(self, first: str, last: str = "") -> str:
        """Return the address of the data of one column, or of several side by side."""
        cols = self.col_of(first), self.col_of(last or first)
        return xl_range(self.first_data, cols[0], self.last_row, cols[1])

    def reference(self, header: str) -> str:
        """Return the absolute address of a column's data, sheet included."""
        col = self.col_of(header)
        return f"='{self.sheet}'!{xl_range_abs(self.first_data, col, self.last_row, col)}"


def write_table(sheet: Worksheet, styles: Styles, tableau: Tableau) -> Place:
    """Write a table and return its place."""
    row, col, columns = tableau.row, tableau.col, spaced(tableau.columns)
    rows = tableau.rows or [[None] * len(columns)]
    for line, values in enumerate(rows, start=row + 1):
        for offset, column in enumerate(columns):
            write_cell(sheet, styles, (line, col + offset), (values[offset], column))
    last_row = row + len(rows)
    options = {
        "name": tableau.name,
        "style": TABLE_STYLE,
        "banded_rows": False,
        "autofilter": tableau.autofilter,
        "columns": [table_column(styles, c, filtered=tableau.autofilter) for c in columns],
    }
    sheet.add_table(row, col, last_row, col + len(columns) - 1, options)
    headers = tuple(c.header for c in columns)
    return Place(sheet=sheet.get_name(), row=row, col=col, last_row=last_row, headers=headers)


def spaced(columns: Sequence[Colonne]) -> list[Colonne]:
    """Keep the words of a column away from the figures that stand on its left."""
    lefts = [None, *columns]
    return [
        replace(column, after_figures=left is not None and left.figures and not column.figures)
        for left, column in zip(lefts, columns, strict=False)
    ]


def table_column(styles: Styles, column: Colonne, *, filtered: bool) -> dict[str, Any]:
    """Return XlsxWriter's description of one column of a table."""
    # The filter button covers the lower right corner of a header: keep the words away from it.
    side = {**column.side, "align": "left", "valign": "top"} if filtered else column.side
    return {
        "header": column.header,
        "header_format": styles.header(column.kind, **side, **column.header_props),
        "format": styles.body(**column.cell),
    }


def write_cell(
    sheet: Worksheet, styles: Styles, at: tuple[int, int], content: tuple[Any, Colonne]
) -> None:
    """Write one value; text is written as text, so ``=`` and ``<>`` stay conditions."""
    value, column = content
    own: dict[str, Any] = {}
    if isinstance(value, tuple):
        value, own = value
    shown = {**column.cell, **own}
    url = shown.pop("url", None)
    style = styles.body(**shown)
    if url:
        sheet.write_url(*at, url, style, value)
    elif value is None or value == "":
        sheet.write_blank(*at, None, style)
    elif isinstance(value, str):
        sheet.write_string(*at, value, style)
    elif isinstance(value, int | float):
        sheet.write_number(*at, value, style)
    else:
        sheet.write_datetime(*at, value, style)


def set_widths(
    sheet: Worksheet, columns: Sequence[Colonne], first: int, styles: Styles | None = None
) -> None:
    """Give each column its width and, if styles are given, its format for rows to come."""
    for col, column in enumerate(spaced(columns), start=first):
        style = column_format(styles, column) if styles else None
        options = {"level": column.level, "hidden": True} if column.level else {}
        sheet.set_column(col, col, column.width, style, options)


def column_format(styles: Styles, column: Colonne) -> Format:
    """Return the format of a whole column: the one of its cells, without the rule beneath."""
    return styles.get(valign="vcenter", **column.cell)


def set_heights(sheet: Worksheet, *tableaux: Tableau) -> None:
    """Give each row the height of its longest text: a file on disk has no autofit."""
    heights: dict[int, int] = {}
    for tableau in tableaux:
        for line, values in enumerate(tableau.rows, start=tableau.row + 1):
            pairs = zip(tableau.columns, values, strict=True)
            lines = max(column.lines(value) for column, value in pairs)
            heights[line] = max(heights.get(line, 1), lines)
    for line, lines in heights.items():
        sheet.set_row_pixels(line, max(20, lines * LINE_PIXELS + 2))


def plain_columns(widths: dict[str, float], figures: set[str], wrapped: set[str]) -> list[Colonne]:
    """Return columns that people fill."""
    return [
        Colonne(header=header, width=width, figures=header in figures, wrap=header in wrapped)
        for header, width in widths.items()
    ]


def text_column(header: str, width: float) -> Colonne:
    """Return a column whose cells are text, whatever they look like."""
    return Colonne(header=header, width=width, num_format=TEXTE, wrap=True)


def add_progress(sheet: Worksheet, address: str) -> None:
    """Draw in each cell of a share its bar, from nothing to everything."""
    ends = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1}
    sheet.conditional_format(
        address, {"type": "data_bar", "bar_solid": True, "bar_color": BAR, **ends}
    )


def finish_input_sheet(sheet: Worksheet) -> None:
    """Freeze the headers, colour the tab and set the page of a sheet the firm fills."""
    sheet.freeze_panes(HEADER_ROW + 1, 0)
    sheet.set_selection(HEADER_ROW + 1, 0, HEADER_ROW + 1, 0)
    sheet.set_tab_color(NAVY)
    set_page(sheet, header_row=HEADER_ROW)
