"""How the template shows the columns of Clients: what a firm's own list takes from it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from segxl.domain.tableau import column_letter
from segxl.excel.layout import FOLDED
from segxl.excel.ooxml.package import Package
from segxl.excel.ooxml.sheet_xml import row_styles, rows_between, split_rows
from segxl.excel.ooxml.structure import Place, find_places, read_sheet

_COL = re.compile(rb"<col\b[^>]*?/>")
_NUMBERS = re.compile(rb'\s(min|max|width|style)="([\d.]+)"')
_VALIDATION = re.compile(r"<dataValidation\b[^>]*?(?:/>|>.*?</dataValidation>)", re.DOTALL)
_RULES = re.compile(r"<conditionalFormatting\b.*?</conditionalFormatting>", re.DOTALL)
_EXTENSIONS = re.compile(r"<x14:conditionalFormatting\b.*?</x14:conditionalFormatting>", re.DOTALL)
_SQREF = re.compile(r'\ssqref="([A-Z]+)\d+[^"]*"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One column of Clients as the template shows it; styles bear the template's numbers."""

    width: float
    style: int
    header_style: int
    cell_style: int
    is_folded: bool
    validation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """The table Clients of the template: its columns in order, and the rules that colour them."""

    place: Place
    models: dict[str, Model]
    rules: tuple[str, ...]
    extensions: tuple[str, ...]


def read_template(package: Package) -> Template:
    """Read the sheet Clients of the template."""
    place = find_places(package)["Clients"]
    sheet = read_sheet(package, place.sheet_part)
    after = split_rows(sheet)[1].decode("utf-8")
    columns = _columns_of(sheet)
    headers, cells = (
        row_styles(next(rows_between(sheet, row, row))[1])
        for row in (place.header_row, place.first_row)
    )
    validations = {_letters(v): v for v in _VALIDATION.findall(after)}
    by_column = dict(enumerate(place.headers, place.first_column))
    models = {
        header: Model(
            width=columns[column][0],
            style=columns[column][1],
            header_style=headers[column],
            cell_style=cells[column],
            is_folded=header in FOLDED,
            validation=validations.get(column_letter(column), ""),
        )
        for column, header in by_column.items()
    }
    return Template(
        place=place,
        models=models,
        rules=tuple(_RULES.findall(after)),
        extensions=tuple(_EXTENSIONS.findall(after)),
    )


def _columns_of(sheet: bytes) -> dict[int, tuple[float, int]]:
    """Return the width and the style of every column that the sheet describes."""
    found: dict[int, tuple[float, int]] = {}
    for tag in _COL.findall(sheet[: sheet.index(b"<sheetData>")]):
        numbers = {name: float(value) for name, value in _NUMBERS.findall(tag)}
        span = range(int(numbers[b"min"]), int(numbers[b"max"]) + 1)
        found |= dict.fromkeys(span, (numbers[b"width"], int(numbers[b"style"])))
    return found


def _letters(validation: str) -> str:
    found = _SQREF.search(validation)
    return found[1] if found else ""
