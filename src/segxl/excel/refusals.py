"""What stops the work on one table: each refusal names the sheet, the cell and the remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Protocol

from segxl.domain.anomalies import Anomalie, Gravite, SaisieError
from segxl.domain.tableau import Tableau, column_letter
from segxl.excel.layout import SHEET_OF
from segxl.excel.ooxml.sheet_xml import filled_columns, rows_between
from segxl.excel.ooxml.structure import Place, parse_range

NO_ROOM_UNDER = "le tableau {} ne peut pas s’agrandir", "déplacez ce qui se trouve sous le tableau"
NO_ROOM_BESIDE = (
    "le tableau {} ne peut pas s’élargir",
    "déplacez ce qui se trouve à droite du tableau",
)
"""The problem, to be told with the name of the table, and its remedy."""
Shown = Callable[[str, int, int], object]
"""What a cell shows: sheet, column, row → value."""
MOST_ROWS = 200_000
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""Where a sheet ends."""
_MERGED = re.compile(rb'<mergeCell\s[^>]*?ref="([^"]+)"')


def missing_table(name: str, table: str) -> Anomalie:
    """Say that a workbook lacks one of the tables it needs."""
    return Anomalie(
        sheet=SHEET_OF.get(table, name), cell="", value=None,
        problem=f"le tableau « {table} » n’a pas été trouvé dans {name}",
        remedy="ouvrez un classeur segxl, ou redonnez son nom au tableau (onglet Création de tableau)",
        gravite=Gravite.BLOQUANTE,
    )  # fmt: skip


def refuse_stranger(tableau: Tableau, headers: Iterable[str]) -> None:
    """Raise when a table bears a name of segxl's but lacks the columns that segxl fills."""
    for header in headers:
        if tableau.header(header) is None:
            raise refusal(
                tableau.sheet,
                "",
                None,
                f"le tableau {tableau.name} n’a pas la colonne « {header} », que segxl remplit",
                "redonnez-lui cette colonne, ou un autre nom au tableau s’il est à vous (onglet Création de tableau)",
            )


def refuse_merged_header(place: Place, sheet: bytes) -> None:
    """Raise when cells of the header row are merged."""
    for ref in merged_ranges(sheet):
        first_column, first_row, last_column, last_row = parse_range(ref)
        across = place.header_shown and first_row <= place.header_row <= last_row
        if across and first_column <= place.last_column and last_column >= place.first_column:
            problem = "des cellules de la ligne d’intitulés sont fusionnées"
            remedy = "défusionnez-les : un intitulé par colonne"
            hidden = place.headers[max(first_column - place.first_column, 0)]
            raise _refusal(place, ref, hidden, problem, remedy)


