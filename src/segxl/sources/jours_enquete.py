"""The days of a survey, in the order that the whole column gives away: day first, or month first.

A form tool may write 11/13/2026, and Excel, opening it in French, make the 4th of October of an
April 10. Read one by one, such days would be wrong without anybody seeing it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import pandas as pd

from segxl.domain.saisie import parse_date
from segxl.domain.textes import fold
from segxl.sources.cellules_plateformes import plain_day
from segxl.sources.textes_bruts import is_blank, text_of
from segxl.sources.valeurs import Valeur

FIRST_DAY = date(2000, 1, 1)
_NUMERIC = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})(?!\d)")
_AMERICAN = re.compile(r"\d ?[ap]\.?m\b")
_MONTHS = 12
REMARK = "le mois est écrit avant le jour : dates lues ainsi"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdreJours:
    """What a column shows of the order of its days.

    ``is_american`` when the month comes first; ``is_doubtful`` when both orders stand in the
    column, or when only its hours, « 4:05 PM », look American.
    """

    is_american: bool = False
    is_doubtful: bool = False

    def read(self, raw: object) -> Valeur:
        """Read one day; nothing where it is blank, a problem where it is none or two.

        >>> OrdreJours(is_american=True).read("04/10/2026 4:05:00 PM").value
        datetime.date(2026, 4, 10)
        >>> OrdreJours(is_doubtful=True).read("04/10/2026").problem
        'cette date peut être le 04/10/2026 ou le 10/04/2026'
        """
        if is_blank(raw):
            return Valeur()
        numbers = _numbers_of(raw)
        is_ambiguous = numbers is not None and max(numbers) <= _MONTHS and numbers[0] != numbers[1]
        if self.is_doubtful and is_ambiguous and (day := _day_of(raw)):
            other = date(day.year, day.day, day.month)
            problem = f"cette date peut être le {day:%d/%m/%Y} ou le {other:%d/%m/%Y}"
            remedy = "exportez de nouveau sans ouvrir le fichier dans Excel, ou écrivez les dates AAAA-MM-JJ"
            return Valeur(problem=problem, remedy=remedy)
        month_first = numbers is not None and (
            numbers[1] > _MONTHS or (self.is_american and not isinstance(raw, date))
        )
        read = _day_of(_swapped(raw)) if month_first else _day_of(raw)
        if read is None or read < FIRST_DAY:
            problem = "cette date ne se lit pas" if read is None else "cette date est impossible"
            return Valeur(problem=problem, remedy="écrivez-la JJ/MM/AAAA, puis recommencez")
        return Valeur(value=read, remark=REMARK if month_first and is_ambiguous else "")


def order_of(values: pd.Series) -> OrdreJours:
    """Return the order of the days of a column.

    >>> order_of(pd.Series(["13/11/2026", "04/10/2026"]))
    OrdreJours(is_american=False, is_doubtful=False)
    >>> order_of(pd.Series(["11/13/2026", "04/10/2026"]))
    OrdreJours(is_american=True, is_doubtful=False)
    >>> order_of(pd.Series(["11/13/2026", date(2026, 10, 4)]))
    OrdreJours(is_american=False, is_doubtful=True)
    """
    typed = any(isinstance(raw, date) for raw in values)
    written = [n for raw in values if not isinstance(raw, date) and (n := _numbers_of(raw))]
    day_first = any(first > _MONTHS for first, _ in written)
    month_first = any(second > _MONTHS for _, second in written)
    if month_first:
        mixed = day_first or typed
        return OrdreJours(is_american=not mixed, is_doubtful=mixed)
    looks_american = any(_AMERICAN.search(fold(raw)) for raw in values if isinstance(raw, str))
    return OrdreJours(is_doubtful=looks_american and not day_first)


def _numbers_of(raw: object) -> tuple[int, int] | None:
    """Return the first two numbers of a written day, day and month of a typed one."""
    if isinstance(raw, date):
        return raw.day, raw.month
    found = _NUMERIC.search(text_of(raw)) if isinstance(raw, str) else None
    return (int(found[1]), int(found[2])) if found else None


def _swapped(raw: object) -> str:
    return _NUMERIC.sub(r"\2/\1/\3", text_of(raw), count=1)


def _day_of(raw: object) -> date | None:
    return parse_date(raw if isinstance(raw, date) else plain_day(text_of(raw)))
