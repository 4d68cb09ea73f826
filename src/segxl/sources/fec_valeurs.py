"""The zones of a FEC as values: cents, days and texts, each distinct text read once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from segxl.domain.ternary import Codes, Masque

Letters = npt.NDArray[np.uint8]
Colonne: TypeAlias = "pd.Series[Any]"
NAT = np.datetime64("NaT", "s")
_BLANKS = " \t\u00a0\u202f\u2007"
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_MIDNIGHT = r"(?:[ T]00:00(?::00(?:[.,]0+)?)?)?"
_DAYS = (
    re.compile(
        rf"(?P<y>\d{{4}})(?P<s>[-/.]?)(?P<m>\d{{2}})(?P=s)(?P<d>\d{{2}}){_MIDNIGHT}", re.ASCII
    ),
    re.compile(
        rf"(?P<d>\d{{2}})(?P<s>[-/.]?)(?P<m>\d{{2}})(?P=s)(?P<y>\d{{4}}){_MIDNIGHT}", re.ASCII
    ),
)
_SENS = {"d": 1, "+1": 1, "1": 1, "+": 1, "debit": 1, "c": -1, "-1": -1, "-": -1, "credit": -1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Jours:
    """Days, and the rows whose text is no date; a blank is NaT and no fault."""

    jours: npt.NDArray[np.datetime64]
    illisibles: Masque


def uniques_of(column: Colonne) -> tuple[Codes, list[str]]:
    """Return a number for each text of a column and the texts, without the spaces around them.

    Two numbers may stand for one text.

    >>> uniques_of(pd.Series(["a ", "b", "a "]))
    (array([0, 1, 0]), ['a', 'b'])
    """
    codes, texts = pd.factorize(np.asarray(column, dtype=object))
    return codes.astype(np.int64, copy=False), strip_all(texts.tolist())


def strip_all(texts: list[str]) -> list[str]:
    r"""Return texts without the spaces around them, no-break ones included.

    >>> strip_all(["a b ", "c"]), strip_all(["\u00a0d"]), strip_all(["e f"])
    (['a b', 'c'], ['d'], ['e f'])
    """
    # No text of a FEC holds NUL: one look for a space beside it is cheaper than a million strips.
    joined = "\0".join(["", *texts, ""])
    padded = any(b in joined and (f"\0{b}" in joined or f"{b}\0" in joined) for b in _BLANKS)
    return [text.strip() for text in texts] if padded else texts


def letters_of(texts: list[str], width: int) -> tuple[Letters, Codes]:
    """Return the letters of texts, those of one rank in one row, 0 past the end; and their sizes.

    Past ``width`` a text is cut; a letter outside ASCII is a question mark.

    >>> letters, sizes = letters_of(["12", "é"], 3)
    >>> letters.tolist(), sizes.tolist()
    ([[49, 63], [50, 0], [0, 0]], [2, 1])
    """
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    try:
        table = np.array(texts, dtype=f"S{width}")
    except UnicodeEncodeError:
        table = np.array([t.encode("ascii", "replace") for t in texts], dtype=f"S{width}")
    return np.ascontiguousarray(table.view(np.uint8).reshape(len(texts), width).T), sizes


def parse_texte(column: Colonne) -> pd.Categorical:
    """Return a column of texts as categories, spaces around them left out.

    >>> parse_texte(pd.Series(["VE ", "AC", "VE"])).tolist()
    ['VE', 'AC', 'VE']
    """
    codes, texts = uniques_of(column)
    names = pd.Index(texts, dtype="str")
    if not names.is_unique:
        merged, names = pd.factorize(names)
        codes = merged[codes]
    return pd.Categorical.from_codes(codes, categories=names)


def parse_libelle(column: Colonne) -> pd.Series[str]:
    """Return labels, spaces around them left out; what looks like a formula stays a text."""
    return pd.Series(strip_all(np.asarray(column, dtype=object).tolist()), dtype="str")


def parse_sens(column: Colonne) -> Codes:
    """Return 1 for a debit, -1 for a credit, 0 for what is neither.

    >>> parse_sens(pd.Series(["D", "c", "+1", "-1", "X"])).tolist()
    [1, -1, 1, -1, 0]
    """
    codes, texts = uniques_of(column)
    found = [_SENS.get(text.casefold().replace("é", "e"), 0) for text in texts]
    return np.array(found, dtype=np.int64)[codes]


def parse_jours(column: Colonne) -> Jours:
    """Read the dates of one column; a blank and zeros are no date.

    >>> read = parse_jours(pd.Series(["20250131", "2025-01-31", "31/01/2025", "0", "20250230"]))
    >>> read.jours.astype("datetime64[D]").astype(str).tolist()
    ['2025-01-31', '2025-01-31', '2025-01-31', 'NaT', 'NaT']
    >>> read.illisibles.tolist()
    [False, False, False, False, True]
    """
    codes, texts = uniques_of(column)
    blank = [not text.strip("0/.-") for text in texts]
    days = [None if none else parse_jour(text) for text, none in zip(texts, blank, strict=True)]
    wrong = np.array([d is None and not b for d, b in zip(days, blank, strict=True)], dtype=bool)
    values = np.array([NAT if d is None else np.datetime64(d, "s") for d in days], "datetime64[s]")
    return Jours(jours=values[codes], illisibles=wrong[codes])


def parse_jour(text: str) -> date | None:
    """Read one date, year first as the law asks or day first; None for what is none.

    >>> print(parse_jour("20250131"), parse_jour("31.01.2025"), parse_jour("31012025"))
    2025-01-31 2025-01-31 2025-01-31
    >>> parse_jour("20250230"), parse_jour("00250101"), parse_jour("2025-0131")
    (None, None, None)
    """
    for pattern in _DAYS:
        found = pattern.fullmatch(text)
        if found is None:
            continue
        year, month, day = (int(found[part]) for part in "ymd")
        try:
            read = date(year, month, day)
        except ValueError:
            continue
        if _FIRST_YEAR <= year <= _LAST_YEAR:
            return read
    return None
