"""« Relation » : how the relation with each client stands, and what it is worth to the firm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from segxl.domain.anomalies import Anomalie
from segxl.domain.enquete import JOUR
from segxl.domain.graphiques.avis import list_nps
from segxl.domain.honoraires.factures import DELAI, DELAI_MAX, JOURS_DE_DELAI, with_delays
from segxl.domain.journal import count_recommandations, find_recent, require_day
from segxl.domain.parametres import require_parametre
from segxl.domain.parcours.irritants import rank_irritants
from segxl.domain.relation.attrition import (
    MOIS_MESURES,
    Attrition,
    measure_attrition,
    months_ago,
)
from segxl.domain.relation.avis import (
    measure_avis,
    measure_clients,
    measure_importances,
    measure_quarters,
    measure_year_before,
)
from segxl.domain.relation.ce_qui_compte import By, with_importances
from segxl.domain.relation.contacts import gather_traces, last_contacts
from segxl.domain.relation.honoraires_annuels import annuels_of, measure_annees
from segxl.domain.relation.impayes import Retenues, find_impayes, last_news
from segxl.domain.relation.lecture import Ensemble, list_lignes, names_of
from segxl.domain.relation.paliers import next_echeance
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
from segxl.domain.relation.reactivite import measure_answers
from segxl.domain.relation.registre import find_answered, find_closed, find_open, pair_journal
from segxl.domain.relation.tenue import with_tenue
from segxl.domain.relation.valeur_client import measure_rachat, measure_valeur
from segxl.domain.valeur.apports import Apports, costs_of, measure_apports, read_base
from segxl.domain.valeur.entrees import Entrees
from segxl.domain.valeur.temps import tarifs_of
from segxl.excel.graphiques import NPS, draw_where_present
from segxl.excel.irritants import write_irritants
from segxl.excel.journal import can_close
from segxl.excel.lecture_relation import Feuilles, read_feuilles
from segxl.excel.port import Workbook
from segxl.excel.reclamations import reconcile_registre
from segxl.excel.relation import write_bilan, write_relations
from segxl.excel.silences import JOURS_DE_SILENCE, LONGEST, SILENCE
from segxl.excel.temps import TABLE as TEMPS


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
class _Etat:
    """What the sheets make known; ``heure`` is the mean cost of an hour."""

    told: Constatations
    attrition: Attrition
    apports: Apports
    heure: float | None
    relations: tuple[Relation, ...]


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
    feuilles = read_feuilles(workbook, require_day(au))
    etat = _relate(feuilles, au)
    ensemble = _measure(feuilles, etat)
    reprises, fermees = _write_register(workbook, feuilles, au)
    write_relations(workbook, etat.relations, au)
    lignes = with_tenue(list_lignes(ensemble), etat.relations, names_of(ensemble))
    write_bilan(workbook, with_importances(lignes, *_importances(feuilles, au)))
    write_irritants(workbook, ensemble.irritants)
    nps = list_nps(ensemble.avis, [*ensemble.segments])
    undrawn = draw_where_present(workbook, {NPS: nps})
    return BilanRelation(
        classeur=workbook.name,
        au=au,
        ensemble=ensemble,
        relations=etat.relations,
        ouvertes=len(etat.told.reclamations),
        reprises=reprises,
        fermees=fermees,
        anomalies=(*feuilles.anomalies, *undrawn),
    )


def measure(workbook: Workbook, au: date) -> tuple[Relation, ...]:
    """Tell how the relation with each client stands; the workbook is only read.

    Raises
    ------
    SaisieError
        The workbook cannot be used, or a setting is wrong.
    """
    return _relate(read_feuilles(workbook, au), au).relations


def _relate(feuilles: Feuilles, au: date) -> _Etat:
    """Measure what each client brings and how the relation with it stands."""
    told = _observe(feuilles, au)
    attrition = measure_attrition(feuilles.clients, au, is_suivie=feuilles.is_suivie)
    cles = [str(cle) for cle in feuilles.clients["cle"]]
    tarifs = tarifs_of(feuilles.reglages.parametres)
    entrees = Entrees.of(cles, feuilles.factures, feuilles.temps, tarifs, au)
    annuels, base = annuels_of(feuilles.clients, told.annees), read_base(feuilles.reglages)
    apports = measure_apports(annuels, costs_of(entrees), entrees.count_months()[TEMPS], base)
    seuils = seuils_of(feuilles.reglages)
    return _Etat(
        told=told,
        attrition=attrition,
        apports=apports,
        heure=entrees.mean_rate,
        relations=read_relations(feuilles.clients, told, apports, attrition, seuils),
    )


def _observe(feuilles: Feuilles, au: date) -> Constatations:
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
        etapes=find_answered(journal, feuilles.registre, au),
        impayes=impayes,
        retenues=retenues,
        annees=measure_annees(with_delays(factures, delai), au),
        recommandations=count_recommandations(journal, au),
        answers=measure_answers(journal, au),
    )


def _measure(feuilles: Feuilles, etat: _Etat) -> Ensemble:
    """Measure the portfolio and its segments."""
    clients, reponses, au = feuilles.clients, feuilles.reponses, etat.told.au
    segments = [r.segment for r in feuilles.reglages.segments]
    depense = optional_parametre(feuilles.reglages, DEPENSE)
    periode = etat.told.annees.periode
    rachat, d_apres = measure_rachat(feuilles.factures, feuilles.missions, periode)
    return Ensemble(
        avis=measure_avis(clients, segments, reponses, au),
        avant=measure_year_before(clients, segments, reponses, au),
        trimestres=measure_quarters(reponses, au),
        attrition=etat.attrition,
        segments=attrition_by_segment(clients, segments, au, is_suivie=feuilles.is_suivie),
        rachat=rachat,
        rachat_d_apres=d_apres,
        valeur=measure_valeur(clients, etat.apports, etat.attrition, depense, au),
        irritants=rank_irritants(feuilles.irritants, etat.heure, au),
        heure=etat.heure,
        au=au,
    )


def _importances(feuilles: Feuilles, au: date) -> tuple[By, By]:
    """Measure what clients call important, over the year and the one before."""
    clients, reponses = feuilles.clients, feuilles.reponses
    segments = [r.segment for r in feuilles.reglages.segments]
    now, before = (
        measure_importances(clients, segments, reponses, day)
        for day in (au, months_ago(au, MOIS_MESURES))
    )
    return now, before


def _write_register(workbook: Workbook, feuilles: Feuilles, au: date) -> tuple[int, int]:
    """Bring the register and the Journal together; return what came, and what was closed."""
    journal, registre, clients = feuilles.journal, feuilles.registre, feuilles.clients
    formes = dict(zip(clients["cle"], clients["Forme juridique"].fillna(""), strict=True))
    _, nouvelles = pair_journal(journal, registre, formes)
    closed = find_closed(journal, registre, au)
    if not can_close(workbook):
        closed = {}, closed[1]
    due = partial(next_echeance, delais=delais_of(feuilles.reglages), au=au)
    reconcile_registre(workbook, registre, [*nouvelles.values()], closed, due)
    return len(nouvelles), sum(map(len, closed))
