"""A workbook that a firm already keeps its clients in: where its lists may stand, and their rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from segxl.domain.anomalies import file_error
from segxl.domain.tableau import column_letter
from segxl.domain.textes import fold, join_words
from segxl.excel.adoption.range_table import filter_place
from segxl.excel.adoption.refusals import refuse_untouchable
from segxl.excel.ooxml.archive import refuse_if_open
from segxl.excel.ooxml.names import read_names
from segxl.excel.ooxml.package import Package
from segxl.excel.ooxml.parts import WORKBOOK
from segxl.excel.ooxml.sheet_xml import filled_columns, iter_rows, sheet_data_bounds
from segxl.excel.ooxml.structure import Place, find_places, find_sheets, parse_xml, read_sheet
from segxl.excel.ooxml.values import Values

CLIENTS, SPARE = "Clients", "Clients_segxl"
"""The table laid over a plain list, and its name where « Clients » already names something."""
HEAD_ROWS = 60
"""Rows among which the titles of a list are looked for, under its own headings."""
MOST_COLUMNS = 1_000
"""A list is narrower; a sheet coloured to its last column is not wider for it."""
Row = Sequence[object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place where a client list may stand: a table, or a sheet outside its tables.

    ``head`` holds the rows among which its titles are: those of the table, the first of the sheet.
    """

    sheet: str
    place: Place | None
    head: Sequence[Row]
    rows: int


class ExistingWorkbook:
    """A workbook of the firm's, never written; a copy of it is."""

    def __init__(self, path: Path, *, is_saved: bool = False) -> None:
        if not is_saved:
            refuse_if_open(path)
        self.path = path
        self.package = Package(path)
        self.values = Values(self.package)
        self.places = find_places(self.package)
        self.sheets = find_sheets(self.package, "worksheet")
        self._used: dict[str, tuple[int, int]] = {}
        refuse_untouchable(path.name, self.package)

    def candidates(self, sheet: str = "") -> list[Candidate]:
        """Return where a list may stand: on one sheet, or on those that show.

        Raises
        ------
        SaisieError
            The workbook has no sheet of this name.
        """
        names = [self._named(sheet)] if sheet else self._visible()
        return [candidate for name in names for candidate in self._on(name)]

    def rows(self, sheet: str) -> list[Row]:
        """Return the values of a sheet, from its first cell to its last filled one."""
        return [*self.values.rows(sheet, *self.used(sheet))]

    def titled_rows(self, place: Place) -> list[Row]:
        """Return the rows of the sheet of a table, where the titles are those the table knows."""
        rows = self.rows(place.sheet)
        above = rows[: place.header_row - 1]
        blank: list[Row] = [()] * (place.header_row - 1 - len(above))
        titles = (*(None,) * (place.first_column - 1), *place.headers)
        return [*above, *blank, titles, *rows[place.header_row :]]

    def filter_of(self, sheet: str) -> tuple[int, int, int] | None:
        """Return where the filter of a sheet stands: its row, its first and its last column."""
        return filter_place(read_sheet(self.package, self.sheets[sheet]))

    def shown_titles(self, place: Place) -> list[object]:
        """Return what the header cells of a list show."""
        rows = self.values.rows(place.sheet, place.header_row, place.last_column)
        return [*rows[place.header_row - 1][place.first_column - 1 : place.last_column]]

    def changed_titles(self, place: Place) -> dict[str, str]:
        """Return the titles of a list that become texts once it is a table, by their cell."""
        shown = place.headers if place.table_part else self.shown_titles(place)
        return {
            f"{column_letter(column)}{place.header_row}": title
            for column, now, title in zip(
                count(place.first_column), shown, place.headers, strict=False
            )
            if now != title
        }

    def range_at(
        self, sheet: str, bounds: tuple[int, int, int, int], titles: Sequence[str]
    ) -> Place:
        """Return a plain list as the table that will lie over it.

        ``bounds`` are first column, header row, last column and last row; ``titles`` those that
        columns without a text take.
        """
        taken = {fold(n.name) for n in read_names(self.package)}
        bare = Place(
            table=SPARE if fold(CLIENTS) in taken else CLIENTS,
            sheet=sheet,
            sheet_part=self.sheets[sheet],
            table_part="",
            first_column=bounds[0],
            header_row=bounds[1],
            last_column=bounds[2],
            last_row=bounds[3],
            header_shown=True,
            totals=0,
            headers=tuple(titles),
            formulas=("",) * len(titles),
        )
        shown = zip(self.shown_titles(bare), titles, strict=True)
        kept = (now if isinstance(now, str) and now.strip() else title for now, title in shown)
        return replace(bare, headers=tuple(kept))

    def cells_of(
        self, place: Place, rows: Iterable[int], headers: Iterable[str]
    ) -> dict[int, dict[str, object]]:
        """Return some cells of a list: Excel row → header → value."""
        columns = {h: place.first_column + place.headers.index(h) - 1 for h in headers}
        values = self.rows(place.sheet)
        return {
            row: {
                h: values[row - 1][c] if c < len(values[row - 1]) else None
                for h, c in columns.items()
            }
            for row in rows
        }

    def used(self, sheet: str) -> tuple[int, int]:
        """Return the last filled row of a sheet and its last filled column."""
        if sheet in self._used:
            return self._used[sheet]
        xml = read_sheet(self.package, self.sheets[sheet])
        last_row = last_column = 0
        for number, row in iter_rows(xml, *sheet_data_bounds(xml)):
            if columns := filled_columns(row):
                last_row, last_column = number, max(last_column, *columns)
        self._used[sheet] = last_row, min(last_column, MOST_COLUMNS)
        return self._used[sheet]

    def _on(self, sheet: str) -> Iterator[Candidate]:
        last_row, last_column = self.used(sheet)
        tables = [place for place in self.places.values() if place.sheet == sheet]
        for place in tables:
            rows = place.last_row - place.header_row
            yield Candidate(sheet=sheet, place=place, head=[place.headers], rows=rows)
        head = self.values.rows(sheet, min(last_row, HEAD_ROWS), last_column)
        free: list[Row] = [
            () if any(p.header_row <= n <= p.last_row + p.totals for p in tables) else row
            for n, row in enumerate(head, 1)
        ]
        yield Candidate(sheet=sheet, place=None, head=free, rows=last_row)

    def _visible(self) -> list[str]:
        tabs = parse_xml(self.package.read(WORKBOOK)).iter("{*}sheet")
        shown = {str(t.get("name")) for t in tabs if t.get("state", "visible") == "visible"}
        return [name for name in self.sheets if name in shown]

    def _named(self, sheet: str) -> str:
        found = next((name for name in self.sheets if fold(name) == fold(sheet)), None)
        if found is None:
            known = join_words(f"« {name} »" for name in self.sheets)
            problem = "le classeur n’a pas de feuille de ce nom"
            raise file_error(self.path.name, sheet, problem, f"choisissez entre {known}")
        return found
