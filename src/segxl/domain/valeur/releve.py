"""Everything about the value of a portfolio, from its clients, its invoices and its hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress, product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segxl.domain.textes import fold
from segxl.domain.valeur import ventilation as ve
from segxl.domain.valeur.axes import AXES, COUT, LEVELS, MARGE, POTENTIEL, VALEUR, Axes
from segxl.domain.valeur.concentration import (
    SANS_HONORAIRES,
    Concentration,
    classes_abc,
    top_share,
)
from segxl.domain.valeur.politique import PAR_RECURRENCE, Politique
from segxl.domain.valeur.rangs import INCONNU, Niveaux, Nombres, break_ties, levels_of
from segxl.domain.valeur.rfm import F, M, R, score_rfm
from segxl.domain.valeur.signaux import (
    MOTS,
    find_disagreements,
    find_faux_bons,
    place_matrix,
    shares_of,
    size_clients,
)
from segxl.domain.valeur.temps import AUCUN_TEMPS, TEMPS_NEGATIF
from segxl.domain.valeur.ventilation import FREQUENCE

HONORAIRES, HEURES, COUT_SERVICE = ve.HONORAIRES, ve.HEURES, ve.COUT
MARGE_EUROS, TAUX = "marge", "taux"
ABC, ABCD, FAUX_BON, MATRICE = "abc", "abcd", "faux_bon", "matrice"
PMG = "pmg"
PART_HEURES, PART_MARGE, DESACCORD = "part_heures", "part_marge", "desaccord"
MOTIF = "motif"
SANS_TAUX = "taux horaire manquant"
_EURO = 100
_LEVELS = 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReleveValeur:
    """The value of a portfolio.

    ``lignes`` has one row a client, in the order given: ``honoraires``, ``cout`` and ``marge`` in
    cents, ``heures``, ``taux`` of margin, NaN where unknown; ``abc``, ``abcd``
    and ``pmg`` (small, middling, large), "" where unknown; ``r``, ``f``, ``m``, 0 where unknown; ``faux_bon``; ``matrice`` and ``desaccord`` in
    words; ``part_heures`` and ``part_marge``; ``motif``, why something is not known.
    ``part_marge_top20`` is what the first fifth of the clients makes of the margin.
    """

    concentration: Concentration
    lignes: pd.DataFrame
    part_marge_top20: float | None


def measure_valeur(
    dossiers: Sequence[str], mesures: pd.DataFrame, axes: Axes, politique: Politique
) -> ReleveValeur:
    """Measure each client and the portfolio.

    Parameters
    ----------
    dossiers : sequence of str, length n
        The keys, which settle ties.
    mesures : DataFrame, shape (n, 6)
        ``honoraires``, ``frequence``, ``recence``, ``heures`` and ``cout``, see
        ``domain.valeur.ventilation``, and ``potentiel``, its level or ``INCONNU``.
        ``heures_negatives`` may lack.
    axes : Axes
        The table from four axes to a class.
    politique : Politique
        The thresholds of the firm.
    """
    fees, hours, cost = (_numbers(mesures, h) for h in (HONORAIRES, HEURES, COUT_SERVICE))
    margin = fees - cost
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.where(fees > 0, margin / fees, np.nan)
    abc = classes_abc(fees, break_ties(fees, dossiers), politique.part_a, politique.part_b)
    abcd = classify_abcd(mesures, axes, politique)
    rfm = score_rfm(mesures, politique.bornes)
    scores = rfm.to_numpy()
    sums = np.where((scores > 0).all(axis=1), scores.sum(axis=1), 0)
    euros, count = fees / _EURO, politique.matrice
    matrix = place_matrix(euros, rate, count, politique.seuils_valeur, politique.seuils_marge)
    lignes = pd.DataFrame(
        {
            "dossier": _texts(dossiers),
            HONORAIRES: fees,
            HEURES: hours,
            COUT_SERVICE: cost,
            MARGE_EUROS: margin,
            TAUX: rate,
            ABC: _texts(abc),
            ABCD: _texts(abcd),
            PMG: _texts(size_clients(euros, politique.tailles)),
            R: rfm[R],
            F: rfm[F],
            M: rfm[M],
            FAUX_BON: find_faux_bons(fees, rate),
            MATRICE: _texts(_words_of(matrix, count)),
            PART_HEURES: shares_of(hours),
            PART_MARGE: shares_of(margin),
            DESACCORD: _texts(find_disagreements(abc, abcd, matrix, count, sums)),
            MOTIF: _texts(_reasons(mesures)),
        },
        index=pd.RangeIndex(len(dossiers)),
    )
    return ReleveValeur(
        concentration=Concentration.of(fees), lignes=lignes, part_marge_top20=top_share(margin)
    )


def classify_abcd(
    mesures: pd.DataFrame, axes: Axes, politique: Politique, avant: pd.DataFrame | None = None
) -> NDArray[np.object_]:
    """Return the class of each client on the four axes, "" where unknown.

    Parameters
    ----------
    mesures : DataFrame, shape (n, ≥ 4)
        ``honoraires``, ``frequence``, ``cout`` and ``potentiel``, as ``measure_valeur`` takes them.
    axes : Axes
        The table from four axes to a class.
    politique : Politique
        The thresholds of the firm.
    avant : DataFrame, optional
        The portfolio whose quantiles hold where the firm chose no threshold: itself unless told
        otherwise. A client that changes is then the only one whose class may.
    """
    figures = _figures_of(mesures, politique)
    among = {} if avant is None else _figures_of(avant, politique)
    seuils: dict[str, Sequence[float]] = {**politique.axes}
    if politique.mesure == PAR_RECURRENCE:
        seuils[VALEUR] = ()  # they are in euros, which this value is not
    rising = {**seuils, COUT: [-seuil for seuil in reversed(seuils.get(COUT, ()))]}
    levels = {
        axis: levels_of(values, _LEVELS, rising.get(axis, ()), among.get(axis))
        for axis, values in figures.items()
    }
    levels[POTENTIEL] = mesures["potentiel"].to_numpy(dtype=np.int64)
    negative = figures[MARGE] < 0
    return axes.classify({axis: levels[axis] for axis in AXES}, negative, politique.partage)


def _figures_of(mesures: pd.DataFrame, politique: Politique) -> dict[str, Nombres]:
    """Return what each axis but the potential ranks, the larger the better for the firm."""
    fees, cost = _numbers(mesures, HONORAIRES), _numbers(mesures, COUT_SERVICE)
    with np.errstate(divide="ignore", invalid="ignore"):
        # Nothing spent for nothing billed costs nothing; something spent, more than any share.
        share = np.where(fees > 0, cost / fees, np.where(cost > 0, np.inf, cost))
    share = np.where(np.isnan(fees), np.nan, share)
    value = fees / _EURO
    if politique.mesure == PAR_RECURRENCE:
        # Fees without an invoice, typed for the year, count as one purchase.
        value = value * np.maximum(_numbers(mesures, FREQUENCE), 1)
    return {VALEUR: value, MARGE: (fees - cost) / _EURO, COUT: -share}


def potentials_of(typed: pd.Series) -> tuple[Niveaux, list[object]]:
    """Return the level of each potential typed, ``INCONNU`` where blank, and the rows unread.

    >>> levels, unread = potentials_of(pd.Series(["fort", None, "énorme"]))
    >>> levels.tolist(), unread
    ([2, -1, -1], [2])
    """
    words = {fold(word): level for level, word in enumerate(LEVELS[POTENTIEL])}
    levels = [INCONNU if pd.isna(v) else words.get(fold(v), INCONNU) for v in typed]
    unread = [
        row
        for row, value, level in zip(typed.index, typed, levels, strict=True)
        if not pd.isna(value) and str(value).strip() and level == INCONNU
    ]
    return np.array(levels, dtype=np.int64), unread


def share_by(lignes: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """Return what each group makes of the hours and of the margin, those of known cost.

    Parameters
    ----------
    lignes : DataFrame
        What ``measure_valeur`` gives.
    groups : Series of str, same index
        The segment of each client, or any other word.
    """
    known = lignes[lignes[COUT_SERVICE].notna() & lignes[HONORAIRES].notna()]
    summed = known.groupby(groups.loc[known.index], sort=True)[[HEURES, MARGE_EUROS]].sum()
    return pd.DataFrame(
        {
            PART_HEURES: shares_of(summed[HEURES].to_numpy()),
            PART_MARGE: shares_of(summed[MARGE_EUROS].to_numpy()),
        },
        index=summed.index,
    )


def _numbers(mesures: pd.DataFrame, header: str) -> Nombres:
    return mesures[header].to_numpy(dtype=np.float64)


def _texts(words: Sequence[object] | NDArray[np.object_]) -> pd.Series:
    return pd.Series(words, dtype=object)


def _words_of(matrix: tuple[Niveaux, Niveaux], count: int) -> NDArray[np.object_]:
    """Say the place of each client in the matrix; nothing where it has none."""
    words = [f"valeur {v}, marge {m}" for v in MOTS[count] for m in MOTS[count]]
    value, margin = matrix
    places = np.where(value == INCONNU, INCONNU, value * count + margin)
    return np.array([*words, ""], dtype=object)[places]


def _reasons(mesures: pd.DataFrame) -> NDArray[np.object_]:
    """Say, for each client, what is missing."""
    fees, hours, cost = (_numbers(mesures, h) for h in (HONORAIRES, HEURES, COUT_SERVICE))
    no_hours = np.isnan(hours)
    negative = mesures[ve.NEGATIF].to_numpy(dtype=bool) if ve.NEGATIF in mesures else False
    below = np.broadcast_to(negative, no_hours.shape)
    lacks = {
        SANS_HONORAIRES: np.isnan(fees),
        TEMPS_NEGATIF: below,
        AUCUN_TEMPS: no_hours & ~below,
        SANS_TAUX: ~no_hours & np.isnan(cost),
    }
    # Each set of what is missing makes one sentence, which its clients share.
    kinds = [*product((False, True), repeat=len(lacks))]
    sentences = [" ; ".join(compress(lacks, kind)) for kind in kinds]
    told = np.array(sentences, dtype=object)
    places = np.ravel_multi_index([*lacks.values()], (2,) * len(lacks))
    found: NDArray[np.object_] = told[places]
    return found
