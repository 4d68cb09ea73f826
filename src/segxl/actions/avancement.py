"""The figures of the day put on record, and set beside those of the days before; part of « Segments »."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from segxl.domain.anomalies import Anomalie, SaisieError
from segxl.domain.avant_apres import list_avant_apres
from segxl.domain.evolution import Move, find_evolutions
from segxl.domain.historique import (
    Figures,
    find_before,
    find_compared,
    find_effects,
    merge_readiness,
    readiness_of,
)
from segxl.domain.reglages import Reglages
from segxl.domain.resultats import Resultats
from segxl.domain.urgence import read_statuts
from segxl.excel.evolution import write_evolution
from segxl.excel.graphiques import AVANT_APRES, SUMMARY_KEPT, draw_where_present, soften
from segxl.excel.historique import read_historique, record_figures
from segxl.excel.port import Workbook

KEPT = "la feuille Historique reste comme avant"


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
    """Put the figures of the day on record, and write what they became, on the dashboard too.

    Raises
    ------
    SaisieError
        A table of these names is not segxl's.
    """
    past, unread = read_historique(workbook)
    evolutions = tuple(find_evolutions(past, au, figures))
    record_figures(workbook, au, figures)
    write_evolution(workbook, evolutions)
    undrawn = draw_avant_apres(workbook, {**past, au: figures})
    depuis = find_before(find_compared(past), au)
    return Avancement(
        depuis=depuis,
        effets=find_effects(past[depuis], figures) if depuis else {},
        evolutions=evolutions,
        anomalies=(*unread, *undrawn),
    )


def draw_avant_apres(workbook: Workbook, past: Mapping[date, Figures]) -> tuple[Anomalie, ...]:
    """Write the figures of the dashboard before and after; a workbook of before has no such table."""
    return draw_where_present(workbook, {AVANT_APRES: list_avant_apres(past)}, SUMMARY_KEPT)


def record_readiness(workbook: Workbook, au: date, ready: Figures) -> tuple[Anomalie, ...]:
    """Put how ready the clients are on record, and on the dashboard; return what could not be.

    Nothing of it is a reason to keep the notes of the clients from being written.
    """
    try:
        past, unread = read_historique(workbook)
        figures, instead = merge_readiness(past, au, ready)
        record_figures(workbook, au, figures, instead)
    except SaisieError as error:
        return tuple(soften(error, KEPT))
    kept = {day: told for day, told in past.items() if day not in instead}
    return (*unread, *draw_avant_apres(workbook, {**kept, au: figures}))


def measure_readiness(
    resultats: Resultats, here: pd.Series, reglages: Reglages
) -> dict[str, float | None]:
    """Measure how ready the clients still there are; ``here`` tells them, in the order of the dossiers."""
    kept = here.to_numpy(dtype=bool)
    dossiers = resultats.dossiers[kept]
    return readiness_of(resultats.lignes[kept], read_statuts(dossiers), reglages.couleurs)
