"""What matters to clients, said by themselves: which services, and how much. It never enters a note.

A client rates a subject from 1 to 5, says yes or no, or picks some in a list. One that it calls
important has 4, 5, yes, or was picked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

import pandas as pd

from segxl.domain.satisfaction import AUCUNE, CSAT, LEAST, TROP_PEU, csat, is_on_scale
from segxl.domain.textes import fold

IMPORTANT = "Important pour le client"
"""The column of the answers that tells it."""
OUI, NON, CHOISI = "oui", "non", "choisi"
SATISFAIT = "satisfait"
"""Before how satisfied the client is with the subject, from 1 to 5."""
LONGEST = 30_000
"""Characters of a cell, which holds 32,767: hundreds of subjects would not fit."""
_BETWEEN, _DOT = " · ", "·"
_MANY, _LEAST_IMPORTANT = 100.0, 4
_WEIGHTS = {CHOISI: 5.5, OUI: 4.5, NON: 0.5}


class Propos(NamedTuple):
    """What one client says of one subject; ``dit`` is « 1 » to « 5 », yes, no, picked, or blank."""

    sujet: str
    dit: str
    satisfaction: int | None = None

    @property
    def is_important(self) -> bool:
        """Whether the client calls it important."""
        return self.dit in {OUI, CHOISI} or (
            self.dit.isdigit() and int(self.dit) >= _LEAST_IMPORTANT
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Importance:
    """What a group of clients says of one subject.

    ``part`` is the share that calls it important, from 0 to 100, None where too few answered;
    ``csat`` what those who call it so think of the firm; ``satisfaits`` the share of 4 and 5 on
    the subject itself, where the survey asked it. Each has its number of answers.
    """

    sujet: str
    part: float | None
    n: int
    motif: str
    csat: float | None
    n_csat: int
    satisfaits: float | None
    n_satisfaits: int


def write_propos(propos: Iterable[Propos]) -> str | None:
    """Write what a client says as one cell, what matters most first; None where it says nothing.

    >>> write_propos([Propos("Paie", "2"), Propos("Conseil", "5", 3), Propos("Délais", "choisi")])
    'Délais : choisi · Conseil : 5, satisfait 3 · Paie : 2'
    """
    ordered = sorted(propos, key=lambda a: (-_weight(a.dit), fold(a.sujet)))
    room = accumulate(len(_written(a)) + len(_BETWEEN) for a in ordered)
    kept = [a for a, used in zip(ordered, room, strict=True) if used <= LONGEST]
    return _BETWEEN.join(map(_written, kept)) or None


def _weight(dit: str) -> float:
    return float(dit) if dit.isdigit() else _WEIGHTS.get(dit, 0.0)


def _written(propos: Propos) -> str:
    told = f"{SATISFAIT} {propos.satisfaction}" if propos.satisfaction else ""
    return f"{propos.sujet.replace(_DOT, ',')} : {', '.join(filter(None, (propos.dit, told)))}"


def read_propos(cell: object) -> tuple[tuple[Propos, ...], tuple[str, ...]]:
    """Read back a cell, and what cannot be read of it.

    >>> read_propos("Conseil : 5, satisfait 3 · Paie : OUI · Délais : bof")
    ((Propos(sujet='Conseil', dit='5', satisfaction=3), Propos(sujet='Paie', dit='oui', satisfaction=None)), ('Délais : bof',))
    """
    found: dict[str, Propos] = {}
    wrong: list[str] = []
    for part in (p.strip() for p in str(cell or "").split(_DOT)):
        sujet, _, told = part.rpartition(":")
        words = [fold(word) for word in told.split(",")]
        rated = [w.removeprefix(SATISFAIT).strip() for w in words if w.startswith(SATISFAIT)]
        said = [w for w in words if not w.startswith(SATISFAIT)]
        if not part:
            continue
        if not sujet.strip() or not _is_read(said, rated):
            wrong.append(part)
            continue
        propos = Propos(sujet.strip(), "".join(said), int(rated[0]) if rated else None)
        found.setdefault(fold(propos.sujet), propos)
    return tuple(found.values()), tuple(wrong)


def _is_read(said: Sequence[str], rated: Sequence[str]) -> bool:
    """Tell whether the words after a subject are one importance, one satisfaction, or both."""
    levels = {*map(str, range(1, 6))}
    known = all(word in {*levels, OUI, NON, CHOISI} for word in said)
    return known and {*rated} <= levels and len(said) < 2 > len(rated) and bool(said or rated)  # noqa: PLR2004  one of each


def measure_importance(
    reponses: pd.DataFrame, groupes: pd.Series, least: int = LEAST
) -> dict[str, tuple[Importance, ...]]:
    """Measure what each group of answers calls important, the most shared first.

    Parameters
    ----------
    reponses : DataFrame of object, shape (n, 2 or more)
        ``IMPORTANT``, see :func:`write_propos`, and ``CSAT``; None where not answered.
    groupes : Series, shape (n,)
        The group of each answer, same index; an answer without a group is left out.
    least : int, optional
        Under this many answers nothing is told.

    Returns
    -------
    dict
        One subject is counted among those who were asked it: who rated it, and who picked
        anything in a list if it was once picked there.

    Examples
    --------
    >>> told = pd.DataFrame({"Important pour le client": ["Paie : 5"] * 4 + ["Paie : 1"], "CSAT": 4})
    >>> measured = measure_importance(told, pd.Series("Portefeuille", told.index))["Portefeuille"]
    >>> [(x.sujet, x.part, x.n, x.csat, x.n_csat) for x in measured]
    [('Paie', 80.0, 5, None, 4)]
    """
    read = [{fold(a.sujet): a for a in read_propos(cell)[0]} for cell in reponses[IMPORTANT]]
    names: dict[str, str] = {}
    for told in read:
        for key, propos in told.items():
            names.setdefault(key, propos.sujet)
    listed = {key for told in read for key, propos in told.items() if propos.dit == CHOISI}
    lines = pd.Series(read, reponses.index, dtype=object)
    found: dict[str, tuple[Importance, ...]] = {}
    for groupe, theirs in lines.groupby(groupes, sort=False):
        scores = reponses.loc[theirs.index, CSAT].tolist()
        pairs = [*zip(theirs, scores, strict=True)]
        each = (
            _measure(key, name, pairs, least, is_listed=key in listed)
            for key, name in names.items()
        )
        asked = [x for x in each if x.n or x.n_satisfaits]
        if asked:
            found[str(groupe)] = tuple(sorted(asked, key=_rank))
    return found


def _rank(told: Importance) -> tuple[float, int, str]:
    return (-1.0 if told.part is None else told.part) * -1, -told.n, fold(told.sujet)


def _measure(
    key: str,
    name: str,
    pairs: Sequence[tuple[Mapping[str, Propos], object]],
    least: int,
    *,
    is_listed: bool,
) -> Importance:
    """Measure one subject among the answers of one group."""
    asked: list[tuple[bool, object]] = []
    rated: list[int] = []
    for told, score in pairs:
        mine = told.get(key)
        if mine is not None and mine.satisfaction is not None:
            rated.append(mine.satisfaction)
        if mine is not None and mine.dit:
            asked.append((mine.is_important, score))
        elif is_listed and any(propos.dit == CHOISI for propos in told.values()):
            asked.append((False, score))
    scores = [score for is_important, score in asked if is_important]
    known = sum(1 for score in scores if is_on_scale(score, CSAT))
    count = len(asked)
    return Importance(
        sujet=name,
        part=_MANY * len(scores) / count if count >= least else None,
        n=count,
        motif="" if count >= least else TROP_PEU if count else AUCUNE,
        csat=csat(scores) if known >= least else None,
        n_csat=known,
        satisfaits=csat(rated) if len(rated) >= least else None,
        n_satisfaits=len(rated),
    )
