"""What stops the work on one table: each refusal names the sheet, the cell and the remedy."""

from __future__ import annotations

import re
from collections.abc import Iterable

from segxl.domain.anomalies import Anomalie, Gravite, SaisieError
from segxl.domain.tableau import column_letter
from segxl.excel.layout import SHEET_OF
from segxl.excel.sheet_xml import filled_columns, rows_between
from segxl.excel.structure import Place, parse_range

MOST_ROWS = 200_000
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""Where a sheet ends."""
_MERGED = re.compile(rb'<mergeCell\s[^>]*?ref="([^"]+)"')


def missing_table(name: str, table: str) -> Anomalie:
    """Say that a workbook lacks one of the tables it needs."""
    return Anomalie(
        sheet=SHEET_OF.get(table, name), cell="", value=None,
        problem=f"le tableau « {table} » n’a pas été trouvé dans {name}",
        remedy="ouvrez un classeur créé par « segxl nouveau », ou redonnez son nom au tableau (onglet Création de tableau)",
        gravite=Gravite.BLOQUANTE,
    )  # fmt: skip


def refuse_merged_header(place: Place, sheet: bytes) -> None:
    """Raise when cells of the header row are merged."""
    for ref in merged_ranges(sheet):
        first_column, first_row, last_column, last_row = parse_range(ref)
        across = place.header_shown and first_row <= place.header_row <= last_row
        if across and first_column <= place.last_column and last_column >= place.first_column:
            raise _refusal(
                place,
                ref,
                "des cellules de la ligne d’intitulés sont fusionnées",
                "défusionnez-les : un intitulé par colonne",
            )


def refuse_repeated_header(place: Place) -> None:
    """Raise when two columns bear one header: nobody could tell which one is meant."""
    seen: dict[str, str] = {}
    for column, header in enumerate(place.headers, place.first_column):
        letter = column_letter(column)
        if header.strip() in seen:
            raise _refusal(
                place,
                f"{letter}{place.header_row}",
                f"deux colonnes du tableau {place.table} ont le même intitulé ({seen[header.strip()]} et {letter})",
                "renommez ou supprimez l’une des deux",
                header.strip(),
            )
        seen[header.strip()] = letter


def too_long(place: Place) -> SaisieError:
    """Return the error that says a table holds more rows than segxl takes."""
    return _refusal(
        place,
        place.ref,
        f"le tableau {place.table} a plus de {MOST_ROWS:,} lignes remplies".replace(",", "\u202f"),
        "gardez dans ce classeur les seuls clients du cabinet",
    )


def refuse_no_room_under(
    place: Place, last_row: int, sheet: bytes, others: Iterable[Place]
) -> None:
    """Raise when a table cannot grow down to ``last_row``: totals, cells, another table, the end."""
    problem = f"le tableau {place.table} ne peut pas s’agrandir"
    letter = column_letter(place.first_column)
    if place.totals:
        raise _refusal(
            place,
            f"{letter}{place.last_row + 1}",
            f"{problem} : il a une ligne de total",
            "retirez la ligne de total (onglet Création de tableau), puis recommencez",
        )
    if last_row > LAST_ROW:
        remedy = "réduisez le tableau à ses lignes remplies"
        raise _refusal(place, f"{letter}{LAST_ROW}", f"{problem} : la feuille s’arrête là", remedy)
    columns = range(place.first_column, place.last_column + 1)
    rows = range(place.last_row + 1, last_row + 1)
    if cell := _find_occupied(place, columns, rows, sheet, others):
        remedy = "déplacez ce qui se trouve sous le tableau"
        raise _refusal(place, cell, f"{problem} : cette cellule est occupée", remedy)


def refuse_no_room_beside(place: Place, count: int, sheet: bytes, others: Iterable[Place]) -> None:
    """Raise when a table cannot take ``count`` columns on its right."""
    problem = f"le tableau {place.table} ne peut pas s’élargir"
    top = place.header_row if place.header_shown else place.first_row
    columns = range(place.last_column + 1, place.last_column + 1 + count)
    if columns[-1] > LAST_COLUMN:
        cell, remedy = (
            f"{column_letter(LAST_COLUMN)}{top}",
            "supprimez les colonnes inutiles du tableau",
        )
        raise _refusal(place, cell, f"{problem} : la feuille s’arrête là", remedy)
    rows = range(top, place.last_row + place.totals + 1)
    if cell := _find_occupied(place, columns, rows, sheet, others):
        remedy = "déplacez ce qui se trouve à droite du tableau"
        raise _refusal(place, cell, f"{problem} : cette cellule est occupée", remedy)


def merged_ranges(sheet: bytes) -> list[str]:
    """Return the ranges of merged cells of a sheet."""
    return [ref.decode() for ref in _MERGED.findall(sheet)]


def _find_occupied(
    place: Place, columns: range, rows: range, sheet: bytes, others: Iterable[Place]
) -> str:
    """Return the first cell of a block that is filled, merged or another table's; nothing if free."""
    taken = [p.ref for p in others if p.sheet == place.sheet and p.table != place.table]
    for first_column, first_row, last_column, last_row in map(
        parse_range, [*taken, *merged_ranges(sheet)]
    ):
        left, top = max(first_column, columns[0]), max(first_row, rows[0])
        if left <= min(last_column, columns[-1]) and top <= min(last_row, rows[-1]):
            return f"{column_letter(left)}{top}"
    return next(
        (
            f"{column_letter(column)}{number}"
            for number, row in rows_between(sheet, rows[0], rows[-1])
            for column in filled_columns(row)
            if column in columns
        ),
        "",
    )


def _refusal(
    place: Place, cell: str, problem: str, remedy: str, value: object = None
) -> SaisieError:
    return SaisieError(
        [
            Anomalie(
                sheet=place.sheet,
                cell=cell,
                value=value,
                problem=problem,
                remedy=remedy,
                gravite=Gravite.BLOQUANTE,
            )
        ]
    )
