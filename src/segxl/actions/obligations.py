"""« Obligations » : what the law asks of each client, since when, how often and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.dossiers import CLE, parse_dossiers
from segxl.domain.loi import Loi
from segxl.domain.obligations import find_obligations
from segxl.domain.situation import ENTREES
from segxl.domain.tableau import Tableau
from segxl.excel.departs import find_departs
from segxl.excel.port import Workbook
from segxl.excel.reglages import read_portefeuille
from segxl.sources.loi import read_loi


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanObligations:
    """What the law asks of a portfolio on one day; nothing was written."""

    classeur: str
    au: date
    loi: Loi
    dossiers: pd.DataFrame
    obligations: pd.DataFrame
    """One row per dossier, see ``domain.obligations.find_obligations``; same index."""
    departs: pd.Series
    """When the clients who are gone left, part of the same index."""
    anomalies: tuple[Anomalie, ...]
    """What could not be read in the columns that the answers depend on."""

    @property
    def ici(self) -> pd.DataFrame:
        """The answers of those who are still clients: nobody counts nor asks the others."""
        return self.obligations.drop(index=self.departs.index)


def run(workbook: Workbook, au: date) -> BilanObligations:
    """Say what the law asks of each client of a workbook.

    Raises
    ------
    SaisieError
        The workbook lacks a table or a header, or its grid or a rule is wrong.
    LoiError
        The shipped law is written wrong.
    """
    loi = read_loi()
    clients, reglages, _ = read_portefeuille(workbook)
    clients = clients.canonical(ENTREES)
    dossiers, anomalies = parse_dossiers(clients, reglages)
    departs = find_departs(clients, au)
    return BilanObligations(
        classeur=workbook.name,
        au=au,
        loi=loi,
        dossiers=dossiers,
        obligations=find_obligations(dossiers, loi, au),
        departs=departs[departs.index.isin(dossiers.index)],
        anomalies=tuple(a for a in anomalies if _counts(a, clients)),
    )


def _counts(anomalie: Anomalie, clients: Tableau) -> bool:
    """Tell whether a wrong cell is the key, or one that an answer depends on."""
    letters = {clients.letters[h] for h in (CLE, *ENTREES) if h in clients.letters}
    return anomalie.cell.rstrip("0123456789") in letters