class Headed(Protocol):
    """A table and its headers, in a file or in Excel."""

    @property
    def sheet(self) -> str: ...  # noqa: D102  as everywhere
    @property
    def table(self) -> str: ...  # noqa: D102
    @property
    def headers(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def first_column(self) -> int: ...  # noqa: D102
    @property
    def header_row(self) -> int: ...  # noqa: D102


def refuse_repeated_header(place: Headed) -> None:
    """Raise when two columns bear one header: nobody could tell which one is meant."""
    seen: dict[str, str] = {}
    for column, header in enumerate(map(str.strip, place.headers), place.first_column):
        letter = column_letter(column)
        if header in seen:
            problem = f"les colonnes {seen[header]} et {letter} du tableau {place.table} ont le même intitulé"
            remedy = "renommez ou supprimez l’une des deux"
            raise refusal(place.sheet, f"{letter}{place.header_row}", header, problem, remedy)
        seen[header] = letter


def too_long(place: Place) -> SaisieError:
    """Return the error that says a table holds more rows than segxl takes."""
    return _refusal(
        place,
        place.ref,
        f"{place.last_row - place.header_row} lignes",
        f"le tableau {place.table} a plus de {MOST_ROWS:,} lignes remplies".replace(",", "\u202f"),
        "gardez dans ce classeur les seuls clients du cabinet",
    )


def refuse_endless(sheet: str, table: str, ref: str) -> None:
    """Raise when a table of an open workbook has too many rows to be read, even blank ones."""
    _, top, _, bottom = parse_range(ref)
    if bottom - top > MOST_ROWS:
        told = f"le tableau {table} a plus de {MOST_ROWS:,} lignes".replace(",", "\u202f")
        remedy = "réduisez le tableau à ses lignes remplies (onglet Création de tableau)"
        raise refusal(sheet, ref, f"{bottom - top} lignes", told, remedy)


def refuse_no_room_under(
    place: Place, last_row: int, sheet: bytes, others: Iterable[Place], shown: Shown
) -> None:
    """Raise when a table cannot grow down to ``last_row``: totals, cells, another table, the end."""
    problem = NO_ROOM_UNDER[0].format(place.table)
    letter = column_letter(place.first_column)
    if place.totals:
        total = shown(place.sheet, place.first_column, place.last_row + 1) or "total"
        remedy = "retirez la ligne de total (onglet Création de tableau), puis recommencez"
        cell = f"{letter}{place.last_row + 1}"
        raise _refusal(place, cell, total, f"{problem} : il a une ligne de total", remedy)
    if last_row > LAST_ROW:
        remedy = "réduisez le tableau à ses lignes remplies"
        cell = f"{letter}{LAST_ROW}"
        raise _refusal(place, cell, place.ref, f"{problem} : la feuille s’arrête là", remedy)
    columns = range(place.first_column, place.last_column + 1)
    rows = range(place.last_row + 1, last_row + 1)
    if at := _find_occupied(place, columns, rows, sheet, others):
        told = f"{problem} : cette cellule est occupée"
        raise _occupied(place, at, told, NO_ROOM_UNDER[1], shown)


def refuse_no_room_beside(
    place: Place, count: int, sheet: bytes, others: Iterable[Place], shown: Shown
) -> None:
    """Raise when a table cannot take ``count`` columns on its right."""
    problem, room = NO_ROOM_BESIDE[0].format(place.table), NO_ROOM_BESIDE[1]
    if not place.table_part:
        problem, room = "la liste ne peut pas s’élargir", "déplacez ce qui se trouve à sa droite"
    top = place.header_row if place.header_shown else place.first_row
    columns = range(place.last_column + 1, place.last_column + 1 + count)
    if columns[-1] > LAST_COLUMN:
        cell, remedy = (
            f"{column_letter(LAST_COLUMN)}{top}",
            "supprimez les colonnes inutiles du tableau",
        )
        raise _refusal(place, cell, place.ref, f"{problem} : la feuille s’arrête là", remedy)
    rows = range(top, place.last_row + place.totals + 1)
    if at := _find_occupied(place, columns, rows, sheet, others):
        told = f"{problem} : cette cellule est occupée"
        raise _occupied(place, at, told, room, shown)


def merged_ranges(sheet: bytes) -> list[str]:
    """Return the ranges of merged cells of a sheet."""
    return [ref.decode() for ref in _MERGED.findall(sheet)]


def _find_occupied(
    place: Place, columns: range, rows: range, sheet: bytes, others: Iterable[Place]
) -> tuple[int, int] | None:
    """Return the first cell of a block that is filled, merged or another table's: column, row."""
    taken = [p.ref for p in others if p.sheet == place.sheet and p.table != place.table]
    for first_column, first_row, last_column, last_row in map(
        parse_range, [*taken, *merged_ranges(sheet)]
    ):
        left, top = max(first_column, columns[0]), max(first_row, rows[0])
        if left <= min(last_column, columns[-1]) and top <= min(last_row, rows[-1]):
            return left, top
    return next(
        (
            (column, number)
            for number, row in rows_between(sheet, rows[0], rows[-1])
            for column in filled_columns(row)
            if column in columns
        ),
        None,
    )


def _occupied(
    place: Place, at: tuple[int, int], problem: str, remedy: str, shown: Shown
) -> SaisieError:
    column, row = at
    value = shown(place.sheet, column, row) or "autre tableau ou cellules fusionnées"
    return _refusal(place, f"{column_letter(column)}{row}", value, problem, remedy)


def _refusal(place: Place, cell: str, value: object, problem: str, remedy: str) -> SaisieError:
    return refusal(place.sheet, cell, value, problem, remedy)


def refusal(sheet: str, cell: str, value: object, problem: str, remedy: str) -> SaisieError:
    """Return the error that says why one place of the workbook stops the work."""
    return SaisieError(
        [
            Anomalie(
                sheet=sheet,
                cell=cell,
                value=value,
                problem=problem,
                remedy=remedy,
                gravite=Gravite.BLOQUANTE,
            )
        ]
    )
