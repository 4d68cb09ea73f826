"""What makes a segmentation fragile: offers that miss, reviews, answers and notes of long ago."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from segxl.domain.notation import Mesure
from segxl.domain.portefeuille import Fragile
from segxl.domain.relation.attrition import months_after
from segxl.domain.segments.offres import Offre
from segxl.domain.textes import join_words

A_SAVOIR, A_REVOIR, EN_RETARD = "À savoir", "À revoir", "En retard"
NIVEAUX = {A_SAVOIR: "gris", A_REVOIR: "orange", EN_RETARD: "rouge"}
"""The word of each level, which alone is printed in black and white, and its colour."""
DECOUPAGE, OFFRES, REVUE, REPONSES, CRITERES, NOTES = (
    "découpage",
    "offre",
    "revue",
    "réponses",
    "critères",
    "notes",
)
MOIS_ORANGE, MOIS_ROUGE = 12, 24
PERIMEES, PART_PERIMEE = "Part de réponses périmées au plus", 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerte:
    """One thing to look at; ``segment`` is blank where it is about all of them."""

    sujet: str
    niveau: str
    message: str
    code: str = ""
    """Its entry of ``shipped/diagnostic.toml``."""
    constat: str = ""
    """The bare fact, with its figures."""
    segment: str = ""


def tell_decoupage(fragilites: Iterable[Fragile]) -> Iterator[Alerte]:
    """Yield what ``portefeuille.find_fragilites`` says."""
    for code, constat, phrase in fragilites:
        yield Alerte(sujet=DECOUPAGE, niveau=A_SAVOIR, message=phrase, code=code, constat=constat)


def find_without_offre(segments: Sequence[str], offres: Sequence[Offre]) -> Iterator[Alerte]:
    """Yield each segment to which nobody has decided what to offer.

    >>> [a.segment for a in find_without_offre(["Prêt", "À voir"], [Offre(row=4, segment="Prêt", offre="Aucune")])]
    ['À voir']
    """
    decided = {o.segment for o in offres if o.is_decided}
    for nom in segments:
        if nom not in decided:
            told = f"Segment « {nom} » : aucune offre. Écrivez-en une dans la feuille Offres, ou « Aucune » si c’est votre choix."
            yield Alerte(
                sujet=OFFRES,
                niveau=A_REVOIR,
                message=told,
                segment=nom,
                code="sans_offre",
                constat=f"« {nom} » sans offre",
            )


def level_of_review(jour: date | None, au: date) -> str:
    """Return how pressing a review is: due from twelve months on, late from twenty-four; "" before.

    >>> [level_of_review(date(y, 11, d), date(2026, 11, 22)) for y, d in ((2025, 23), (2025, 22), (2024, 23), (2024, 22))]
    ['', 'À revoir', 'À revoir', 'En retard']
    """
    if jour is None or months_after(jour, MOIS_ROUGE) <= au:
        return EN_RETARD if jour else A_REVOIR
    return A_REVOIR if months_after(jour, MOIS_ORANGE) <= au else ""


def find_reviews(segments: Sequence[str], offres: Sequence[Offre], au: date) -> Iterator[Alerte]:
    """Yield each segment whose offers are to be reviewed: the one left longest tells.

    A row that holds an objection alone has no review of its own.
    """
    decided = {o.segment for o in offres if o.is_decided}
    rows: defaultdict[str, list[date | None]] = defaultdict(list)
    for offre in offres:
        if offre.is_decided or offre.segment not in decided:
            rows[offre.segment].append(offre.last_review(au))
    for nom in segments:
        if not rows[nom]:
            continue
        known = [day for day in rows[nom] if day]
        jour = min(known) if len(known) == len(rows[nom]) else None
        if niveau := level_of_review(jour, au):
            since = (
                f"revue pour la dernière fois le {jour:%d/%m/%Y}"
                if jour
                else "aucune date de revue"
            )
            told = f"Segment « {nom} » : {since}. À relire chaque année ; notez « Revue le » dans la feuille Offres."
            yield Alerte(sujet=REVUE, niveau=niveau, message=told, segment=nom, code="revue_ancienne", constat=f"« {nom} » : {since}")  # fmt: skip


def find_stale_answers(perimes: pd.Series, limite: float) -> Iterator[Alerte]:
    """Yield one warning where more than a share of the answers on record are too old.

    Parameters
    ----------
    perimes : Series of bool
        Which answers are older than « Périmé après » of their question.
    limite : float
        The share, 0..1, from which it is told; it has to be passed.
    """
    old, count = int(perimes.sum()), len(perimes)
    if count and old / count > limite:
        told = f"{old} réponse{_s(old)} sur {count} de la feuille Réponses dépasse{'nt' if old > 1 else ''} « Périmé après » : posez ces questions de nouveau."
        constat = f"{old} réponse{_s(old)} sur {count} plus ancienne{_s(old)} que « Périmé après »"
        yield Alerte(sujet=REPONSES, niveau=A_REVOIR, message=told, code="reponses_perimees", constat=constat)  # fmt: skip


def find_unrated(mesure: Mesure, in_scope: pd.Series) -> Iterator[Alerte]:
    """Yield one warning for the critères of a grid that concern somebody and have no answer at all."""
    concerned = mesure.applicables[in_scope].to_numpy(dtype=bool)
    answered = ~np.isnan(mesure.niveaux[in_scope].to_numpy(dtype=float))
    blank = concerned.any(axis=0) & ~(answered & concerned).any(axis=0)
    names = [f"« {c.libelle} »" for c, nobody in zip(mesure.grille.criteres, blank, strict=True) if nobody]  # fmt: skip
    if names:
        told = f"Grille {mesure.grille.nom} : personne n’a répondu à {join_words(names)}. Un critère que l’équipe n’utilise pas ne départage personne."
        constat = f"grille {mesure.grille.nom} : aucune réponse à {join_words(names)}"
        yield Alerte(sujet=CRITERES, niveau=A_SAVOIR, message=told, code="critere_sans_reponse", constat=constat)  # fmt: skip


def find_old_notes(calcule: date | None, au: date) -> Iterator[Alerte]:
    """Yield one warning where the notes of the sheet Clients are a year old or more."""
    niveau = level_of_review(calcule, au) if calcule else ""
    if calcule and niveau:
        told = f"Les notes de la feuille Clients datent du {calcule:%d/%m/%Y} : relancez « Noter »."
        constat = f"notes calculées le {calcule:%d/%m/%Y}"
        yield Alerte(sujet=NOTES, niveau=niveau, message=told, code="notes_anciennes", constat=constat)  # fmt: skip


def _s(count: int) -> str:
    return "s" if count > 1 else ""
