"""What the fictitious firm noted of its clients: exchanges, complaints, who bears witness."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from segxl.domain.journal import RECLAMATION, RENDEZ_VOUS, SUITE
from segxl.domain.relation.paliers import RECUE, Reclamation
from segxl.domain.relation.registre import qualite_of
from segxl.sources.demonstration.tirages import weekday_before
from segxl.sources.demonstration.vie import NEVER, Cabinet, Suivi, pick

SINCE, QUIET = 200, 32
"""Days: how far back the Journal goes; how long nobody speaks to a client whom a letter waits for."""
PROMOTEUR = 0.7
"""How happy a client is that would recommend the firm, whatever the day."""
MOST = 400
"""Exchanges at most: a Journal is read by people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Echanges:
    """The rows of the Journal, by header, and the complaints typed in their register."""

    journal: tuple[Mapping[str, object], ...]
    registre: tuple[Reclamation, ...]


def invent_echanges(vie: Sequence[Suivi], formes: Sequence[object], cabinet: Cabinet) -> Echanges:
    """Make up the Journal of eight months, and the complaints.

    Parameters
    ----------
    vie : sequence of Suivi
        The clients of the firm.
    formes : sequence of object, same length
        The « Forme juridique » of each: a company complains as a professional.
    cabinet : Cabinet
        The words, the day and the seed.
    """
    rng = cabinet.chance(8)
    who = pick(
        rng, (client.is_present for client in vie), min(cabinet.part("echanges", len(vie)), MOST)
    )
    lines = [_exchange(vie[place], cabinet, rng) for place in who]
    told = [*_complaints(vie, formes, cabinet, rng)]
    lines += [line for line, _ in told if line]
    return Echanges(
        journal=tuple(sorted(lines, key=lambda line: (str(line["Date"]), str(line["Dossier"])))),
        registre=tuple(r for _, r in told if r),
    )


def invent_temoignages(vie: Sequence[Suivi], cabinet: Cabinet) -> list[date | None]:
    """Draw when some of the happy clients agreed to bear witness; None for the others."""
    rng = cabinet.chance(9)
    days: list[date | None] = [None] * len(vie)
    happy = (client.repond and client.humeur > PROMOTEUR for client in vie)
    for place in pick(rng, happy, cabinet.part("temoignages", len(vie))):
        days[place] = _past(cabinet.au, int(rng.integers(20, 600)), vie[place].entree)
    return days


def _exchange(client: Suivi, cabinet: Cabinet, rng: np.random.Generator) -> dict[str, object]:
    """Return one exchange; a meeting calls for something, done since then or not."""
    kinds = cabinet.mots["echanges"]
    kind = kinds[int(rng.integers(len(kinds)))]
    canal, objet = _one(kind["canaux"], rng), _one(kind["objets"], rng)
    least = 1 if client.calme else QUIET
    jour = _past(cabinet.au, int(rng.integers(least, SINCE)), client.entree)
    suite = _one(kind.get("suites", [SUITE if canal == RENDEZ_VOUS else ""]), rng)
    due = jour + timedelta(days=int(rng.integers(5, 21))) if suite else None
    is_done = (
        due is not None
        and due < cabinet.au
        and rng.random() < cabinet.mots["parts"]["suites_faites"]
    )
    return {
        "Date": jour,
        "Dossier": client.dossier,
        "Qui": client.chef,
        "Canal": canal,
        "Type": kind["type"],
        "Objet": objet,
        "Suite": suite or None,
        "Suite le": due,
        "Clos le": due if is_done else None,
    }


def _complaints(
    vie: Sequence[Suivi], formes: Sequence[object], cabinet: Cabinet, rng: np.random.Generator
) -> Iterator[tuple[dict[str, object] | None, Reclamation | None]]:
    """Yield each complaint as a line of the Journal, or as one of the register."""
    is_company = [bool(qualite_of(str(forme or ""))) for forme in formes]
    since = cabinet.au - timedelta(days=SINCE)
    here = [client.is_present and client.entree < since for client in vie]
    free = {n for n, client in enumerate(vie) if here[n] and client.calme}
    for told in cabinet.mots["reclamations"]:
        suited = [n in free and is_company[n] == told["societe"] for n in range(len(vie))]
        owing = [s and client.delai == NEVER for s, client in zip(suited, vie, strict=True)]
        first = owing if told.get("impaye") and any(owing) else suited
        for place in pick(rng, first, 1):
            free.discard(place)
            if "etape" in told:
                yield None, _typed(vie[place], told, cabinet)
            else:
                yield _noted(vie[place], told, cabinet), None


def _noted(client: Suivi, told: Mapping[str, Any], cabinet: Cabinet) -> dict[str, object]:
    """Return a complaint as the Journal has it."""
    closed = told.get("close")
    return {
        "Date": _past(cabinet.au, told["jours"], client.entree),
        "Dossier": client.dossier,
        "Qui": client.chef,
        "Canal": told["canal"],
        "Type": RECLAMATION,
        "Objet": told["objet"],
        "Suite": None,
        "Suite le": None,
        "Clos le": closed and _past(cabinet.au, closed, client.entree),
    }


def _typed(client: Suivi, told: Mapping[str, Any], cabinet: Cabinet) -> Reclamation:
    """Return a complaint as the register has it, once it was answered."""
    jour = _past(cabinet.au, told["jours"], client.entree)
    return Reclamation(
        dossier=client.dossier,
        recue_le=jour,
        ecrite_le=jour,
        objet=told["objet"],
        qualite=told.get("qualite", ""),
        etape=told.get("etape", RECUE),
        etape_le=_past(cabinet.au, told["etape_jours"], jour),
    )


def _past(au: date, days: int, since: date) -> date:
    """Return a working day so long ago, not before a client came.

    >>> _past(date(2026, 11, 22), 1, date(2026, 1, 1))
    datetime.date(2026, 11, 20)
    """
    return max(weekday_before(au - timedelta(days=days)), since)


def _one(words: list[str], rng: np.random.Generator) -> str:
    return words[int(rng.integers(len(words)))]
