"""The « dossier de trajectoire »: one Word document a client, its dated evidence in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, Self

from segxl.domain.loi import RYTHMES_EN_MOTS, Fait
from segxl.domain.obligations import A_CONFIRMER, SANS_OBJET
from segxl.domain.preuves import COUNTED, DATED, UNDATED
from segxl.domain.traces import SECTIONS
from segxl.lettres.champs import Champs
from segxl.lettres.dossier import text_of
from segxl.lettres.francais import date_en_lettres, typographie
from segxl.lettres.scelle import ModeleScelle

MODELE = "templates/trajectoire/trajectoire.docx"
DASH = "–"
OBLIGATIONS = {
    "taille": "Catégorie d’entreprise",
    "reception": "Recevoir ses factures par une plateforme agréée",
    "emission": "Émettre ses factures au format électronique",
    "mentions": "Porter les nouvelles mentions sur ses factures",
    "ereporting_transactions": "Transmettre les données de ses autres ventes (e-reporting)",
    "ereporting_paiements": "Transmettre les données de ses encaissements (e-reporting)",
    "rythme": "Rythme des transmissions",
}
"""Each answer of the law that the file gives, and its name in full."""
IN_FULL = {
    "taille": {
        "Micro": "microentreprise",
        "PME": "petite ou moyenne entreprise (PME)",
        "ETI": "entreprise de taille intermédiaire (ETI)",
        "GE": "grande entreprise",
    },
    "rythme": {**RYTHMES_EN_MOTS, SANS_OBJET: "sans objet"},
}
"""The short words of the law engine, as a reader outside the firm needs them."""


class Preuve(NamedTuple):
    """One row of ``preuves.gather_preuves``."""

    dossier: str
    section: int
    date: date | None
    state: str
    fact: str
    table: str
    row: int
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Droit:
    """What the law asks of one client on one day, and the texts behind it."""

    au: date
    releve: date
    """The day of the oldest source quoted."""
    is_stale: bool
    obligations: Mapping[str, object]
    """One row of ``obligations.find_obligations``."""
    citations: Sequence[tuple[str, Fait]]


class ModeleTrajectoire(ModeleScelle):
    """The shipped model, compiled once for all the documents of a run."""

    __slots__ = ()

    @classmethod
    def read(cls, modele: str = MODELE) -> Self:
        """Read and compile the shipped model."""
        return super().read(modele)


def context_of(
    champs: Champs,
    preuves: Sequence[Preuve],
    manques: Iterable[tuple[str, str]],
    droit: Droit,
) -> dict[str, Any]:
    """Return everything that one document prints.

    Parameters
    ----------
    champs : Champs
        The letterhead and the client.
    preuves : sequence of Preuve
        The client's own, in order.
    manques : iterable of (piece, what to do)
        What the file lacks.
    droit : Droit
        What the law asks of the client.
    """
    counted = [p for p in preuves if p.state in COUNTED]
    sections = [[p for p in counted if p.section == i] for i in range(len(SECTIONS))]
    titles = [f"{i}. {title}" for i, title in enumerate(SECTIONS, 1)]
    undated = [p for p in preuves if p.state == UNDATED]
    return champs.as_context() | {
        "rubriques": [
            (title, [(_day(p.date), _told(p.fact), p.origin) for p in held])
            for title, held in zip(titles, sections, strict=True)
        ],
        "apercu": [(title, *_span_of(held)) for title, held in zip(titles, sections, strict=True)],
        "a_dater": [(SECTIONS[p.section], _told(_with_day(p)), p.origin) for p in undated],
        "manques": [(_sentence(piece), _sentence(todo)) for piece, todo in manques],
        **_law(droit),
    }


def _span_of(held: Sequence[Preuve]) -> tuple[str, str, str]:
    """Return how many rows a section holds, its first day and the last one of a fact."""
    days = [p.date for p in held if p.date and p.state == DATED]
    first, last = (_day(min(days)), _day(max(days))) if days else (DASH, DASH)
    planned = len(held) - len(days)
    plural = "s" if planned > 1 else ""
    count = f"{len(held)}, dont {planned} prévu{plural}" if planned else str(len(held))
    return count if held else DASH, first, last


def _with_day(preuve: Preuve) -> str:
    """Return the words of an undated row, with the day that cannot be right where there is one."""
    return f"{preuve.fact} (lu : {_day(preuve.date)})" if preuve.date else preuve.fact


def _law(droit: Droit) -> dict[str, Any]:
    return {
        "droit": date_en_lettres(droit.releve),
        "droit_ancien": droit.is_stale,
        "obligations": [] if droit.is_stale else [*_obligations(droit)],
        "reserves": [_told(str(s)) for s in _doubts(droit)],
        "citations": [] if droit.is_stale else [*_citations(droit)],
    }


def _obligations(droit: Droit) -> Iterator[tuple[str, str]]:
    for code, label in OBLIGATIONS.items():
        answer = droit.obligations[code]
        if isinstance(answer, date):
            since = "depuis le" if answer <= droit.au else "à compter du"
            yield label, f"{since} {date_en_lettres(answer)}"
        elif code in IN_FULL:
            yield label, IN_FULL[code].get(str(answer), A_CONFIRMER)
        else:
            yield label, "non concerné" if answer == SANS_OBJET else str(answer)


def _doubts(droit: Droit) -> Iterable[object]:
    doubts = droit.obligations["a_confirmer"]
    return doubts if isinstance(doubts, tuple) and not droit.is_stale else ()


def _citations(droit: Droit) -> Iterator[tuple[str, str, str, str]]:
    for words, fait in droit.citations:
        yield _told(words), _told(fait.texte) or DASH, _told(fait.source), fait.confiance


def _day(jour: date | None) -> str:
    return f"{jour:%d/%m/%Y}" if jour else ""


def _sentence(text: str) -> str:
    return _told(text[:1].upper() + text[1:])


@lru_cache(maxsize=4096)
def _told(text: str) -> str:
    """Return a text as French print sets it, without what XML refuses."""
    # The law and what lacks come back in every document.
    return typographie(text_of(text))
