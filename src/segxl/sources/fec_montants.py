"""The amounts of a FEC as whole cents, whichever way they were written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import numpy.typing as npt

from segxl.domain.ternary import Codes, Masque
from segxl.sources.fec_valeurs import Colonne, Letters, letters_of, uniques_of

CENTS = 2
LARGEST = 10**13
"""Cents of one line, past which a sum of ten million lines no longer fits."""
_WIDEST, _LONGEST = 24, 60
_ZERO, _PLUS, _MINUS, _COMMA, _POINT = b"0+-,."
_TEN = 10
_MOST_DIGITS = 18
_THOUSANDTHS = 3
_MONTANT = re.compile(
    r"(?P<sign>[+-])?\s*(?=[\d,.]*\d)(?P<whole>\d*)(?:[.,](?P<cents>\d*))?"
    r"(?:[eE](?P<power>[+-]?\d{1,2}))?\s*(?P<last>[+-])?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Montants:
    """Amounts in cents, and the rows whose text is no amount, is blank, is rounded, shows a point."""

    cents: Codes
    illisibles: Masque
    vides: Masque
    arrondis: Masque
    points: Masque


def parse_montants(column: Colonne) -> Montants:
    """Read the amounts of one column; a blank is zero.

    A comma or a point before the cents, zeros and a sign at the head, or a sign at the end.

    >>> import pandas as pd
    >>> texts = ["+000000069,40", "12", "3.5", "7,00-", "", "1 234,00", "1,234"]
    >>> read = parse_montants(pd.Series(texts))
    >>> read.cents.tolist(), read.illisibles.tolist()[5:]
    ([6940, 1200, 350, -700, 0, 0, 0], [True, True])
    """
    codes, texts = uniques_of(column)
    letters, sizes = letters_of(texts, _WIDEST)
    cents, plain = _parse_plain(letters, sizes)
    has_few_decimals = bool(cents[plain].any())
    wrong, rounded = np.zeros(len(texts), dtype=bool), np.zeros(len(texts), dtype=bool)
    for i in np.flatnonzero(~plain):
        exact = parse_montant(texts[i], may_be_thousands=has_few_decimals)
        wrong[i] = exact is None
        cents[i], rounded[i] = (0, False) if exact is None else _round(exact)
    points = (letters == _POINT).any(axis=0)
    return Montants(
        cents=cents[codes],
        illisibles=wrong[codes],
        vides=(sizes == 0)[codes],
        arrondis=rounded[codes],
        points=(points & ~wrong)[codes],
    )


def _round(exact: Decimal) -> tuple[int, bool]:
    cents = int(exact.quantize(Decimal(1), ROUND_HALF_UP))
    return cents, cents != exact


def parse_montant(text: str, *, may_be_thousands: bool) -> Decimal | None:
    """Read one amount in cents, None for what is none.

    Three decimals beside amounts of two or none are the separator of thousands that the law
    forbids: 1,234 would lose its thousand.

    >>> parse_montant("1,234", may_be_thousands=False), parse_montant("1,2E3", may_be_thousands=True)
    (Decimal('123.4'), Decimal('1.2E+5'))
    >>> parse_montant("-1,00-", may_be_thousands=False)
    """
    found = _MONTANT.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None or (found["sign"] and found["last"]):
        return None
    decimals = found["cents"] or ""
    if may_be_thousands and len(decimals) == _THOUSANDTHS:
        return None
    sign = -1 if "-" in (found["sign"], found["last"]) else 1
    exact = Decimal(f"{found['whole'] or 0}.{decimals or 0}").scaleb(
        CENTS + int(found["power"] or 0)
    )
    return sign * exact if exact < LARGEST else None


def _parse_plain(letters: Letters, sizes: Codes) -> tuple[Codes, Masque]:
    """Read the amounts of at most two decimals, letter by letter down all of them at once.

    Returns the cents, and which texts are such amounts.
    """
    plain = sizes <= _WIDEST
    value = np.zeros(len(sizes), np.int64)
    digits, decimals, points, signs = (np.zeros(len(sizes), np.int8) for _ in range(4))
    for letter in letters[: int(sizes[plain].max(initial=0))]:
        digit = letter - np.uint8(_ZERO)
        is_digit = digit < _TEN
        is_point = (letter == _COMMA) | (letter == _POINT)
        is_sign = (letter == _PLUS) | (letter == _MINUS)
        plain &= is_digit | is_point | is_sign | (letter == 0)
        np.copyto(value, value * _TEN + digit, where=is_digit)
        digits += is_digit
        decimals += is_digit & (points > 0)
        points += is_point
        signs += is_sign
    ends = _signs_at_ends(letters, sizes)
    plain &= (points < 2) & (decimals <= CENTS) & (digits <= _MOST_DIGITS) & (value < LARGEST)  # noqa: PLR2004  one decimal mark
    plain &= (signs == np.abs(ends)) & ((digits > 0) | (sizes == 0))
    value[plain] *= 10 ** (CENTS - decimals[plain].astype(np.int64))
    value[plain & (ends < 0)] *= -1
    return value, plain


def _signs_at_ends(letters: Letters, sizes: Codes) -> npt.NDArray[np.int8]:
    """Return -1 or 1 where a text begins or ends with a sign, but not both; else 0."""
    last = letters[np.clip(sizes, 1, _WIDEST) - 1, np.arange(len(sizes))]
    minus = (letters[0] == _MINUS).astype(np.int8) + ((last == _MINUS) & (sizes > 1))
    plus = (letters[0] == _PLUS).astype(np.int8) + ((last == _PLUS) & (sizes > 1))
    return np.where(minus + plus == 1, plus - minus, 0).astype(np.int8)
