"""What the reader of a FEC tells without refusing it, and what it refuses, each with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from segxl.domain.anomalies import Anomalie, Gravite

MOST_SHOWN = 10
"""Wrong lines told one by one for one field; the others are counted."""

_WORD = re.compile(r"([^\W\d_])[^\W\d_]{3,}")

Place = Callable[[int], str]
"""Tells where a row of the table stands in its file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarque:
    """One doubt about a FEC: what it is, how often, where first."""

    doute: str
    nombre: int = 1
    premier: str = ""

    def __str__(self) -> str:
        """Return the sentence shown beside the figures.

        >>> print(Remarque(doute="une date est illisible", nombre=2, premier="ligne 12"))
        Une date est illisible : 2 fois, d’abord ligne 12.
        >>> print(Remarque(doute="le FEC couvre 7 mois"))
        Le FEC couvre 7 mois.
        """
        often = f"{self.nombre} fois, d’abord " if self.nombre > 1 and self.premier else ""
        told = f" : {often}{self.premier}" if self.premier else ""
        return f"{self.doute[:1].upper()}{self.doute[1:]}{told}."


def gather_remarques(found: Iterable[Remarque]) -> tuple[Remarque, ...]:
    """Add up the same doubt met in several files.

    >>> one = Remarque(doute="un doute", nombre=2, premier="ligne 3")
    >>> [r.nombre for r in gather_remarques([one, one])]
    [4]
    """
    kept: dict[str, Remarque] = {}
    for remarque in found:
        before = kept.get(remarque.doute)
        kept[remarque.doute] = (
            replace(before, nombre=before.nombre + remarque.nombre) if before else remarque
        )
    return tuple(kept.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaut:
    """What makes a line unreadable: in which zone, what is wrong, what to do."""

    champ: str = ""
    problem: str
    remedy: str


def without_names(text: str) -> str:
    """Return what stands where an amount or a date should, its words cut: a shifted line puts a label there.

    >>> without_names("Facture DUPONT 12"), without_names("12 €"), without_names("1 234,56 EUR")
    ('F… D… 12', '12 €', '1 234,56 EUR')
    """
    return _WORD.sub(r"\1…", text)


def refuse_rows(
    name: str, defaut: Defaut, rows: Sequence[int], place: Place, values: Callable[[int], str]
) -> list[Anomalie]:
    """Say which rows cannot be read, the first of them one by one."""
    told = [
        Anomalie(
            sheet=name,
            cell=", ".join(filter(None, (place(row), defaut.champ))),
            value=values(row),
            problem=defaut.problem,
            remedy=defaut.remedy,
            gravite=Gravite.BLOQUANTE,
        )
        for row in rows[:MOST_SHOWN]
    ]
    more = len(rows) - len(told)
    if more > 0:
        many = f"{more} autres lignes sont" if more > 1 else "une autre ligne est"
        problem = f"{many} dans le même cas ({defaut.problem})"
        last = replace(told[-1], cell="", value="", problem=problem)
        told.append(last)
    return told
