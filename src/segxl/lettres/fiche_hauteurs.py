"""How high a card is, so that what is left of its page is ruled for the notes of the meeting.

Every line of the model has an exact height, and every text was cut to its lines: a height is a sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from segxl.lettres.coupe import lignes_of
from segxl.lettres.fiche_mots import HALF, WIDE

PAGE = 734
"""Between the margins of the model, in points like all that follows."""
SAFETY = 14
"""What borders add, and what two programs may round otherwise."""
FIXED = 210
"""Title, head, figures, the two titles of the next step, whites, and the title of the notes."""
TITLE, RUBRIQUE, FIRST, NEXT, NOTE = 21, 25, 14, 12, 23
"""One more line of the title; a heading; the first line of a text, then the next ones; a ruled line."""
TILES = 48
"""The second row of figures and the white under it."""
MOST_NOTES = 10


def lines_for_notes(context: Mapping[str, Any]) -> int:
    """Return how many ruled lines fit under what a card prints."""
    return max(0, min(MOST_NOTES, room_left(context) // NOTE))


def room_left(context: Mapping[str, Any]) -> int:
    """Return what a card leaves of its page; below zero, it may not fit."""
    upper = _texts(((context["regle"], WIDE), (context["etape"], WIDE - 6)))
    upper += TITLE * (lignes_of(context["titre"], 60) - 1)
    upper += NEXT * (lignes_of(context["contact_client"], 40) - 1)
    columns = ((_families, _points), (_law, _follow_up), (_measured, _questions))
    halves = sum(max(left(context), right(context)) for left, right in columns)
    relation = TILES * bool(context["tuiles_relation"])
    relation += _texts([(context["raisons"], WIDE)]) if context["raisons"] else 0
    return int(PAGE - SAFETY - FIXED - upper - halves - relation)


def _families(context: Mapping[str, Any]) -> int:
    return RUBRIQUE + FIRST * (len(context["familles"]) + bool(context["autres_familles"]))


def _points(context: Mapping[str, Any]) -> int:
    return 2 * RUBRIQUE + FIRST * (len(context["forces"]) + len(context["faiblesses"]))


def _law(context: Mapping[str, Any]) -> int:
    told = [(f"Prochaine étape légale : {context['echeance']}", HALF)]
    told += [(f"À confirmer : {context['doutes']}", HALF)] if context["doutes"] else []
    told += [("Droit relevé", HALF)] if context["loi_ancienne"] else []
    told += [(f"Plateforme : {context['plateforme']}", HALF)]
    return RUBRIQUE + FIRST * len(context["obligations"]) + _texts(told)


def _follow_up(context: Mapping[str, Any]) -> int:
    told = [*context["suivi"], ("Prochain rendez-vous", context["rendez_vous"])]
    return RUBRIQUE + _texts((f"{label} : {text}", HALF) for label, text in told)


def _measured(context: Mapping[str, Any]) -> int:
    return RUBRIQUE + FIRST * max(1, len(context["chiffres"]))


def _questions(context: Mapping[str, Any]) -> int:
    return RUBRIQUE + _texts([(context["manques"], HALF)])


def _texts(told: Iterable[tuple[str, float]]) -> int:
    """Return the height of some texts, one under the other."""
    return sum(FIRST + NEXT * (lignes_of(text, largeur) - 1) for text, largeur in told)
