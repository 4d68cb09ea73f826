"""Which measured fact proposes which answer, as the package ships it."""

from __future__ import annotations

from functools import cache

from segxl.domain.faits.etats import UNITES, UNITES_INTERNES
from segxl.domain.faits.reprises import Feed
from segxl.shipped import read_toml


class FeedError(Exception):
    """The table is written wrong: for developers, hence in English."""


@cache
def read_reprises() -> tuple[Feed, ...]:
    """Read the table, once.

    Raises
    ------
    FeedError
        A fact that does not exist, or neither or both of ``critere`` and ``colonne``.
    """
    found = tuple(Feed(**told) for told in read_toml("reprises.toml")["reprises"])
    for reprise in found:
        if reprise.fait not in UNITES | UNITES_INTERNES:
            msg = f"reprises.toml: no fact {reprise.fait!r}"
            raise FeedError(msg)
        if bool(reprise.critere) == bool(reprise.colonne):
            msg = f"reprises.toml: {reprise.fait!r} wants critere or colonne"
            raise FeedError(msg)
    return found
