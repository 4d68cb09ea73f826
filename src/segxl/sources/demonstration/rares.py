"""What the fictitious firm notes less often: mandates, tests, obstacles lifted, who was sent to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from segxl.domain.journal import RECOMMANDATION
from segxl.domain.saisie import parse_date
from segxl.sources.demonstration.tirages import one_of, past_day, weekday_from
from segxl.sources.demonstration.vie import Cabinet, Suivi, pick

PROMOTEUR = 0.7
"""How happy a client is that would recommend the firm, whatever the day."""
SINCE, MOST = 200, 40
"""Days that the Journal goes back; lines of one kind at most."""
OBSTACLE, REGULARISATION = "Obstacle", "Régularisation"
LEVE = 25
"""Days after which an obstacle is lifted at most."""


def invent_rares(
    vie: Sequence[Suivi],
    clients: pd.DataFrame,
    lines: Sequence[Mapping[str, object]],
    cabinet: Cabinet,
) -> Iterator[dict[str, object]]:
    """Yield the lines of the Journal that few clients have.

    Parameters
    ----------
    vie : sequence of Suivi
        The clients of the firm; those that a letter waits for have none.
    clients : DataFrame of object, same length
        « Statut plateforme » and « Date statut ».
    lines : sequence of mapping
        What the Journal has: some of its obstacles are lifted since.
    cabinet : Cabinet
        The words, the day and the seed.
    """
    rng = cabinet.chance(15)
    statuts, days = (clients[h].tolist() for h in ("Statut plateforme", "Date statut"))
    for told in cabinet.mots["rares"]:
        suited = [
            client.is_present and client.calme and _suits(client, statut, told)
            for client, statut in zip(vie, statuts, strict=True)
        ]
        count = min(round(told["nombre"] * len(vie)), MOST)
        for place in pick(rng, suited, count):
            day = _day(vie[place], days[place], told, cabinet, rng)
            if day is not None:
                yield _line(vie[place].dossier, vie[place].chef, day, told, rng)
    yield from _lifted(lines, cabinet, rng)


def _suits(client: Suivi, statut: object, told: Mapping[str, Any]) -> bool:
    if told["type"] == RECOMMANDATION:
        return client.humeur > PROMOTEUR
    return "statuts" not in told or statut in told["statuts"]


def _day(
    client: Suivi,
    statut_le: object,
    told: Mapping[str, Any],
    cabinet: Cabinet,
    rng: np.random.Generator,
) -> date | None:
    """Return when it was noted; None where that would be after the day the firm lives in."""
    if "apres" not in told:
        return past_day(cabinet.au, int(rng.integers(1, SINCE)), client.entree)
    since = parse_date(statut_le)
    if since is None:
        return None
    day = weekday_from(since + timedelta(days=int(rng.integers(told["apres"] + 1))))
    return day if client.entree <= day < cabinet.au else None


def _lifted(
    lines: Sequence[Mapping[str, object]], cabinet: Cabinet, rng: np.random.Generator
) -> Iterator[dict[str, object]]:
    told = cabinet.mots["regularisation"]
    for line in (x for x in lines if x["Type"] == OBSTACLE):
        chance, later = rng.random(), int(rng.integers(5, LEVE))
        day = weekday_from(pd.Timestamp(str(line["Date"])).date() + timedelta(days=later))
        if chance < told["part"] and day < cabinet.au:
            words = {**told, "type": REGULARISATION}
            yield _line(str(line["Dossier"]), str(line["Qui"]), day, words, rng)


def _line(
    dossier: str, chef: str, day: date, told: Mapping[str, Any], rng: np.random.Generator
) -> dict[str, object]:
    return {
        "Date": day,
        "Dossier": dossier,
        "Qui": chef,
        "Canal": one_of(told["canaux"], rng),
        "Type": told["type"],
        "Objet": one_of(told["objets"], rng),
        "Suite": None,
        "Suite le": None,
        "Clos le": None,
    }
