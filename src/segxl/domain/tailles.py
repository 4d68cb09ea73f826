"""The size of a business: micro, PME, ETI or GE, by its people, its turnover and its balance.

The law asks for the people *and* one of the two amounts. With each figure turned into the
smallest category whose own limit it keeps, a category is the larger of the people's and of the
smaller of the two amounts'. It grows with each figure, so a missing figure leaves two bounds.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from segxl.domain.loi import Loi
from segxl.domain.saisie import parse_numbers

TAILLES = ("Micro", "PME", "ETI", "GE")
LARGEST = len(TAILLES) - 1
FIGURES = {"Effectif": "effectif", "CA HT": "ca", "Total bilan": "bilan"}
LIMITED = ("micro", "pme", "eti")
Levels = npt.NDArray[np.int64]


def bound_tailles(dossiers: pd.DataFrame, loi: Loi) -> pd.DataFrame:
    """Find the smallest and the largest category each dossier may be of.

    Parameters
    ----------
    dossiers : DataFrame, shape (n, m)
        ``Effectif`` in people, ``CA HT`` and ``Total bilan`` in euros, of the last year closed
        before the day the law says; missing or negative is unknown. A column may lack.
    loi : Loi
        The limits.

    Returns
    -------
    DataFrame of int, shape (n, 5)
        ``taille_min`` and ``taille_max``, ranks in ``TAILLES``; then one column per figure, 1
        where it is unknown and could change the category.

    Raises
    ------
    LoiError
        The law lacks a limit.
    """
    levels = {h: _levels_of(dossiers, h, name, loi) for h, name in FIGURES.items()}
    low = {h: np.maximum(level, 0) for h, level in levels.items()}
    high = {h: np.where(level < 0, LARGEST, level) for h, level in levels.items()}
    amounts_low = np.minimum(low["CA HT"], low["Total bilan"])
    amounts_high = np.minimum(high["CA HT"], high["Total bilan"])
    matters = {
        "Effectif": amounts_low < LARGEST,
        "CA HT": high["Total bilan"] > low["Effectif"],
        "Total bilan": high["CA HT"] > low["Effectif"],
    }
    return pd.DataFrame(
        {
            "taille_min": np.maximum(low["Effectif"], amounts_low),
            "taille_max": np.maximum(high["Effectif"], amounts_high),
        }
        | {h: ((levels[h] < 0) & matters[h]).astype(np.int64) for h in FIGURES},
        index=dossiers.index,
    )


def _levels_of(dossiers: pd.DataFrame, header: str, name: str, loi: Loi) -> Levels:
    """Return the rank of the smallest category whose limit each figure keeps; -1 where unknown."""
    if header not in dossiers:
        return np.full(len(dossiers), -1)
    values = parse_numbers(dossiers[header]).to_numpy()
    people = header == "Effectif"
    limits = [loi.value(f"{c}_{name}", "personnes" if people else "euros") for c in LIMITED]
    # « Moins de 250 personnes », but « un chiffre d’affaires d’au plus 50 millions ».
    ranks = np.searchsorted(limits, values, side="right" if people else "left")
    return np.where(values >= 0, ranks, -1)
