"""What the fictitious firm lives with each client: its fees, its pace, its stay, how it pays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from segxl.shipped import read_toml

SEED = 6
"""What tells these streams of chance from those of the clients and of their entries."""
MOST_CLIENTS = 10_000
"""Past these, a client is neither billed nor worked for: a sheet holds a million rows."""
OUTIL = "demo_cabinet.toml"
RYTHMES = {20_000: 12, 6_000: 4, 1_500: 2}
"""Euros a year → invoices a year; one below."""
AN, MENSUEL = timedelta(days=365), 12
"""A client that came within a year is billed every month."""
MOYEN = 6_000
"""Euros a year under which fees that fall, or that are owed, are not worth a word."""
USUAL = 3_000
"""Euros a year of a client that says nothing."""
BAISSE = 1.45
"""What fees that fall were the year before."""
LARGEST_LEFT = 12_000
"""Few firms lose their largest clients: these stay."""
OUVERTURE = 75
"""Days before the day of the firm when its last survey was sent."""
TERME = 31
"""Days within which a client pays in time."""
NEVER = 10_000
"""Days after which an invoice of somebody who does not pay would be settled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cabinet:
    """The words and the shares of `shipped/demo_cabinet.toml`, and the day the firm lives in."""

    mots: Mapping[str, Any]
    au: date
    graine: int

    @classmethod
    def of(cls, graine: int, au: date) -> Cabinet:
        """Read the shipped words."""
        return cls(mots=read_toml(OUTIL), au=au, graine=graine)

    def chance(self, stream: int) -> np.random.Generator:
        """Return one stream of chance: what another one draws changes nothing to it."""
        return np.random.default_rng([self.graine, SEED, stream])

    def part(self, name: str, count: int) -> int:
        """Return how many of so many clients a share of the words is.

        >>> Cabinet(mots={"parts": {"departs": 0.05}}, au=date.min, graine=1).part("departs", 300)
        15
        """
        return round(float(self.mots["parts"][name]) * count)

    @property
    def cloture(self) -> date:
        """The last day of the month before: that of the last books."""
        return self.au.replace(day=1) - timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suivi:
    """What the firm knows of one client beside the workbook.

    ``annuels`` are the cents of a year, ``avant`` those of the year before, ``fois`` its invoices;
    ``delai`` the days it takes to pay, ``NEVER`` for who stopped; ``calme`` that no letter waits
    for it; ``humeur`` how happy it is, around zero; ``repond`` that it answers the last survey.
    """

    dossier: str
    nom: str
    chef: str
    annuels: int
    avant: int
    fois: int
    juridique: bool
    conseil: bool
    marge: float
    delai: int
    calme: bool
    entree: date
    sortie: date | None
    motif: str | None
    potentiel: str | None
    humeur: float
    repond: bool

    @property
    def is_present(self) -> bool:
        """Whether it is still a client."""
        return self.sortie is None


def invent_vie(clients: pd.DataFrame, calmes: Sequence[bool], cabinet: Cabinet) -> list[Suivi]:
    """Make up what the firm knows of its clients, the first ``MOST_CLIENTS`` at most.

    Parameters
    ----------
    clients : DataFrame of object, shape (n, m)
        The table Clients.
    calmes : sequence of bool, shape (n,)
        The clients that no letter waits for: they alone leave, complain or were met lately, so
        that the letters of the demonstration are those of the portfolio itself.
    cabinet : Cabinet
        The words, the day and the seed.
    """
    seen = clients.head(MOST_CLIENTS)
    count, rng, words = len(seen), cabinet.chance(0), cabinet.mots["parts"]
    euros = pd.to_numeric(seen["Honoraires annuels"], errors="coerce").fillna(USUAL)
    fees, calm = euros.to_numpy(float), np.asarray(calmes, dtype=bool)[:count]
    law, advice = (rng.random(count) < words[mission] for mission in ("juridique", "conseil"))
    growth = 1 / rng.normal(1.03, 0.03, count)
    growth[_some(rng, fees >= MOYEN, cabinet.part("baisses", count))] = BAISSE
    marges = _margins(fees, cabinet)
    delais = _delays(fees, cabinet)
    entrees, sorties, motifs = _stays(calm & (fees < LARGEST_LEFT), cabinet)
    fois = np.select([fees >= least for least in RYTHMES], [*RYTHMES.values()], 1)
    fois[[cabinet.au - day < AN for day in entrees]] = MENSUEL
    humeurs = cabinet.chance(5).normal(0.2, 1, count) - 1.2 * (growth == BAISSE)
    answers = _answers(entrees, sorties, cabinet)
    potentiels = _potentials(count, cabinet)
    identity = seen[["Dossier", "Raison sociale", "Collaborateur"]].fillna("").astype(str)
    return [
        Suivi(
            dossier=dossier,
            nom=nom,
            chef=chef,
            annuels=round(fees[n] * 100),
            avant=round(fees[n] * 100 * growth[n]),
            fois=int(fois[n]),
            juridique=bool(law[n]),
            conseil=bool(advice[n]),
            marge=float(marges[n]),
            delai=int(delais[n]),
            calme=bool(calm[n]),
            entree=entrees[n],
            sortie=sorties[n],
            motif=motifs[n],
            potentiel=potentiels[n],
            humeur=float(humeurs[n]),
            repond=bool(answers[n]),
        )
        for n, (dossier, nom, chef) in enumerate(identity.itertuples(index=False, name=None))
    ]


