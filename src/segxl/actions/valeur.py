"""« Valeur » : what each client brings and costs, and which class three methods put it in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.dossiers import CLE, parse_dossiers
from segxl.domain.honoraires.factures import ANNUELS, Periode
from segxl.domain.honoraires.rattachement import repertoire_of
from segxl.domain.identifiants import key_of
from segxl.domain.reglages import Reglages
from segxl.domain.tableau import Tableau
from segxl.domain.textes import fold
from segxl.domain.valeur import ventilation as ve
from segxl.domain.valeur.axes import POTENTIEL
from segxl.domain.valeur.croisement import Croisement, cross_clients, notes_of
from segxl.domain.valeur.entrees import Entrees, cents_of
from segxl.domain.valeur.politique import Politique
from segxl.domain.valeur.rangs import Niveaux
from segxl.domain.valeur.releve import ReleveValeur, measure_valeur, potentials_of, share_by
from segxl.excel.complements import A_VOIR, NON_FACTURE, add_complements
from segxl.excel.croisement import write_croisement
from segxl.excel.honoraires import read_honoraires
from segxl.excel.port import Workbook
from segxl.excel.reglages import read_portefeuille
from segxl.excel.temps import prepare_temps, read_temps
from segxl.excel.valeur import read_axes, write_valeur
from segxl.sources.lot_temps import LotTemps, read_temps_files

SEGMENT, SANS_SEGMENT = "Segment", "(sans segment)"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BilanValeur:
    """What the portfolio is worth; ``simulation`` when nothing was written.

    ``clients`` has the rows of ``releve.lignes``. ``d_apres`` counts the clients by where their
    fees come from. ``hors_clients`` are the dossiers billed that Clients does not have, with their
    cents. ``tardives`` counts the invoices and the hours of a later day. ``mois`` tells how many of
    the twelve months the invoices and the hours cover. ``par_segment`` is what each segment makes
    of the hours and of the margin. ``croisement`` crosses readiness and value.
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
    lot: LotTemps | None
    anomalies: tuple[Anomalie, ...]
    simulation: bool

    @property
    def non_facture(self) -> float | None:
        """The euros of the hours that nobody billed, None where no line of Temps tells."""
        known = self.clients[NON_FACTURE].dropna()
        return float(sum(known)) if len(known) else None


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
    clients, reglages, _ = read_portefeuille(workbook)
    politique = Politique.of(reglages)
    axes, doubts = read_axes(workbook)
    factures, wrong_factures = read_honoraires(workbook)
    known, wrong_temps = read_temps(workbook)
    lot = LotTemps.of(read_temps_files(temps), repertoire_of(clients.lignes), known) if temps else None  # fmt: skip
    usable, wrong_clients = parse_dossiers(clients, reglages)
    dossiers = [key_of(key) for key in usable[CLE]]
    entrees = Entrees.of(dossiers, factures, _joined(known, lot), politique.tarifs, au)
    mesures, d_apres, unread = _measure(clients, usable, entrees)
    releve = measure_valeur(dossiers, mesures, axes, politique)
    told = add_complements(workbook, usable, factures, known, entrees)
    bilan = BilanValeur(
        classeur=workbook.name,
        au=au,
        periode=entrees.periode,
        releve=releve,
        clients=told,
        d_apres=d_apres,
        hors_clients=entrees.find_strangers(),
        tardives=entrees.tardives,
        mois=entrees.count_months(),
        sans_taux=entrees.find_without_rate(),
        par_segment=_by_segment(releve, usable),
        croisement=_cross(told, releve, politique, reglages),
        lot=lot,
        anomalies=(
            *(a for a in wrong_clients if a.cell.rstrip("0123456789") == clients.letters[CLE]),
            *(*doubts, *wrong_factures, *wrong_temps),
            *_find_unread(clients, usable, unread),
            *(a for fichier in (lot.fichiers if lot else ()) for a in fichier.anomalies),
        ),
        simulation=simulation,
    )
    if not simulation:
        _write(workbook, bilan)
    return bilan


def _write(workbook: Workbook, bilan: BilanValeur) -> None:
    """Write the new hours and what was measured, on the sheets Temps, Valeur and Croisement."""
    prepare_temps(workbook, bilan.lot.ajoutees if bilan.lot else pd.DataFrame())
    crossed = bilan.croisement
    told = bilan.clients.assign(**{A_VOIR: crossed.rangs})
    write_valeur(workbook, bilan.releve, told, bilan.au)
    write_croisement(workbook, crossed, [*bilan.releve.lignes["dossier"]])


def _joined(known: pd.DataFrame, lot: LotTemps | None) -> pd.DataFrame:
    """Return all the lines of time, those on record and those of the files."""
    filled = [frame for frame in (known, lot.ajoutees if lot else known.iloc[:0]) if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else known


def _measure(
    clients: Tableau, usable: pd.DataFrame, entrees: Entrees
) -> tuple[pd.DataFrame, dict[str, int], list[object]]:
    """Measure the clients; who was not billed over the period has its « Honoraires annuels »."""
    mesures = entrees.sum_clients()
    typed = clients.lignes[ANNUELS] if ANNUELS in clients.lignes else pd.Series(dtype=object)
    cells = typed.reindex(usable.index).tolist()
    annuels = pd.Series([cents_of(value) for value in cells], dtype="float64")
    is_billed = mesures[ve.HONORAIRES].notna()
    mesures[ve.HONORAIRES] = mesures[ve.HONORAIRES].where(is_billed, annuels)
    from_annuels = int((~is_billed & annuels.notna()).sum())
    levels, unread = _potentials(usable)
    d_apres = {"Honoraires": int(is_billed.sum()), ANNUELS: from_annuels}
    return mesures.assign(potentiel=levels), d_apres, unread


def _potentials(usable: pd.DataFrame) -> tuple[Niveaux, list[object]]:
    header = {fold(h): h for h in usable.columns}.get(fold(POTENTIEL))
    blank = pd.Series([None] * len(usable), index=usable.index, dtype=object)
    return potentials_of(usable[header] if header else blank)


def _cross(
    clients: pd.DataFrame, releve: ReleveValeur, politique: Politique, reglages: Reglages
) -> Croisement:
    """Cross readiness, as the notes of Clients tell it, with the classes."""
    greys = [couleur.nom for couleur in reglages.couleurs if couleur.seuil is None]
    return cross_clients(releve.lignes, notes_of(clients, greys), politique.preparation)


def _by_segment(releve: ReleveValeur, usable: pd.DataFrame) -> pd.DataFrame:
    told = usable[SEGMENT] if SEGMENT in usable else [None] * len(usable)
    groups = pd.Series([str(s) if s else SANS_SEGMENT for s in told], dtype=object)
    return share_by(releve.lignes, groups)


def _find_unread(
    clients: Tableau, usable: pd.DataFrame, potentials: Sequence[object]
) -> Iterator[Anomalie]:
    """Yield the « Honoraires annuels » and the potentials that cannot be read."""
    if ANNUELS in clients.lignes:
        problem = "« Honoraires annuels » doit être un nombre"
        for row, value in clients.lignes.loc[usable.index, ANNUELS].items():
            if value is not None and str(value).strip() and cents_of(value) is None:
                remedy = "saisissez le montant en euros, sans lettre"
                yield clients.anomalie(ANNUELS, row, problem, remedy)
    table = clients.canonical([POTENTIEL])
    for row in potentials:
        remedy = "écrivez Fort, À développer ou Nul, ou videz la cellule"
        yield table.anomalie(POTENTIEL, row, "ce potentiel n’existe pas", remedy)
