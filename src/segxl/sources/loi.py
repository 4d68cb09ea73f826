"""The facts of law that ship with the package."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from segxl.domain.loi import Loi, parse_loi
from segxl.shipped import read_tables


def read_loi(folder: Path | None = None) -> Loi:
    """Read the shipped facts, all of them, once; or those of another folder, each time.

    Raises
    ------
    LoiError
        A file is written wrong: a defect of the package, not of the user's data.
    """
    return _read_shipped() if folder is None else parse_loi(read_tables(str(folder.resolve())))


@cache
def _read_shipped() -> Loi:
    return parse_loi(read_tables("loi"))