def pick(rng: np.random.Generator, among: Iterable[bool], count: int) -> list[int]:
    """Draw some places where ``among`` is true, as many as there are at most."""
    return [int(place) for place in _some(rng, np.array([*among], dtype=bool), count)]


def _some(rng: np.random.Generator, among: np.ndarray, count: int) -> np.ndarray:
    return rng.permutation(np.flatnonzero(among))[:count]


def _margins(fees: np.ndarray, cabinet: Cabinet) -> np.ndarray:
    """Draw the margin rates: larger clients leave more, but for a few, and some cost more than they bring."""
    rng, count = cabinet.chance(3), len(fees)
    rates = np.clip(rng.normal(0.4, 0.1, count) + 0.08 * (fees > np.median(fees)), 0.12, 0.68)
    many = fees >= np.quantile(fees, 0.8)
    rates[_some(rng, many, cabinet.part("faux_bons", count))] = 0.07
    rates[_some(rng, ~many, cabinet.part("perdants", count))] = -0.22
    found: np.ndarray = rates + rng.normal(0, 0.01, count)
    return found


def _delays(fees: np.ndarray, cabinet: Cabinet) -> np.ndarray:
    """Draw how many days each client takes to pay: debits, transfers, and those who are late."""
    rng, parts, count = cabinet.chance(4), cabinet.mots["parts"], len(fees)
    debits, transfers = rng.integers(8, 12, count), rng.integers(18, TERME, count)
    days = np.where(rng.random(count) < parts["prelevements"], debits, transfers)
    late = _some(rng, np.ones(count, dtype=bool), cabinet.part("retards", count))
    days[late] = rng.integers(62, 88, len(late))
    owing = (days < TERME) & (fees >= MOYEN)
    days[_some(rng, owing, cabinet.part("impayes", count))] = NEVER
    return days


def _stays(
    free: np.ndarray, cabinet: Cabinet
) -> tuple[list[date], list[date | None], list[str | None]]:
    """Draw when each client came, and who of those that may left, when and why."""
    rng, count, au = cabinet.chance(1), len(free), cabinet.au
    entrees = [au - timedelta(days=int(d)) for d in rng.integers(800, 6_500, count)]
    sorties: list[date | None] = [None] * count
    motifs: list[str | None] = [None] * count
    news = pick(rng, [True] * count, cabinet.part("arrivees", count))
    for place in news:
        entrees[place] = au - timedelta(days=int(rng.integers(25, 340)))
    stays = free.copy()
    stays[news] = False
    reasons = [word for word, weight in cabinet.mots["departs"].items() for _ in range(weight)]
    for place in pick(rng, stays, cabinet.part("departs", count)):
        sorties[place] = au - timedelta(days=int(rng.integers(12, 355)))
        motifs[place] = reasons[int(rng.integers(len(reasons)))] or None
    return entrees, sorties, motifs


def _answers(
    entrees: Sequence[date], sorties: Sequence[date | None], cabinet: Cabinet
) -> np.ndarray:
    """Draw who answers the last survey: a client that was there when it was sent, and still is."""
    sent = cabinet.au - timedelta(days=OUVERTURE)
    there = (e < sent and s is None for e, s in zip(entrees, sorties, strict=True))
    answers = np.zeros(len(entrees), dtype=bool)
    answers[pick(cabinet.chance(6), there, cabinet.part("repondants", len(entrees)))] = True
    return answers


def _potentials(count: int, cabinet: Cabinet) -> list[str | None]:
    words = cabinet.mots["potentiels"]
    drawn = cabinet.chance(2).choice(list(words), count, p=list(words.values()))
    return [str(word) or None for word in drawn]
