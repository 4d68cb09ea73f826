"""From what is known of each client to groups that look alike, and who is in none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segxl.domain.suggestion import mots as m
from segxl.domain.suggestion.partage import (
    Labels,
    choose_split,
    measure_clarity,
    order_by_closeness,
    scale_ranks,
    split_points,
)
from segxl.domain.textes import fold
from segxl.domain.valeur.rangs import Nombres

DOSSIER, SEGMENT, CLASSE = "dossier", "segment", "classe"
_MIDDLE = 0.5
_HALF = 2
_THIRDS = (1 / 3, 2 / 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Groupe:
    """Clients who look alike.

    ``dossiers`` start with the most typical; ``medianes`` are None where nobody's figure is known;
    ``segments`` and ``classes`` count the clients that have one, the most frequent first.
    """

    nom: str
    description: str
    piste: str
    conditions: Mapping[str, str]
    dossiers: tuple[str, ...]
    medianes: Mapping[str, float | None]
    segments: Mapping[str, int]
    classes: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """The groups, the largest first.

    ``chiffres`` are the figures they are made from, ``sans`` those that too few clients have;
    ``laisses`` are the clients of whom too little is known. ``nettete`` is the mean silhouette,
    None where there are not two groups.
    """

    groupes: tuple[Groupe, ...]
    chiffres: tuple[str, ...]
    sans: tuple[str, ...]
    laisses: tuple[str, ...]
    nettete: float | None


def suggest_groups(clients: pd.DataFrame, nombre: int = 0) -> Suggestion:
    """Group the clients by the figures known of them.

    Parameters
    ----------
    clients : DataFrame
        ``dossier``, the figures of ``mots.CHIFFRES`` (fees in euros, margin rate from 0 to 1), NaN
        where unknown, ``segment`` and ``classe``, "" where unknown.
    nombre : int, optional
        How many groups; by default the number from three to six whose groups are the clearest.

    Notes
    -----
    Clients are taken in the order of their dossiers, whatever that of the rows. A figure counts
    where half of the clients at least have it; a client who lacks more than half of the figures
    that count is left out; a figure that a grouped client lacks stands in the middle.
    """
    clients = clients.iloc[_canonical_order(clients)].reset_index(drop=True)
    known = clients[[*m.CHIFFRES]].notna()
    chiffres = [x for x in m.CHIFFRES if _HALF * known[x].sum() >= len(clients) and known[x].any()]
    missing = (~known[chiffres]).sum(axis="columns")
    is_kept = (_HALF * missing <= len(chiffres)) & bool(chiffres)
    kept = clients[is_kept].reset_index(drop=True)
    groupes: tuple[Groupe, ...] = ()
    nettete = None
    if len(kept):
        points = _points_of(kept, chiffres)
        labels = split_points(points, nombre) if nombre else choose_split(points)
        groupes = tuple(_groups_of(kept, chiffres, points, labels))
        nettete = measure_clarity(points, labels) if len(groupes) > 1 else None
    return Suggestion(
        groupes=groupes,
        chiffres=tuple(chiffres),
        sans=tuple(x for x in m.CHIFFRES if x not in chiffres),
        laisses=tuple(clients[DOSSIER][~is_kept]),
        nettete=nettete,
    )


def _canonical_order(clients: pd.DataFrame) -> NDArray[np.int64]:
    """Return the rows by dossier; of two that share one, by their figures."""
    keys = [(fold(key), key) for key in clients[DOSSIER]]
    figures = clients[[*m.CHIFFRES]].fillna(np.inf).to_numpy(dtype=np.float64).tolist()
    words = clients[[SEGMENT, CLASSE]].to_numpy().tolist()
    told = [*zip(keys, figures, words, strict=True)]
    return np.array(sorted(range(len(told)), key=told.__getitem__), dtype=np.int64)


def _points_of(kept: pd.DataFrame, chiffres: Sequence[str]) -> Nombres:
    columns = [scale_ranks(kept[x].to_numpy(dtype=np.float64)) for x in chiffres]
    return np.nan_to_num(np.column_stack(columns), nan=_MIDDLE)


def _groups_of(
    kept: pd.DataFrame, chiffres: Sequence[str], points: Nombres, labels: Labels
) -> Iterator[Groupe]:
    """Yield the groups, the largest first, then by their first dossier."""
    known = {x: values for x in chiffres if len(values := kept[x].dropna())}
    tiers = {x: _thirds_of(values) for x, values in known.items()}
    rows = [np.flatnonzero(labels == k) for k in range(int(labels.max()) + 1)]
    rows.sort(key=lambda places: (-len(places), places[0]))
    told = [_levels_of(kept.iloc[places], tiers) for places in rows]
    names = m.tell_apart([m.name_of(niveaux) for niveaux in told])
    for places, niveaux, name in zip(rows, told, names, strict=True):
        members = kept.iloc[places[order_by_closeness(points[places])]]
        yield Groupe(
            nom=name,
            description=m.describe(niveaux),
            piste=m.hint_of(niveaux, len(members)),
            conditions=m.conditions_of(niveaux, tiers),
            dossiers=tuple(members[DOSSIER]),
            medianes={x: _median_of(members[x]) for x in m.CHIFFRES},
            segments=_counts_of(members[SEGMENT]),
            classes=_counts_of(members[CLASSE]),
        )


def _thirds_of(values: pd.Series) -> tuple[float, float]:
    """Return the two values that cut a portfolio in three."""
    low, high = values.quantile([*_THIRDS])
    return float(low), float(high)


def _median_of(values: pd.Series) -> float | None:
    return float(values.median()) if values.notna().any() else None


def _levels_of(members: pd.DataFrame, tiers: Mapping[str, tuple[float, float]]) -> dict[str, int]:
    """Return where the medians of a group stand among the thirds of the portfolio."""
    found = {}
    for chiffre, (low, high) in tiers.items():
        median = _median_of(members[chiffre])
        if median is not None:
            found[chiffre] = m.HAUT if median > high else m.BAS if median < low else m.MILIEU
    return found


def _counts_of(words: pd.Series) -> dict[str, int]:
    """Return how many clients bear each word, the most frequent first, then by the word."""
    counts = words[words != ""].value_counts()
    return {str(w): int(n) for w, n in sorted(counts.items(), key=lambda told: (-told[1], str(told[0])))}  # fmt: skip
