"""What one client was billed and what it paid over a period, for its own use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from segxl.domain.honoraires.factures import DOSSIER, JOUR, MONTANT, PAYEE, PIECE, RETARD
from segxl.domain.textes import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One invoice, or one credit note, whose cents are negative.

    ``row`` is its row on the sheet. ``payee`` and ``retard``, in days, are None while it is open.
    """

    row: int
    jour: date
    numero: str
    cents: int
    payee: date | None
    retard: int | None

    @property
    def is_ouverte(self) -> bool:
        """Whether it is still to be paid, or to be taken off."""
        return self.payee is None and self.cents != 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Releve:
    """The documents of one client over a period, the oldest first.

    ``anterieures`` are older and still open. Without ``is_suivi``, no payment of anybody is on
    record: who paid is not known.
    """

    du: date
    au: date
    pieces: tuple[Piece, ...]
    anterieures: tuple[Piece, ...]
    is_suivi: bool

    @property
    def total(self) -> int:
        """The cents of the period, credit notes taken off."""
        return sum(p.cents for p in self.pieces)

    @property
    def reste(self) -> int | None:
        """The cents still open on the last day, None where nobody knows who paid.

        Below zero, the firm owes them to the client.
        """
        if not self.is_suivi:
            return None
        return sum(p.cents for p in (*self.anterieures, *self.pieces) if p.is_ouverte)


def year_to(au: date) -> date:
    """Return the first of the twelve months that end on a day.

    >>> year_to(date(2026, 11, 22)), year_to(date(2026, 12, 31))
    (datetime.date(2025, 11, 23), datetime.date(2026, 1, 1))
    """
    return (pd.Timestamp(au + timedelta(days=1)) - pd.DateOffset(years=1)).date()


def gather_releves(factures: pd.DataFrame, du: date, au: date) -> dict[str, Releve]:
    """Return the statement of each client that has a document of the period, or an older one open.

    Parameters
    ----------
    factures : DataFrame of object
        Indexed by Excel row, the headers of the sheet Honoraires, the amounts in cents, the days
        late counted.
    du, au : date
        First and last day. A document or a payment of a later day does not exist yet.
    """
    is_suivi = bool(factures[PAYEE].notna().any())
    held: dict[str, list[Piece]] = {}
    columns = (factures[h] for h in (DOSSIER, JOUR, PIECE, MONTANT, PAYEE, RETARD))
    for row, dossier, jour, numero, cents, payee, retard in zip(
        factures.index, *columns, strict=True
    ):
        if jour > au:
            continue
        is_paid = payee is not None and payee <= au
        piece = Piece(
            row=int(row),
            jour=jour,
            numero=numero or "",
            cents=int(cents),
            payee=payee if is_paid else None,
            retard=retard if is_paid else None,
        )
        if jour >= du or (is_suivi and piece.is_ouverte):
            held.setdefault(fold(dossier), []).append(piece)
    return {cle: _releve(pieces, du, au, is_suivi=is_suivi) for cle, pieces in held.items()}


def _releve(pieces: list[Piece], du: date, au: date, *, is_suivi: bool) -> Releve:
    told = sorted(pieces, key=lambda p: (p.jour, p.numero, p.row))
    return Releve(
        du=du,
        au=au,
        pieces=tuple(p for p in told if p.jour >= du),
        anterieures=tuple(p for p in told if p.jour < du),
        is_suivi=is_suivi,
    )
