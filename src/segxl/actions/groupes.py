"""« Groupes suggérés » : clients who look alike, found without any rule, for people to judge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.resultats import Resultats, rate_dossiers
from segxl.domain.suggestion import mots as m
from segxl.domain.suggestion.groupes import CLASSE, DOSSIER, SEGMENT, Suggestion, suggest_groups
from segxl.domain.valeur import releve as v
from segxl.excel.groupes_suggeres import write_groupes
from segxl.excel.lecture_valeur import read_valeur
from segxl.excel.port import Workbook
from segxl.excel.provenance import read_reponses

_EURO = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanGroupes:
    """The groups that were found."""

    classeur: str
    au: date
    suggestion: Suggestion
    anomalies: tuple[Anomalie, ...]


def run(workbook: Workbook, au: date, nombre: int = 0, *, simulation: bool = False) -> BilanGroupes:
    """Group the clients by what is known of them, and write the sheet Groupes suggérés.

    Parameters
    ----------
    workbook : Workbook
        The clients; nothing in them changes, nor in the rules.
    au : date
        Invoices and hours of a later day are left out.
    nombre : int, optional
        How many groups; from three to six by default, whichever are the clearest.
    simulation : bool, optional
        Write nothing.

    Raises
    ------
    SaisieError
        The workbook or a setting cannot be used; nothing was written.
    """
    lu = read_valeur(workbook)
    resultats = rate_dossiers(lu.clients, lu.reglages, read_reponses(workbook), au)
    mesures = lu.measure(lu.temps, au)
    releve = v.measure_valeur(lu.dossiers, mesures.clients, lu.axes, lu.politique)
    suggestion = suggest_groups(_clients_of(resultats, releve.lignes), nombre)
    if not simulation:
        write_groupes(workbook, suggestion, au)
    return BilanGroupes(
        classeur=workbook.name,
        au=au,
        suggestion=suggestion,
        anomalies=(*lu.anomalies, *mesures.anomalies),
    )


def _clients_of(resultats: Resultats, valeur: pd.DataFrame) -> pd.DataFrame:
    """Put what is known of each client on one line: both have the clients in the same order."""
    notes = resultats.lignes.reset_index(drop=True)
    blank = pd.Series(float("nan"), notes.index)
    return pd.DataFrame(
        {
            DOSSIER: valeur["dossier"],
            m.NOTE: notes["Note FE"].astype("float64"),
            m.ENJEU: notes.get("Enjeu", blank).astype("float64"),
            m.HONORAIRES: valeur[v.HONORAIRES] / _EURO,
            m.TAUX: valeur[v.TAUX],
            m.HEURES: valeur[v.HEURES],
            SEGMENT: notes["Segment"].astype(object).fillna(""),
            CLASSE: valeur[v.ABCD],
        }
    )
