"""What the fictitious firm noted of its clients: exchanges, complaints, who bears witness."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from segxl.domain.journal import RECLAMATION, RENDEZ_VOUS, SUITE
from segxl.domain.relation.paliers import RECUE, Reclamation
from segxl.domain.relation.registre import qualite_of
from segxl.sources.demonstration.rares import PROMOTEUR, invent_rares
from segxl.sources.demonstration.tirages import one_of, past_day
from segxl.sources.demonstration.vie import NEVER, Cabinet, Suivi, pick

SINCE, QUIET = 200, 32
"""Days: how far back the Journal goes; how long nobody speaks to a client whom a letter waits for."""
MOST = 400
"""Exchanges at most: a Journal is read by people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Echanges:
    """The rows of the Journal, by header, and the complaints typed in their register."""

    journal: tuple[Mapping[str, object], ...]
    registre: tuple[Reclamation, ...]


def invent_echanges(vie: Sequence[Suivi], clients: pd.DataFrame, cabinet: Cabinet) -> Echanges:
    """Make up the Journal of eight months, and the complaints.

    Parameters
    ----------
    vie : sequence of Suivi
        The clients of the firm.
    clients : DataFrame of object, same length
        The table Clients: a company complains as a professional, a mandate is of a client that
        signed one.
    cabinet : Cabinet
        The words, the day and the seed.
    """
    rng = cabinet.chance(8)
    who = pick(
        rng, (client.is_present for client in vie), min(cabinet.part("echanges", len(vie)), MOST)
    )
    lines = [_exchange(vie[place], cabinet, rng) for place in who]
    told = [*_complaints(vie, clients["Forme juridique"].tolist(), cabinet, rng)]
    lines += [line for line, _ in told if line]
    lines += [*invent_rares(vie, clients, lines, cabinet)]
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
        days[place] = past_day(cabinet.au, int(rng.integers(20, 600)), vie[place].entree)
    return days


def _exchange(client: Suivi, cabinet: Cabinet, rng: np.random.Generator) -> dict[str, object]:
    """Return one exchange; a meeting calls for something, done since then or not."""
    kinds = cabinet.mots["echanges"]
    kind = kinds[int(rng.integers(len(kinds)))]
    canal, objet = one_of(kind["canaux"], rng), one_of(kind["objets"], rng)
    least = 1 if client.calme else QUIET
    jour = past_day(cabinet.au, int(rng.integers(least, SINCE)), client.entree)
    suite = one_of(kind.get("suites", [SUITE if canal == RENDEZ_VOUS else ""]), rng)
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
        "Date": past_day(cabinet.au, told["jours"], client.entree),
        "Dossier": client.dossier,
        "Qui": client.chef,
        "Canal": told["canal"],
        "Type": RECLAMATION,
        "Objet": told["objet"],
        "Suite": None,
        "Suite le": None,
        "Clos le": closed and past_day(cabinet.au, closed, client.entree),
    }


def _typed(client: Suivi, told: Mapping[str, Any], cabinet: Cabinet) -> Reclamation:
    """Return a complaint as the register has it, once it was answered."""
    jour = past_day(cabinet.au, told["jours"], client.entree)
    return Reclamation(
        dossier=client.dossier,
        recue_le=jour,
        ecrite_le=jour,
        objet=told["objet"],
        qualite=told.get("qualite", ""),
        etape=told.get("etape", RECUE),
        etape_le=past_day(cabinet.au, told["etape_jours"], jour),
        explication=told.get("explication", ""),
        geste=told.get("geste", ""),
    )
