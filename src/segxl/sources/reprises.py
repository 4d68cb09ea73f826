"""Which measured fact proposes which answer, as the package ships it."""

from __future__ import annotations

from functools import cache

from segxl.domain.faits.etats import UNITES, UNITES_INTERNES
from segxl.domain.reprises import Reprise
from segxl.shipped import read_toml


class ReprisesError(Exception):
    """The table is written wrong: for developers, hence in English."""


@cache
def read_reprises() -> tuple[Reprise, ...]:
    """Read the table, once.

    Raises
    ------
    ReprisesError
        A fact that does not exist, or neither or both of ``critere`` and ``colonne``.
    """
    found = tuple(Reprise(**told) for told in read_toml("reprises.toml")["reprises"])
    for reprise in found:
        if reprise.fait not in UNITES | UNITES_INTERNES:
            msg = f"reprises.toml: no fact {reprise.fait!r}"
            raise ReprisesError(msg)
        if bool(reprise.critere) == bool(reprise.colonne):
            msg = f"reprises.toml: {reprise.fait!r} wants critere or colonne"
            raise ReprisesError(msg)
    return found
