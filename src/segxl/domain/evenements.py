"""What has just happened with a client, after which its opinion is worth asking."""

from __future__ import annotations

from datetime import date

import pandas as pd

from segxl.domain.journal import BILAN_REMIS, FACTURE_IMPORTANTE, RENDEZ_VOUS, parse_word
from segxl.domain.textes import fold

JOURS = 30
"""Days during which a client still remembers it."""
EVENEMENTS = (BILAN_REMIS, FACTURE_IMPORTANTE, RENDEZ_VOUS)
"""Of two on one day, the first of these is told."""
Evenement = tuple[date, str]


def find_evenements(journal: pd.DataFrame, au: date) -> dict[str, Evenement]:
    """Return the folded number of each client → the last event of the thirty days before a day.

    A type or the first words of a subject tell that accounts were handed over, or a large invoice
    sent; a channel tells a meeting. What is dated later has not happened.

    Parameters
    ----------
    journal : DataFrame of object
        See ``excel.journal.read_journal``.
    au : date
        The day of the question.

    Examples
    --------
    >>> told = {"Dossier": ["D1"], "Date": [date(2026, 11, 2)], "Canal": [None],
    ...         "Type": ["Échange"], "Objet": ["Bilan remis et commenté"]}
    >>> find_evenements(pd.DataFrame(told, dtype=object), date(2026, 11, 22))
    {'d1': (datetime.date(2026, 11, 2), 'Bilan remis')}
    """
    found: dict[str, Evenement] = {}
    cells = (journal[h] for h in ("Dossier", "Date", "Canal", "Type", "Objet"))
    for dossier, jour, canal, word, objet in zip(*cells, strict=True):
        event = _event_of(canal, word, objet)
        if not event or not isinstance(jour, date) or not 0 <= (au - jour).days <= JOURS:
            continue
        cle = fold(dossier)
        found[cle] = max(found.get(cle, (jour, event)), (jour, event), key=_order)
    return found


def _event_of(canal: object, word: object, objet: object) -> str:
    """Return which event a row of the journal tells; "" where it tells none."""
    told = parse_word(word or "", EVENEMENTS)
    if told:
        return told
    subject = fold(objet or "")
    for event in (BILAN_REMIS, FACTURE_IMPORTANTE):
        if subject.startswith(fold(event)):
            return event
    return parse_word(canal or "", (RENDEZ_VOUS,)) or ""


def _order(evenement: Evenement) -> tuple[date, int]:
    jour, event = evenement
    return jour, -EVENEMENTS.index(event)
