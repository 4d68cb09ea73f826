"""What clients answered to the survey of the fictitious firm, as a form tool exports it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from operator import and_, gt
from typing import NamedTuple

import numpy as np
import pandas as pd

from segxl.domain.grille import Critere
from segxl.sources.demonstration.vie import OUVERTURE, Cabinet, Suivi, pick

TITRES = (
    "Horodateur",
    "Adresse e-mail",
    "Dans l’ensemble, êtes-vous satisfait du cabinet ? (de 1 à 5)",
    "Recommanderiez-vous le cabinet à un confrère ? (de 0 à 10)",
    "Que pourrions-nous améliorer ?",
)
SUJETS = {
    "Délai de réponse": (4.2, 3.4),
    "Facturation électronique": (3.4, 3.9),
    "Conseil": (4.4, 3.0),
}
"""What the form asks as well: how much it matters, and how satisfied clients are with it, out of 5."""
OPINIONS = 30
"""A stream of chance of its own."""
CODES = ("SENS", "TRAN")
"""The questions of the grid that the form asks too."""
INCONNU = "ancienne-adresse@entreprise.example"
DUREE, UN_AN = 30, 364
"""Days: how long a form stays open, and from one to the next."""
OPENS = time(8, 30)
SANS_ADRESSE = 0.03
"""How many leave their address blank."""
CSAT_FROM = (-1.9, -1.3, -0.75, 0.5)
"""From how happy a client is 2, 3, 4 and 5 out of 5."""


def invent_avis(
    clients: pd.DataFrame, vie: Sequence[Suivi], criteres: Sequence[Critere], cabinet: Cabinet
) -> dict[str, bytes]:
    """Make up the exports of two surveys, a year apart: the last one asks the grid too.

    Parameters
    ----------
    clients : DataFrame of object, shape (n, m)
        The table Clients: whoever answers says what it holds, and leaves blank what is blank.
    vie : sequence of Suivi
        Who answers, and how happy they are.
    criteres : sequence of Critere
        The questions of the grid.
    cabinet : Cabinet
        The words, the day and the seed.

    Returns
    -------
    dict of str to bytes
        The files by name.
    """
    asked = [c.libelle for code in CODES for c in criteres if c.code == code]
    last = [place for place, client in enumerate(vie) if client.repond]
    now = _export(Formulaire(0, asked, last), clients, vie, cabinet)
    before = _export(Formulaire(UN_AN, [], _year_before(vie, cabinet)), clients, vie, cabinet)
    return {**before, **now}


class Formulaire(NamedTuple):
    """One survey: how many days before the last one, what it asks of the grid, who answers."""

    avant: int
    questions: Sequence[str]
    repondants: Sequence[int]


def _year_before(vie: Sequence[Suivi], cabinet: Cabinet) -> list[int]:
    """Draw who answered a year before: three in four of them do so again."""
    rng, count = cabinet.chance(7), cabinet.part("repondants_avant", len(vie))
    sent = cabinet.au - timedelta(days=OUVERTURE + UN_AN)
    there = [client.entree < sent and client.is_present for client in vie]
    again = [client.repond for client in vie]
    both = pick(rng, map(and_, there, again), count * 3 // 4)
    others = pick(rng, map(gt, there, again), count - len(both))
    return [*both, *others]


def _export(
    form: Formulaire, clients: pd.DataFrame, vie: Sequence[Suivi], cabinet: Cabinet
) -> dict[str, bytes]:
    """Return the export of one survey, by its name."""
    rng = cabinet.chance(10 + (form.avant > 0))
    opened = cabinet.au - timedelta(days=OUVERTURE + form.avant)
    answers = clients.head(len(vie))[[*form.questions]].astype(object).reset_index(drop=True)
    told = answers.where(answers.notna(), None).to_numpy().tolist()
    mails = clients["E-mail"].tolist()
    rows = []
    sujets = [] if form.avant else _titres_des_sujets()
    opinions = cabinet.chance(OPINIONS)
    for place in form.repondants:
        scores = _scores(vie[place].humeur + rng.normal(0, 0.3))
        words = cabinet.mots["commentaires"][str(scores[0])]
        mail = None if rng.random() < SANS_ADRESSE else mails[place]
        cells = (mail, *scores, words[int(rng.integers(len(words)))], *told[place])
        rows.append((_moment(opened, rng), *cells, *_opinions(sujets, vie[place].humeur, opinions)))
    if rows:
        rows.append(
            (_moment(opened, rng), INCONNU, 4, 8, "", *[None] * (len(form.questions) + len(sujets)))
        )
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(
        [(*TITRES, *form.questions, *sujets), *_shown(rows)]
    )
    return {f"enquete-{opened:%Y-%m}.csv": text.getvalue().encode()}


def _scores(happy: float) -> tuple[int, int]:
    """Return what a client says out of 5 and out of 10, which go together.

    >>> _scores(0.6), _scores(-2.5)
    ((5, 9), (1, 4))
    """
    csat = 1 + sum(happy > bound for bound in CSAT_FROM)
    return csat, int(np.clip(round(8.3 + 1.8 * happy), 0, 10))


def _titres_des_sujets() -> list[str]:
    """Return the questions about what matters, then how satisfied clients are with it."""
    return [
        f"{word} : {sujet} (de 1 à 5)"
        for word in ("Importance", "Satisfaction")
        for sujet in SUJETS
    ]


def _opinions(sujets: Sequence[str], happy: float, rng: np.random.Generator) -> list[int]:
    """Draw what a client says of each subject; who is happy is a little more so of all of them."""
    means = [mean for which in (0, 1) for mean in (pair[which] for pair in SUJETS.values())]
    moods = [0.0] * len(SUJETS) + [0.4 * happy] * len(SUJETS)
    drawn = [round(m + mood + rng.normal(0, 0.8)) for m, mood in zip(means, moods, strict=True)]
    return [int(np.clip(note, 1, 5)) for note in drawn[: len(sujets)]]


def _moment(opened: date, rng: np.random.Generator) -> datetime:
    """Draw when an answer came: many at once, the others after the reminder."""
    days, seconds = int(rng.integers(DUREE) * rng.random()), int(rng.integers(36_000))
    return datetime.combine(opened, OPENS) + timedelta(days=days, seconds=seconds)


def _shown(rows: Iterable[tuple[object, ...]]) -> Iterator[list[object]]:
    """Write the answers as forms do in France, the first that came first."""
    for row in sorted(rows, key=lambda cells: str(cells[0])):
        yield [f"{row[0]:%d/%m/%Y %H:%M:%S}", *row[1:]]
