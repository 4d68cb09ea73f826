"""The look of the workbook: one palette, one font, two sizes, one page set-up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

FONT = "Calibri"
SMALL, LARGE = 10, 16

NAVY = "#1F3A5F"
GREEN = "#2E7D5B"
GREY = "#7F7F7F"
INK = "#222B36"
MUTED = "#55606E"
LINE = "#D5DBE3"
PANEL = "#F2F5F9"
BAR = "#A9C6E8"
WHITE = "#FFFFFF"

SAISIE, SEGXL, MAIN = "saisie", "segxl", "main"
HEADER_FILL = {SAISIE: NAVY, SEGXL: GREEN, MAIN: GREY}
LEGENDE = {SAISIE: "Vous saisissez", SEGXL: "segxl remplit", MAIN: "Vous pouvez forcer"}

TEXTE, NOTE, PART, MONTANT, ENTIER, DATE = "@", "0.0", "0%", "#,##0", "0", "dd/mm/yyyy"


@dataclass
class Styles:
    """The formats of one workbook; equal properties share one format."""

    book: xlsxwriter.Workbook
    _known: dict[tuple[tuple[str, Any], ...], Format] = field(default_factory=dict)

    def get(self, **props: Any) -> Format:  # noqa: ANN401 - XlsxWriter's own vocabulary
        """Return the format that has these XlsxWriter properties."""
        key = tuple(sorted(props.items()))
        if key not in self._known:
            self._known[key] = self.book.add_format({"font_color": INK, **props})
        return self._known[key]

    def header(self, kind: str, **changes: Any) -> Format:  # noqa: ANN401 - XlsxWriter's own
        """Return the header style of a column: typed, filled by segxl, or forced by hand."""
        props = {"bold": True, "font_color": WHITE, "bg_color": HEADER_FILL[kind]}
        edges = {"right": 1, "right_color": WHITE, "text_wrap": True, "valign": "vcenter"}
        return self.get(**{**props, **edges, **changes})

    def body(self, **props: Any) -> Format:  # noqa: ANN401 - XlsxWriter's own vocabulary
        """Return the style of a cell of a table: a thin rule beneath."""
        return self.get(**{"valign": "vcenter", "bottom": 1, "bottom_color": LINE, **props})

    def title(self) -> Format:
        """Return the style of a sheet's title."""
        return self.get(bold=True, font_size=LARGE, font_color=NAVY, valign="vcenter")

    def section(self) -> Format:
        """Return the style of a block's title."""
        return self.get(bold=True, font_color=NAVY, valign="vcenter")

    def help(self) -> Format:
        """Return the style of a line of explanation."""
        return self.get(font_color=MUTED, valign="vcenter")


def set_page(sheet: Worksheet, *, header_row: int | None = None, pages_tall: int = 0) -> None:
    """Set the printed page: A4 landscape, one page wide, header row repeated, footer."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, pages_tall)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(f'&L&"{FONT},Regular"&{SMALL}&A&R&"{FONT},Regular"&{SMALL}Page &P / &N')
    if header_row is not None:
        sheet.repeat_rows(header_row, header_row)


def write_heading(
    sheet: Worksheet, styles: Styles, title: str, help_line: str, *, col: int = 0
) -> None:
    """Write the top of a sheet: what it is, and what to do there."""
    sheet.set_row_pixels(0, 32)
    sheet.set_row_pixels(1, 22)
    sheet.set_row_pixels(2, 22)
    sheet.write_string(0, col, title, styles.title())
    sheet.write_string(1, col, help_line, styles.help())


def write_legend(
    sheet: Worksheet, styles: Styles, row: int, spans: dict[str, tuple[int, int]]
) -> None:
    """Write the legend of the header styles, each over its own columns."""
    for kind, (first, last) in spans.items():
        style = styles.get(
            font_color=WHITE, bg_color=HEADER_FILL[kind], bold=True, valign="vcenter"
        )
        for col in range(first, last + 1):
            sheet.write_blank(row, col, None, style)
        sheet.write_string(row, first, LEGENDE[kind], style)
