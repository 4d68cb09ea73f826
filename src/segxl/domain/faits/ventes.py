"""Sales invoices one by one: to whom, before VAT, and the day they were paid."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import starmap

import numpy as np
import pandas as pd

from segxl.domain.faits.factures import VENTES
from segxl.domain.faits.lignes import Lignes, codes_of, number_rows, sum_by
from segxl.domain.faits.perimetre import read_lignes
from segxl.domain.faits.tiers import CLIENTS, Tiers, read_tiers
from segxl.domain.ternary import Codes, Masque

TIERS, JOUR, PIECE, HT, PAYEE = "tiers", "jour", "piece", "ht", "payee"
NEVER = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True)
class Compte:
    """A customer account: its code, the labels that name someone, whether it gathers many.

    ``nom`` is the longest of these labels as it was read.
    """

    code: str
    libelles: frozenset[str]
    collectif: bool
    nom: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ventes:
    """The invoices and credit notes of one year.

    ``factures`` has one row each: ``tiers``, a place in ``tiers``; ``jour``, a date; ``piece``;
    ``ht`` in cents, negative for a credit note; ``payee``, the day of the last payment, None where
    the lettering does not tell. ``chiffre`` is the turnover of the year in cents; what
    ``factures`` lacks of it went through no customer account. ``partagees`` counts the invoices
    whose entry bills several customers: their part is that of their TTC.
    """

    factures: pd.DataFrame
    tiers: tuple[Compte, ...]
    chiffre: int
    partagees: int


def read_ventes(ecritures: pd.DataFrame) -> Ventes:
    """List the sales invoices of a FEC.

    Parameters
    ----------
    ecritures : DataFrame, shape (n, m)
        One row per line, as ``sources.fec`` reads them.

    Notes
    -----
    An invoice is what ``domain.faits.factures`` says: a distinct (journal, EcritureNum, PieceRef,
    date, customer) with a line of sales and a net amount on the customer. It is paid when all its
    lines on the customer are in balanced groups of lettering that hold a payment: a credit that
    is no credit note.
    """
    lignes = read_lignes(ecritures)
    clients = read_tiers(lignes, CLIENTS)
    is_vente = lignes.under(*VENTES)
    count = int(lignes.pieces.max(initial=-1)) + 1
    pieces = lignes.pieces[is_vente]
    sold = np.bincount(pieces, minlength=count) > 0
    is_billed = sold[lignes.pieces[clients.rows]]
    rows, numeros = clients.rows[is_billed], clients.numeros[is_billed]
    items, total = number_rows(lignes.pieces[rows], numeros)
    firsts = np.zeros(total, dtype=np.int64)
    firsts[items] = np.arange(len(items))
    ttc = sum_by(items, total, lignes.net[rows])
    places = lignes.pieces[rows[firsts]]
    ht, is_shared = _share(places, ttc, -sum_by(pieces, count, lignes.net[is_vente]))
    paid = _gather(items, total, _paid_days(lignes, clients, is_billed)[is_billed])
    # A credit note is set off, never paid; what nets to zero on the customer is no invoice.
    paid = np.where(ttc > 0, paid, NEVER)
    frame = pd.DataFrame(
        {
            TIERS: numeros[firsts],
            JOUR: _dates(lignes.jours[rows[firsts]]),
            PIECE: ecritures["piece"].take(rows[firsts]).astype(object).to_numpy(),
            HT: ht,
            PAYEE: _dates(paid),
        }
    )
    kept = (ttc != 0) & (ht != 0)
    return Ventes(
        factures=frame[kept].reset_index(drop=True),
        tiers=_comptes_of(clients),
        chiffre=-int(lignes.net[is_vente].sum()),
        partagees=int((kept & is_shared).sum()),
    )


def _comptes_of(clients: Tiers) -> tuple[Compte, ...]:
    told = clients.codes, clients.libelles, clients.collectifs.tolist(), clients.noms
    return tuple(starmap(Compte, zip(*told, strict=True)))


def _share(places: Codes, ttc: Codes, sales: Codes) -> tuple[Codes, Masque]:
    """Give each invoice the sales of its entry; those of several customers share by their TTC.

    The cents that rounding leaves go to the first of them, so that nothing is lost.

    >>> ht, shared = _share(np.array([0, 1, 1]), np.array([120, 60, 60]), np.array([100, 101]))
    >>> ht.tolist(), shared.tolist()
    ([100, 51, 50], [False, True, True])
    """
    count = len(sales)
    whole = sum_by(places, count, ttc)[places]
    is_shared = (np.bincount(places[ttc != 0], minlength=count) > 1)[places]
    part = np.divide(ttc, whole, out=np.zeros(len(ttc)), where=whole != 0)
    ht = np.where(ttc != 0, np.rint(sales[places] * part).astype(np.int64), 0)
    rest = sales - sum_by(places, count, ht)
    used, first = np.unique(places[ttc != 0], return_index=True)
    at = np.flatnonzero(ttc != 0)[first]
    ht[at] += np.where(whole[at] != 0, rest[used], 0)
    return ht, is_shared


def _paid_days(lignes: Lignes, clients: Tiers, is_billed: Masque) -> Codes:
    """Return, for each line on a customer, the day its group of lettering was last paid."""
    letters, words = codes_of(lignes.ecritures["lettre"].take(clients.rows))
    lettered = np.fromiter((bool(word) for word in words), bool, len(words))[letters]
    net = lignes.net[clients.rows]
    # « AA » serves again for each customer: a letter alone joins nothing.
    groups, count = number_rows(lignes.comptes[clients.rows], clients.numeros, letters)
    is_payment = lettered & ~is_billed & (net < 0)
    last = np.full(count, NEVER)
    np.maximum.at(last, groups[is_payment], lignes.jours[clients.rows][is_payment])
    balanced = sum_by(groups, count, net) == 0
    return np.where(lettered & balanced[groups], last[groups], NEVER)


def _gather(items: Codes, total: int, days: Codes) -> Codes:
    """Return the last day of each item, never where one of its lines has none."""
    last, first = np.full(total, NEVER), np.full(total, np.iinfo(np.int64).max)
    np.maximum.at(last, items, days)
    np.minimum.at(first, items, days)
    return np.where(first == NEVER, NEVER, last)


def _dates(days: Codes) -> pd.Series:
    """Return days since 1970 as dates, None for never."""
    known = days != NEVER
    told = np.full(len(days), None, dtype=object)
    told[known] = days[known].astype("datetime64[D]").astype(object)
    return pd.Series(told)
