"""Invoices of a year that are paid in the next: which rows an opening debit speaks of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

import pandas as pd

from segxl.domain.faits.creances import AVANT, PAYEE, PIECE, TTC
from segxl.domain.honoraires import factures as f
from segxl.domain.textes import fold

TAUX_USUEL = 1.2
"""What fees come to with the standard rate of VAT, where the files bill nothing to compare with."""
ADDED = -1
"""The first new row; those on record have the number that Excel gives them, from 1."""


class Facture(NamedTuple):
    """An invoice on record: its row, its day, its document, its cents with VAT, when it was paid."""

    row: int
    jour: date
    piece: str
    ttc: int
    payee: date | None


class Debit(NamedTuple):
    """What a client owed when a year opened, and when it paid it."""

    piece: str
    ttc: int
    payee: date | None
    avant: date


Match = tuple[Facture, date | None]


def settle_reports(
    known: pd.DataFrame, fusion: f.Fusion, reports: pd.DataFrame, taux: float
) -> f.Fusion:
    """Return what files add to the invoices on record, those paid in a later year told so."""
    added = fusion.ajoutees
    fresh = added.set_axis(pd.RangeIndex(ADDED, ADDED - len(added), -1))
    days = [
        fusion.payees.get(int(row), day)
        for row, day in zip(known.index, known[f.PAYEE], strict=True)
    ]
    told = known.assign(**{f.PAYEE: pd.Series(days, index=known.index, dtype=object)})
    filled = [frame for frame in (told, fresh) if len(frame)]
    if not filled:
        return fusion
    paid = find_paid(pd.concat(filled).astype(object), reports, taux)
    days = [paid.get(row, day) for row, day in zip(fresh.index, fresh[f.PAYEE], strict=True)]
    return f.Fusion(
        ajoutees=added.assign(**{f.PAYEE: pd.Series(days, index=added.index, dtype=object)}),
        payees={**fusion.payees, **{row: day for row, day in paid.items() if row > ADDED}},
        connues=fusion.connues,
    )


def find_paid(factures: pd.DataFrame, reports: pd.DataFrame, taux: float) -> dict[int, date]:
    """Return the day that invoices on record were paid, by row.

    Parameters
    ----------
    factures : DataFrame of object
        The columns of ``HEADERS``, amounts before VAT in cents.
    reports : DataFrame of object
        What ``find_reports`` gives, with the « Dossier » of each.
    taux : float
        What an invoice comes to with its VAT, for one of before.

    Notes
    -----
    A debit is an invoice when it bears its document; else when it has its amount, and no other
    invoice does; else the balance of all those that are left, when it is their sum.
    """
    debits: dict[str, list[Debit]] = defaultdict(list)
    for report in reports.to_dict("records"):
        told = Debit(fold(report[PIECE]), report[TTC], report[PAYEE], report[AVANT])
        debits[fold(report[f.DOSSIER])].append(told)
    billed: dict[str, list[Facture]] = defaultdict(list)
    columns = (factures[h] for h in (f.DOSSIER, f.JOUR, f.PIECE, f.MONTANT, f.PAYEE))
    for row, dossier, jour, piece, ht, payee in zip(factures.index, *columns, strict=True):
        if ht > 0:
            paid = None if pd.isna(payee) else payee
            item = Facture(int(row), jour, fold(piece or ""), round(ht * taux), paid)
            billed[fold(dossier)].append(item)
    return {row: day for who, owed in debits.items() for row, day in _settle(billed[who], owed)}


def _settle(factures: Sequence[Facture], debits: Sequence[Debit]) -> Iterator[tuple[int, date]]:
    """Pair the invoices of one client with what it owed each time a year opened."""
    settled: set[Facture] = set()
    for avant in sorted({debit.avant for debit in debits}):
        left = [facture for facture in factures if facture.jour < avant and facture not in settled]
        due = [debit for debit in debits if debit.avant == avant]
        for facture, payee in _pair(left, due):
            settled.add(facture)
            if payee and not facture.payee:
                yield facture.row, payee


def _pair(left: list[Facture], debits: list[Debit]) -> Iterator[Match]:
    """Pair by document, then with the payments already on record, then by amount, then as a whole."""
    for find in (_by_piece, _by_payment):
        for debit in [*debits]:
            found = find(left, debit)
            if found:
                debits.remove(debit)
            for facture in found:
                left.remove(facture)
                yield facture, debit.payee
    unpaid = [facture for facture in left if not facture.payee]
    for amount in dict.fromkeys(debit.ttc for debit in debits):
        equal = [debit for debit in debits if debit.ttc == amount]
        found = [facture for facture in unpaid if abs(facture.ttc - amount) <= 1]
        if len(found) == len(equal):
            for facture, debit in zip(found, equal, strict=True):
                unpaid.remove(facture)
                debits.remove(debit)
                yield facture, debit.payee
    days = [debit.payee for debit in debits if debit.payee]
    if days and len(days) == len(debits) and _is_sum(unpaid, sum(debit.ttc for debit in debits)):
        yield from ((facture, max(days)) for facture in unpaid)


def _by_piece(left: Sequence[Facture], debit: Debit) -> list[Facture]:
    named = [facture for facture in left if facture.piece and facture.piece == debit.piece]
    return named if len(named) == 1 else []


def _by_payment(left: Sequence[Facture], debit: Debit) -> list[Facture]:
    """Return the invoices that this debit paid, where a run before told it."""
    same = [facture for facture in left if debit.payee and facture.payee == debit.payee]
    alone = [facture for facture in same if _is_sum([facture], debit.ttc)]
    return alone[:1] or (same if same and _is_sum(same, debit.ttc) else [])


def _is_sum(factures: Sequence[Facture], ttc: int) -> bool:
    """Tell whether invoices come to an amount; each rounds its VAT to the cent."""
    return abs(sum(facture.ttc for facture in factures) - ttc) <= len(factures)
