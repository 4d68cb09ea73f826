"""The dress of a FEC: how one software or another writes the same entries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from segxl.sources.demonstration.livres import COMPTES, JOURNAUX, Ecriture, Ligne
from segxl.sources.fec_zones import OFFICIAL

MONTANTS = ("Debit", "Credit")
DEVISE = ("Montantdevise", "Idevise")
VALIDEE_LE = 15
"""Day of the following month by which entries are validated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Robe:
    """How a file is written; ``sens`` are the words of debit and credit beside one amount.

    Without ``auxiliaires`` each counterparty has its own general account, and no auxiliary one.
    """

    separateur: str = "\t"
    encodage: str = "utf-8"
    fin_de_ligne: str = "\r\n"
    sens: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    auxiliaires: bool = True
    lettrage: bool = True
    largeur: int = 0
    """Digits to which amounts are padded with zeros, after their sign; none where 0."""


def write_fec(ecritures: list[Ecriture], robe: Robe) -> bytes:
    """Write the entries of one year as a file, numbered in the order of their days."""
    ordered = sorted(ecritures, key=lambda e: (e.jour, e.journal != "AN"))
    lignes = [_titles(robe)]
    for num, ecriture in enumerate(ordered, 1):
        lignes += (_zones(num, ecriture, ligne, robe) for ligne in ecriture.lignes)
    texte = "".join(robe.separateur.join(zones) + robe.fin_de_ligne for zones in lignes)
    # ISO 8859-15 has no typographic apostrophe.
    plain = texte.replace("’", "'") if robe.encodage == "iso8859_15" else texte
    return plain.encode(robe.encodage)


def _titles(robe: Robe) -> list[str]:
    amounts = ("Montant", "Sens") if robe.sens else MONTANTS
    plain = [name for name in OFFICIAL.values() if name not in {"Montant", "Sens"}]
    at = plain.index(MONTANTS[0])
    return [*plain[:at], *amounts, *plain[at + 2 :], *DEVISE, *robe.zones]


def _zones(num: int, ecriture: Ecriture, ligne: Ligne, robe: Robe) -> list[str]:
    jour, validee = _days(ecriture.jour)
    return [
        ecriture.journal,
        JOURNAUX[ecriture.journal],
        str(num),
        jour,
        *_comptes(ligne, robe),
        ligne.piece or ecriture.piece,
        jour,
        ecriture.libelle,
        *_montants(ligne.net, robe),
        ligne.lettre if robe.lettrage else "",
        _days(ligne.lettre_le)[0] if ligne.lettre_le and robe.lettrage else "",
        validee,
        "",
        "",
        *[""] * len(robe.zones),
    ]


def _comptes(ligne: Ligne, robe: Robe) -> tuple[str, str, str, str]:
    code, nom = ligne.tiers
    if code and not robe.auxiliaires:
        return ligne.compte[:3] + code, nom, "", ""
    return ligne.compte, COMPTES[ligne.compte], code, nom


def _montants(net: int, robe: Robe) -> Iterator[str]:
    if robe.sens:
        yield _amount(abs(net), robe)
        yield robe.sens[0 if net > 0 else 1]
    else:
        yield _amount(max(net, 0), robe)
        yield _amount(max(-net, 0), robe)


def _amount(cents: int, robe: Robe) -> str:
    """Write cents as euros.

    >>> _amount(123405, Robe()), _amount(123405, Robe(largeur=9))
    ('1234,05', '+000001234,05')
    """
    whole, rest = divmod(cents, 100)
    sign = "+" if robe.largeur else ""
    return f"{sign}{whole:0{robe.largeur}d},{rest:02d}"


@lru_cache(maxsize=4096)
def _days(jour: date) -> tuple[str, str]:
    """Write a day, and the one by which its entries are validated."""
    return f"{jour:%Y%m%d}", f"{_validation(jour):%Y%m%d}"


def _validation(jour: date) -> date:
    """Return when an entry was validated.

    >>> _validation(date(2025, 12, 31))
    datetime.date(2026, 1, 15)
    """
    return (jour.replace(day=1) + timedelta(days=31)).replace(day=VALIDEE_LE)
