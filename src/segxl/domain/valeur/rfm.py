"""RFM: how recently a client was billed, how often, how much, each from 1 to 5."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from segxl.domain.valeur.rangs import INCONNU, Niveaux, Nombres, levels_of
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


def score_rfm(
    mesures: pd.DataFrame, bornes: Bornes, avant: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Score each client from 1 to 5; 0 where it is not known.

    Parameters
    ----------
    mesures : DataFrame, shape (n, 3)
        What ``gather_factures`` gives.
    bornes : Bornes
        The firm's thresholds.
    avant : DataFrame, optional
        The portfolio whose quantiles hold where the firm chose no threshold: itself unless told
        otherwise.

    Notes
    -----
    Equal figures have equal scores, so that the order of the rows never matters.

    Examples
    --------
    >>> told = pd.DataFrame({"honoraires": [100.0, 900.0], "frequence": [1, 12], "recence": [200.0, 5.0]})
    >>> score_rfm(told, Bornes(recence=[30, 90, 180, 365], frequence=[2, 4, 6, 12])).to_dict("list")
    {'r': [2, 5], 'f': [1, 5], 'm': [2, 4]}
    """
    figures = _figures_of(mesures)
    among = {} if avant is None else _figures_of(avant)
    # Fewer days are better: both sides change their sign.
    soonest = [-seuil for seuil in reversed(bornes.recence)]
    seuils: dict[str, Sequence[float]] = {R: soonest, F: bornes.frequence, M: bornes.montant}
    return pd.DataFrame(
        {
            score: _scores(levels_of(values, NOTES, seuils[score], among.get(score)))
            for score, values in figures.items()
        }
    )


def _figures_of(mesures: pd.DataFrame) -> dict[str, Nombres]:
    """Return what each score ranks, the larger the better."""
    days = mesures[RECENCE].to_numpy(dtype=np.float64)
    often = mesures[FREQUENCE].to_numpy(dtype=np.float64)
    fees = mesures[HONORAIRES].to_numpy(dtype=np.float64) / _EURO
    return {R: -days, F: np.where(np.isnan(days), np.nan, often), M: fees}


def _scores(levels: Niveaux) -> Niveaux:
    return np.where(levels == INCONNU, 0, levels + 1)
