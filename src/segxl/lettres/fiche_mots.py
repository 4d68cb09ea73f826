"""The words of a client card: each cell cut to the room that the page has for it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from segxl.domain.couleurs import A_CONFIRMER as SANS_NOTE
from segxl.domain.couleurs import HORS_CHAMP
from segxl.domain.faits.etats import pourcent
from segxl.domain.fiche.fiche import Fiche
from segxl.domain.fiche.suivi import Suivi
from segxl.domain.presence import tell_depart
from segxl.lettres.coupe import coupe
from segxl.lettres.dossier import text_of
from segxl.lettres.francais import NBSP, euros, nombre, typographie

DASH = "–"
BAR = 48
"""How many spaces a bar is long."""
MOST_FAMILLES = 7
MOST_MANQUES = 8
WIDE, HALF = 112.0, 54.0
"""What a line of the whole page, and of half of it, holds; see ``coupe``."""
RIEN_ENCORE, SANS_OBJET = "aucune pour l’instant", "sans objet, hors champ"
_BLANKS = re.compile(r"[ \n\x85\u2028\u2029]+")


class Lignes(NamedTuple):
    """How many lines the texts of a card may take."""

    courtes: int
    etape: int
    longues: int
    manques: int


AISE = Lignes(courtes=2, etape=3, longues=3, manques=5)
SERRE = Lignes(courtes=1, etape=2, longues=1, manques=3)
"""For a card that would not fit on its page."""
Told = Callable[[str, str, int, str], str]
"""Table, header, Excel row and text → the text, or what stands in for a name that it may not tell."""


@lru_cache(maxsize=16_384)
def told(text: object, largeur: float, lignes: int = 1) -> str:
    r"""Return a text as French print sets it, cut to its room, without what XML refuses.

    >>> told("Objet : deux\nlignes", 54)
    'Objet\xa0: deux lignes'
    """
    # A Mac writes an accent as a character of its own, which would count as a letter.
    whole = unicodedata.normalize("NFC", _BLANKS.sub(" ", text_of(text)).strip())
    return coupe(typographie(whole), largeur, lignes)


def sur_vingt(note: float | None) -> str:
    """Write a note; a dash where there is none.

    >>> print(sur_vingt(9.14), sur_vingt(None))
    9,1 –
    """
    return DASH if note is None else nombre(note, 1)


def tuiles(fiche: Fiche) -> list[tuple[str, str]]:
    """Return the five figures on top, each with the word that tells it."""
    bounds = f"{sur_vingt(fiche.note_min)} à {sur_vingt(fiche.note_max)}"
    return [
        (_over(fiche.note), f"Note FE{NBSP}: {_couleur(fiche.couleur)}"),
        (bounds if fiche.note_min is not None else DASH, "Bornes de la note"),
        (_part(fiche.completude), "Complétude"),
        (_part(fiche.fiabilite), "Fiabilité"),
        (_over(fiche.enjeu), "Enjeu"),
    ]


def familles(fiche: Fiche) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield each family: its name, the two parts of its bar, its note, how many answers."""
    shown = fiche.familles[:MOST_FAMILLES]
    for nom, note, reponses, questions in shown:
        length = round((note or 0) / 20 * BAR)
        count = f"{reponses}/{questions}" if questions else DASH
        yield told(nom, 23), NBSP * length, NBSP * (BAR - length), sur_vingt(note), count


def autres_familles(fiche: Fiche) -> str:
    """Say how many families did not fit; blank where all did."""
    left = len(fiche.familles) - MOST_FAMILLES
    return f"et {left} autre{_s(left)} famille{_s(left)}" if left > 0 else ""


def points(fiche: Fiche, found: Sequence[tuple[str, object]]) -> list[str]:
    """Write strengths or weaknesses, each with the answer behind it."""
    if fiche.couleur == HORS_CHAMP:
        return [SANS_OBJET]
    lines = [
        f"{told(q, 28)} : {answer}" if (answer := _answer(a)) else told(q, 50) for q, a in found
    ]
    return [told(line, HALF - 3) for line in lines] or [
        RIEN_ENCORE if fiche.note is not None else "aucune réponse encore"
    ]


