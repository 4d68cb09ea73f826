"""The books of the fictitious firm itself: what it billed its clients over two years, and was paid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import pairwise, starmap
from typing import NamedTuple

import numpy as np
import pandas as pd

from segxl.sources.demonstration.exercices import (
    Entreprise,
    bill,
    found_company,
    keep_books,
    with_tva,
)
from segxl.sources.demonstration.livres import Livre, Tiers, months_of
from segxl.sources.demonstration.robes import Robe, write_fec
from segxl.sources.demonstration.tirages import weekday_from
from segxl.sources.demonstration.vie import NEVER, Cabinet, Suivi, pick

ANNEES, MOIS, TAUX, AVOIR = 2, 12, 20, 0.3
JURIDIQUE, CONSEIL = 0.08, 0.15
"""What these missions are of the fees of a year."""
UNPAID_FOR, LATE = 120, 75
"""Days before the closing from which those who do not pay stop; how late they were before."""
OTHER_CODE, OTHER_NAME = 25, 150
"""One client in so many has an account that is not its number, or not its name either."""


class Facture(NamedTuple):
    """An invoice to write: the place of its client, its day, cents before VAT, its kind."""

    jour: date
    place: int
    prefixe: str
    ht: int


def invent_comptes(vie: Sequence[Suivi], cabinet: Cabinet) -> dict[str, bytes]:
    """Make up the FECs of the firm: two years, the last of which ends with the month before.

    Parameters
    ----------
    vie : sequence of Suivi
        The clients of the firm.
    cabinet : Cabinet
        The words, the day and the seed.

    Returns
    -------
    dict of str to bytes
        The files by name.
    """
    fin = cabinet.cloture
    first = (pd.Timestamp(fin + timedelta(days=1)) - pd.DateOffset(years=ANNEES)).date()
    starts = [(pd.Timestamp(first) + pd.DateOffset(years=n)).date() for n in range(ANNEES + 1)]
    rng = cabinet.chance(12)
    entreprise = _entreprise_of(vie)
    bilan, fichiers = found_company(entreprise), dict[str, bytes]()
    for rang, (debut, after) in enumerate(pairwise(starts)):
        livre = Livre(debut=debut, fin=after - timedelta(days=1))
        sell = partial(_sell, vie=vie, cabinet=cabinet, is_before=not rang, rng=rng)
        bilan = keep_books(entreprise, livre, sell, bilan, rng)
        name = f"{cabinet.mots['siren']}FEC{livre.fin:%Y%m%d}.txt"
        fichiers[name] = write_fec(livre.ecritures, Robe())
    return fichiers


def _entreprise_of(vie: Sequence[Suivi]) -> Entreprise:
    return Entreprise(
        ca=sum(client.annuels for client in vie),
        emises=0,
        recues=12,
        regime="Réel normal mensuel",
        salaries=True,
    )


def _sell(
    livre: Livre,
    *,
    vie: Sequence[Suivi],
    cabinet: Cabinet,
    is_before: bool,
    rng: np.random.Generator,
) -> None:
    """Bill the clients of one year, and whoever is no client any more."""
    factures = sorted(_factures(livre, vie, rng, is_before=is_before))
    tiers = [*starmap(_tiers_of, enumerate(vie))]
    back = {*pick(rng, [True] * len(factures), cabinet.part("avoirs", len(vie)))}
    noise = rng.integers(-3, 4, len(factures))
    for rank, facture in enumerate(factures):
        client, piece = tiers[facture.place], f"{facture.prefixe}{livre.fin:%y}{rank + 1:05d}"
        due = [bill(livre, client, facture.jour, piece, with_tva(facture.ht, TAUX))]
        later = facture.jour + timedelta(days=10)
        if rank in back and later <= livre.fin:
            note = with_tva(-round(facture.ht * AVOIR), TAUX)
            due.append(bill(livre, client, later, f"AV{piece[2:]}", note))
        days = vie[facture.place].delai
        if days == NEVER and facture.jour < cabinet.cloture - timedelta(days=UNPAID_FOR):
            days = LATE
        paid = weekday_from(facture.jour + timedelta(days=days + int(noise[rank])))
        livre.owe(paid, f"{client.nom} {piece}", piece, *due)
    _sell_to_others(livre, cabinet)


def _factures(
    livre: Livre, vie: Sequence[Suivi], rng: np.random.Generator, *, is_before: bool
) -> Iterator[Facture]:
    """Yield what clients are billed while they are clients: the regular mission, then the others."""
    months = months_of(livre.debut, livre.fin)
    drawn = rng.integers(len(months), size=(len(vie), 2))
    for place, client in enumerate(vie):
        cents = client.avant if is_before else client.annuels
        others = JURIDIQUE * client.juridique + CONSEIL * client.conseil
        until = client.sortie or date.max
        for start, end in _periodes(livre, client.fois, place):
            jour, days = min(end, until), (min(end, until) - max(start, client.entree)).days + 1
            if days > 0 and livre.debut <= jour <= livre.fin:
                part = days / ((end - start).days + 1) / client.fois
                yield Facture(jour, place, "FA", max(round(cents * (1 - others) * part), 1))
        beside = (("FJ", client.juridique, JURIDIQUE), ("FC", client.conseil, CONSEIL))
        for (prefixe, is_sold, share), month in zip(beside, drawn[place], strict=True):
            jour = months[month][0] + timedelta(days=14)
            if is_sold and client.entree <= jour <= until:
                yield Facture(jour, place, prefixe, max(round(cents * share), 1))


def _periodes(livre: Livre, fois: int, rank: int) -> Iterator[tuple[date, date]]:
    """Yield what each regular invoice of a year, or the last one of a client, is for.

    Clients of one pace are not all billed the same month.
    """
    step = MOIS // fois
    first, last = (day.year * MOIS + day.month - 1 for day in (livre.debut, livre.fin))
    for month in range(first, last + step):
        if month % step == rank % step:
            start, after = (date(n // MOIS, n % MOIS + 1, 1) for n in (month - step + 1, month + 1))
            yield start, after - timedelta(days=1)


def _tiers_of(place: int, client: Suivi) -> Tiers:
    """Return the account of a client, which some books do not call by its number."""
    if place % OTHER_CODE < OTHER_CODE - 1:
        return Tiers(client.dossier, client.nom)
    shown = f"Ets {client.nom}" if place % OTHER_NAME == OTHER_NAME - 1 else client.nom
    return Tiers(f"CL{place + 1:05d}", shown)


def _sell_to_others(livre: Livre, cabinet: Cabinet) -> None:
    """Bill customers that the table Clients does not know."""
    months = months_of(livre.debut, livre.fin)
    for rank, (nom, cents) in enumerate(cabinet.mots["hors_clients"].items(), 1):
        for _, jour in months[rank :: 2 * rank]:
            piece = f"FD{jour:%y%m}{rank:03d}"
            due = bill(livre, Tiers(f"DIV{rank:02d}", nom), jour, piece, with_tva(cents, TAUX))
            livre.owe(weekday_from(jour + timedelta(days=25)), f"{nom} {piece}", piece, due)
