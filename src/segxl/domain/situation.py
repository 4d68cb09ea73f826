"""What the law asks about a client, as small codes: thousands of clients share few situations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from segxl.domain.loi import Loi
from segxl.domain.normalisation import MOTS, PARTS, SHARE_TOLERANCE, parse_mots
from segxl.domain.saisie import parse_numbers
from segxl.domain.tailles import FIGURES, TAILLES, bound_tailles
from segxl.domain.ternary import INCONNU, NON, OUI, Codes, ternary_of
from segxl.domain.territoires import TERRITOIRES, locate_dossiers

REGIMES = MOTS["Régime TVA"][:5]
MENSUEL, TRIMESTRIEL, SIMPLIFIE, FRANCHISE, EXONERE = range(len(REGIMES))
INCONNUE = -1
QUESTIONS: Mapping[str, Sequence[str]] = {
    "Assujetti TVA": ("Oui", "Non"),
    "Redevable TVA": ("Oui", "Non"),
    "Régime TVA": REGIMES,
    "Assujetti unique": ("Oui", "Non"),
    "Activité exonérée": ("Totale", "Partielle", "Non"),
    "Nature": ("Biens", "Services", "Mixte"),
    "Option débits": ("Oui", "Non"),
    "Forme juridique": ("SCI",),
}
"""Closed answers, each known by its rank; -1 where blank, « À vérifier » or unreadable."""
ENTREES = (*QUESTIONS, *FIGURES, *PARTS, "Code postal", "Département")
"""Every column of Clients that the answers depend on; a firm may lack any of them."""
FAUSSES = "Parts fausses"
LIEU = "Lieu"
SIZES = {
    **{h: len(words) for h, words in QUESTIONS.items()},
    **dict.fromkeys(PARTS, OUI + 1),
    FAUSSES: 2,
    "taille_min": len(TAILLES),
    "taille_max": len(TAILLES),
    **dict.fromkeys(FIGURES, 2),
    LIEU: len(TERRITOIRES),
}


def group_situations(dossiers: pd.DataFrame, loi: Loi) -> tuple[pd.DataFrame, Codes]:
    """Find the distinct situations of a portfolio.

    Parameters
    ----------
    dossiers : DataFrame, shape (n, m)
        Headers of Clients, in the form that ``normalisation.normalise`` gives.
    loi : Loi
        Limits of the sizes and beginnings of postal codes.

    Returns
    -------
    DataFrame of int, shape (k, 19)
        One row per situation met, the columns of ``SIZES``.
    array of int, shape (n,)
        The situation of each dossier.
    """
    codes = read_situations(dossiers, loi)
    # Every code fits in its place of one number, so that equal situations are equal numbers.
    dims = tuple(n + 1 for n in SIZES.values())
    shifted = tuple(codes[h].to_numpy() + 1 for h in SIZES)
    packed = np.ravel_multi_index(shifted, dims) if len(codes) else np.zeros(0, dtype=np.int64)
    positions, distinct = pd.factorize(packed)
    columns = np.unravel_index(distinct.astype(np.int64), dims)
    met = pd.DataFrame({h: c - 1 for h, c in zip(SIZES, columns, strict=True)})
    return met, positions.astype(np.int64)


def read_situations(dossiers: pd.DataFrame, loi: Loi) -> pd.DataFrame:
    """Turn each dossier into codes, one column per name of ``SIZES``, same index."""
    answers = {h: _ranks_of(dossiers, h, words) for h, words in QUESTIONS.items()}
    parts = _parts_of(dossiers)
    tailles = bound_tailles(dossiers, loi)
    return tailles.assign(**answers, **parts, **{LIEU: locate_dossiers(dossiers, loi)})


def _ranks_of(dossiers: pd.DataFrame, header: str, words: Sequence[str]) -> Codes:
    """Return the rank of each answer in its list."""
    if header not in dossiers:
        return np.full(len(dossiers), INCONNUE)
    ranks = {w: i for i, w in enumerate(words)}
    read = parse_mots(dossiers[header], words).map(ranks).fillna(INCONNUE)
    return np.asarray(read, dtype=np.int64)


def _parts_of(dossiers: pd.DataFrame) -> dict[str, Codes]:
    """Tell whether each kind of customers is there at all, and whether the shares can be true.

    Shares that make the whole clientele leave nothing for the blank ones; shares that exceed it,
    or that are all told and do not reach it, tell nothing.
    """
    blank = np.full(len(dossiers), np.nan)
    typed = np.column_stack(
        [parse_numbers(dossiers[h]).to_numpy() if h in dossiers else blank for h in PARTS]
    )
    known = ~np.isnan(typed)
    total = np.nansum(typed, axis=1)
    tolerance = SHARE_TOLERANCE + 1e-9
    wrong = (
        (total > 1 + tolerance)
        | (known.all(axis=1) & (total < 1 - tolerance))
        | (np.where(known, typed, 0) < 0).any(axis=1)
    )
    whole = (total >= 1 - tolerance) & ~wrong
    alone = (known.sum(axis=1) == len(PARTS) - 1) & ~whole & ~wrong
    yes = ((typed > 0) & ~wrong[:, None]) | (~known & alone[:, None])
    no = ((typed == 0) & ~wrong[:, None]) | (~known & whole[:, None])
    parts = ternary_of(yes, no)
    return {h: parts[:, i] for i, h in enumerate(PARTS)} | {FAUSSES: wrong.astype(np.int64)}


def yes_no(met: pd.DataFrame, header: str) -> Codes:
    """Return a question of two answers as yes, no or unknown."""
    ranks = met[header].to_numpy()
    return np.where(ranks == INCONNUE, INCONNU, np.where(ranks == 0, OUI, NON))
