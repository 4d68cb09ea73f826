"""What is the business of the year: neither what opens its accounts nor what closes them."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from segxl.domain.faits.lignes import (
    ENTRY,
    Lignes,
    Textes,
    accounts_under,
    codes_of,
    days_of,
    number_rows,
)
from segxl.domain.ternary import Codes, Masque
from segxl.domain.textes import fold

OPENING_CODES = {"an", "ano", "anx", "anouv", "ran", "ad", "aan", "a nouveau", "a-nouveaux"}
OPENING_WORDS = re.compile(
    r"\ba ?-?nouveaux?\b|\banouveaux?\b|bilan (d'|de )?(debut|ouverture)|\bouverture\b|\bsoldes? de depart\b"
)
BALANCE_SHEET = ("1", "2", "3", "4", "5")
CAPITAL, RESULT_OF_YEAR, MANAGEMENT = "1", "12", ("6", "7")


def read_lignes(ecritures: pd.DataFrame) -> Lignes:
    """Turn entries into numbers and mark those of the year.

    Parameters
    ----------
    ecritures : DataFrame, shape (n, m)
        One row per line of the FEC, amounts in cents; see ``sources.fec``. In any order.

    Returns
    -------
    Lignes
        The same lines, in the same order.
    """
    comptes, noms = codes_of(ecritures["compte"])
    jours = days_of(ecritures["date"])
    texts = [codes_of(ecritures[name])[0] for name in ENTRY if name != "date"]
    pieces, _ = number_rows(*texts, jours)
    net = ecritures["debit"].to_numpy(np.int64) - ecritures["credit"].to_numpy(np.int64)
    opening = find_opening(ecritures, comptes, noms, jours, pieces)
    closing = find_closing(comptes, noms, pieces)
    return Lignes(
        ecritures=ecritures,
        comptes=comptes,
        noms=noms,
        net=net,
        jours=jours,
        pieces=pieces,
        base=~(opening | closing),
        has_closing=bool(closing.any()),
    )


def find_opening(
    ecritures: pd.DataFrame, comptes: Codes, noms: Textes, jours: Codes, pieces: Codes
) -> Masque:
    """Mark the lines that carry the balances of the year before forward.

    A journal called so by its label, wherever it stands in the file, but for its entries that
    touch a charge or a product: those belong to the year. Or by its code alone, if none does. Where no journal is called so, one that holds nothing
    but balance-sheet accounts, capital among them, all on the first day.
    """
    journaux, codes = codes_of(ecritures["journal"])
    libelles, words = codes_of(ecritures["journal_lib"])
    called = np.fromiter((is_opening(word) for word in words), bool, len(words))[libelles]
    coded = np.fromiter((fold(code) in OPENING_CODES for code in codes), bool, len(codes))
    is_management = accounts_under(noms, MANAGEMENT)[comptes]
    # « AD » is the opening journal of one software and the purchases of another.
    coded &= np.bincount(journaux[is_management], minlength=len(codes)) == 0
    named = called | coded[journaux]
    if named.any():
        spoiled = np.isin(pieces, np.unique(pieces[named & is_management]))
        return np.asarray(named & ~spoiled, dtype=bool)
    return _open_by_accounts(journaux, len(codes), comptes, noms, jours)


def is_opening(libelle: str) -> bool:
    """Tell whether a journal is called after what opens the accounts.

    >>> [is_opening(w) for w in ("A nouveaux", "2 BILAN DEBUT", "BILAN D’OUVERTURE", "À-nouveau")]
    [True, True, True, True]
    >>> [is_opening(w) for w in ("Achats", "Ventes nouveaux produits", "", "Annulations")]
    [False, False, False, False]
    """
    return bool(OPENING_WORDS.search(fold(libelle)))


def _open_by_accounts(
    journaux: Codes, count: int, comptes: Codes, noms: Textes, jours: Codes
) -> Masque:
    """Mark the journals made of balances only, capital among them, on the first day."""
    if not len(jours):
        return np.zeros(0, dtype=bool)
    is_balance = accounts_under(noms, BALANCE_SHEET)[comptes]
    spoiled = np.bincount(journaux[~is_balance | (jours != jours.min())], minlength=count) > 0
    capital = np.bincount(journaux[accounts_under(noms, CAPITAL)[comptes]], minlength=count) > 0
    return (capital & ~spoiled)[journaux]


def find_closing(comptes: Codes, noms: Textes, pieces: Codes) -> Masque:
    """Mark the entries that empty charges and products into the result of the year.

    The law keeps them out of a FEC; some software leaves them in, which brings turnover to zero.
    """
    is_result = accounts_under(noms, (RESULT_OF_YEAR,))[comptes]
    if not is_result.any():
        return np.zeros(len(comptes), dtype=bool)
    is_management = accounts_under(noms, MANAGEMENT)[comptes]
    count = int(pieces.max()) + 1
    has_result = np.bincount(pieces[is_result], minlength=count) > 0
    has_management = np.bincount(pieces[is_management], minlength=count) > 0
    has_other = np.bincount(pieces[~is_result & ~is_management], minlength=count) > 0
    return (has_result & has_management & ~has_other)[pieces]
