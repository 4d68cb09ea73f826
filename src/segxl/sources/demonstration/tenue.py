"""What the fictitious firm keeps of papers, portal, requests and training."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from segxl.domain.journal import DEMANDE, REPONDU
from segxl.domain.relation.contrat import CONDITIONS, LETTRE, NOTICE
from segxl.domain.relation.portail import OUVERT, PORTAIL, SANS, UTILISE
from segxl.sources.demonstration.tirages import weekday_before
from segxl.sources.demonstration.vie import Cabinet, Suivi, pick

PAPERS, REQUESTS, TRAINING = 20, 21, 22
"""The streams of chance."""
UNTOLD, UNSIGNED = 0.12, 0.06
"""Shares of the clients of whom nobody typed anything, and of those without a letter."""
OLDEST, NEWEST = 1900, 20
"""Days since a letter was signed."""
SINCE = 180
"""Days that the requests go back."""
LONGEST = 30
"""Days that an answer takes at most, but for the few that never come."""
PORTALS = (UTILISE, OUVERT, SANS, None)
SHARES = (0.25, 0.3, 0.35, 0.1)


def invent_tenue(vie: Sequence[Suivi], cabinet: Cabinet) -> dict[str, list[object]]:
    """Draw the papers and the portal of each client: header of Clients → cells."""
    rng = cabinet.chance(PAPERS)
    cells = [_papers(client, cabinet, rng) for client in vie]
    columns: dict[str, list[object]] = {
        h: [line[h] for line in cells] for h in (LETTRE, CONDITIONS, NOTICE)
    }
    drawn = rng.choice(len(PORTALS), len(vie), p=SHARES)
    columns[PORTAIL] = [PORTALS[int(n)] for n in drawn]
    return columns


def _papers(client: Suivi, cabinet: Cabinet, rng: np.random.Generator) -> dict[str, object]:
    told, unsigned, conditions, notice = rng.random(4)
    since = int(rng.integers(NEWEST, OLDEST))
    if told < UNTOLD:
        return dict.fromkeys((LETTRE, CONDITIONS, NOTICE))
    signed = max(cabinet.au - timedelta(days=since), client.entree)
    return {
        LETTRE: "non" if unsigned < UNSIGNED else signed,
        CONDITIONS: "oui" if conditions > UNTOLD else None,
        NOTICE: "oui" if notice > 2 * UNTOLD else "non",
    }


def invent_demandes(vie: Sequence[Suivi], cabinet: Cabinet) -> Iterator[Mapping[str, object]]:
    """Yield what the firm asked of some clients, and when they answered; no letter waits for them."""
    rng, words = cabinet.chance(REQUESTS), cabinet.mots["demandes"]
    since = cabinet.au - timedelta(days=SINCE)
    suited = (c.is_present and c.calme and c.entree < since for c in vie)
    for place in pick(rng, suited, cabinet.part("demandes", len(vie))):
        client = vie[place]
        jour = weekday_before(cabinet.au - timedelta(days=int(rng.integers(2, SINCE))))
        answered = jour + timedelta(days=int(rng.integers(0, LONGEST) * rng.random()))
        is_known = (
            answered < cabinet.au and rng.random() < cabinet.mots["parts"]["demandes_repondues"]
        )
        yield {
            "Date": jour,
            "Dossier": client.dossier,
            "Qui": client.chef,
            "Canal": "E-mail",
            "Type": DEMANDE,
            "Objet": words["objets"][int(rng.integers(len(words["objets"])))],
            REPONDU: answered if is_known else None,
        }


def invent_formations(
    vie: Sequence[Suivi], cabinet: Cabinet
) -> Iterator[tuple[date, str, str, float]]:
    """Yield who learnt what, when, and for how many hours."""
    rng, told = cabinet.chance(TRAINING), cabinet.mots["formations"]
    for qui in sorted({client.chef for client in vie}):
        for sujet, hours in told.items():
            jour = weekday_before(cabinet.au - timedelta(days=int(rng.integers(3, 300))))
            if rng.random() < cabinet.mots["parts"]["formations"]:
                yield jour, qui, sujet, float(hours)