def suivi(found: Suivi, au: date, say: Told, lignes: Lignes) -> Iterator[tuple[str, str]]:
    """Yield what the Journal says: the last exchange, what is open, a complaint."""
    dernier = found.dernier
    if dernier:
        day, canal, qui, objet, row = dernier
        heads = [say("Journal", h, row, t) for h, t in (("Canal", canal), ("Qui", qui))]
        context = ", ".join(filter(None, (f"{day:%d/%m/%Y}", *(told(h, 20) for h in heads))))
        yield (
            "Dernier contact",
            _joined(context, say("Journal", "Objet", row, objet), lignes.longues),
        )
    else:
        yield "Dernier contact", "aucun dans le Journal"
    if found.suites:
        first, others = found.suites[0], len(found.suites) - 1
        more = f" ({others} autre{_s(others)} ouverte{_s(others)})" if others else ""
        late = ", en retard" if first.jour and first.jour < au else ""
        due = f"pour le {first.jour:%d/%m/%Y}{late}{more}" if first.jour else f"sans date{more}"
        yield (
            "Suite ouverte",
            _joined(due, say("Journal", "Suite", first.row, first.texte), lignes.courtes),
        )
    else:
        yield "Suite ouverte", "aucune"
    if found.reclamation:
        since = found.reclamation.jour
        yield (
            "Réclamation",
            f"ouverte depuis le {since:%d/%m/%Y}" if since else "ouverte, sans date",
        )


def rendez_vous(fiche: Fiche, au: date, say: Told, lignes: Lignes) -> str:
    """Say when the client is met next, by whom and why."""
    found = fiche.rendez_vous
    if found is None:
        return f"aucun, {tell_depart(fiche.sortie)}" if fiche.sortie else "aucun dans le Plan"
    day = "sans date" if found.jour is None else f"le {found.jour:%d/%m/%Y}"
    late = " (passé, rien n’est inscrit sous « Fait le »)" if found.jour and found.jour < au else ""
    qui = told(say("Plan", "Responsable", found.row, found.responsable), 24)
    head = ", ".join(filter(None, (f"{day}{late}", qui)))
    return _joined(head, say("Plan", "Étape", found.row, found.etape), lignes.longues)


def chiffres(fiche: Fiche) -> Iterator[tuple[str, str]]:
    """Yield each measured fact and its value."""
    for fait, valeur, unite, is_hint in fiche.exercice.chiffres if fiche.exercice else ():
        shown = {"€": euros(round(valeur)), "%": pourcent(valeur / 100)}.get(unite, nombre(valeur))
        yield fait, f"{told(shown, 20)} (indice)" if is_hint else told(shown, 20)


def manques(fiche: Fiche) -> str:
    """List the questions to ask; those that weigh most come first."""
    if fiche.sortie:
        return f"sans objet, {tell_depart(fiche.sortie)}"
    if fiche.couleur == HORS_CHAMP:
        return SANS_OBJET
    if not fiche.manques:
        return "Toutes les questions de la grille ont leur réponse."
    shown = fiche.manques[:MOST_MANQUES]
    left = len(fiche.manques) - len(shown)
    listed = " · ".join(told(q, 40) for q in shown)
    return f"{listed} · et {left} autre{_s(left)}" if left else listed


def _couleur(couleur: str) -> str:
    """Write a colour word, and what the two greys mean.

    >>> _couleur("Gris"), _couleur("Jaune")
    ('Gris (hors champ)', 'Jaune')
    """
    means = {HORS_CHAMP: " (hors champ)", SANS_NOTE: " (à confirmer)"}
    return told(couleur, 14) + means.get(couleur, "")


def _answer(value: object) -> str:
    """Write an answer: a number as French print does, a blank for one that people disagree on."""
    return nombre(value) if isinstance(value, float) and value == value else text_of(value)  # noqa: PLR0124  NaN is the only value unlike itself


def _joined(head: str, text: str, lignes: int) -> str:
    """Write a head and the text it is about, in the lines they may take beside their label."""
    # The label stands on the first line.
    return told(f"{head} – {text}" if text else head, HALF - 2, lignes)


def _over(note: float | None) -> str:
    return DASH if note is None else f"{sur_vingt(note)} / 20"


def _part(part: float | None) -> str:
    return DASH if part is None else f"{round(part * 100)}{NBSP}%"


def _s(count: int) -> str:
    return "s" if count > 1 else ""
