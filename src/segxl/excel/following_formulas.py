"""A formula of a workbook, read back as a column that follows another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from segxl.domain.textes import fold
from segxl.excel.adoption.following import Following

_NAME = r"((?:'.|[^'\[\]])*)"
_REFERENCE = re.compile(
    rf"(?:[^\W\d][\w.\\]*)?\[(?:\[#This Row\],\[{_NAME}\]|@\[{_NAME}\]|@{_NAME})\]"
)
"""The cell of a column on the same row, as files write it, and as Excel shows it."""
_CELL = "\0"
_WHOLE = re.compile(r'IF\(\0="","",(.*)\)', re.DOTALL)
_WORD = re.compile(r'IF\(\0="((?:[^"]|"")*)","((?:[^"]|"")*)",(.*)\)', re.DOTALL)
_DIGITS = re.compile(r'IF\(ISNUMBER\(\0\),TEXT\(\0,"(0+)"\),\0\)')
_FACTOR = re.compile(r'IF\(ISNUMBER\(\0\),\0\*([\d.eE+]+),\0&" ([^"]*)"\)')


@lru_cache(maxsize=1024)
def read_following(formula: str) -> Following | None:
    """Return how a formula follows a column of its row; None where it is not one of segxl.

    >>> follow = read_following('IF([@Siren]="","",IF(ISNUMBER([@Siren]),TEXT([@Siren],"000000000"),[@Siren]))')
    >>> follow == Following(source="Siren", digits=9)
    True
    >>> read_following("[@Nom]&[@Ville]") is None
    True
    """
    sources = {next(filter(None, m.groups()), "") for m in _REFERENCE.finditer(formula)}
    whole = _WHOLE.fullmatch(_REFERENCE.sub(_CELL, formula.removeprefix("=")))
    if len(sources) != 1 or whole is None:
        return None
    source = re.sub(r"'(.)", r"\1", sources.pop())
    words, shown = {}, whole[1]
    while found := _WORD.fullmatch(shown):
        words[_unquoted(found[1])] = _unquoted(found[2])
        shown = found[3]
    if shown == _CELL:
        return Following(source=source, words=words)
    if digits := _DIGITS.fullmatch(shown):
        return Following(source=source, words=words, digits=len(digits[1]))
    if unit := _FACTOR.fullmatch(shown):
        return Following(source=source, words=words, factor=float(unit[1]), unit=unit[2])
    siret = Following(source=source, words=words, is_siret=True)
    return siret if shown == siret.shown(_CELL) else None


def is_given(formula: str, header: str, row: Mapping[str, object]) -> bool:
    """Tell whether a formula may stand under a header of a new row: it gives what is wanted there.

    ``row`` maps each header, folded, to the value wanted; to ``None`` where any will do.
    """
    wanted, follow = row.get(fold(header)), read_following(formula)
    return wanted is None or (
        follow is not None and follow.gives(row.get(fold(follow.source)), wanted)
    )


def _unquoted(text: str) -> str:
    return text.replace('""', '"')
