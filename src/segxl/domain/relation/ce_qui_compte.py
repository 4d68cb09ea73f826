"""The lines of the sheet that tell what clients call important, beside what they think of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from segxl.domain.ecoute.importance import Importance
from segxl.domain.relation.lecture import SATISFACTION, Ligne
from segxl.domain.satisfaction import PORTEFEUILLE, TROP_PEU

BLOC = "Ce qui compte"
COMMENT = "part de ceux qui le disent important (4, 5, oui ou choisi)"
FIRSTS = 3
"""Subjects told of a segment."""
By = Mapping[str, Sequence[Importance]]


def with_importances(lignes: Sequence[Ligne], now: By, before: By) -> tuple[Ligne, ...]:
    """Put under the satisfaction of the portfolio what it, then each segment, calls important.

    ``now`` is the year that ends on the day of the sheet, ``before`` the one before.
    """
    count = sum(1 for ligne in lignes if ligne.bloc == SATISFACTION)
    return (*lignes[:count], *_list(now, before), *lignes[count:])


def _list(now: By, before: By) -> Iterator[Ligne]:
    for name, whole in now.items():
        is_whole = name == PORTEFEUILLE
        told = whole if is_whole else [x for x in whole if x.part is not None][:FIRSTS]
        then = {x.sujet: x.part for x in before.get(name, ())}
        for x in told:
            mesure = x.sujet if is_whole else f"{x.sujet}, {name}"
            avant = _rounded(then.get(x.sujet))
            yield Ligne(bloc=BLOC, mesure=mesure, valeur=_rounded(x.part), unite="%", avant=avant, lecture=_read(x))  # fmt: skip
        if not told:
            few = f"non calculé : {TROP_PEU} ; n = {max(x.n for x in whole)}"
            yield Ligne(bloc=BLOC, mesure=name, valeur=None, unite="%", lecture=few)


def _read(x: Importance) -> str:
    """Say how many answered, and what those who call it important think."""
    told = [COMMENT if x.part is not None else f"non calculé : {x.motif}", f"n = {x.n}"]
    for what, value, count in (
        ("CSAT de ces clients", x.csat, x.n_csat),
        ("satisfaits du sujet", x.satisfaits, x.n_satisfaits),
    ):
        if value is not None:
            told.append(f"{what} : {value:.0f} % (n = {count})")
        elif count:
            told.append(f"{what} : {TROP_PEU} (n = {count})")
    return " ; ".join(told)


def _rounded(part: float | None) -> float | None:
    return None if part is None else round(part, 2)
