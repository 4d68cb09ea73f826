"""A text cut to the lines it may take on a page: the same cut in Word and in LibreOffice.

Widths are counted in average small letters of Calibri. They need not be exact but never too small,
so that what fits here fits on the page.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

SUITE = "…"
_NARROW = frozenset("iIjlfrt.,:;!|’'()[]/\\-` \u202f\u00a0\u2009·")
_WIDE = frozenset("mwMW@%‰©®™æœÆŒ—…№")
_DUST = 1e-9
_BEFORE_CUT = " ,;:.(«\u00a0\u202f"
_GREEK, _PUNCTUATION, _SIGNS = 0x250, 0x2000, 0x20D0
"""Where letters other than Latin ones start, then French punctuation, then signs of any width."""


@lru_cache(maxsize=4096)
def width_of(char: str) -> float:
    """Return the width of one character.

    >>> [width_of(c) for c in "iaAW漢"]
    [0.7, 1.1, 1.4, 2.0, 2.5]
    """
    if char in _NARROW:
        return 0.7
    if char in _WIDE:
        return 2.0
    if unicodedata.east_asian_width(char) in "WF" or ord(char) >= _SIGNS:
        return 2.5
    if _GREEK <= ord(char) < _PUNCTUATION:
        return 1.8
    return 1.4 if char.isupper() or ord(char) >= _PUNCTUATION else 1.1


@lru_cache(maxsize=16_384)
def coupe(text: str, largeur: float, lignes: int = 1) -> str:
    """Cut a text that takes more than so many lines, after a whole word where it can.

    Parameters
    ----------
    text : str
        Words parted by plain spaces.
    largeur : float
        Width of a line, in average small letters.
    lignes : int
        The lines it may take.

    Examples
    --------
    >>> coupe("Choisir une plateforme agréée", 24), coupe("Choisir", 24)
    ('Choisir une plateforme…', 'Choisir')
    >>> coupe("anticonstitutionnellement", 12)
    'anticonsti…'
    """
    if len(text) * 2.5 <= largeur or _lines(text.split(" "), largeur, largeur, lignes) is None:
        return text
    kept = _lines(text.split(" "), largeur, largeur - width_of(SUITE), lignes)
    return (kept or "").rstrip(_BEFORE_CUT) + SUITE


def lignes_of(text: str, largeur: float) -> int:
    """Return how many lines a text takes.

    >>> lignes_of("Choisir une plateforme agréée", 24), lignes_of("", 24)
    (2, 1)
    """
    return max((line for _, line in _laid(text.split(" "), largeur, largeur, 0)), default=1)


def _lines(words: list[str], largeur: float, last: float, lignes: int) -> str | None:
    """Return what stands before the first word that is one too many; None where all fit.

    ``last`` is the width of the last line.
    """
    kept = ""
    for piece, line in _laid(words, largeur, last, lignes):
        if line > lignes:
            return kept
        kept += piece
    return None


def _laid(words: list[str], largeur: float, last: float, lignes: int) -> Iterator[tuple[str, int]]:
    """Yield each piece, its blank before it, and the line it stands on."""
    line, used = 1, 0.0
    for i, (piece, is_new, is_long) in enumerate(_pieces(words, min(largeur, last))):
        width = sum(map(width_of, piece))
        gap = width_of(" ") if is_new and used else 0.0
        room = last if line == lignes else largeur
        # A word wider than a line starts on a line of its own.
        if used + gap + width > room + _DUST or (is_long and is_new and used):
            line, used, gap = line + 1, 0.0, 0.0
        used += gap + width
        yield (" " if is_new and i else "") + piece, line


def _pieces(words: list[str], largeur: float) -> Iterator[tuple[str, bool, bool]]:
    """Yield each piece, whether it starts a word, and whether that word is wider than a line.

    Such a word comes letter by letter.
    """
    for word in words:
        if sum(map(width_of, word)) <= largeur:
            yield word, True, False
        else:
            yield from ((char, i == 0, True) for i, char in enumerate(word))
