"""A workbook lying on a disk, changed in place: only the parts that must change do.

Values are read with wolfxl (openpyxl's API). Writing goes cell by cell into the sheet's own
XML, because everything else of the user's file, from the ribbon to the sparklines, must stay
byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from types import ModuleType
from xml.sax.saxutils import quoteattr

import pandas as pd

from segxl.domain.anomalies import Anomalie, Gravite, SaisieError
from segxl.domain.tableau import Tableau, column_letter
from segxl.domain.textes import fold
from segxl.excel.cells import (
    Cells,
    Formula,
    Patch,
    filled_columns,
    iter_rows,
    normalise,
    row_styles,
    sheet_data_bounds,
)
from segxl.excel.columns import widen_table
from segxl.excel.layout import SHEET_OF
from segxl.excel.new_sheet import add_sheet
from segxl.excel.package import Package, refuse_if_open
from segxl.excel.painting import STYLES_PART, paint_words
from segxl.excel.ranges import resize_table
from segxl.excel.recalcul import forget_stale_values
from segxl.excel.structure import Place, find_places, find_sheets, parse_range
from segxl.excel.styles import Styles

MOST_ROWS = 200_000
NUMBER_FORMATS = {
    "Complétude": "0%",
    "Part": "0%",
    "Note moyenne": "0.0",
    "Enjeu": "0.0",
}
"""How a result is shown in a cell that the user's file never formatted."""
NOTE_FORMAT = "0.0"
DATE_FORMAT = "dd/mm/yyyy"


