"""« Valeur » : what each client brings and costs, and which class three methods put it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from segxl.actions.analyse import cross_clients as cross_fields
from segxl.actions.analyse import find_demande, gather_clients
from segxl.actions.mouvements import calcul_of, follow_classes
from segxl.domain.analyse.demande import Analyse, Demande
from segxl.domain.anomalies import Anomalie
from segxl.domain.graphiques.valeur import draw_pareto, list_gros, share_classes
from segxl.domain.honoraires.factures import Periode
from segxl.domain.honoraires.rattachement import repertoire_of
from segxl.domain.valeur.croisement import Croisement, cross_clients, notes_of
from segxl.domain.valeur.releve import ABCD, ReleveValeur, measure_valeur, share_by
from segxl.excel.analyse import write_analyse
from segxl.excel.complements import A_VOIR, NON_FACTURE, add_complements
from segxl.excel.criticites import read_criticites
from segxl.excel.croisement import write_croisement
from segxl.excel.departs import find_departs
from segxl.excel.graphiques import CLASSES, GROS, PARETO, draw_where_present
from segxl.excel.lecture_valeur import Lecture, read_valeur
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
    of the hours and of the margin. ``croisement`` crosses readiness and value; ``analyse``, two
    fields of the reader's.
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
    croisement: Croisement
    analyse: Analyse
    lot: LotTemps | None
    anomalies: tuple[Anomalie, ...]
    simulation: bool

    @property
    def non_facture(self) -> float | None:
        """The euros of the hours that nobody billed, None where no line of Temps tells."""
        known = self.clients[NON_FACTURE].dropna()
        return float(sum(known)) if len(known) else None


def run(
    workbook: Workbook,
    au: date,
    temps: Sequence[Path] = (),
    *,
    croiser: Demande | None = None,
    simulation: bool = False,
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
    croiser : Demande, optional
        Two fields to cross, in place of those typed on the sheet Analyse croisée.
    simulation : bool, optional
        Write nothing.

    Raises
    ------
    SaisieError
        The workbook, a setting or a file cannot be used; nothing was written.
    """
    lu, demande = read_valeur(workbook), find_demande(workbook, croiser)
    lot = _read_temps(lu, temps)
    mesures = lu.measure(_joined(lu.temps, lot), au)
    entrees = mesures.entrees
    releve = measure_valeur(lu.dossiers, mesures.clients, lu.axes, lu.politique)
    hours = lu.temps, lot.ajoutees if lot else lu.temps.iloc[:0]
    clients = add_complements(workbook, lu.usable, lu.factures, hours, entrees)
    stay = gather_clients(lu, releve.lignes, clients, au)
    analyse, unknown = cross_fields(stay, demande, is_refused=croiser is not None)
    croisement, uncertain = _cross(clients, releve, lu, au)
    bilan = BilanValeur(
        classeur=workbook.name,
        au=au,
        periode=entrees.periode,
        releve=releve,
        clients=clients,
        d_apres=mesures.d_apres,
        hors_clients=entrees.find_strangers(),
        tardives=entrees.tardives,
        mois=entrees.count_months(),
        sans_taux=entrees.find_without_rate(),
        par_segment=_by_segment(releve, lu.usable),
        croisement=croisement,
        analyse=analyse,
        lot=lot,
        anomalies=(*lu.anomalies, *mesures.anomalies, *unknown, *uncertain, *_anomalies_of(lot)),
        simulation=simulation,
    )
    if simulation:
        return bilan
    moved = _follow(workbook, releve, lu, au)
    return replace(bilan, anomalies=(*bilan.anomalies, *moved, *_write(workbook, bilan)))


def _follow(
    workbook: Workbook, releve: ReleveValeur, lu: Lecture, au: date
) -> tuple[Anomalie, ...]:
    """Put on record which clients changed class since the sheet was last filled."""
    gone = find_departs(lu.clients, au).index
    told = zip(lu.usable.index, releve.lignes[ABCD], strict=True)
    classes = {int(row): str(classe) for row, classe in told if row not in gone}
    return follow_classes(workbook, lu.clients, classes, calcul_of(lu.reglages, au, len(classes)))


def _write(workbook: Workbook, bilan: BilanValeur) -> tuple[Anomalie, ...]:
    """Write the new hours and what was measured; return which charts could not follow."""
    prepare_temps(workbook, bilan.lot.ajoutees if bilan.lot else pd.DataFrame())
    crossed = bilan.croisement
    told = bilan.clients.assign(**{A_VOIR: crossed.rangs})
    write_valeur(workbook, bilan.releve, told, bilan.au)
    write_croisement(workbook, crossed, [*bilan.releve.lignes["dossier"]])
    write_analyse(workbook, bilan.analyse)
    lignes = bilan.releve.lignes
    drawn = {PARETO: draw_pareto(lignes), GROS: list_gros(lignes), CLASSES: share_classes(lignes)}
    return draw_where_present(workbook, drawn)


def _read_temps(lu: Lecture, temps: Sequence[Path]) -> LotTemps | None:
    """Read exports of time sheets, none where none is given."""
    if not temps:
        return None
    return LotTemps.of(read_temps_files(temps), repertoire_of(lu.clients.lignes), lu.temps)


def _anomalies_of(lot: LotTemps | None) -> tuple[Anomalie, ...]:
    return tuple(a for fichier in (lot.fichiers if lot else ()) for a in fichier.anomalies)


def _joined(known: pd.DataFrame, lot: LotTemps | None) -> pd.DataFrame:
    """Return all the lines of time, those on record and those of the files."""
    filled = [frame for frame in (known, lot.ajoutees if lot else known.iloc[:0]) if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else known


def _cross(
    clients: pd.DataFrame, releve: ReleveValeur, lu: Lecture, au: date
) -> tuple[Croisement, tuple[Anomalie, ...]]:
    """Cross readiness, as the notes of Clients tell it, with the classes; say what cannot be read."""
    levels, unread = read_criticites(lu.clients, lu.usable)
    greys = [couleur.nom for couleur in lu.reglages.couleurs if couleur.seuil is None]
    gone = lu.usable.index.isin(find_departs(lu.clients, au).index)
    notes = notes_of(clients, greys)
    partis = gone.astype(np.float64)
    return cross_clients(releve.lignes, notes, lu.politique.preparation, partis, levels), unread


def _by_segment(releve: ReleveValeur, usable: pd.DataFrame) -> pd.DataFrame:
    told = usable[SEGMENT] if SEGMENT in usable else [None] * len(usable)
    groups = pd.Series([str(s) if s else SANS_SEGMENT for s in told], dtype=object)
    return share_by(releve.lignes, groups)
