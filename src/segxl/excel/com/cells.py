"""Values on their way between Excel and Python, a whole column at a time.

xlwings cleans cell by cell; most columns hold one kind of value that needs no cleaning.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from segxl.excel.ooxml.cells import LONGEST_TEXT, cell_text

ERROR_WORDS = {
    2000: "#NULL!", 2007: "#DIV/0!", 2015: "#VALUE!", 2023: "#REF!", 2029: "#NAME?", 2036: "#NUM!",
    2042: "#N/A", 2043: "#GETTING_DATA", 2045: "#SPILL!", 2046: "#CONNECT!", 2047: "#BLOCKED!",
    2048: "#UNKNOWN!", 2049: "#FIELD!", 2050: "#CALC!",
}  # fmt: skip
FIRST_ERROR = -2146826288
"""What COM hands over for error 2000; numbers always come as floats, so an int is an error."""
EXACT = 2**53
"""Further on, a float skips whole numbers."""
LONG = 2**31
FIRST_YEAR = 1900
"""No cell holds an older date."""
_SAFE = {bool, int, float, type(None)}
_WORDS = {"vrai", "faux", "true", "false"}
_MONTH = re.compile(r"[^\W\d_]{3,9}\.?[\s./-]*\d")
"""« mai 2026 », « Dec-3 »: Excel reads a date in them."""


def read_columns(rows: Iterable[Sequence[object]]) -> list[list[object]]:
    """Turn the rows of a block, as Excel hands them over, into columns of plain values.

    Blank and empty text give ``None``, error values their word, dates naive datetimes, whole
    numbers ``int``.
    """
    return [_read_column(column) for column in zip(*rows, strict=True)]


def write_column(values: pd.Series) -> list[object]:
    """Return a column as Excel takes it: ``None`` where blank, texts safe from being interpreted."""
    plain: list[Any] = values.tolist()
    if values.hasnans:
        plain = [None if v is None or v is pd.NA or v != v else v for v in plain]  # noqa: PLR0124  NaN
    kinds = set(map(type, plain))
    if kinds <= {str, type(None)}:
        # A column has few words, many times each.
        words = {word: _for_excel(word) for word in set(plain)}
        return [words[v] for v in plain]
    return plain if kinds <= _SAFE and _are_short(plain) else [_for_excel(v) for v in plain]


def typed_text(text: str) -> str:
    """Return what to give Excel for a cell to show this text, as it is.

    Excel interprets what it is given as if someone had typed it: a SIREN would lose its zeros,
    ``=1+1`` become a formula, ``1/2`` a date.

    >>> typed_text("Lumo Énergie"), typed_text("000001016"), typed_text("=1+1"), typed_text("mai 2026")
    ('Lumo Énergie', "'000001016", "'=1+1", "'mai 2026")
    """
    risky = not text[:1].isalpha() or text.lower() in _WORDS or _MONTH.match(text)
    return f"'{text}" if text and risky else text


def typed_value(raw: object) -> object:
    """Return what to give Excel for a cell to hold what it hands over as ``raw``."""
    if isinstance(raw, str):
        return typed_text(raw)
    return _READERS[int](raw) if type(raw) is int else raw


def with_formulas(
    typed: Sequence[Sequence[object]], formulas: Sequence[Sequence[object]]
) -> list[list[object]]:
    """Return what to give Excel for cells to hold again what they held, their formulas included.

    >>> with_formulas([[2, "'=1+1"]], [["=1+1", "=1+1"]])
    [['=1+1', "'=1+1"]]
    """
    return [
        [f if is_formula(f, str(v).removeprefix("'")) else v for v, f in zip(*row, strict=True)]
        for row in zip(typed, formulas, strict=True)
    ]


def is_formula(typed: object, shown: object) -> bool:
    """Tell a formula from a text that looks like one, by what the cell shows."""
    return isinstance(typed, str) and typed.startswith("=") and typed != shown


def _read_column(column: Sequence[Any]) -> list[object]:
    kinds = set(map(type, column))
    if kinds <= {float, type(None)}:
        return _read_numbers(column)
    if kinds <= {str, type(None)} and not any(w is not None and not w.strip() for w in set(column)):
        return list(column)
    return [_READERS.get(type(value), _read_other)(value) for value in column]


def _read_numbers(column: Sequence[Any]) -> list[object]:
    """Read a column of numbers and blanks; whole numbers lose their decimal point."""
    numbers = np.array(column, dtype=float)
    whole = (numbers == np.floor(numbers)) & (np.abs(numbers) <= EXACT)
    if not whole.any():
        return list(column)
    values = np.array(column, dtype=object)
    values[whole] = numbers[whole].astype(np.int64)
    return list(values.tolist())


def _read_number(value: float) -> object:
    return int(value) if abs(value) <= EXACT and value.is_integer() else value


def _read_other(value: object) -> object:
    """Read a date, whose class is pywin32's own, or an amount, or leave the value as it is."""
    if isinstance(value, dt.datetime):
        return dt.datetime(*value.timetuple()[:6])  # noqa: DTZ001  a cell knows no time zone
    return _read_number(float(value)) if isinstance(value, Decimal) else value


_READERS: dict[type, Callable[[Any], object]] = {
    str: lambda text: None if not text or text.isspace() else text,
    float: _read_number,
    bool: lambda value: value,
    type(None): lambda value: value,
    int: lambda code: ERROR_WORDS.get(code - FIRST_ERROR + 2000, "#N/A"),
}


def _for_excel(value: Any) -> object:  # noqa: ANN401  a cell
    if value is None or value == "" or pd.isna(value):
        return None
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, dt.date) and value.year >= FIRST_YEAR:
        # pywin32 would move a naive date by the offset of the local time zone.
        return dt.datetime(*value.timetuple()[:6], tzinfo=dt.UTC)
    if isinstance(value, int | float | Decimal):
        return value if isinstance(value, bool) or _are_short([value]) else float(value)
    # The apostrophe counts among the characters that Excel takes.
    return typed_text(cell_text(str(value)))[:LONGEST_TEXT] or None


def _are_short(values: Iterable[object]) -> bool:
    """Tell whether Excel takes these numbers as they are: it knows no integer of 64 bits."""
    return not any(type(v) is int and abs(v) >= LONG for v in values)
