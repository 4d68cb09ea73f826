"""What the sheets say of value: clients, invoices, hours, and the policy that ranks them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.dossiers import CLE, parse_dossiers
from segxl.domain.identifiants import key_of
from segxl.domain.reglages import Reglages
from segxl.domain.tableau import Tableau
from segxl.domain.valeur.axes import Axes
from segxl.domain.valeur.clients import measure_clients
from segxl.domain.valeur.entrees import Entrees
from segxl.domain.valeur.politique import Politique
from segxl.excel.honoraires import read_honoraires
from segxl.excel.port import Workbook
from segxl.excel.reglages import read_portefeuille
from segxl.excel.temps import read_temps
from segxl.excel.valeur import read_axes


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lecture:
    """What was read; ``usable`` holds the rows of ``clients`` that have a key, ``temps`` the hours on record."""

    clients: Tableau
    reglages: Reglages
    politique: Politique
    axes: Axes
    factures: pd.DataFrame
    temps: pd.DataFrame
    usable: pd.DataFrame
    anomalies: tuple[Anomalie, ...]

    @property
    def dossiers(self) -> list[str]:
        """The keys, in the order of ``usable``."""
        return [key_of(key) for key in self.usable[CLE]]

    def measure(self, temps: pd.DataFrame, au: date) -> Mesures:
        """Measure each client up to a day, with these hours."""
        entrees = Entrees.of(self.dossiers, self.factures, temps, self.politique.tarifs, au)
        return Mesures(entrees, *measure_clients(self.clients, self.usable, entrees))


@dataclass(frozen=True, slots=True, eq=False)
class Mesures:
    """What each client brings and costs; ``d_apres`` counts them by where their fees come from."""

    entrees: Entrees
    clients: pd.DataFrame
    d_apres: Mapping[str, int]
    anomalies: tuple[Anomalie, ...]


def read_valeur(workbook: Workbook) -> Lecture:
    """Read all that value is measured from.

    Raises
    ------
    SaisieError
        The workbook or a setting cannot be used.
    """
    clients, reglages, _ = read_portefeuille(workbook)
    politique = Politique.of(reglages)
    axes, doubts = read_axes(workbook)
    factures, wrong_factures = read_honoraires(workbook)
    temps, wrong_temps = read_temps(workbook)
    usable, wrong_clients = parse_dossiers(clients, reglages)
    return Lecture(
        clients=clients,
        reglages=reglages,
        politique=politique,
        axes=axes,
        factures=factures,
        temps=temps,
        usable=usable,
        anomalies=(
            *(a for a in wrong_clients if a.cell.rstrip("0123456789") == clients.letters[CLE]),
            *(*doubts, *wrong_factures, *wrong_temps),
        ),
    )
