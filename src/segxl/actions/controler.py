"""« Contrôler » : say everything that cannot be read, and write nothing."""

from __future__ import annotations

from datetime import date

from segxl.domain.anomalies import Anomalie, SaisieError
from segxl.domain.contradictions import find_contradictory
from segxl.domain.resultats import rate_dossiers
from segxl.excel.port import Workbook
from segxl.excel.provenance import read_reponses
from segxl.excel.reglages import read_portefeuille
from segxl.sources.loi import read_loi


def run(workbook: Workbook, au: date = date.min) -> tuple[Anomalie, ...]:
    """Return every anomaly of the workbook, the blocking ones alone where there are some.

    ``au`` is the day after which nothing can have happened yet; none is where no day is given.
    """
    try:
        clients, reglages, policy = read_portefeuille(workbook)
    except SaisieError as error:
        return error.anomalies
    resultats = rate_dossiers(clients, reglages, read_reponses(workbook), au)
    contradictory = find_contradictory(clients, resultats.dossiers, read_loi())
    return (*policy, *resultats.anomalies, *contradictory)
