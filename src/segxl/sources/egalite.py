"""Whether two cells say the same thing, so that an import changes only what changed."""

from __future__ import annotations

import re
from datetime import date, datetime

from segxl.domain.saisie import parse_date, parse_number
from segxl.sources.textes_bruts import text_of

# Half a cent: below, two amounts print alike.
TOLERANCE = 0.005
_LEADING_ZERO = re.compile(r"0\d")


def is_same(old: object, new: object) -> bool:
    """Tell whether two cells say the same thing.

    Amounts are equal under half a cent, words whatever their case and spaces; a text that
    begins with a zero is a code, never a number.

    Examples
    --------
    >>> is_same("LUMO  ÉNERGIE", "Lumo Énergie"), is_same(1079.17, "1 079,170 €")
    (True, True)
    >>> is_same(1000.0, "01000"), is_same(date(2024, 1, 31), "31/01/2024")
    (False, True)
    """
    if _is_number(old) or _is_number(new):
        return _is_same_number(old, new)
    if isinstance(old, date) or isinstance(new, date):
        return _day_of(old) == _day_of(new)
    return _plain(old) == _plain(new)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_same_number(old: object, new: object) -> bool:
    if any(isinstance(v, str) and _LEADING_ZERO.match(v.strip()) for v in (old, new)):
        return False
    first, second = parse_number(old), parse_number(new)
    if first is None or second is None:
        return False
    return abs(first - second) < TOLERANCE


def _day_of(value: object) -> object:
    day = value.date() if isinstance(value, datetime) else parse_date(value)
    return day or text_of(value)


def _plain(value: object) -> str:
    return text_of(value).casefold()
