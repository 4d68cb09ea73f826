"""What the charts of value show: the Pareto curve, the largest clients, the classes A to D."""

from __future__ import annotations

import numpy as np
import pandas as pd

from segxl.domain.textes import fold
from segxl.domain.valeur.axes import CLASSES
from segxl.domain.valeur.concentration import curve_of
from segxl.domain.valeur.rangs import Nombres
from segxl.domain.valeur.releve import (
    ABCD,
    HEURES,
    HONORAIRES,
    MARGE_EUROS,
    TAUX,
)
from segxl.domain.valeur.signaux import shares_of

PARETO = ("Part des clients", "Part des honoraires", "Part de la marge")
BEST_FIRST = tuple(reversed(CLASSES))
GROS = ("Dossier", "Honoraires", "Taux de marge", *BEST_FIRST)
PAR_CLASSE = (
    "Classe",
    "Clients",
    "Part des clients",
    "Part des honoraires",
    "Part de la marge",
    "Part des heures",
)
MOST_CLIENTS = 20
_STEPS = 20
_EURO = 100


def draw_pareto(lignes: pd.DataFrame) -> pd.DataFrame:
    """Return what the first 0, 5, … 100 % of the clients make of the fees and of the margin.

    Parameters
    ----------
    lignes : DataFrame
        What ``measure_valeur`` gives. Clients without a figure are not in its curve; a curve whose
        whole is not above zero is blank.
    """
    steps = np.linspace(0, 1, _STEPS + 1)
    curves = [lignes[h].to_numpy(dtype=np.float64) for h in (HONORAIRES, MARGE_EUROS)]
    return pd.DataFrame(
        dict(zip(PARETO, (steps, *(_at(curve_of(c), steps) for c in curves)), strict=True))
    )


def list_gros(lignes: pd.DataFrame) -> pd.DataFrame:
    """Return the largest clients whose margin is known: fees, rate, and hours under their class.

    Parameters
    ----------
    lignes : DataFrame
        What ``measure_valeur`` gives. Of two equal fees, the first by number goes first.
    """
    known = lignes[lignes[TAUX].notna() & (lignes[ABCD] != "")]
    ranked = known.assign(cle=known["dossier"].map(fold)).sort_values(
        [HONORAIRES, "cle"], ascending=[False, True]
    )
    largest = ranked.head(MOST_CLIENTS).reset_index(drop=True)
    hours = largest[HEURES].astype(object)
    return pd.DataFrame(
        {
            GROS[0]: largest["dossier"],
            GROS[1]: largest[HONORAIRES] / _EURO,
            GROS[2]: largest[TAUX],
            **{c: hours.where(largest[ABCD] == c, None) for c in BEST_FIRST},
        }
    )


def share_classes(lignes: pd.DataFrame) -> pd.DataFrame:
    """Return what each class from A to D makes of the clients, the fees, the margin and the hours.

    A share is NaN where the whole is not above zero.
    """
    classed = lignes[lignes[ABCD] != ""]
    headers = [HONORAIRES, MARGE_EUROS, HEURES]
    summed = classed.groupby(ABCD)[headers].sum().reindex(BEST_FIRST, fill_value=0.0)
    counts = classed[ABCD].value_counts().reindex(BEST_FIRST, fill_value=0).to_numpy()
    shares = [shares_of(column) for column in (counts.astype(np.float64), *(summed[h].to_numpy() for h in headers))]  # fmt: skip
    return pd.DataFrame(dict(zip(PAR_CLASSE, (BEST_FIRST, counts, *shares), strict=True)))


def _at(curve: Nombres, steps: Nombres) -> Nombres:
    """Read a curve at some shares of the clients, on a straight line between two of them."""
    if not len(curve):
        return np.full(len(steps), np.nan)
    whole = np.concatenate([[0.0], curve])
    found: Nombres = np.interp(steps * len(curve), np.arange(len(whole)), whole)
    return found
