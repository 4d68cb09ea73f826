"""The header row of a plain range, before a table lies over it: unique texts, one per column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from segxl.domain.anomalies import Anomalie, Gravite, SaisieError
from segxl.domain.tableau import column_letter
from segxl.excel.ooxml.cells import Patch
from segxl.excel.ooxml.package import Package
from segxl.excel.ooxml.recalcul import is_title_read
from segxl.excel.ooxml.sheet_xml import CELL, rows_between
from segxl.excel.ooxml.structure import Place, parse_range, read_sheet, write_sheet
from segxl.excel.refusals import merged_ranges

LONGEST_HEADER = 255
"""Characters that Excel takes in the header of a table."""
_FORMULA = re.compile(rb"<f\b")
_ARRAY = re.compile(rb'<f\b[^>]*?\st="array"[^>]*?\sref="([^"]+)"')


def prepare_headers(package: Package, place: Place, shown: Sequence[object]) -> None:
    """Make the header cells of a range fit for a table: a number becomes a text, a blank a title.

    Parameters
    ----------
    place : Place
        The range; its headers are the titles wanted.
    shown : sequence of object
        What the header cells show now.

    Raises
    ------
    SaisieError
        Two columns bear one title, cells are merged, a formula makes a title, or a formula reads
        a title that would change; nothing was written.
    """
    sheet = read_sheet(package, place.sheet_part)
    if wrong := [*_find_wrong(place, shown, sheet)]:
        raise SaisieError(wrong)
    changed = {
        place.first_column + i: wanted
        for i, (now, wanted) in enumerate(zip(shown, place.headers, strict=True))
        if now != wanted
    }
    read = [
        _refusal(place, column, shown[column - place.first_column],
                 "une formule lit cet intitulé, qui doit devenir un texte", "écrivez-le en texte, précédé d’une apostrophe")
        for column in changed
        if is_title_read(package, place.sheet, column, place.header_row)
    ]  # fmt: skip
    if read:
        raise SaisieError(read)
    if changed:
        write_sheet(
            package, place.sheet_part, Patch(cells={place.header_row: changed}).apply(sheet)
        )


def _find_wrong(place: Place, shown: Sequence[object], sheet: bytes) -> Iterator[Anomalie]:
    yield from _find_merged(place, sheet)
    row = next((xml for _, xml in rows_between(sheet, place.header_row, place.header_row)), b"")
    computed = {m[1].decode() for m in CELL.finditer(row) if _FORMULA.search(m[0])}
    seen: dict[str, int] = {}
    for column, value in enumerate(shown, place.first_column):
        title = place.headers[column - place.first_column]
        if column_letter(column) in computed:
            yield _refusal(
                place,
                column,
                value,
                "une formule donne cet intitulé",
                "remplacez-la par le texte qu’elle affiche",
            )
        elif isinstance(value, bool | date):
            yield _refusal(
                place,
                column,
                title,
                "cet intitulé n’est pas un texte",
                "récrivez-le en texte, précédé d’une apostrophe",
            )
        elif len(title) > LONGEST_HEADER:
            yield _refusal(
                place,
                column,
                title[:40],
                "cet intitulé est trop long pour un tableau Excel",
                "raccourcissez-le",
            )
        elif (first := seen.setdefault(title.casefold(), column)) != column:
            problem = f"cet intitulé est déjà celui de la colonne {column_letter(first)}"
            yield _refusal(place, column, value, problem, "renommez l’une des deux colonnes")
    yield from _find_arrays(place, sheet)  # fmt: skip


def _find_merged(place: Place, sheet: bytes) -> Iterator[Anomalie]:
    """Yield the merged cells of the range: a table has none."""
    for ref in merged_ranges(sheet):
        first, top, last, bottom = parse_range(ref)
        if (
            first <= place.last_column
            and last >= place.first_column
            and top <= place.last_row
            and bottom >= place.header_row
        ):
            yield replace(
                _refusal(place, first, None, "des cellules de la liste sont fusionnées",
                         "défusionnez-les : une ligne par client, un intitulé par colonne"),
                cell=ref, value=ref,
            )  # fmt: skip


def _find_arrays(place: Place, sheet: bytes) -> Iterator[Anomalie]:
    """Yield the formulas that fill several cells of the range: a table takes none."""
    for number, row in rows_between(sheet, place.first_row, place.last_row):
        for cell in CELL.finditer(row):
            area = _ARRAY.search(cell[0])
            if area and b":" in area[1] and place.covers(parse_range(area[1].decode())[0], number):
                yield replace(
                    _refusal(place, place.first_column, None, "une formule matricielle remplit plusieurs cellules de la liste",
                             "remplacez-la par une formule par cellule, ou par ses valeurs"),
                    cell=area[1].decode(), value=area[1].decode(),
                )  # fmt: skip


def _refusal(place: Place, column: int, value: object, problem: str, remedy: str) -> Anomalie:
    return Anomalie(
        sheet=place.sheet,
        cell=f"{column_letter(column)}{place.header_row}",
        value=value,
        problem=problem,
        remedy=remedy,
        gravite=Gravite.BLOQUANTE,
    )
