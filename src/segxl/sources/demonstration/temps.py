"""The hours of the fictitious firm, as time-sheet software exports them: a month a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

import pandas as pd

from segxl.sources.demonstration.livres import months_of
from segxl.sources.demonstration.vie import Cabinet, Suivi

TITRES = (
    "Date",
    "Collaborateur",
    "Code client",
    "Client",
    "Heures",
    "Taux de revient",
    "Facturable",
    "Heures facturées",
)
INTERNE = "INTERNE", "Formation et vie du cabinet"
HEURES_INTERNES = 9
OFFERT, ECRETE = 0.04, 0.12
"""Of the lines of clients, those that nobody bills at all, and those of which a quarter is not."""
QUARTER, CHEF = 0.25, 0.2
"""Of an hour; of the months, those when who leads the team does the work."""
LARGE, MEDIUM = 1_200_000, 400_000
"""Cents a year from which a client is worked for every month, every quarter."""


def invent_temps(vie: Iterable[Suivi], cabinet: Cabinet) -> bytes:
    """Make up the time sheet of the twelve months that the books of the firm end with.

    The hours of a client cost what its margin leaves of its fees.
    """
    fin = cabinet.cloture
    debut = (pd.Timestamp(fin + timedelta(days=1)) - pd.DateOffset(years=1)).date()
    ends = [last for _, last in months_of(debut, fin)]
    lines = [*_lines(vie, ends, cabinet)]
    whole = [TITRES, *sorted(lines, key=lambda line: (line[0], line[1], line[2]))]
    texts = (";".join(map(_text, line)) for line in whole)
    return "".join(f"{text}\r\n" for text in texts).encode("cp1252", "replace")


def _lines(
    vie: Iterable[Suivi], ends: Sequence[date], cabinet: Cabinet
) -> Iterator[tuple[object, ...]]:
    taux, equipes = cabinet.mots["taux"], cabinet.mots["equipes"]
    rng, given = cabinet.chance(13), cabinet.chance(14)
    for client in vie:
        months = ends[:: _step(client.annuels)]
        chances = rng.random((2, len(months)))
        team = equipes.get(client.chef) or [*taux][:1]
        budget = client.annuels / 100 * (1 - client.marge) / len(months)
        for end, drawn, noise in zip(months, *chances, strict=True):
            if client.entree <= end <= (client.sortie or end):
                who = team[_whose(drawn, len(team))]
                quarters = round(budget * (0.8 + 0.4 * noise) / taux[who] / QUARTER)
                hours = max(quarters, 1) * QUARTER
                billed = _billed(hours, float(given.random()))
                told = "Oui" if billed else "Non"
                yield end, who, client.dossier, client.nom, hours, taux[who], told, billed
    for who, rate in taux.items():
        for end in ends:
            yield end, who, *INTERNE, HEURES_INTERNES, rate, "Non", 0


def _billed(hours: float, chance: float) -> float:
    """Return how many hours are billed: all of them most of the time.

    >>> [_billed(2.0, chance) for chance in (0.5, 0.1, 0.01)], _billed(0.25, 0.1)
    ([2.0, 1.5, 0.0], 0.0)
    """
    if chance < OFFERT:
        return 0.0
    lost = max(1, round(hours / 4 / QUARTER)) * QUARTER
    return hours - lost if chance < OFFERT + ECRETE else hours


def _step(cents: int) -> int:
    """Return every how many months a client is worked for."""
    return 1 if cents >= LARGE else 2 if cents >= MEDIUM else 3


def _whose(chance: float, count: int) -> int:
    """Draw who worked: assistants more often than who leads them.

    >>> [_whose(chance, 3) for chance in (0.1, 0.4, 0.9)]
    [0, 1, 2]
    """
    if chance < CHEF or count == 1:
        return 0
    return 1 + int((chance - CHEF) / (1 - CHEF) * (count - 1))


def _text(cell: object) -> str:
    """Write a cell as software does in France.

    >>> _text(date(2026, 10, 31)), _text(1.5), _text("Adour ; Fils")
    ('31/10/2026', '1,5', '"Adour ; Fils"')
    """
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float):
        return f"{cell:g}".replace(".", ",")
    text = str(cell)
    return f'"{text}"' if ";" in text else text
