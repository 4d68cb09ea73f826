"""How high the page of a segment is, so that the rest of it lists the clients an offer may be made to.

Every line of the model has an exact height, and every text was cut to its lines: a height is a sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from segxl.lettres.coupe import lignes_of
from segxl.lettres.fiche_hauteurs import FIRST, NEXT, PAGE, RUBRIQUE, SAFETY
from segxl.lettres.fiche_mots import HALF, WIDE

FIXED = 195
"""Title, head, figures and their whites, the white of the rule, and the title of the list."""
LEAST, MOST = 3, 30
"""Lines of the list of clients."""


def lines_for_names(context: Mapping[str, Any]) -> int:
    """Return how many lines of clients fit under what a page prints."""
    upper = _texts(
        [
            (f"Qui y entre : {context['regle']}", WIDE - 4),
            *(_defined(context["definition"])),
            *((a, WIDE - 4) for a in context["alertes"]),
        ]
    )
    upper += _texts([(context["lecture"], WIDE - 4)]) if context["lecture"] else 0
    columns = ((_offers, _words), (_clients, _answers))
    halves = sum(5 + max(left(context), right(context)) for left, right in columns)
    left_over = PAGE - SAFETY - FIXED - upper - halves - FIRST
    return max(LEAST, min(MOST, 1 + int(left_over // NEXT)))


def _defined(definition: str) -> list[tuple[str, float]]:
    return [(f"Qui sont-ils : {definition}", WIDE - 4)] if definition else []


def _offers(context: Mapping[str, Any]) -> int:
    lines = sum(2 + bool(service) for _, _, service in context["offres"])
    return RUBRIQUE + FIRST * max(1, lines + bool(context["autres_offres"]))


def _words(context: Mapping[str, Any]) -> int:
    told = [(text, HALF) for text in context["parler"] or ["à écrire"]]
    told += [(f"Notre action : {context['action']}", HALF)] if context["action"] else []
    return RUBRIQUE + _texts(
        [*told, (f"Prochaine étape la plus fréquente : {context['etape']}", HALF)]
    )


def _clients(context: Mapping[str, Any]) -> int:
    return RUBRIQUE + FIRST * max(1, len(context["premiers"]))


def _answers(context: Mapping[str, Any]) -> int:
    told = [(o, HALF) for o, _ in context["objections"]]
    told += [(answer, HALF) for _, answer in context["objections"]]
    return RUBRIQUE + max(FIRST, _texts(told) + FIRST * bool(context["autres_objections"]))


def _texts(told: Iterable[tuple[str, float]]) -> int:
    """Return the height of some texts, one under the other."""
    return sum(FIRST + NEXT * (lignes_of(text, largeur) - 1) for text, largeur in told)
