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

Textes = npt.NDArray[np.object_]
Colonne: TypeAlias = "pd.Series[Any]"
NAT = np.datetime64("NaT", "s")
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
    return codes.astype(np.int64, copy=False), [str(text).strip() for text in texts]


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
    texts = [text.strip() for text in column.to_numpy(dtype=object)]
    return pd.Series(texts, dtype="str")


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
