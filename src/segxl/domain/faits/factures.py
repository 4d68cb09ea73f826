"""Invoices and credit notes: entries that join a counterparty and what was sold or bought."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from segxl.domain.faits.lignes import Lignes, number_rows, sum_by
from segxl.domain.faits.tiers import CLIENTS, FOURNISSEURS, Tiers, read_tiers
from segxl.domain.ternary import Codes

VENTES = ("70",)
ACHATS = ("60", "61", "62")
CHARGES_ET_BIENS = ("6", "2")
SENS = {CLIENTS: 1, FOURNISSEURS: -1}
CONTREPARTIES = {CLIENTS: VENTES, FOURNISSEURS: CHARGES_ET_BIENS}
CHIFFRES = {CLIENTS: VENTES, FOURNISSEURS: ACHATS}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Factures:
    """One item per (entry, counterparty) whose third-party account did not net to zero.

    ``montants`` is the TTC in cents, positive for an invoice and negative for a credit note;
    ``couvert`` is what these entries sold or bought, in cents, out of ``chiffre``, the turnover or
    the purchases of the year: the rest went straight to a bank or a till.
    """

    tiers: Codes
    montants: Codes
    couvert: int
    chiffre: int

    @property
    def couverture(self) -> float:
        """Share of the year's turnover or purchases that went through these entries."""
        return self.couvert / self.chiffre if self.chiffre > 0 else 1.0

    @property
    def factures(self) -> int:
        """How many invoices."""
        return int((self.montants > 0).sum())

    @property
    def avoirs(self) -> int:
        """How many credit notes."""
        return int((self.montants < 0).sum())

    @property
    def numeros(self) -> Codes:
        """The counterparties with an invoice at least, each once."""
        return np.unique(self.tiers[self.montants > 0])

    def net_by_tiers(self, count: int) -> Codes:
        """Return what each counterparty was invoiced, credit notes deducted."""
        return sum_by(self.tiers, count, self.montants)


def find_factures(lignes: Lignes, tiers: Tiers) -> Factures:
    """Find the invoices and credit notes of the year under one root of accounts.

    Notes
    -----
    An invoice is a distinct (journal, EcritureNum, PieceRef, date, counterparty) with a line of
    sales, or of charges or fixed assets for a purchase, and a net amount on the third party.
    """
    racine = tiers.racine
    is_contrepartie = lignes.under(*CONTREPARTIES[racine])
    count = int(lignes.pieces.max(initial=-1)) + 1
    sold = np.bincount(lignes.pieces[is_contrepartie], minlength=count) > 0
    kept = sold[lignes.pieces[tiers.rows]]
    rows, numeros = tiers.rows[kept], tiers.numeros[kept]
    items, total = number_rows(lignes.pieces[rows], numeros)
    firsts = np.zeros(total, dtype=np.int64)
    firsts[items] = numeros
    montants = SENS[racine] * sum_by(items, total, lignes.net[rows])
    joined = np.zeros(count, dtype=bool)
    joined[lignes.pieces[rows]] = True
    is_chiffre = lignes.under(*CHIFFRES[racine])
    return Factures(
        tiers=firsts[montants != 0],
        montants=montants[montants != 0],
        couvert=-SENS[racine] * int(lignes.net[is_chiffre & joined[lignes.pieces]].sum()),
        chiffre=-SENS[racine] * int(lignes.net[is_chiffre].sum()),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cote:
    """One side of the business, customers or suppliers: who they are, what was invoiced."""

    lignes: Lignes
    tiers: Tiers
    factures: Factures

    @property
    def racine(self) -> str:
        """The root of the accounts of this side."""
        return self.tiers.racine


def read_cote(lignes: Lignes, racine: str) -> Cote:
    """Read the counterparties under one root of accounts, and their invoices."""
    tiers = read_tiers(lignes, racine)
    return Cote(lignes=lignes, tiers=tiers, factures=find_factures(lignes, tiers))
