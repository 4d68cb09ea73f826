"""Workbook files taken apart and put together, as the tests need them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from segxl.actions import noter
from segxl.actions.noter import BilanNotation
from segxl.excel.file import FileWorkbook
from segxl.excel.ooxml.package import Package
from segxl.excel.ooxml.structure import Place, find_places

TODAY = date(2026, 1, 15)
Edit = Callable[[str, bytes], bytes | None]


def read_parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {n: archive.read(n) for n in archive.namelist()}


def write_parts(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def edit_parts(path: Path, edit: Edit) -> Path:
    """Rewrite every part; one edited to None goes away."""
    edited = {n: edit(n, c) for n, c in read_parts(path).items()}
    return write_parts(path, {n: c for n, c in edited.items() if c is not None})


def edit_part(path: Path, part: str, *changes: tuple[bytes, bytes]) -> Path:
    """Replace texts of one part; each must be there."""

    def edit(name: str, content: bytes) -> bytes:
        if name != part:
            return content
        for old, new in changes:
            assert old in content, old
            content = content.replace(old, new, 1)
        return content

    return edit_parts(path, edit)


def place_of(path: Path, table: str) -> Place:
    return find_places(Package(path))[table]


def set_cell(path: Path, table: str, header: str, row: int, xml: bytes) -> Path:
    """Put the inside of one cell of a table: ``<f>…</f><v>…</v>`` or ``<v>…</v>``."""
    place = place_of(path, table)
    letters = re.escape(_letters(place.column(header)))
    cell = re.compile(rf'<c r="{letters}{row}"([^>]*?)(?:/>|>.*?</c>)'.encode())

    def edit(name: str, content: bytes) -> bytes:
        if name != place.sheet_part:
            return content
        new, count = cell.subn(lambda m: _cell(letters, row, m[1], xml), content)
        assert count == 1
        return new

    return edit_parts(path, edit)


def score(path: Path, today: date = TODAY) -> BilanNotation:
    workbook = FileWorkbook(path)
    bilan = noter.run(workbook, today)
    workbook.save()
    return bilan


def rows_of(
    path: Path, table: str = "Clients", headers: Iterable[str] | None = None
) -> pd.DataFrame:
    lignes = FileWorkbook(path, to_write=False).read_table(table).lignes
    return lignes if headers is None else lignes[[*headers]]


def value_of(path: Path, row: int, header: str, table: str = "Clients") -> Any:  # noqa: ANN401  a cell
    return rows_of(path, table).loc[row, header]


def _cell(letters: str, row: int, attributes: bytes, xml: bytes) -> bytes:
    kept = re.sub(rb'\st="[^"]*"', b"", attributes)
    kind = b' t="str"' if re.search(rb"<v>[^<]*[^0-9.<][^<]*</v>", xml) else b""
    if b"<v>#" in xml:
        kind = b' t="e"'
    return f'<c r="{letters}{row}"'.encode() + kept + kind + b">" + xml + b"</c>"


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
