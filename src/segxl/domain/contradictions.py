"""The clients whose columns cannot be true together: nothing is decided of them, and it is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.champ import CONTRADICTIONS, find_contradictions
from segxl.domain.dossiers import CLE
from segxl.domain.loi import Loi
from segxl.domain.normalisation import PARTS
from segxl.domain.situation import group_situations
from segxl.domain.tableau import Tableau

COLONNES: Mapping[str, Sequence[str]] = {
    "vendeur": ("Assujetti TVA",),
    "non_assujetti": ("Assujetti TVA",),
    "redevable": ("Redevable TVA",),
    "exoneree": ("Activité exonérée",),
    "parts": PARTS,
}
"""For each of ``champ.CONTRADICTIONS``, the column to look at: the first that the firm has."""
Told = tuple[str, str]
"""The column to look at, and the sentence."""
REMEDY = "corrigez l’une de ces colonnes : d’ici là, rien n’est décidé de ce qui en dépend"


def list_contradictions(dossiers: pd.DataFrame, loi: Loi) -> dict[int, tuple[Told, ...]]:
    """Return the contradictions of each client that has some, by Excel row, in the order of the sheet.

    Parameters
    ----------
    dossiers : DataFrame, shape (n, m)
        Headers of Clients, in the form that ``normalisation.normalise`` gives.
    loi : Loi
        The facts of law.
    """
    met, positions = group_situations(dossiers, loi)
    found: dict[int, tuple[Told, ...]] = {}
    for name, wrong in find_contradictions(met).items():
        header = [*filter(dossiers.columns.__contains__, COLONNES[name]), CLE][0]
        told = (header, CONTRADICTIONS[name])
        for row in dossiers.index[wrong[positions]]:
            found[int(row)] = (*found.get(int(row), ()), told)
    return dict(sorted(found.items()))


def find_contradictory(clients: Tableau, dossiers: pd.DataFrame, loi: Loi) -> Iterator[Anomalie]:
    """Yield one anomaly for each contradiction, beside the column to look at first.

    Shares that are not the whole clientele are told where the shares are read.
    """
    for row, contradictions in list_contradictions(dossiers, loi).items():
        for header, problem in contradictions:
            if problem != CONTRADICTIONS["parts"]:
                yield clients.anomalie(header, row, problem, REMEDY)
