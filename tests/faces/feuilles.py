"""Ranges of a workbook as Excel hands them over to a formula."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from segxl.domain.tableau import Tableau
from segxl.excel.com.cells import ERROR_WORDS, FIRST_ERROR
from segxl.excel.file import FileWorkbook

Rows = tuple[tuple[Any, ...], ...]
_CODES = {word: FIRST_ERROR + number - 2000 for number, word in ERROR_WORDS.items()}


@dataclass(frozen=True)
class Feuilles:
    """What the formulas of one workbook read, and the results that stand in its cells."""

    lignes: pd.DataFrame
    intitules: Rows
    clients: Rows
    criteres: Rows
    baremes: Rows
    couleurs: Rows
    segments: Rows

    @property
    def notation(self) -> tuple[Rows, Rows, Rows]:
        """Headers, grid and scales: what SEG_NOTE takes after the answers."""
        return self.intitules, self.criteres, self.baremes

    @property
    def segmentation(self) -> Any:  # noqa: ANN401  as many ranges as the test takes of them
        """What SEG_SEGMENT takes after the answers."""
        return (*self.notation, self.couleurs, self.segments)

    def column(self, header: str) -> list[object]:
        """Return the cells under one header, blank ones as a formula shows them."""
        return [blank_as_text(value) for value in self.lignes[header]]

    def columns(self, headers: Iterable[str]) -> tuple[Rows, Rows]:
        """Return the answers and the headers of some columns only."""
        places = [self.intitules[0].index(header) for header in headers]
        return picked(self.clients, places), picked(self.intitules, places)


def read_feuilles(path: Path) -> Feuilles:
    """Read a workbook, its values turned into those of COM."""
    workbook = FileWorkbook(path, to_write=False)
    headers, *clients = as_range(workbook.read_table("Clients"))
    return Feuilles(
        lignes=workbook.read_table("Clients").lignes,
        intitules=(headers,),
        clients=tuple(clients),
        **{name.lower(): as_range(workbook.read_table(name)) for name in ("Criteres", "Baremes", "Couleurs", "Segments")},
    )  # fmt: skip


def as_range(table: Tableau) -> Rows:
    """Return a table with its headers as COM does: floats, error numbers, None where blank."""
    lines = table.lignes.itertuples(index=False, name=None)
    return (tuple(table.letters), *(tuple(map(_as_com, line)) for line in lines))


def picked(rows: Rows, places: Iterable[int]) -> Rows:
    """Return some columns of a range."""
    wanted = [*places]
    return tuple(tuple(row[i] for i in wanted) for row in rows)


def changed(table: Rows, row: int, header: str, value: object) -> Rows:
    """Return a range where one cell, counted under the headers from 0, holds another value."""
    place = table[0].index(header)
    line = table[row + 1]
    new = (*line[:place], value, *line[place + 1 :])
    return (*table[: row + 1], new, *table[row + 2 :])


def blank_as_text(value: Any) -> object:  # noqa: ANN401  a cell
    """Return what a formula shows: nothing where the cell is blank."""
    return "" if pd.isna(value) else value


def _as_com(value: Any) -> object:  # noqa: ANN401  a cell
    if isinstance(value, str):
        return _CODES.get(value, value)
    if isinstance(value, bool) or pd.isna(value):
        return value if isinstance(value, bool) else None
    return float(value) if isinstance(value, int | float) else value
