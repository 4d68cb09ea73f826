"""« Plan » : a step, an owner and a day for every client that the reform concerns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pandas as pd

from segxl.actions.charge import list_suivis, share
from segxl.domain.anomalies import Anomalie, Gravite
from segxl.domain.capacite import PROPRE, Capacity, capacite_of
from segxl.domain.charge import find_surcharges, measure_charge
from segxl.domain.demarches import choose_demarches
from segxl.domain.feuille_plan import (
    HORS_CHAMP,
    find_absents,
    list_added,
    list_changes,
    retell_lignes,
)
from segxl.domain.lecture_plan import find_departed_lignes, find_wrong_lignes, parse_plan
from segxl.domain.loi import Loi
from segxl.domain.obligations import find_obligations
from segxl.domain.planning import draw_plan
from segxl.domain.presence import sentence_of
from segxl.domain.priorite import explain_formule, poids_of, rank_priorites
from segxl.domain.rencontres import NOBODY, find_met, list_rencontres, nombre_of
from segxl.domain.resultats import Resultats, rate_dossiers
from segxl.domain.situation import ENTREES
from segxl.domain.statuts import STATUT
from segxl.domain.tableau import records_of
from segxl.domain.textes import fold
from segxl.domain.urgence import leave_out, measure_urgence
from segxl.excel.departs import find_departs
from segxl.excel.journal import read_journal
from segxl.excel.loi import TABLE as LOI
from segxl.excel.loi import write_loi
from segxl.excel.plan import MEETINGS_WIDTHS, read_plan, write_meetings, write_plan
from segxl.excel.port import Workbook
from segxl.excel.provenance import read_reponses
from segxl.excel.reglages import read_portefeuille
from segxl.lettres.agenda import refuse_stranger_agenda, render_agenda, store_agenda
from segxl.sources.loi import read_loi

AGENDA = ["Dossier", "Raison sociale", "Étape", "Responsable", "Date prévue"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanPlan:
    """What was planned, for a face to announce."""

    classeur: str
    au: date
    plan: pd.DataFrame
    """One row per client that the reform concerns, see ``domain.planning.draw_plan``."""
    nouveaux: int
    """How many rows the sheet gained."""
    absents: tuple[str, ...]
    """The dossiers of the sheet, still to do, that are no longer concerned."""
    charge: pd.DataFrame
    repartition: pd.DataFrame
    """Who carries what, see ``domain.repartition.share_work``."""
    surcharges: tuple[str, ...]
    rencontres: pd.DataFrame
    formule: str
    anomalies: tuple[Anomalie, ...]

    @property
    def rendez_vous(self) -> pd.DataFrame:
        """The meetings that have a day and are still to come."""
        return self.plan[self.plan["jour"] >= pd.Timestamp(self.au)]


def run(workbook: Workbook, au: date, ics: Path | None = None, loi: Loi | None = None) -> BilanPlan:
    """Plan every client that the reform concerns, around what was typed in the sheet Plan.

    ``loi`` is the shipped law unless told otherwise.

    Raises
    ------
    SaisieError
        The workbook, a setting or the table Plan is wrong, or the calendar could not be written
        to ``ics``; nothing was written.
    """
    if ics:
        refuse_stranger_agenda(ics)
    clients, reglages, _ = read_portefeuille(workbook)
    capacite, poids, nombre = capacite_of(reglages), poids_of(reglages), nombre_of(reglages)
    tableau, formules = read_plan(workbook)
    journal = read_journal(workbook)
    lignes = parse_plan(tableau, formules)
    resultats = rate_dossiers(
        clients.canonical([*ENTREES, STATUT]), reglages, read_reponses(workbook), au
    )
    loi = loi or read_loi()
    departs = find_departs(clients, au)
    demandes = _demandes_of(resultats, poids, loi, au, departs)
    here = ~demandes.index.isin(departs.index)
    plan = draw_plan(demandes[resultats.in_scope & here], lignes, capacite, au)
    partis = _gone_of(resultats, departs)
    added = _write(workbook, plan, lignes, tableau.letters, _outside_of(resultats) | partis)
    rencontres = list_rencontres(plan, find_met(journal, lignes, au), nombre, capacite)
    _write_rencontres(workbook, rencontres)
    if workbook.has_table(LOI):
        write_loi(workbook, loi)
    charge = measure_charge(plan[plan["jour"] >= pd.Timestamp(au)], capacite)
    return BilanPlan(
        classeur=workbook.name,
        au=au,
        plan=plan,
        nouveaux=len(added),
        absents=tuple(find_absents(plan, lignes)["Dossier"].map(str)),
        charge=charge,
        repartition=share(workbook, plan, list_suivis(resultats, departs, reglages), reglages, au),
        surcharges=tuple(find_surcharges(charge)),
        rencontres=rencontres,
        formule=explain_formule(poids),
        anomalies=(
            *find_wrong_lignes(tableau, lignes),
            *find_departed_lignes(tableau, lignes, partis),
            *_find_nobody(capacite, [*demandes["Responsable"], *plan["Responsable"]]),
        ),
    )


def export_agenda(bilan: BilanPlan, ics: Path, now: datetime) -> int:
    """Write the meetings to come as a calendar, and return how many.

    Raises
    ------
    SaisieError
        The calendar cannot be written there.
    """
    meetings = [cells for _, cells in records_of(bilan.rendez_vous[AGENDA])]
    store_agenda(ics, render_agenda(meetings, now))
    return len(meetings)


def _find_nobody(capacite: Capacity, noms: Iterable[object]) -> Iterator[Anomalie]:
    """Yield the settings that say what somebody can hold, and whom no client names."""
    for nom in capacite.find_unknown(str(x) for x in noms if x):
        yield Anomalie(
            sheet="Paramètres",
            cell="",
            value=f"{PROPRE} {nom}",
            problem="aucun client n’est suivi par quelqu’un de ce nom : ce réglage ne change rien",
            remedy="écrivez le nom comme dans la colonne « Collaborateur » de Clients, ou supprimez la ligne",
            gravite=Gravite.A_CORRIGER,
        )


def _write_rencontres(workbook: Workbook, rencontres: pd.DataFrame) -> None:
    """Write whom to meet, or that there is nobody."""
    nobody = pd.DataFrame([{"Raison": NOBODY}], columns=[*MEETINGS_WIDTHS], dtype=object)
    write_meetings(workbook, nobody if rencontres.empty else rencontres)


def _outside_of(resultats: Resultats) -> dict[str, str]:
    """Say of each client that the reform does not concern that it does not, by folded number."""
    outside = resultats.dossiers.loc[~resultats.in_scope, "Dossier"].map(fold)
    return dict.fromkeys(outside, HORS_CHAMP)


def _gone_of(resultats: Resultats, departs: pd.Series) -> dict[str, str]:
    """Say of each client who is gone that it is, by folded number."""
    keys = resultats.dossiers["Dossier"].map(fold)
    told = departs.map(sentence_of).reindex(keys.index).dropna()
    return dict(zip(keys[told.index], told, strict=True))


def _demandes_of(
    resultats: Resultats, poids: Mapping[str, float], loi: Loi, au: date, departs: pd.Series
) -> pd.DataFrame:
    """Say of every client what is to do, by when, how soon and why."""
    dossiers = resultats.dossiers
    obligations = find_obligations(dossiers, loi, au)
    urgence = leave_out(measure_urgence(dossiers, obligations, au), departs)
    ranks = rank_priorites(
        dossiers["Dossier"], resultats.lignes["Note FE"], urgence, resultats.lignes["Enjeu"], poids
    )
    steps = choose_demarches(
        dossiers,
        obligations,
        urgence,
        ranks["Raison de la priorité"],
        loi.value("fin_regime_simplifie", "date"),
    )
    known = dossiers.reindex(columns=["Dossier", "Raison sociale", "Collaborateur"])
    named = known.rename(columns={"Collaborateur": "Responsable"}).astype(object)
    named = named.where(named.notna(), None)
    return named.join(steps).assign(Priorité=ranks["Priorité"])


def _write(
    workbook: Workbook,
    plan: pd.DataFrame,
    lignes: pd.DataFrame,
    headers: Mapping[str, str],
    dehors: Mapping[str, str],
) -> pd.DataFrame:
    """Write the plan in the sheet, and return the new rows."""
    changed = [retell_lignes(plan, lignes, dehors), *list_changes(plan, lignes)]
    added = list_added(plan)
    write_plan(workbook, headers, changed, added)
    return added
