"""Which clients have a portal, and which use it."""

from __future__ import annotations

from collections.abc import Iterable

from segxl.domain.saisie import parse_yes_no
from segxl.domain.textes import fold

PORTAIL = "Portail client"
UTILISE, OUVERT, SANS = MOTS = ("utilisé", "oui", "non")
_SPELLINGS = {"utilise": UTILISE, "utilisee": UTILISE, "actif": UTILISE, "ouvert": OUVERT}


def parse_portail(cell: object) -> str | None:
    """Read whether a client has a portal and uses it; None where nobody can tell.

    >>> [parse_portail(w) for w in ("Utilisé", "X", "NON", "peut-être")]
    ['utilisé', 'oui', 'non', None]
    """
    word = fold(cell)
    if word in _SPELLINGS:
        return _SPELLINGS[word]
    answer = parse_yes_no(cell)
    return {"Oui": OUVERT, "Non": SANS}.get(answer or "")


def count_portails(portails: Iterable[str]) -> tuple[int, int, int]:
    """Return how many clients somebody told of, how many have the portal, how many use it.

    >>> count_portails(["utilisé", "oui", "non", ""])
    (3, 2, 1)
    """
    told = [p for p in portails if p]
    return len(told), sum(p != SANS for p in told), told.count(UTILISE)
