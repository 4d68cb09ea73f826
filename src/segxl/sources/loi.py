"""The facts of law that ship with the package."""

from __future__ import annotations

from functools import cache

from segxl.domain.loi import Loi, parse_loi
from segxl.shipped import read_tables


@cache
def read_loi() -> Loi:
    """Read the shipped facts, all of them, once.

    Raises
    ------
    LoiError
        A shipped file is written wrong: a defect of the package, not of the user's data.
    """
    return parse_loi(read_tables("loi"))
