"""The statement of a client's own invoices and payments, in Word: a draft to hand over, never sent."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from segxl.domain.honoraires.releve import Piece, Releve
from segxl.lettres.champs import Champs
from segxl.lettres.dossier import text_of
from segxl.lettres.francais import NBSP, date_en_lettres, nombre, periode_en_lettres, typographie
from segxl.lettres.scelle import ModeleScelle

MODELE = "templates/releve/releve.docx"
CENTS = 100


class ModeleReleve(ModeleScelle):
    """The shipped model, compiled once for all the statements of a run."""

    __slots__ = ()

    @classmethod
    def read(cls, modele: str = MODELE) -> Self:
        """Read and compile the shipped model."""
        return super().read(modele)


def context_of(champs: Champs, releve: Releve, delai: int, nouvelles: date) -> dict[str, Any]:
    """Return everything that one statement prints.

    Parameters
    ----------
    champs : Champs
        The letterhead and the client.
    releve : Releve
        The client's own documents.
    delai : int
        Days between an invoice and its due date.
    nouvelles : date
        The last day that the invoices and payments on record tell of.
    """
    reste = releve.reste
    return champs.as_context() | {
        "periode": typographie(periode_en_lettres(releve.du, releve.au)),
        "lignes": [_line(piece, releve) for piece in releve.pieces],
        "anterieures": [_line(piece, releve) for piece in releve.anterieures],
        "total": montant(releve.total),
        "reste": montant(abs(reste)) if reste is not None else "",
        "en_faveur": reste is not None and reste < 0,
        "solde": reste == 0,
        "delai": f"{delai}{NBSP}jour{'s' if delai > 1 else ''}",
        "has_retard": any(p.retard for p in releve.pieces),
        "arrete_au": date_en_lettres(min(nouvelles, releve.au)),
    }


def montant(cents: int) -> str:
    r"""Write an amount, always with its cents: amounts of a column are read one under the other.

    >>> montant(-120000), montant(5)
    ('-1\u202f200,00\xa0€', '0,05\xa0€')
    """
    return f"{nombre(cents / CENTS, 2)}{NBSP}€"


def _line(piece: Piece, releve: Releve) -> tuple[str, str, str, str, str]:
    """Return the cells of one document."""
    return (
        f"{piece.jour:%d/%m/%Y}",
        typographie(text_of(piece.numero)) or "–",
        "avoir" if piece.cents < 0 else "facture",
        montant(piece.cents),
        _settled(piece, is_suivi=releve.is_suivi),
    )


def _settled(piece: Piece, *, is_suivi: bool) -> str:
    """Say whether a document is settled, and how late an invoice was."""
    is_credit = piece.cents < 0
    if piece.payee is not None:
        told = f"{'déduit' if is_credit else 'réglée'} le {piece.payee:%d/%m/%Y}"
        return f"{told}, {_late(piece.retard)}" if piece.retard else told
    if not is_suivi:
        return "règlement non suivi"
    if not piece.is_ouverte:
        return "sans montant"
    return "à déduire" if is_credit else "à régler"


def _late(jours: int) -> str:
    return f"{jours}{NBSP}jour{'s' if jours > 1 else ''} de retard"
