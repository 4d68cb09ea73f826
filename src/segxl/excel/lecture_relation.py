"""What the sheets say of the relation: clients, exchanges, complaints, surveys, invoices, hours, frictions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.enquete import JOUR
from segxl.domain.parcours.irritants import Irritant
from segxl.domain.reglages import Reglages
from segxl.domain.relation.attrition import ENTREE, fill_entrees
from segxl.domain.relation.avis import (
    in_order,
)
from segxl.domain.relation.paliers import Reclamation
from segxl.domain.relation.valeur_client import first_invoices
from segxl.excel.complements import read_missions
from segxl.excel.courriers import read_envois
from segxl.excel.enquete import read_enquete
from segxl.excel.honoraires import read_honoraires
from segxl.excel.irritants import read_irritants
from segxl.excel.journal import find_wrong, read_journal
from segxl.excel.port import Workbook
from segxl.excel.reclamations import find_strangers, read_registre
from segxl.excel.reglages import read_portefeuille
from segxl.excel.relation import read_clients
from segxl.excel.temps import read_temps
from segxl.excel.tenue import read_tenue


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Feuilles:
    """What the sheets hold."""

    clients: pd.DataFrame
    is_suivie: bool
    reglages: Reglages
    journal: pd.DataFrame
    registre: Mapping[int, Reclamation]
    reponses: pd.DataFrame
    factures: pd.DataFrame
    temps: pd.DataFrame
    irritants: tuple[Irritant, ...]
    missions: pd.Series
    envois: list[tuple[str, date | None]]
    anomalies: tuple[Anomalie, ...]


def read_feuilles(workbook: Workbook, au: date) -> Feuilles:
    """Read all that the relation is measured from; invoices of a later day are left out.

    Raises
    ------
    SaisieError
        The workbook cannot be used.
    """
    tableau, reglages, _ = read_portefeuille(workbook)
    clients, is_suivie, wrong_clients = read_clients(tableau, reglages)
    reponses, wrong_reponses = read_enquete(workbook)
    factures, wrong_factures = read_honoraires(workbook)
    temps, wrong_temps = read_temps(workbook)
    irritants, wrong_irritants = read_irritants(workbook)
    registre, wrong_registre = read_registre(workbook, au)
    past = factures[[jour <= au for jour in factures[JOUR]]] if len(factures) else factures
    depuis = min(past[JOUR]) if len(past) else None
    tenue, wrong_tenue = read_tenue(tableau, clients.index)
    entrees = fill_entrees(clients, first_invoices(past), depuis)
    strangers = find_strangers(workbook, registre, {*clients["cle"]})
    return Feuilles(
        clients=clients.assign(**{ENTREE: entrees, **tenue}),
        is_suivie=is_suivie,
        reglages=reglages,
        journal=read_journal(workbook),
        registre=registre,
        reponses=in_order(reponses),
        factures=past,
        temps=temps,
        irritants=irritants,
        missions=read_missions(workbook, past),
        envois=read_envois(workbook),
        anomalies=(
            *(*wrong_clients, *wrong_reponses, *wrong_factures, *wrong_temps),
            *(*wrong_tenue, *find_wrong(workbook), *wrong_registre, *strangers, *wrong_irritants),
        ),
    )