class FileWorkbook:
    """A :class:`~segxl.excel.port.Workbook` stored in an ``.xlsx`` or ``.xlsm`` file."""

    def __init__(self, path: Path, *, to_write: bool = True) -> None:
        if to_write:
            refuse_if_open(path)
        self.path = path
        self._package = Package(path)
        self._places = find_places(self._package)
        self._changed: set[str] = set()

    @property
    def name(self) -> str:
        """File name shown to the user."""
        return self.path.name

    def has_table(self, table: str) -> bool:
        """Tell whether the workbook holds a table of this name."""
        return table in self._places

    def read_table(self, table: str) -> Tableau:
        """Return a table as it was when the workbook was opened.

        Raises
        ------
        SaisieError
            Its header row has merged cells, or it has more rows than segxl takes.
        """
        place = self._place(table)
        self._refuse_merged_header(place)
        self._refuse_too_long(place)
        bounds = {"min_col": place.first_column, "max_col": place.last_column}
        sheet = self._values[place.sheet]
        shown = next(
            sheet.iter_rows(
                min_row=place.header_row, max_row=place.header_row, values_only=True, **bounds
            )
        )
        headers = [str(s or h).strip() for s, h in zip(shown, place.headers, strict=True)]
        rows = sheet.iter_rows(
            min_row=place.first_row, max_row=place.last_row, values_only=True, **bounds
        )
        lignes = pd.DataFrame(list(rows), columns=pd.Index(headers), dtype=object)
        lignes.index = pd.RangeIndex(place.first_row, place.first_row + len(lignes))
        letters = {h: column_letter(place.first_column + i) for i, h in enumerate(headers)}
        return Tableau(
            name=table, sheet=place.sheet, lignes=_blanks_as_none(lignes), letters=letters
        )

    def write_columns(
        self, table: str, columns: pd.DataFrame, *, keep_formulas: bool = False
    ) -> None:
        """Write each column under the header of the same name, on the rows of the index."""
        headers = [str(c) for c in columns.columns]
        values = columns.astype(object).where(columns.notna(), None).to_numpy().tolist()
        rows = {
            int(str(r)): dict(zip(headers, v, strict=True))
            for r, v in zip(columns.index, values, strict=True)
        }
        self.write_cells(table, rows, keep_formulas=keep_formulas)

    def write_cells(
        self, table: str, rows: Mapping[int, Mapping[str, object]], *, keep_formulas: bool = True
    ) -> None:
        """Write single cells: Excel row → header → value."""
        place = self._place(table)
        written = dict.fromkeys(h for cells in rows.values() for h in cells)
        known = {fold(h): h for h in place.headers}
        numbers = {h: place.column(known[fold(h)]) for h in written if fold(h) in known}
        cells = {
            row: {numbers[h]: value for h, value in values.items() if h in numbers}
            for row, values in rows.items()
        }
        self._patch(place, cells, self._default_styles(place, numbers), keep_formulas=keep_formulas)

    def add_columns(self, table: str, headers: Sequence[str]) -> None:
        """Add columns on the right of a table; what stands there must be empty."""
        place = self._place(table)
        if not headers:
            return
        self._refuse_no_room_beside(place, len(headers))
        look = {
            c: s
            for c, s in row_styles(self._row(place, place.header_row)).items()
            if c == place.last_column
        }
        wider = widen_table(self._package, place, headers)
        self._places[table] = wider
        titles = dict(enumerate(headers, place.last_column + 1))
        self._patch(
            wider, {place.header_row: titles}, dict.fromkeys(titles, look.get(place.last_column, 0))
        )

    def append_rows(self, table: str, rows: pd.DataFrame) -> None:
        """Add rows under the last one, in the look of the last one, with the formulas of the columns."""
        place = self._place(table)
        if rows.empty:
            return
        self._refuse_no_room(place, len(rows))
        first = place.last_row + 1
        if place.last_row == place.first_row and self._is_blank_row(place):
            first = place.first_row
        known = {fold(h): h for h in place.headers}
        values = rows.rename(columns=lambda c: known.get(fold(c), c)).reindex(
            columns=list(place.headers)
        )
        filled = values.astype(object).where(values.notna(), None)
        formulas = {
            place.first_column + i: Formula(f)
            for i, f in enumerate(place.formulas)
            if "[#This Row]" in f
        }
        cells = {
            first + i: dict(enumerate(row, place.first_column)) | formulas
            for i, row in enumerate(filled.to_numpy().tolist())
        }
        self._patch(place, cells, self._row_styles(place))
        self._resize(place, first + len(rows) - 1)

    def replace_rows(self, table: str, rows: pd.DataFrame) -> None:
        """Put these rows in place of all those of a table that segxl alone writes."""
        place = self._place(table)
        last = place.header_row + max(len(rows), 1)
        if last > place.last_row:
            self._refuse_no_room(place, last - place.last_row)
        filled = rows.reindex(columns=list(place.headers)).astype(object)
        lines = filled.where(filled.notna(), None).to_numpy().tolist()
        lines += [[None] * len(place.headers)] * (
            max(place.last_row, last) - place.header_row - len(lines)
        )
        cells = {
            place.first_row + i: dict(enumerate(line, place.first_column))
            for i, line in enumerate(lines)
        }
        self._patch(
            place, cells, self._row_styles(place) | self._default_styles(place, rows.columns)
        )
        self._resize(place, last)

    def add_table(self, table: str, sheet: str, widths: Mapping[str, float]) -> None:
        """Add a sheet with one empty table; ``widths`` gives its headers and their widths."""
        free, number = sheet, 2
        while free.casefold() in map(str.casefold, find_sheets(self._package)):
            free, number = f"{sheet} {number}", number + 1
        add_sheet(self._package, table, free, widths)
        self._places = find_places(self._package)

    def link_cells(self, table: str, header: str, targets: Sequence[str]) -> None:
        """Make the cells under ``header`` jump to these places; replaces the links of the sheet."""
        place = self._place(table)
        letter = column_letter(place.column(header))
        links = "".join(
            f'<hyperlink ref="{letter}{row}" location={quoteattr(target)} display={quoteattr(target)}/>'
            for row, target in enumerate(targets, place.first_row)
            if target
        )
        sheet = re.sub(
            rb"<hyperlinks>.*?</hyperlinks>",
            b"",
            self._package.read(place.sheet_part),
            flags=re.DOTALL,
        )
        block = f"<hyperlinks>{links}</hyperlinks>".encode() if links else b""
        at = min(
            p
            for tag in (b"<printOptions", b"<pageMargins", b"<pageSetup", b"<tableParts")
            if (p := sheet.find(tag)) >= 0
        )
        self._package.replace(place.sheet_part, sheet[:at] + block + sheet[at:])

    def paint_words(
        self, table: str, header: str, on: Sequence[str], colours: Mapping[str, tuple[str, str]]
    ) -> None:
        """Colour the columns ``on`` by the word under ``header``."""
        paint_words(self._package, self._place(table), header, on, colours)

    def save(self) -> None:
        """Write the workbook back to its file."""
        self.save_as(self.path)

    def save_as(self, path: Path) -> None:
        """Write the workbook to another file, all or nothing."""
        forget_stale_values(self._package, self._changed)
        if self._package.is_changed or path != self.path:
            self._package.save(path)

    @cached_property
    def _values(self) -> Workbook:
        """The cells as values: what formulas last gave, error values as their words."""
        import wolfxl  # noqa: PLC0415  0.15 s that a command without a workbook does not pay

        return wolfxl.load_workbook(self.path, data_only=True, read_only=True)  # type: ignore[no-any-return]

    def _place(self, table: str) -> Place:
        if table not in self._places:
            raise SaisieError([missing_table(self.name, table)])
        return self._places[table]

    def _patch(
        self,
        place: Place,
        cells: Mapping[int, Cells],
        styles: Mapping[int, int],
        *,
        keep_formulas: bool = False,
    ) -> None:
        """Write cells in the sheet of a table."""
        has_dates = any(isinstance(v, date) for row in cells.values() for v in row.values())
        patch = Patch(
            cells=cells,
            styles=styles,
            date_style=self._style_of(DATE_FORMAT) if has_dates else 0,
            keep_formulas=keep_formulas,
        )
        before = normalise(self._package.read(place.sheet_part))
        self._package.replace(place.sheet_part, patch.apply(before))
        self._changed.add(place.sheet)
        if patch.dropped_formulas:
            self._drop_calculation_chain()

    def _resize(self, place: Place, last_row: int) -> None:
        self._places[place.table] = resize_table(self._package, place, last_row)

    def _default_styles(self, place: Place, headers: Iterable[str]) -> dict[int, int]:
        """Return the style of result cells that have none, adding to the workbook what it lacks."""
        formats = {
            h: NUMBER_FORMATS.get(h) or (NOTE_FORMAT if h.startswith("Note ") else "")
            for h in headers
        }
        return {
            place.column(h): self._style_of(f)
            for h, f in formats.items()
            if f and h in place.headers
        }

    def _style_of(self, number_format: str) -> int:
        """Return a cell style of the workbook, added where it lacks it."""
        styles = Styles(self._package.read(STYLES_PART))
        found = styles.number_format(number_format)
        self._package.replace(STYLES_PART, styles.content)
        return found

    def _row_styles(self, place: Place) -> dict[int, int]:
        """Return the styles of the last data row, for the rows that follow it."""
        inside = range(place.first_column, place.last_column + 1)
        return {
            c: s for c, s in row_styles(self._row(place, place.last_row)).items() if c in inside
        }

    def _is_blank_row(self, place: Place) -> bool:
        """Tell whether the only row of a table is the blank one that every table must have."""
        inside = range(place.first_column, place.last_column + 1)
        return not any(c in inside for c in filled_columns(self._row(place, place.last_row)))

    def _row(self, place: Place, wanted: int) -> bytes:
        """Return the XML of one row of the table's sheet; nothing where it has none."""
        sheet = normalise(self._package.read(place.sheet_part))
        rows = iter_rows(sheet, *sheet_data_bounds(sheet))
        return next((row for number, row in rows if number == wanted), b"")

    def _drop_calculation_chain(self) -> None:
        """Leave out the order of calculation, which names formulas that are gone."""
        part = "xl/calcChain.xml"
        if part not in self._package:
            return
        self._package.drop(part)
        for name, pattern in (
            ("[Content_Types].xml", rb'<Override[^>]*?/xl/calcChain\.xml"[^>]*?/>'),
            ("xl/_rels/workbook.xml.rels", rb'<Relationship\b[^>]*?calcChain\.xml"[^>]*?/>'),
        ):
            self._package.replace(name, re.sub(pattern, b"", self._package.read(name)))

    def _refuse_merged_header(self, place: Place) -> None:
        for ref in re.findall(rb'<mergeCell ref="([^"]+)"', self._package.read(place.sheet_part)):
            first_column, first_row, last_column, last_row = parse_range(ref.decode())
            across = first_row <= place.header_row <= last_row
            if across and first_column <= place.last_column and last_column >= place.first_column:
                self._refuse(
                    place,
                    ref.decode(),
                    "des cellules de la ligne d’intitulés sont fusionnées",
                    "défusionnez-les : un intitulé par colonne",
                )

    def _refuse_too_long(self, place: Place) -> None:
        if (
            place.last_row - place.header_row > MOST_ROWS
            and self._package.read(place.sheet_part).count(b"<row ") > MOST_ROWS
        ):
            self._refuse(
                place,
                place.ref,
                f"le tableau {place.table} a plus de {MOST_ROWS:,} lignes".replace(",", "\u202f"),
                "gardez dans ce classeur les seuls clients du cabinet",
            )

    def _refuse_no_room(self, place: Place, count: int) -> None:
        """Raise when something stands right under the table, or a totals row closes it."""
        if place.totals:
            self._refuse(
                place,
                place.ref,
                f"le tableau {place.table} a une ligne de total : il ne peut pas s’agrandir",
                "retirez la ligne de total (onglet Création de tableau), puis recommencez",
            )
        if place.sheet not in self._values.sheetnames:
            return  # a sheet of this session: nothing of the user's stands there
        sheet = self._values[place.sheet]
        under = sheet.iter_rows(
            min_row=place.last_row + 1,
            max_row=place.last_row + count,
            min_col=place.first_column,
            max_col=place.last_column,
            values_only=True,
        )
        for row, values in enumerate(under, place.last_row + 1):
            filled = [i for i, v in enumerate(values) if v is not None and str(v).strip()]
            if filled:
                cell = f"{column_letter(place.first_column + filled[0])}{row}"
                self._refuse(
                    place,
                    cell,
                    f"le tableau {place.table} ne peut pas s’agrandir : cette cellule est occupée",
                    "déplacez ce qui se trouve sous le tableau",
                )

    def _refuse_no_room_beside(self, place: Place, count: int) -> None:
        """Raise when something stands right beside the table."""
        beside = range(place.last_column + 1, place.last_column + 1 + count)
        sheet = normalise(self._package.read(place.sheet_part))
        for number, row in iter_rows(sheet, *sheet_data_bounds(sheet)):
            if place.header_row <= number <= place.last_row:
                for column in filled_columns(row):
                    if column in beside:
                        self._refuse(
                            place,
                            f"{column_letter(column)}{number}",
                            f"le tableau {place.table} ne peut pas s’élargir : cette cellule est occupée",
                            "déplacez ce qui se trouve à droite du tableau",
                        )

    def _refuse(self, place: Place, cell: str, problem: str, remedy: str) -> None:
        raise SaisieError(
            [
                Anomalie(
                    sheet=place.sheet,
                    cell=cell,
                    value=None,
                    problem=problem,
                    remedy=remedy,
                    gravite=Gravite.BLOQUANTE,
                )
            ]
        )


def missing_table(name: str, table: str) -> Anomalie:
    """Say that a workbook lacks one of the tables it needs."""
    return Anomalie(
        sheet=SHEET_OF.get(table, name), cell="", value=None,
        problem=f"le tableau « {table} » n’a pas été trouvé dans {name}",
        remedy="ouvrez un classeur créé par « segxl nouveau », ou redonnez son nom au tableau (onglet Création de tableau)",
        gravite=Gravite.BLOQUANTE,
    )  # fmt: skip


def _blanks_as_none(lignes: pd.DataFrame) -> pd.DataFrame:
    """Turn missing values and texts of spaces only into None."""
    blank = lignes.isna() | lignes.apply(lambda column: column.map(_is_spaces))
    return lignes.where(~blank, None)


def _is_spaces(value: object) -> bool:
    return isinstance(value, str) and not value.strip()
