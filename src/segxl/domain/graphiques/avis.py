"""What the chart of recommendation shows: the NPS of the segments that answered enough."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from segxl.domain.relation.avis import Avis

NPS = ("Segment", "NPS", "Réponses")
MOST_SEGMENTS = 12


def list_nps(avis: Mapping[str, Avis], segments: Sequence[str]) -> pd.DataFrame:
    """Return the NPS of each segment that has one, in the order of the rules.

    Parameters
    ----------
    avis : mapping
        By segment, see ``domain.relation.avis.measure_avis``.
    segments : sequence of str
        In the order to tell them; the first twelve that have a NPS are shown.
    """
    told = [(s, avis[s].nps) for s in segments if s in avis]
    rows = [(s, nps.valeur, nps.n) for s, nps in told if nps.valeur is not None]
    return pd.DataFrame(rows[:MOST_SEGMENTS], columns=[*NPS])
