"""« Valeur » : what each client brings and costs, and which class three methods put it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.graphiques.valeur import draw_pareto, list_gros, share_classes
from segxl.domain.honoraires.factures import Periode
from segxl.domain.honoraires.rattachement import repertoire_of
from segxl.domain.valeur.releve import ReleveValeur, measure_valeur, share_by
from segxl.excel.graphiques import CLASSES, GROS, PARETO, replace_where_present
from segxl.excel.lecture_valeur import read_valeur
from segxl.excel.port import Workbook
from segxl.excel.temps import prepare_temps
from segxl.excel.valeur import write_valeur
from segxl.sources.lot_temps import LotTemps, read_temps_files

SEGMENT, SANS_SEGMENT = "Segment", "(sans segment)"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BilanValeur:
    """What the portfolio is worth; ``simulation`` when nothing was written.

    ``clients`` has the rows of ``releve.lignes``. ``d_apres`` counts the clients by where their
    fees come from. ``hors_clients`` are the dossiers billed that Clients does not have, with their
    cents. ``tardives`` counts the invoices and the hours of a later day. ``mois`` tells how many of
    the twelve months the invoices and the hours cover. ``par_segment`` is what each segment makes
    of the hours and of the margin.
    """

    classeur: str
    au: date
    periode: Periode
    releve: ReleveValeur
    clients: pd.DataFrame
    d_apres: Mapping[str, int]
    hors_clients: Mapping[str, int]
    tardives: int
    mois: Mapping[str, int]
    sans_taux: tuple[str, ...]
    par_segment: pd.DataFrame
    lot: LotTemps | None
    anomalies: tuple[Anomalie, ...]
    simulation: bool


def run(
    workbook: Workbook, au: date, temps: Sequence[Path] = (), *, simulation: bool = False
) -> BilanValeur:
    """Measure what each client brings and costs, and write it on the sheet Valeur.

    Parameters
    ----------
    workbook : Workbook
        The clients.
    au : date
        Invoices and hours of a later day are left out.
    temps : sequence of Path, optional
        Exports of time sheets, put on record first.
    simulation : bool, optional
        Write nothing.

    Raises
    ------
    SaisieError
        The workbook, a setting or a file cannot be used; nothing was written.
    """
    lu = read_valeur(workbook)
    repertoire = repertoire_of(lu.clients.lignes)
    lot = LotTemps.of(read_temps_files(temps), repertoire, lu.temps) if temps else None
    mesures = lu.measure(_joined(lu.temps, lot), au)
    releve = measure_valeur(lu.dossiers, mesures.clients, lu.axes, lu.politique)
    clients = lu.usable.reset_index(drop=True)
    if not simulation:
        prepare_temps(workbook, lot.ajoutees if lot else lu.temps.iloc[:0])
        write_valeur(workbook, releve, clients, au)
        lignes = releve.lignes
        drawn = {PARETO: draw_pareto(lignes), GROS: list_gros(lignes), CLASSES: share_classes(lignes)}  # fmt: skip
        replace_where_present(workbook, drawn)
    return BilanValeur(
        classeur=workbook.name,
        au=au,
        periode=mesures.entrees.periode,
        releve=releve,
        clients=clients,
        d_apres=mesures.d_apres,
        hors_clients=mesures.entrees.find_strangers(),
        tardives=mesures.entrees.tardives,
        mois=mesures.entrees.count_months(),
        sans_taux=mesures.entrees.find_without_rate(),
        par_segment=_by_segment(releve, lu.usable),
        lot=lot,
        anomalies=(
            *lu.anomalies,
            *mesures.anomalies,
            *(a for fichier in (lot.fichiers if lot else ()) for a in fichier.anomalies),
        ),
        simulation=simulation,
    )


def _joined(known: pd.DataFrame, lot: LotTemps | None) -> pd.DataFrame:
    """Return all the lines of time, those on record and those of the files."""
    filled = [frame for frame in (known, lot.ajoutees if lot else known.iloc[:0]) if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else known


def _by_segment(releve: ReleveValeur, usable: pd.DataFrame) -> pd.DataFrame:
    told = usable[SEGMENT] if SEGMENT in usable else [None] * len(usable)
    groups = pd.Series([str(s) if s else SANS_SEGMENT for s in told], dtype=object)
    return share_by(releve.lignes, groups)
