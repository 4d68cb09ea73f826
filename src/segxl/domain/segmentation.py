"""Ordered rules: the first that holds names the segment; every dossier has exactly one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from segxl.domain.conditions import Condition, implies
from segxl.domain.textes import fold

SANS_SEGMENT = "Sans segment"
"""What a dossier gets when no rule holds and the firm kept no catch-all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Regle:
    """One row of the table Segments: conditions that must all hold, and what to do then."""

    ordre: float
    segment: str
    conditions: Mapping[str, Condition]
    row: int = 0
    teinte: str = ""
    modele: str = ""
    canal: str = ""
    action: str = ""
    offre: str = ""
    delai_jours: float | None = None
    definition: str = ""
    """Who the clients of its segment are, in plain words; one row of a segment is enough."""

    @property
    def is_catch_all(self) -> bool:
        """Whether every dossier satisfies the rule."""
        return not self.conditions

    def holds(self, dossiers: pd.DataFrame) -> pd.Series:
        """Tell which dossiers satisfy every condition; Series of bool, shape (n,)."""
        held = pd.Series(True, index=dossiers.index)
        for header, condition in self.conditions.items():
            held &= condition.matches(dossiers[header])
        return held


def assign_segments(dossiers: pd.DataFrame, regles: Sequence[Regle]) -> pd.Series:
    """Name the segment of each dossier.

    Parameters
    ----------
    dossiers : DataFrame, shape (n, m)
        Answers and results under the headers that the rules read.
    regles : sequence of Regle
        In the order they are tried.

    Returns
    -------
    Series of str, shape (n,)
        The segment of the first rule that holds; ``Sans segment`` where none does.

    Examples
    --------
    >>> from segxl.domain.conditions import parse_condition
    >>> regles = [Regle(ordre=1, segment="Prioritaire", conditions={"Note FE": parse_condition("<6")}),
    ...           Regle(ordre=2, segment="Prêt", conditions={})]
    >>> assign_segments(pd.DataFrame({"Note FE": [5.9, 6.0, None]}), regles).tolist()
    ['Prioritaire', 'Prêt', 'Prêt']
    """
    segments = pd.Series(SANS_SEGMENT, index=dossiers.index, dtype=object)
    waiting = pd.Series(True, index=dossiers.index)
    for regle in regles:
        held = waiting & regle.holds(dossiers)
        segments = segments.where(~held, regle.segment)
        waiting &= ~held
    return segments


def definition_of(segment: object, regles: Sequence[Regle]) -> str:
    """Return what the team calls a segment, in plain words; "" where no row of it says.

    >>> regles = [Regle(ordre=1, segment="Prêt", conditions={}),
    ...           Regle(ordre=2, segment="Prêt", conditions={}, definition="Tout est en place.")]
    >>> definition_of("Prêt", regles), definition_of("Ailleurs", regles)
    ('Tout est en place.', '')
    """
    told = (r.definition for r in regles if r.segment == segment)
    return next(filter(None, told), "")


def impose_segments(segments: pd.Series, imposes: pd.Series, regles: Sequence[Regle]) -> pd.Series:
    """Let the hand win over the rule where a known segment was imposed.

    >>> regles = [Regle(ordre=1, segment="Prêt", conditions={})]
    >>> impose_segments(pd.Series(["Prêt", "À voir"]), pd.Series([None, "pret"]), regles).tolist()
    ['Prêt', 'Prêt']
    """
    known = {fold(r.segment): r.segment for r in regles}
    wanted = imposes.map(lambda word: known.get(fold(word)), na_action="ignore")
    return wanted.where(wanted.notna(), segments)


def find_shadowed(regles: Sequence[Regle]) -> list[tuple[Regle, Regle]]:
    """Return each rule that can never be the first to hold, with the earlier one that hides it.

    >>> from segxl.domain.conditions import parse_condition
    >>> wide = Regle(ordre=1, segment="A", conditions={"Note FE": parse_condition("<10")})
    >>> narrow = Regle(ordre=2, segment="B", conditions={"Note FE": parse_condition("<4")})
    >>> [(late.segment, early.segment) for late, early in find_shadowed([wide, narrow])]
    [('B', 'A')]
    """
    return [
        (late, early)
        for i, late in enumerate(regles)
        for early in [next((e for e in regles[:i] if _covers(e, late)), None)]
        if early
    ]


def _covers(early: Regle, late: Regle) -> bool:
    """Whether every dossier that satisfies ``late`` already satisfied ``early``."""
    return all(
        header in late.conditions and implies(late.conditions[header], condition)
        for header, condition in early.conditions.items()
    )
