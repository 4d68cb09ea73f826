"""RFM: how recently a client was billed, how often, how much, each from 1 to 5."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from segxl.domain.valeur.rangs import INCONNU, Niveaux, levels_of
from segxl.domain.valeur.ventilation import FREQUENCE, HONORAIRES, RECENCE

R, F, M = "r", "f", "m"
NOTES = 5
"""The best score."""
_EURO = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Bornes:
    """Where scores start; an empty one scores by quantiles.

    ``recence`` are days, in rising order: at most the first is 5. ``frequence`` and ``montant``
    (euros) are where 2, 3, 4 and 5 start.
    """

    recence: Sequence[float] = ()
    frequence: Sequence[float] = ()
    montant: Sequence[float] = ()


def score_rfm(mesures: pd.DataFrame, bornes: Bornes) -> pd.DataFrame:
    """Score each client from 1 to 5; 0 where it is not known.

    Parameters
    ----------
    mesures : DataFrame, shape (n, 3)
        What ``gather_factures`` gives.
    bornes : Bornes
        The firm's thresholds.

    Notes
    -----
    Equal figures have equal scores, so that the order of the rows never matters.

    Examples
    --------
    >>> told = pd.DataFrame({"honoraires": [100.0, 900.0], "frequence": [1, 12], "recence": [200.0, 5.0]})
    >>> score_rfm(told, Bornes(recence=[30, 90, 180, 365], frequence=[2, 4, 6, 12])).to_dict("list")
    {'r': [2, 5], 'f': [1, 5], 'm': [2, 4]}
    """
    days = mesures[RECENCE].to_numpy(dtype=np.float64)
    sold = ~np.isnan(days)
    often = np.where(sold, mesures[FREQUENCE].to_numpy(dtype=np.float64), np.nan)
    fees = mesures[HONORAIRES].to_numpy(dtype=np.float64) / _EURO
    # Fewer days are better: both sides change their sign.
    soonest = [-seuil for seuil in reversed(bornes.recence)]
    return pd.DataFrame(
        {
            R: _scores(levels_of(-days, NOTES, soonest)),
            F: _scores(levels_of(often, NOTES, bornes.frequence)),
            M: _scores(levels_of(fees, NOTES, bornes.montant)),
        }
    )


def _scores(levels: Niveaux) -> Niveaux:
    return np.where(levels == INCONNU, 0, levels + 1)
