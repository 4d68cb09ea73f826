"""Conditional formats, which pyOpenVBA does not hold: enough of them to read back what was asked."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.engine.com import EXTRAS, Com


@dataclass
class Ink:
    """The fill or the font of a rule."""

    Color: int | None = None


@dataclass
class FormatCondition:
    """One rule of one range; ``active_row`` is the row its relative references start from."""

    rules: list[FormatCondition]
    Type: int
    Formula1: str
    active_row: int
    StopIfTrue: bool = True
    Interior: Ink = field(default_factory=Ink)
    Font: Ink = field(default_factory=Ink)

    def Delete(self) -> None:
        """Take the rule away."""
        self.rules.remove(self)


@dataclass
class FormatConditions:
    """The rules of one range."""

    rules: list[FormatCondition]
    application: Com

    @property
    def Count(self) -> int:
        """How many rules there are."""
        return len(self.rules)

    def __call__(self, number: int) -> FormatCondition:
        return self.rules[number - 1]

    def Add(self, Type: int, Operator: object = None, Formula1: str = "") -> FormatCondition:
        """Add a rule; Excel reads its relative references from the active cell."""
        del Operator
        rule = FormatCondition(self.rules, Type, Formula1, int(self.application.ActiveCell.Row))
        self.rules.append(rule)
        return rule


RULES: dict[tuple[int, str], list[FormatCondition]] = {}
"""The rules of each range: (identity of its sheet, address) → rules."""


def rules_of(cells: Com) -> FormatConditions:
    """Return the rules of a range."""
    key = (id(cells.Worksheet._target), cells.Address)
    return FormatConditions(RULES.setdefault(key, []), cells.Application)


EXTRAS["Range", "FormatConditions"] = rules_of
