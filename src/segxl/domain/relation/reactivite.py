"""How long clients take to answer what the firm asks them: the requests of the Journal.

Any row that bears « Répondu le » is measured; only a row of the type « Demande » waits for an
answer, for most exchanges call for none.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date
from typing import NamedTuple

import pandas as pd

from segxl.domain.journal import REPONDU, is_demande
from segxl.domain.relation.attrition import MOIS_MESURES, months_ago
from segxl.domain.textes import fold


class Answers(NamedTuple):
    """How many days each answer of a client took, and how many each open request has waited."""

    delais: tuple[int, ...] = ()
    attentes: tuple[int, ...] = ()

    @property
    def delai(self) -> float | None:
        """The mean days to answer; None where nothing was measured."""
        return sum(self.delais) / len(self.delais) if self.delais else None

    def count_late(self, jours: int) -> int:
        """Return how many requests have waited for longer than some days."""
        return sum(attente > jours for attente in self.attentes)


NO_ANSWERS = Answers()


def measure_answers(journal: pd.DataFrame, au: date) -> dict[str, Answers]:
    """Measure how fast each client answers: folded number → days.

    Parameters
    ----------
    journal : DataFrame of object
        See ``excel.journal.read_journal``.
    au : date
        What is dated later has not happened. The answers to what was asked over the twelve months
        before count; a request waits for as long as nobody closes it.
    """
    found: dict[str, tuple[list[int], list[int]]] = {}
    since = months_ago(au, MOIS_MESURES)
    for line in journal.to_dict("records"):
        asked, answered = line["Date"], line[REPONDU]
        if not isinstance(asked, date) or asked > au:
            continue
        delais, attentes = found.setdefault(fold(line["Dossier"]), ([], []))
        if is_waiting(line, au):
            attentes.append((au - asked).days)
        elif isinstance(answered, date) and asked <= answered <= au and asked > since:
            delais.append((answered - asked).days)
    return {
        cle: Answers(tuple(sorted(delais)), tuple(sorted(attentes)))
        for cle, (delais, attentes) in found.items()
        if delais or attentes
    }


def is_waiting(line: Mapping[Hashable, object], au: date) -> bool:
    """Tell whether a row of the Journal is a request that the client has not answered on a day."""
    answered, closed = line[REPONDU], line["Clos le"]
    is_open = all(not isinstance(day, date) or day > au for day in (answered, closed))
    return is_demande(line["Type"]) and is_open
