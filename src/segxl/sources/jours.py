"""The days that an export tells of a client: arrival, departure, consent."""

from __future__ import annotations

import re
from datetime import date

from segxl.domain.saisie import is_error, parse_date
from segxl.domain.textes import fold
from segxl.sources.textes_bruts import is_blank, text_of
from segxl.sources.valeurs import NOTHING, Valeur

_YEAR = re.compile(r"(?:19|20)\d{2}")


def parse_jour(raw: object, *, header: str, of_year: bool = False) -> Valeur:
    """Read a day; anything else is kept as typed. A year alone may be the first day of it.

    >>> [parse_jour(v, header="Entrée le", of_year=True).value for v in ("09/08/2021", 2015.0, "?")]
    [datetime.date(2021, 8, 9), datetime.date(2015, 1, 1), None]
    """
    if is_blank(raw) or fold(raw) in NOTHING:
        return Valeur()
    if of_year and (year := _YEAR.fullmatch(text_of(raw))):
        remark = "une année seule, lue comme son 1er janvier"
        return Valeur(value=date(int(year[0]), 1, 1), remark=remark)
    day = None if is_error(raw) else parse_date(raw)
    if day is not None:
        return Valeur(value=day)
    remedy = "saisissez par exemple 15/09/2026 ; la valeur est gardée telle quelle"
    return Valeur(value=text_of(raw), problem=f"« {header} » n’est pas une date", remedy=remedy)
