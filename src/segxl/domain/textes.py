"""Comparing words as a reader does: accents, case, spaces and apostrophes do not matter."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'", "‘": "'", "ʼ": "'", "´": "'"})
KEPT_WORDS = 16_384
"""A portfolio says the same few answers and titles of columns over and over."""


def fold(text: object) -> str:
    r"""Return the form under which two spellings of one word are equal.

    >>> fold("  À  l’Été ") == fold("a l'ete")
    True
    >>> fold("Cœur\u202fde ville")
    'coeur de ville'
    """
    return _fold(str(text))


@lru_cache(KEPT_WORDS)
def _fold(text: str) -> str:
    plain = text.casefold()
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain.translate(_LIGATURES))
        plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(plain.split())


def join_words(words: Iterable[str], link: str = "et") -> str:
    """Write a list as French prose does.

    >>> join_words(["Dossier", "SIREN", "Note FE"]), join_words("ABC", "ou")
    ('Dossier, SIREN et Note FE', 'A, B ou C')
    """
    *firsts, last = [*words] or [""]
    return f"{', '.join(firsts)} {link} {last}" if firsts else last
