"""What customers are, public, foreign or private, as far as their labels let one guess."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from segxl.domain.faits.mots import ETRANGERES, PRIVEES, PUBLIQUES, words_of
from segxl.domain.textes import fold


class Nature(StrEnum):
    """What a label says of a customer."""

    PUBLIC = "publique"
    ETRANGER = "etrangere"
    PRIVE = "privee"
    INCONNU = "inconnue"


def nature_of(libelles: Iterable[str]) -> Nature:
    """Guess what a customer is from its labels; a legal form beats a public word.

    >>> [nature_of([label]).value for label in ("COMMUNE DE VILLEFICTIVE", "EPSILON INC")]
    ['publique', 'etrangere']
    >>> [nature_of([label]).value for label in ("S.A.R.L. Le Collège", "DELTA CONSEIL", "")]
    ['privee', 'inconnue', 'inconnue']
    """
    found = {_nature_of(label) for label in libelles} - {Nature.INCONNU}
    return found.pop() if len(found) == 1 else Nature.INCONNU


def _nature_of(libelle: str) -> Nature:
    folded = fold(libelle.replace(".", ""))
    words = set(words_of(folded))
    if words & PRIVEES:
        return Nature.PRIVE
    if words & ETRANGERES:
        return Nature.ETRANGER
    return Nature.PUBLIC if PUBLIQUES.search(folded) else Nature.INCONNU
