"""The invoices to talk about, one line a client, and what holds a reminder back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from segxl.domain.honoraires.factures import DOSSIER, JOUR, MONTANT, PAYEE, PIECE, days_late
from segxl.domain.textes import fold

FRAICHEUR = 45
"""Days after which a payment may well have come that no file tells of: a month and its closing."""
SANS_PAIEMENT = "aucun paiement n’est inscrit dans la feuille Honoraires"

Due = tuple[date, str, int]
"""One invoice past due, or one credit note not used yet: its day, its number, its cents."""


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
    return {
        cle: Impaye(
            montant=total_of(dues),
            factures=sum(cents > 0 for _, _, cents in dues),
            jours=max(days_late(jour, au, delai) or 0 for jour, _, cents in dues if cents > 0),
        )
        for cle, dues in find_dues(factures, au, delai, apres).items()
    }


def find_dues(
    factures: pd.DataFrame, au: date, delai: int, apres: int
) -> dict[str, tuple[Due, ...]]:
    """Find the invoices of each client that are past due, and its credit notes, the oldest first.

    The parameters are those of :func:`find_impayes`. A client that owes nothing once its credit
    notes are taken off is not there.
    """
    told: dict[str, list[Due]] = {}
    columns = (factures[h] for h in (DOSSIER, JOUR, PIECE, MONTANT, PAYEE))
    for dossier, jour, piece, cents, payee in zip(*columns, strict=True):
        is_open = jour <= au and (payee is None or payee > au)
        if is_open and (cents < 0 or (cents > 0 and (days_late(jour, au, delai) or 0) > apres)):
            told.setdefault(fold(dossier), []).append((jour, piece or "", cents))
    return {cle: tuple(sorted(dues)) for cle, dues in told.items() if total_of(dues) > 0}


def total_of(dues: Iterable[Due]) -> int:
    """Return what is left to pay, in cents."""
    return sum(cents for _, _, cents in dues)


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
