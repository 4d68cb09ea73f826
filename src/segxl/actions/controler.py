"""« Contrôler » : say everything that cannot be read, and write nothing."""

from __future__ import annotations

from segxl.domain.anomalies import Anomalie, SaisieError
from segxl.domain.resultats import rate_dossiers
from segxl.excel.port import Workbook
from segxl.excel.provenance import read_reponses
from segxl.excel.reglages import read_portefeuille


def run(workbook: Workbook) -> tuple[Anomalie, ...]:
    """Return every anomaly of the workbook, the blocking ones alone where there are some."""
    try:
        clients, reglages, policy = read_portefeuille(workbook)
    except SaisieError as error:
        return error.anomalies
    return (*policy, *rate_dossiers(clients, reglages, read_reponses(workbook)).anomalies)
