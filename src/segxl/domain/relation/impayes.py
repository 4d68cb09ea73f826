"""The invoices to talk about, one line a client, and what holds a reminder back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from segxl.domain.honoraires.factures import DOSSIER, JOUR, MONTANT, PAYEE, days_late
from segxl.domain.textes import fold

FRAICHEUR = 45
"""Days after which a payment may well have come that no file tells of: a month and its closing."""
SANS_PAIEMENT = "aucun paiement n’est inscrit dans la feuille Honoraires"


@dataclass(frozen=True, slots=True, kw_only=True)
class Impaye:
    """What one client has not paid: cents, credit notes taken off; invoices past due, the oldest."""

    montant: int
    factures: int
    jours: int
    """Days since the oldest was due."""


def find_impayes(
    factures: pd.DataFrame, au: date, delai: int, apres: int
) -> dict[str, Impaye] | None:
    """Find what each client has not paid.

    Parameters
    ----------
    factures : DataFrame of object
        « Date », « Dossier », « Montant HT » in cents, « Payée le ».
    au : date
        An invoice or a payment of a later day does not exist yet.
    delai : int
        Days between an invoice and its due date.
    apres : int
        Days past due before anybody speaks of it.

    Returns
    -------
    dict
        Folded number → what is owed; None where no payment at all is on record: the files do not
        say who paid.
    """
    if factures[PAYEE].isna().all():
        return None
    owed: dict[str, list[tuple[int, int]]] = {}
    columns = (factures[h] for h in (DOSSIER, JOUR, MONTANT, PAYEE))
    for dossier, jour, cents, payee in zip(*columns, strict=True):
        if jour <= au and (payee is None or payee > au):
            late = days_late(jour, au, delai) or 0
            owed.setdefault(fold(dossier), []).append((cents, late))
    found = {cle: _owed_by(lines, apres) for cle, lines in owed.items()}
    return {cle: impaye for cle, impaye in found.items() if impaye is not None}


def _owed_by(lines: list[tuple[int, int]], apres: int) -> Impaye | None:
    """Return what one client owes, None where nothing is due for long enough."""
    due = [(cents, late) for cents, late in lines if cents > 0 and late > apres]
    total = sum(c for c, _ in due) + sum(c for c, _ in lines if c < 0)
    if not due or total <= 0:
        return None
    return Impaye(montant=total, factures=len(due), jours=max(late for _, late in due))


def last_news(factures: pd.DataFrame, au: date) -> date:
    """Return the last day that the invoices tell of, none later than ``au``.

    ``factures`` has one payment at least.
    """
    days = [*factures[JOUR], *factures[PAYEE].dropna()]
    return max((day for day in days if day <= au), default=date.min)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retenues:
    """What holds reminders back on a day."""

    au: date
    reclamations: Mapping[str, date | None]
    """Folded number of each client with an open complaint → since when."""
    echanges: Mapping[str, date]
    """Folded number of each client met lately → the day."""
    nouvelles: date
    """The last day that the invoices tell of."""

    def find(self, cle: str) -> str:
        """Say why no reminder goes to a client now; "" where one may."""
        if cle in self.reclamations:
            return "retenue : une réclamation est ouverte, répondez-y d’abord"
        if cle in self.echanges:
            return f"retenue : un échange a eu lieu le {self.echanges[cle]:%d/%m/%Y}"
        if (self.au - self.nouvelles).days > FRAICHEUR:
            return f"à vérifier d’abord : les factures lues s’arrêtent au {self.nouvelles:%d/%m/%Y}"
        return ""
