"""Formulas that Excel stores once for many cells: each gets its own before one of them goes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape
from xml.sax.saxutils import escape

from segxl.domain.tableau import column_number
from segxl.excel.ooxml.sheet_xml import CELL, sheet_data_bounds

_SHARED = re.compile(rb'<f\b[^>]*\st="shared"[^>]*?(?:/>|>([^<]*)</f>)')
_GROUP = re.compile(rb'\ssi="(\d+)"')
_PLACE = re.compile(rb'\sr="([A-Z]+)(\d+)"')


def unshare(sheet: bytes, targets: Mapping[int, Mapping[int, object]]) -> bytes:
    """Return the sheet where no target cell holds the formula that others share.

    Parameters
    ----------
    sheet : bytes
        A plain sheet.
    targets : mapping of int to mapping
        Row number → column number → anything: the cells that will be written.
    """
    if b't="shared"' not in sheet:
        return sheet
    start, end = sheet_data_bounds(sheet)
    origins: dict[bytes, tuple[str, str]] = {}
    for cell in CELL.finditer(sheet, start, end):
        formula, place = _SHARED.search(cell[0]), _PLACE.search(cell[0])
        if formula is None or place is None or not formula[1]:
            continue
        column, row = column_number(place[1].decode()), int(place[2])
        if column in targets.get(row, {}) and (group := _GROUP.search(formula[0])):
            origins[group[1]] = (unescape(formula[1].decode()), f"{place[1].decode()}{row}")
    if not origins:
        return sheet
    return sheet[:start] + CELL.sub(_on_its_own(origins), sheet[start:end]) + sheet[end:]


def _on_its_own(
    origins: Mapping[bytes, tuple[str, str]],
) -> Callable[[re.Match[bytes]], bytes]:
    """Return what gives one cell of these groups a formula of its own."""

    def replaced(cell: re.Match[bytes]) -> bytes:
        formula, place = _SHARED.search(cell[0]), _PLACE.search(cell[0])
        group = _GROUP.search(formula[0]) if formula else None
        if formula is None or place is None or group is None or group[1] not in origins:
            return cell[0]
        from openpyxl.formula.translate import Translator  # noqa: PLC0415  0.1 s, and few workbooks share formulas

        text, origin = origins[group[1]]
        moved = Translator(f"={text}", origin=origin).translate_formula(
            f"{place[1].decode()}{place[2].decode()}"
        )
        own = f"<f>{escape(moved.removeprefix('='))}</f>".encode()
        return cell[0].replace(formula[0], own)

    return replaced
