"""The figures of the day put on record, and set beside those of the days before; part of « Segments »."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.evolution import Move, find_evolutions
from segxl.domain.historique import Figures, find_before, find_effects, readiness_of
from segxl.domain.reglages import Reglages
from segxl.domain.resultats import Resultats
from segxl.domain.urgence import read_statuts
from segxl.excel.evolution import write_evolution
from segxl.excel.historique import read_historique, record_figures
from segxl.excel.port import Workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Avancement:
    """How the figures moved."""

    depuis: date | None
    """The day that the figures are compared with."""
    effets: Mapping[str, tuple[float, float]]
    """What each measure was on that day, and is now."""
    evolutions: tuple[Move, ...]
    """Each measure since the first calculation, and since the one before."""
    anomalies: tuple[Anomalie, ...]


def record(workbook: Workbook, au: date, figures: Figures) -> Avancement:
    """Put the figures of the day on record, and write what they became.

    Raises
    ------
    SaisieError
        A table of these names is not segxl's.
    """
    past, unread = read_historique(workbook)
    evolutions = tuple(find_evolutions(past, au, figures))
    record_figures(workbook, au, figures)
    write_evolution(workbook, evolutions)
    depuis = find_before([*past], au)
    return Avancement(
        depuis=depuis,
        effets=find_effects(past[depuis], figures) if depuis else {},
        evolutions=evolutions,
        anomalies=unread,
    )


def measure_readiness(
    resultats: Resultats, here: pd.Series, reglages: Reglages
) -> dict[str, float | None]:
    """Measure how ready the clients still there are; ``here`` tells them, in the order of the dossiers."""
    kept = here.to_numpy(dtype=bool)
    dossiers = resultats.dossiers[kept]
    return readiness_of(resultats.lignes[kept], read_statuts(dossiers), reglages.couleurs)
