"""A column of segxl that follows a column of the firm's: its formula, and what it gives now."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from math import isclose

MOST_WORDS = 20
"""Wordings that one formula translates; Excel takes 64 levels, and nobody reads so many."""
_SPECIAL = re.compile(r"([\[\]#'])")
_HARD_SPACE = "\u00a0"
_SIREN_DIGITS, _SIRET_DIGITS = 9, 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """How one column follows another.

    Parameters
    ----------
    source : str
        The header of the column followed, in the same table.
    digits : int
        A number is shown with that many digits: its leading zeros come back. 0 leaves it alone.
    is_siret : bool
        The nine digits of the SIREN are taken from a SIRET.
    factor, unit
        A number is multiplied; a text takes the unit, so that nobody reads 12 k€ as 12 €.
    words : mapping of str to str
        Wordings of the firm towards those of segxl; capitals do not count, as in Excel.
    """

    source: str
    digits: int = 0
    is_siret: bool = False
    factor: float = 1.0
    unit: str = ""
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_plain(self) -> bool:
        """Whether a text of the column followed is shown as it is typed."""
        return not (self.is_siret or self.words) and self.factor == 1

    def formula(self, table: str) -> str:
        """Return the formula, without its equals sign.

        >>> print(Following(source="N° [ou] code").formula("Clients"))
        IF(Clients[[#This Row],[N° '[ou'] code]]="","",Clients[[#This Row],[N° '[ou'] code]])
        """
        cell = f"{table}[[#This Row],[{_escaped(self.source)}]]"
        shown = self.shown(cell)
        for theirs, ours in [*self.words.items()][::-1]:
            shown = f"IF({cell}={_quoted(theirs)},{_quoted(ours)},{shown})"
        return f'IF({cell}="","",{shown})'

    def value(self, raw: object) -> object:
        """Return what the formula gives for a cell; ``None`` where only Excel can tell.

        >>> Following(source="Siren", digits=9).value(1032.0), Following(source="Nom").value(None)
        ('000001032', '')
        >>> Following(source="Siret", is_siret=True).value("000 001 016 00013")
        '000001016'
        """
        if raw is None or raw == "":
            return ""
        if isinstance(raw, date):
            return None
        if isinstance(raw, str):
            return self._text(raw)
        if isinstance(raw, bool) or not isinstance(raw, int | float):
            return raw
        if self.is_siret:
            return f"{raw:0{_SIRET_DIGITS}.0f}"[:_SIREN_DIGITS]
        return f"{raw:0{self.digits}.0f}" if self.digits else raw * self.factor

    def source_for(self, value: object) -> object:
        """Return what to type in the column followed for the formula to give a value.

        ``None`` where nothing does: the SIREN does not tell the whole SIRET.

        >>> Following(source="CA (k€)", factor=1e3, unit="k€").source_for(52_345.5)
        52.3455
        >>> Following(source="TVA", words={"O": "Oui"}).source_for("Oui")
        'O'
        """
        raw = value
        if self.is_siret:
            return None
        if self.factor != 1:
            raw = value / self.factor if isinstance(value, int | float) else None
        raw = next((theirs for theirs, ours in self.words.items() if ours == value), raw)
        return raw if self.gives(raw, value) else None

    def gives(self, raw: object, value: object) -> bool:
        """Tell whether the formula gives a value once its column holds a content."""
        given = None if raw is None else self.value(raw)
        if isinstance(given, int | float) and isinstance(value, int | float):
            return isclose(given, value)
        return given is not None and given == value

    def shown(self, cell: str) -> str:
        """Return the formula of a filled cell, before the wordings are translated."""
        if self.is_siret:
            zeros = "0" * _SIRET_DIGITS
            packed = f'SUBSTITUTE(SUBSTITUTE({cell}," ",""),"{_HARD_SPACE}","")'
            return f'LEFT(IF(ISNUMBER({cell}),TEXT({cell},"{zeros}"),{packed}),{_SIREN_DIGITS})'
        if self.digits:
            return f'IF(ISNUMBER({cell}),TEXT({cell},"{"0" * self.digits}"),{cell})'
        if self.factor != 1:
            return f'IF(ISNUMBER({cell}),{cell}*{self.factor:g},{cell}&" {self.unit}")'
        return cell

    def _text(self, raw: str) -> str:
        if raw.startswith("#"):
            return raw
        if self.is_siret:
            return raw.replace(" ", "").replace(_HARD_SPACE, "")[:_SIREN_DIGITS]
        if self.factor != 1:
            return f"{raw} {self.unit}"
        same = (ours for theirs, ours in self.words.items() if theirs.casefold() == raw.casefold())
        return next(same, raw)


def _escaped(header: str) -> str:
    """Write a header as references to a table do."""
    return _SPECIAL.sub(r"'\1", header)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
