"""What people type: numbers, percentages, dates and yes/no, in every French spelling.

When in doubt, accept: « 1 234,56 € » with a narrow space is a number someone typed in good
faith. What cannot be read comes back as missing; the caller compares with the blanks to know
which cells to name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pandas as pd

from segxl.domain.textes import fold

EXCEL_ERRORS = frozenset(
    {
        "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
        "#GETTING_DATA", "#CONNECT!", "#BLOCKED!", "#UNKNOWN!", "#FIELD!",
    }
)  # fmt: skip
_NOISE = re.compile(r"[\s\u00a0\u202f\u2009'’]|€|euros?|eur|ht\b|ttc\b", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?")
_GROUPED = re.compile(
    r"[+-]?\d{1,3}([.,])\d{3}(\1\d{3})+|[+-]?\d{1,3}(,\d{3})+\.\d+|[+-]?\d{1,3}(\.\d{3})+,\d+"
)
_YES = frozenset({"oui", "o", "x", "1", "1.0", "vrai", "true", "yes", "v"})
_NO = frozenset({"non", "n", "0", "0.0", "faux", "false", "no", "f"})
_EXCEL_EPOCH = date(1899, 12, 30)
_DATE_FORMATS = ("%d/%m/%Y", "%Y/%m/%d", "%d/%m/%y", "%Y%m%d", "%d%m%Y")
_MONTHS = ("janv", "fev", "mars", "avr", "mai", "juin", "juil", "aou", "sept", "oct", "nov", "dec")
_MONTH_NAME = re.compile(rf"(\d{{1,2}})(?:er)?[ -]({'|'.join(_MONTHS)})[a-z]*\.?[ -](\d{{2,4}})")
_EXCEL_DAYS = range(3_654, 73_051)  # 1910 to 2100: an accountant's dates, not an amount
MOST_MONTHS = 1200
"""A setting beyond a century is a slip of the keyboard."""
_MIDNIGHT = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$")
_PLAIN_NUMBERS = {int, float, type(None)}


def parse_number(value: object) -> float | None:
    r"""Read one number; None where it is not one.

    >>> [parse_number(v) for v in ("1 234,56 €", "2\u202f240,06", "1.234.567", "1,234.56", 12)]
    [1234.56, 2240.06, 1234567.0, 1234.56, 12.0]
    >>> [parse_number(v) for v in ("60 %", "(150)", "12-", "12 k€", "", True)]
    [0.6, -150.0, -12.0, None, None, None]
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value) if value == value else None  # noqa: PLR0124  NaN is the only value unlike itself
    text = _NOISE.sub("", str(value))
    divisor = 100.0 if text.endswith("%") else 1.0
    text = _sign_first(text.removesuffix("%").replace("\N{MINUS SIGN}", "-"))
    if _GROUPED.fullmatch(text):
        decimal = text.rfind(max(",.", key=text.rfind))
        keep = text.count(text[decimal]) == 1
        whole = re.sub(r"[.,]", "", text[:decimal] if keep else text)
        text = f"{whole}.{text[decimal + 1 :]}" if keep else whole
    if not _NUMBER.fullmatch(text):
        return None
    return float(text.replace(",", ".")) / divisor


def _sign_first(text: str) -> str:
    """Return an amount with its sign in front: (150) and 12- are how ledgers print minus."""
    if text.startswith("(") and text.endswith(")"):
        return "-" + text[1:-1]
    return "-" + text[:-1] if text.endswith("-") and len(text) > 1 else text


def parse_date(value: object) -> date | None:
    """Read one date: day first, ISO, compact, or an Excel serial; None where it is not one.

    >>> [str(parse_date(v)) for v in ("09/08/2021", "2018-04-06", "08.11.24", 43517, "20240131")]
    ['2021-08-09', '2018-04-06', '2024-11-08', '2019-02-21', '2024-01-31']
    >>> parse_date("30/02/2024") is None
    True
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _EXCEL_EPOCH + timedelta(days=int(value)) if int(value) in _EXCEL_DAYS else None
    text = re.sub(r"[./\-\s]+", "/", _month_number(_MIDNIGHT.sub("", str(value).strip())))
    for form in _DATE_FORMATS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  a day has no time zone
        except ValueError:
            continue
    return None


def _month_number(text: str) -> str:
    """Write « 1er janvier 2024 » as 1/1/2024; any other text comes back as it was.

    >>> _month_number("1er janvier 2024"), _month_number("12 déc. 21"), _month_number("N/C")
    ('1/1/2024', '12/12/21', 'N/C')
    """
    found = _MONTH_NAME.fullmatch(fold(text))
    if found is None:
        return text
    day, month, year = found.groups()
    return f"{day}/{_MONTHS.index(month) + 1}/{year}"


def parse_yes_no(value: object) -> str | None:
    """Read a yes or a no, however typed; None where it is neither.

    >>> [parse_yes_no(v) for v in ("OUI", "x", 1, True, "Non", 0, "peut-être")]
    ['Oui', 'Oui', 'Oui', 'Oui', 'Non', 'Non', None]
    """
    word = fold(value)
    if word in _YES:
        return "Oui"
    return "Non" if word in _NO else None


def is_error(value: object) -> bool:
    """Tell whether a cell holds one of Excel's error values."""
    return isinstance(value, str) and value in EXCEL_ERRORS


def parse_column(values: pd.Series, parse: Callable[[object], object]) -> pd.Series:
    """Read a whole column, each distinct value once; missing where blank or unreadable."""
    if bool in set(map(type, values.to_numpy())):
        # VRAI and 1 are one value to a hash table, two to a reader.
        return values.map(parse, na_action="ignore").astype(object)
    codes, uniques = pd.factorize(values, use_na_sentinel=True)
    parsed = pd.Series([parse(v) for v in uniques], dtype=object)
    return pd.Series(parsed.reindex(codes).to_numpy(), index=values.index, name=values.name)


def parse_numbers(values: pd.Series[float]) -> pd.Series[float]:
    """Read a column of numbers, shape (n,) to (n,); NaN where blank or unreadable."""
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        return values.astype("float64")
    cells = values.to_numpy()
    if set(map(type, cells)) <= _PLAIN_NUMBERS:
        return pd.Series(cells.astype("float64"), index=values.index, name=values.name)
    return parse_column(values, parse_number).astype("float64")


def whole_months(months: float) -> int:
    """Return the months that a setting counts: whole ones, a century at most.

    >>> whole_months(2.9), whole_months(-1), whole_months(float("inf"))
    (2, 0, 1200)
    """
    return int(min(max(months, 0), MOST_MONTHS))
