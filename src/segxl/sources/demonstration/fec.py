"""The FECs of a few clients of the fictitious firm, beside what Clients says of them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from segxl.domain.grille import Critere
from segxl.domain.saisie import parse_column, parse_number
from segxl.shipped import read_toml
from segxl.sources.demonstration.exercices import Entreprise, found_company, keep_books, sell_of
from segxl.sources.demonstration.livres import Livre
from segxl.sources.demonstration.robes import Robe, write_fec

CA, EMISES, RECUES = "ca", "emises", "recues"
CRITERES = {EMISES: "VOLE", RECUES: "VOLR"}
VIDE = "vide"
BOUNDS = {CA: (30_000, 900_000), EMISES: (3, 10), RECUES: (3, 8)}
"""Answers that a small file can tell; euros a year, invoices a month."""
USUAL = {CA: 180_000, EMISES: 8, RECUES: 6}
"""Where the client has no answer."""
MOST_CLIENTS = 1_000
"""Among the first of them are the companies chosen."""
SEED = 5
"""What tells this stream of chance from those of the clients."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recette:
    """One company of `shipped/demo_fec.toml`; ``mesures`` says what is measured beside answers."""

    activites: tuple[str, ...]
    regimes: tuple[str, ...]
    mesures: Mapping[str, float | str]
    annees: int = 1
    cloture: str = "12-31"
    robe: Robe = field(default_factory=Robe)
    traits: Mapping[str, Any] = field(default_factory=dict)

    @property
    def unsaid(self) -> frozenset[str]:
        """The answers that these entries cannot tell."""
        return frozenset({EMISES} if self.traits.get("caisse") else ())

    def fin(self, year: int) -> date:
        """Return the last day of the year that ends in this civil one."""
        return date.fromisoformat(f"{year}-{self.cloture}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FecFictifs:
    """The clients, some answers left blank for the entries to fill, and the files by name."""

    clients: pd.DataFrame
    fichiers: dict[str, bytes]


def invent_fec(clients: pd.DataFrame, seed: int, criteres: Sequence[Critere]) -> FecFictifs:
    """Make up the entries of a few clients.

    Parameters
    ----------
    clients : DataFrame, shape (n, m)
        As ``invent_clients`` gives them.
    seed : int
        The same seed and the same clients give the same bytes.
    criteres : sequence of Critere
        The questions of the grid.
    """
    words = read_toml("demo_fec.toml")
    headers = {CA: "CA HT"} | {
        name: c.libelle for name, code in CRITERES.items() for c in criteres if c.code == code
    }
    left, fichiers = clients.reset_index(drop=True), dict[str, bytes]()
    seen = left.head(MOST_CLIENTS)
    records = seen.to_dict("records")
    free = [row for row, client in enumerate(records) if not pd.isna(client["SIREN"])]
    for rang, told in enumerate(words["fec"][: len(free)]):
        recette = _parse(told, words["clients"])
        row = min(free, key=_misfits_of(recette, seen, headers).__getitem__)
        free.remove(row)
        blank = [h for name, h in headers.items() if recette.mesures[name] == VIDE]
        left.loc[row, blank] = None
        entreprise = _company_of(records[row], recette, headers)
        rng = np.random.default_rng([seed, SEED, rang])
        for fin, content in _files_of(entreprise, recette, words["fin"], rng):
            fichiers[f"{records[row]['SIREN']}FEC{fin:%Y%m%d}.txt"] = content
    return FecFictifs(clients=left, fichiers=fichiers)


def _parse(told: Mapping[str, Any], clients: Sequence[str]) -> Recette:
    known = {"activites", "regimes", "annees", "cloture", "robe", *BOUNDS}
    robe: dict[str, Any] = {
        k: tuple(v) if isinstance(v, list) else v for k, v in told.get("robe", {}).items()
    }
    return Recette(
        activites=tuple(told["activites"]),
        regimes=tuple(told["regimes"]),
        mesures={name: told[name] for name in BOUNDS},
        annees=told.get("annees", 1),
        cloture=told.get("cloture", "12-31"),
        robe=Robe(**robe),
        traits={k: v for k, v in told.items() if k not in known} | {"clients": tuple(clients)},
    )


def _misfits_of(recette: Recette, clients: pd.DataFrame, headers: Mapping[str, str]) -> list[int]:
    """Tell how far each client is from the one wanted: its figures first, its name last."""
    far = sum(
        ~parse_column(clients[headers[name]], parse_number).fillna(0).astype(float).between(*bounds)
        for name, bounds in BOUNDS.items()
        if name in headers and name not in recette.unsaid
    )
    other = ~clients["Régime TVA"].isin(recette.regimes)
    unlike = ~clients["Raison sociale"].str.contains("|".join(recette.activites))
    return [*(4 * far + 2 * other + unlike)]


def _company_of(
    client: Mapping[Hashable, Any], recette: Recette, headers: Mapping[str, str]
) -> Entreprise:
    """Return the company whose books say what the recipe wants beside the answers of a client."""
    told: dict[str, float] = {}
    for name, (low, high) in BOUNDS.items():
        typed = parse_number(client.get(headers.get(name, ""))) or USUAL[name]
        mesure = recette.mesures[name]
        told[name] = min(max(typed, low), high) * (1 if isinstance(mesure, str) else mesure)
    return Entreprise(
        ca=round(told[CA] * 100),
        emises=told[EMISES],
        recues=told[RECUES],
        regime=str(client["Régime TVA"]),
        salaries=bool(client["Effectif"]),
        **recette.traits,
    )


def _files_of(
    entreprise: Entreprise, recette: Recette, last: int, rng: np.random.Generator
) -> list[tuple[date, bytes]]:
    """Keep the books of the years wanted and of the one before them; return each with its end."""
    bilan, found = found_company(entreprise), []
    for rang, year in enumerate(range(last - recette.annees, last + 1)):
        debut, fin = recette.fin(year - 1) + timedelta(days=1), recette.fin(year)
        grown = replace(entreprise, ca=round(entreprise.ca * 0.93 ** (last - year)))
        livre = Livre(debut=debut, fin=fin)
        bilan = keep_books(grown, livre, sell_of(grown, rang, rng), bilan, rng)
        if rang:
            found.append((fin, write_fec(livre.ecritures, recette.robe)))
    return found
