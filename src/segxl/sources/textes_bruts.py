"""A cell of an export as plain words, before anything is made of it."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from segxl.domain.textes import fold

# Zero-width marks come with copies from the web; control characters cannot be stored in .xlsx.
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SPACES = re.compile(r"\s+")
_DASHES = frozenset({"", "-", "--", "–", "—", "."})
_NUMERO = re.compile(r"\b(n\s?[°º]|n\.\s?o\b|no\b|num\b|numero\b)")
_INITIALS = re.compile(r"\b([a-z])\.\s?([a-z])\b\.?")
_DAY = re.compile(r"\b\d{1,2}/\d{1,2}/\d{2,4}\b")
_WORD = re.compile(r"[km]?€|%|[^\W_]+")
_SHORT = 3


def text_of(value: object) -> str:
    r"""Return what a reader of the cell would type.

    >>> [text_of(v) for v in (12.0, 1.5, "  C0001 ", None, "CA HT\n(exercice)")]
    ['12', '1.5', 'C0001', '', 'CA HT (exercice)']
    """
    if value is None or value != value:  # noqa: PLR0124  NaN is the only value unlike itself
        return ""
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, str) and value.isascii() and value.isalnum():
        return value
    return _SPACES.sub(" ", _INVISIBLE.sub("", str(value))).strip()


def is_blank(value: object) -> bool:
    """Tell whether a cell says nothing: empty, spaces, or the dash that tables print.

    >>> [is_blank(v) for v in (None, " ", "–", 0.0, "NC")]
    [True, True, True, False, False]
    """
    return text_of(value) in _DASHES


def cell_of(value: object) -> object:
    """Return a cell as segxl keeps it: None for a blank, clean text, a day, a number.

    >>> [cell_of(v) for v in ("", " Lumo  ", 7.0, datetime(2024, 1, 31, 0, 0))]
    [None, 'Lumo', 7.0, datetime.date(2024, 1, 31)]
    """
    if value is None or value == "" or value != value:  # noqa: PLR0124
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool | int | float | date | timedelta):
        return value
    return text_of(value) or None


def words_of(text: object) -> tuple[str, ...]:
    """Return the words of a header or of an answer, without punctuation nor final s.

    >>> words_of("N° de SIREN (siège)"), words_of("regime_tva"), words_of("Honoraires")
    (('num', 'de', 'siren', 'siege'), ('regime', 'tva'), ('honoraire',))
    """
    plain = _NUMERO.sub(" num ", fold(text).replace("_", " "))
    words = _WORD.findall(_DAY.sub(" ", _INITIALS.sub(r"\1\2 ", plain)))
    return tuple(w[:-1] if len(w) > _SHORT and w.endswith("s") else w for w in words)
