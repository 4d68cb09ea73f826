"""« Relation » : how the relation with each client stands, and what it is worth to the firm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.enquete import JOUR
from segxl.domain.graphiques.avis import list_nps
from segxl.domain.honoraires.factures import DELAI, DELAI_MAX, JOURS_DE_DELAI, with_delays
from segxl.domain.journal import find_recent
from segxl.domain.parametres import require_parametre
from segxl.domain.parcours.irritants import Irritant, rank_irritants
from segxl.domain.reglages import Reglages
from segxl.domain.relation.attrition import ENTREE, Attrition, fill_entrees, measure_attrition
from segxl.domain.relation.avis import (
    in_order,
    measure_avis,
    measure_clients,
    measure_quarters,
    measure_year_before,
)
from segxl.domain.relation.contacts import gather_traces, last_contacts
from segxl.domain.relation.honoraires_annuels import annuels_of, measure_annees
from segxl.domain.relation.impayes import Retenues, find_impayes, last_news
from segxl.domain.relation.lecture import Ensemble, list_lignes
from segxl.domain.relation.paliers import Reclamation, next_echeance
from segxl.domain.relation.politique import (
    APRES,
    DEPENSE,
    JOURS_AVANT_RELANCE,
    delais_of,
    optional_parametre,
    seuils_of,
)
from segxl.domain.relation.portefeuille import (
    Constatations,
    Relation,
    attrition_by_segment,
    read_relations,
)
from segxl.domain.relation.registre import find_closed, find_open, pair_journal
from segxl.domain.relation.valeur_client import first_invoices, measure_rachat, measure_valeur
from segxl.domain.valeur.apports import Apports, costs_of, measure_apports, read_base
from segxl.domain.valeur.entrees import Entrees
from segxl.domain.valeur.temps import tarifs_of
from segxl.excel.complements import read_missions
from segxl.excel.courriers import read_envois
from segxl.excel.enquete import read_enquete
from segxl.excel.graphiques import NPS, replace_where_present
from segxl.excel.honoraires import read_honoraires
from segxl.excel.irritants import read_irritants, write_irritants
from segxl.excel.journal import read_journal
from segxl.excel.port import Workbook
from segxl.excel.reclamations import find_strangers, read_registre, reconcile_registre
from segxl.excel.reglages import read_portefeuille
from segxl.excel.relation import read_clients, write_bilan, write_relations
from segxl.excel.silences import JOURS_DE_SILENCE, LONGEST, SILENCE
from segxl.excel.temps import TABLE as TEMPS
from segxl.excel.temps import read_temps


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanRelation:
    """How the relations stand on a day.

    ``reprises`` counts the complaints that came from the Journal, ``fermees`` the cells
    « Clos le » that one of the two sheets gave the other.
    """

    classeur: str
    au: date
    ensemble: Ensemble
    relations: tuple[Relation, ...]
    ouvertes: int
    reprises: int
    fermees: int
    anomalies: tuple[Anomalie, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Feuilles:
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


def run(workbook: Workbook, au: date) -> BilanRelation:
    """Measure the relation with each client, and write the sheets Relation and Réclamations.

    Parameters
    ----------
    workbook : Workbook
        The clients.
    au : date
        The day of the figures; what is dated later has not happened.

    Raises
    ------
    SaisieError
        The workbook cannot be used, or a setting is wrong; nothing was written.
    """
    feuilles = _read(workbook, au)
    told = _observe(feuilles, au)
    attrition = measure_attrition(feuilles.clients, au, is_suivie=feuilles.is_suivie)
    entrees = _entrees(feuilles, au)
    annuels, base = annuels_of(feuilles.clients, told.annees), read_base(feuilles.reglages)
    apports = measure_apports(annuels, costs_of(entrees), entrees.count_months()[TEMPS], base)
    seuils = seuils_of(feuilles.reglages)
    relations = read_relations(feuilles.clients, told, apports, attrition, seuils)
    ensemble = _measure(feuilles, told, apports, attrition, entrees.mean_rate)
    reprises, fermees = _write_register(workbook, feuilles, au)
    write_relations(workbook, relations, au)
    write_bilan(workbook, list_lignes(ensemble))
    write_irritants(workbook, ensemble.irritants)
    replace_where_present(workbook, {NPS: list_nps(ensemble.avis, [*ensemble.segments])})
    return BilanRelation(
        classeur=workbook.name,
        au=au,
        ensemble=ensemble,
        relations=relations,
        ouvertes=len(told.reclamations),
        reprises=reprises,
        fermees=fermees,
        anomalies=feuilles.anomalies,
    )


def _read(workbook: Workbook, au: date) -> _Feuilles:
    tableau, reglages, _ = read_portefeuille(workbook)
    clients, is_suivie, wrong_clients = read_clients(tableau, reglages)
    reponses, wrong_reponses = read_enquete(workbook)
    factures, wrong_factures = read_honoraires(workbook)
    temps, wrong_temps = read_temps(workbook)
    irritants, wrong_irritants = read_irritants(workbook)
    registre, wrong_registre = read_registre(workbook, au)
    past = factures[[jour <= au for jour in factures[JOUR]]] if len(factures) else factures
    depuis = min(past[JOUR]) if len(past) else None
    entrees = fill_entrees(clients, first_invoices(past), depuis)
    strangers = find_strangers(workbook, registre, {*clients["cle"]})
    return _Feuilles(
        clients=clients.assign(**{ENTREE: entrees}),
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
            *(*wrong_registre, *strangers, *wrong_irritants),
        ),
    )


def _observe(feuilles: _Feuilles, au: date) -> Constatations:
    """Gather what the sheets say of each client."""
    reglages, journal, factures = feuilles.reglages, feuilles.journal, feuilles.factures
    delai = int(require_parametre(reglages, DELAI, JOURS_DE_DELAI, 0, DELAI_MAX))
    apres = int(require_parametre(reglages, APRES, JOURS_AVANT_RELANCE, 0, DELAI_MAX))
    reclamations = find_open(journal, feuilles.registre, au)
    silence = min(reglages.parametre(SILENCE, JOURS_DE_SILENCE), LONGEST)
    days = journal[JOUR].to_dict()
    recent = {cle: days[row] for cle, row in find_recent(journal, au, silence).items()}
    impayes = find_impayes(factures, au, delai, apres)
    retenues = Retenues(
        au=au,
        reclamations=reclamations,
        echanges=recent,
        nouvelles=au if impayes is None else last_news(factures, au),
    )
    written = [
        (r.dossier, day) for r in feuilles.registre.values() for day in (r.recue_le, r.ecrite_le)
    ]
    traces = gather_traces(journal, written, feuilles.reponses, feuilles.envois)
    return Constatations(
        au=au,
        avis=measure_clients(feuilles.reponses, au),
        contacts=last_contacts(traces, au),
        reclamations=reclamations,
        impayes=impayes,
        retenues=retenues,
        annees=measure_annees(with_delays(factures, delai), au),
    )


def _entrees(feuilles: _Feuilles, au: date) -> Entrees:
    """Return the invoices and the hours that the sheet Valeur counts."""
    cles = [str(cle) for cle in feuilles.clients["cle"]]
    tarifs = tarifs_of(feuilles.reglages.parametres)
    return Entrees.of(cles, feuilles.factures, feuilles.temps, tarifs, au)


def _measure(
    feuilles: _Feuilles,
    told: Constatations,
    apports: Apports,
    attrition: Attrition,
    heure: float | None,
) -> Ensemble:
    """Measure the portfolio and its segments."""
    clients, reponses, au = feuilles.clients, feuilles.reponses, told.au
    segments = [r.segment for r in feuilles.reglages.segments]
    depense = optional_parametre(feuilles.reglages, DEPENSE)
    valeur = measure_valeur(clients, apports, attrition, depense, au)
    rachat, d_apres = measure_rachat(feuilles.factures, feuilles.missions, told.annees.periode)
    return Ensemble(
        avis=measure_avis(clients, segments, reponses, au),
        avant=measure_year_before(clients, segments, reponses, au),
        trimestres=measure_quarters(reponses, au),
        attrition=attrition,
        segments=attrition_by_segment(clients, segments, au, is_suivie=feuilles.is_suivie),
        rachat=rachat,
        rachat_d_apres=d_apres,
        valeur=valeur,
        irritants=rank_irritants(feuilles.irritants, heure, au),
        heure=heure,
        au=au,
    )


def _write_register(workbook: Workbook, feuilles: _Feuilles, au: date) -> tuple[int, int]:
    """Bring the register and the Journal together; return what came, and what was closed."""
    journal, registre, clients = feuilles.journal, feuilles.registre, feuilles.clients
    formes = dict(zip(clients["cle"], clients["Forme juridique"].fillna(""), strict=True))
    _, nouvelles = pair_journal(journal, registre, formes)
    closed = find_closed(journal, registre, au)
    due = partial(next_echeance, delais=delais_of(feuilles.reglages), au=au)
    reconcile_registre(workbook, registre, [*nouvelles.values()], closed, due)
    return len(nouvelles), sum(map(len, closed))
