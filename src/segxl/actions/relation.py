"""« Relation » : how the relation with each client stands, and what it is worth to the firm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.enquete import DOSSIER, JOUR
from segxl.domain.honoraires.factures import DELAI, DELAI_MAX, JOURS_DE_DELAI, with_delays
from segxl.domain.journal import count_recommandations, find_recent
from segxl.domain.parametres import require_parametre
from segxl.domain.reglages import Reglages
from segxl.domain.relation.attrition import ENTREE, Attrition, fill_entrees, measure_attrition
from segxl.domain.relation.avis import in_order, measure_avis, measure_clients, measure_year_before
from segxl.domain.relation.contacts import last_contacts
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
    measure_valeur,
    read_relations,
)
from segxl.domain.relation.registre import find_closed, find_open, pair_journal
from segxl.domain.relation.valeur_client import first_invoices, measure_rachat
from segxl.excel.courriers import read_envois
from segxl.excel.enquete import read_enquete
from segxl.excel.honoraires import read_honoraires
from segxl.excel.journal import read_journal
from segxl.excel.port import Workbook
from segxl.excel.reclamations import find_strangers, read_registre, write_registre
from segxl.excel.reglages import read_portefeuille
from segxl.excel.relation import read_clients, read_missions, write_bilan, write_relations
from segxl.excel.silences import JOURS_DE_SILENCE, LONGEST, SILENCE


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
    annuels = annuels_of(feuilles.clients, told.annees)
    attrition = measure_attrition(feuilles.clients, au, is_suivie=feuilles.is_suivie)
    relations = _relate(feuilles, told, annuels, attrition)
    ensemble = _measure(feuilles, told, annuels, attrition)
    reprises, fermees = _write_register(workbook, feuilles, au)
    write_relations(workbook, relations, au)
    write_bilan(workbook, list_lignes(ensemble))
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


def measure(workbook: Workbook, au: date) -> tuple[Relation, ...]:
    """Tell how the relation with each client stands; the workbook is only read.

    Raises
    ------
    SaisieError
        The workbook cannot be used, or a setting is wrong.
    """
    feuilles = _read(workbook, au)
    told = _observe(feuilles, au)
    annuels = annuels_of(feuilles.clients, told.annees)
    attrition = measure_attrition(feuilles.clients, au, is_suivie=feuilles.is_suivie)
    return _relate(feuilles, told, annuels, attrition)


def _relate(
    feuilles: _Feuilles, told: Constatations, annuels: Mapping[str, float], attrition: Attrition
) -> tuple[Relation, ...]:
    seuils = seuils_of(feuilles.reglages)
    return read_relations(feuilles.clients, told, annuels, attrition, seuils)


def _read(workbook: Workbook, au: date) -> _Feuilles:
    tableau, reglages, _ = read_portefeuille(workbook)
    clients, is_suivie, wrong_clients = read_clients(tableau, reglages)
    reponses, wrong_reponses = read_enquete(workbook)
    factures, wrong_factures = read_honoraires(workbook)
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
        missions=read_missions(workbook, past),
        envois=read_envois(workbook),
        anomalies=(*wrong_clients, *wrong_reponses, *wrong_factures, *wrong_registre, *strangers),
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
    return Constatations(
        au=au,
        avis=measure_clients(feuilles.reponses, au),
        contacts=last_contacts(_traces(feuilles), au),
        reclamations=reclamations,
        impayes=impayes,
        retenues=retenues,
        annees=measure_annees(with_delays(factures, delai), au),
        recommandations=count_recommandations(journal, au),
    )


def _traces(feuilles: _Feuilles) -> dict[str, list[tuple[object, object]]]:
    """Return the contacts of each sheet: pairs (dossier, day)."""
    registre = feuilles.registre.values()
    return {
        "Journal": [*zip(feuilles.journal[DOSSIER], feuilles.journal[JOUR], strict=True)],
        "Réclamations": [(r.dossier, day) for r in registre for day in (r.recue_le, r.ecrite_le)],
        "Enquête": [*zip(feuilles.reponses[DOSSIER], feuilles.reponses[JOUR], strict=True)],
        "Courriers": [*feuilles.envois],
    }


def _measure(
    feuilles: _Feuilles,
    told: Constatations,
    annuels: Mapping[str, float],
    attrition: Attrition,
) -> Ensemble:
    """Measure the portfolio and its segments."""
    clients, reponses, au = feuilles.clients, feuilles.reponses, told.au
    segments = [r.segment for r in feuilles.reglages.segments]
    depense = optional_parametre(feuilles.reglages, DEPENSE)
    valeur = measure_valeur(clients, annuels, attrition, depense, au)
    rachat, d_apres = measure_rachat(feuilles.factures, feuilles.missions, told.annees.periode)
    return Ensemble(
        avis=measure_avis(clients, segments, reponses, au),
        avant=measure_year_before(clients, segments, reponses, au),
        attrition=attrition,
        segments=attrition_by_segment(clients, segments, au, is_suivie=feuilles.is_suivie),
        rachat=rachat,
        rachat_d_apres=d_apres,
        valeur=valeur,
    )


def _write_register(workbook: Workbook, feuilles: _Feuilles, au: date) -> tuple[int, int]:
    """Bring the register and the Journal together; return what came, and what was closed."""
    journal, registre = feuilles.journal, feuilles.registre
    formes = {
        str(cle): str(forme or "")
        for cle, forme in zip(feuilles.clients["cle"], feuilles.clients["Forme juridique"], strict=True)
    }  # fmt: skip
    _, nouvelles = pair_journal(journal, registre, formes)
    in_journal, in_registre = find_closed(journal, registre, au)
    settled = {r: replace(c, clos_le=in_registre.get(r, c.clos_le)) for r, c in registre.items()}
    due = partial(next_echeance, delais=delais_of(feuilles.reglages), au=au)
    write_registre(workbook, settled, [*nouvelles.values()], in_registre, due)
    if in_journal:
        cells = {row: {"Clos le": jour} for row, jour in in_journal.items()}
        workbook.write_cells("Journal", cells)
    return len(nouvelles), len(in_journal) + len(in_registre)
