"""Excel's criteria syntax, as typed in advanced filters and COUNTIFS: ``>=8``, ``<>Non``, ``Word*``.

A blank cell satisfies only ``=`` and ``<>x``, never a comparison. Words are compared without
accent, case, spaces or apostrophe shape. Nothing is ever evaluated as code.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from segxl.domain.saisie import parse_column, parse_number, parse_numbers
from segxl.domain.textes import fold

_SYNTAX = re.compile(r"\s*(>=|<=|<>|=|>|<)?\s*(.*?)\s*", re.DOTALL)
_COMPARE: dict[str, Callable[[pd.Series, float], pd.Series]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}


class ConditionError(ValueError):
    """A condition that Excel's criteria syntax does not know; its text is French."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One criterion on one column.

    ``signe`` is one of ``= <> > >= < <=``; ``mot`` is what it is compared with, as typed.
    """

    signe: str
    mot: str

    @property
    def nombre(self) -> float | None:
        """The word as a number, if it is one."""
        return parse_number(self.mot)

    def matches(self, values: pd.Series) -> pd.Series:
        """Tell which values satisfy the condition.

        Parameters
        ----------
        values : Series of object, shape (n,)
            Cells of one column; missing where blank.

        Returns
        -------
        Series of bool, shape (n,)
            Same index.

        Examples
        --------
        >>> parse_condition("<60 %").matches(pd.Series([0.5, 0.6, None])).tolist()
        [True, False, False]
        >>> parse_condition("<>Non").matches(pd.Series(["NON ", "Oui", None])).tolist()
        [False, True, True]
        >>> parse_condition("l'ete*").matches(pd.Series(["L’Été indien", "Hiver"])).tolist()
        [True, False]
        """
        if self.signe in _COMPARE:
            return _COMPARE[self.signe](parse_numbers(values), self.nombre or 0.0)
        equal = _equals(values, self)
        return ~equal if self.signe == "<>" else equal

    def __str__(self) -> str:
        """Return the condition as it would be typed in a cell.

        >>> str(parse_condition(">= 8"))
        '>=8'
        """
        return f"{'' if self.signe == '=' and self.mot else self.signe}{self.mot}"


def parse_condition(text: object) -> Condition:
    """Read one criterion cell.

    Raises
    ------
    ConditionError
        A comparison without a number after it.

    Examples
    --------
    >>> parse_condition(">=8"), parse_condition("Word*").signe, parse_condition("<>").mot
    (Condition(signe='>=', mot='8'), '=', '')
    """
    match = _SYNTAX.fullmatch(_as_typed(text))
    signe, mot = (match[1] or "=", match[2]) if match else ("=", "")
    condition = Condition(signe, mot)
    if signe in _COMPARE and condition.nombre is None:
        msg = f"après « {signe} », un nombre est attendu"
        raise ConditionError(msg)
    return condition


def implies(narrow: Condition, wide: Condition) -> bool:
    """Tell whether every cell that satisfies ``narrow`` surely satisfies ``wide``.

    >>> implies(parse_condition("<4"), parse_condition("<6"))
    True
    >>> implies(parse_condition("Papier"), parse_condition("<>Word ou Excel"))
    True
    >>> implies(parse_condition("<>"), parse_condition("<6"))
    False
    """
    if (narrow.signe, fold(narrow.mot)) == (wide.signe, fold(wide.mot)):
        return True
    if narrow.signe == "=" and not _is_pattern(narrow.mot):
        return bool(wide.matches(pd.Series([narrow.mot or None], dtype=object)).item())
    inner, outer = _interval(narrow), _interval(wide)
    return bool(inner and outer and outer[0] <= inner[0] and inner[1] <= outer[1])


def never_holds(condition: Condition, low: float, high: float) -> bool:
    """Tell whether a comparison excludes every number from ``low`` to ``high`` included.

    >>> never_holds(parse_condition(">20"), 0, 20), never_holds(parse_condition("<6"), 0, 20)
    (True, False)
    """
    interval = _interval(condition)
    return interval is not None and (interval[1] < (low, 0) or interval[0] > (high, 0))


def _as_typed(text: object) -> str:
    """Return a cell of the rule table as text; 5.0 read from a number cell is typed 5."""
    if isinstance(text, float) and text.is_integer():
        return str(int(text))
    return str(text)


def _equals(values: pd.Series, condition: Condition) -> pd.Series:
    """Compare with a word, a pattern or nothing."""
    blank = values.isna() | (values.astype(object) == "")
    if not condition.mot:
        return blank
    pattern = re.compile(_pattern_of(fold(condition.mot)), re.DOTALL)
    nombre = condition.nombre

    def is_equal(value: object) -> bool:
        if nombre is not None and parse_number(value) == nombre:
            return True
        return pattern.fullmatch(fold(value)) is not None

    return parse_column(values, is_equal).fillna(value=False).astype(bool) & ~blank


def _pattern_of(word: str) -> str:
    """Translate Excel's wildcards: ``*`` any text, ``?`` one character, ``~`` takes the next as is."""
    tokens = re.findall(r"~[*?~]|.", word, re.DOTALL)
    wild = {"*": ".*", "?": "."}
    return "".join(wild.get(t) or re.escape(t[-1]) for t in tokens)


def _is_pattern(word: str) -> bool:
    return any(sign in word for sign in "*?~")


def _interval(condition: Condition) -> tuple[tuple[float, int], tuple[float, int]] | None:
    """Return the bounds of a comparison; the second figure moves an open bound off its number."""
    nombre = condition.nombre
    if condition.signe not in _COMPARE or nombre is None:
        return None
    low, high = (-math.inf, 0), (math.inf, 0)
    match condition.signe:
        case ">":
            low = (nombre, 1)
        case ">=":
            low = (nombre, 0)
        case "<":
            high = (nombre, -1)
        case _:
            high = (nombre, 0)
    return low, high
