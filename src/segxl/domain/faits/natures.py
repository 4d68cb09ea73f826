"""What customers are, public, foreign or private, as far as their labels let one guess."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from itertools import pairwise

from segxl.domain.faits.mots import ETRANGERES, PRIVEES, PUBLIQUES, SUITES_PUBLIQUES, words_of


class Nature(StrEnum):
    """What a label says of a customer."""

    PUBLIC = "publique"
    ETRANGER = "etrangere"
    PRIVE = "privee"
    INCONNU = "inconnue"


def nature_of(libelles: Iterable[str]) -> Nature:
    """Guess what a customer is from its folded labels; a legal form beats a public word.

    >>> [nature_of([label]).value for label in ("commune de villefictive", "epsilon inc")]
    ['publique', 'etrangere']
    >>> [nature_of([label]).value for label in ("s.a.r.l. le college", "delta conseil")]
    ['privee', 'inconnue']
    >>> nature_of(["delta", "delta sas"]).value, nature_of(["delta inc", "delta sas"]).value
    ('privee', 'inconnue')
    """
    found = {_nature_of(label) for label in libelles} - {Nature.INCONNU}
    return found.pop() if len(found) == 1 else Nature.INCONNU


def _nature_of(libelle: str) -> Nature:
    words = words_of(libelle)
    if not PRIVEES.isdisjoint(words):
        return Nature.PRIVE
    if not ETRANGERES.isdisjoint(words):
        return Nature.ETRANGER
    return Nature.PUBLIC if _is_public(words) else Nature.INCONNU


def _is_public(words: list[str]) -> bool:
    if not PUBLIQUES.isdisjoint(words):
        return True
    return any(
        first == start and second in ends
        for first, second in pairwise(words)
        for start, ends in SUITES_PUBLIQUES
    )
