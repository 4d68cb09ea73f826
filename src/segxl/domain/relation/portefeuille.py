"""The relation with each client, each segment and the whole portfolio, on one day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from segxl.domain.relation.attrition import SORTIE, Attrition, measure_attrition
from segxl.domain.relation.avis import SANS_AVIS, Avis
from segxl.domain.relation.contacts import Contact
from segxl.domain.relation.contrat import PIECES, Piece, contrat_of
from segxl.domain.relation.honoraires_annuels import Annees
from segxl.domain.relation.impayes import Impaye, Retenues
from segxl.domain.relation.indicateurs import Indicateur
from segxl.domain.relation.portail import PORTAIL
from segxl.domain.relation.reactivite import NO_ANSWERS, Answers
from segxl.domain.relation.signaux import (
    ETATS,
    Seuils,
    Situation,
    ambassadeur_of,
    etat_of,
    find_signaux,
    geste_of,
)
from segxl.domain.relation.valeur_client import stay_of
from segxl.domain.textes import fold
from segxl.domain.valeur.apports import Apports

NOM, SEGMENT, TEMOIGNAGE, OPPOSITION = (
    "Raison sociale",
    "Segment",
    "Témoignage accepté le",
    "Opposition",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Constatations:
    """What the sheets say of the clients, by folded number; see the modules that gather each."""

    au: date
    avis: Mapping[str, Avis]
    contacts: Mapping[str, Contact]
    reclamations: Mapping[str, date | None]
    etapes: Mapping[str, str]
    """The step of the open complaints that wait for no answer."""
    impayes: Mapping[str, Impaye] | None
    """None where nothing says who paid."""
    retenues: Retenues
    annees: Annees
    recommandations: Mapping[str, int] = field(default_factory=dict)
    answers: Mapping[str, Answers] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How the relation with one client stands; words are "" where there is nothing to say."""

    dossier: str
    nom: str
    segment: str
    etat: str
    signaux: tuple[str, ...]
    geste: str
    avis: Avis
    contact: Contact | None
    impaye: Impaye | None
    retard: float | None
    """Mean days late of what it paid over twelve months; None where no payment is on record."""
    relance: str
    """Why no reminder goes now."""
    ambassadeur: str
    temoignage: date | None
    annuels: float | None
    """Euros a year."""
    ltv: Indicateur
    contrat: str = ""
    """What its papers lack, see ``contrat.contrat_of``."""
    portail: str = ""
    """One of ``portail.MOTS``."""
    answers: Answers = NO_ANSWERS
    tardives: int = 0
    """How many requests have waited for longer than the firm accepts."""


def read_relations(
    clients: pd.DataFrame,
    told: Constatations,
    apports: Apports,
    attrition: Attrition,
    seuils: Seuils,
) -> tuple[Relation, ...]:
    """Tell how the relation with each client stands, the most urgent first.

    Parameters
    ----------
    clients : DataFrame of object
        One row a client: ``cle``, its folded number; « Dossier », « Raison sociale », « Segment »,
        « Sortie le », « Témoignage accepté le », « Opposition ».
    told : Constatations
        What the sheets say of them.
    apports : Apports
        What each is billed and leaves in a year.
    attrition : Attrition
        The departures of the portfolio, which say how long a client stays.
    seuils : Seuils
        From when a fact is a sign.

    Returns
    -------
    tuple of Relation
        By state, then the most signs, then the largest fees, then by number: no two are equal,
        whatever the order of the sheet.
    """
    stay = stay_of(attrition.taux)
    found = [_relation_of(line, told, apports, seuils, stay) for line in clients.to_dict("records")]
    return tuple(sorted(found, key=_rank))


def _rank(relation: Relation) -> tuple[int, int, float, str]:
    """Order the relations by what is most urgent."""
    return (
        ETATS.index(relation.etat),
        -len(relation.signaux),
        -(relation.annuels or 0.0),
        fold(relation.dossier),
    )


def _relation_of(
    line: Mapping[object, object],
    told: Constatations,
    apports: Apports,
    seuils: Seuils,
    stay: Indicateur,
) -> Relation:
    cle = str(line["cle"])
    situation = situation_of(line, told)
    return Relation(
        dossier=str(line["Dossier"]),
        nom=str(line[NOM] or ""),
        segment=str(line[SEGMENT] or ""),
        etat=etat_of(situation, seuils),
        signaux=find_signaux(situation, seuils),
        geste=geste_of(situation, seuils),
        avis=told.avis.get(cle, SANS_AVIS),
        contact=told.contacts.get(cle),
        impaye=situation.impaye,
        retard=situation.retard,
        relance=situation.relance,
        ambassadeur=ambassadeur_of(situation),
        temoignage=situation.temoignage,
        annuels=apports.honoraires.get(cle),
        ltv=_ltv_of(cle, apports, stay),
        **_tenue_of(line, situation, seuils),
        answers=situation.answers,
        tardives=situation.answers.count_late(seuils.reponse),
    )


def _tenue_of(
    line: Mapping[object, object], situation: Situation, seuils: Seuils
) -> dict[str, str]:
    """Return what the papers of a client lack, and its portal; nothing of one who has left."""
    if situation.is_partie:
        return {}
    pieces = {name: _piece(line[name]) for name in PIECES if name in line}
    contrat = contrat_of(pieces, situation.au, seuils.lettre)
    return {"contrat": contrat, "portail": str(line.get(PORTAIL) or "")}


def _ltv_of(cle: str, apports: Apports, stay: Indicateur) -> Indicateur:
    """Return what one client leaves over a mean stay."""
    year = apports.annuels.get(cle)
    if year is None or stay.valeur is None:
        return Indicateur(motif=stay.motif or apports.manque)
    return Indicateur(valeur=year * stay.valeur, n=1)


def situation_of(line: Mapping[object, object], told: Constatations) -> Situation:
    """Return what the workbook knows of one client."""
    cle = str(line["cle"])
    avis = told.avis.get(cle, SANS_AVIS)
    contact = told.contacts.get(cle)
    impaye = (told.impayes or {}).get(cle)
    return Situation(
        au=told.au,
        sortie=_day(line[SORTIE]),
        has_reclamation=cle in told.reclamations,
        reclamation=told.reclamations.get(cle),
        etape=told.etapes.get(cle, ""),
        contact=contact[0] if contact else None,
        retard=told.annees.retards.get(cle),
        impaye=impaye,
        relance=told.retenues.find(cle) if impaye else "",
        evolution=told.annees.evolutions.get(cle),
        csat=avis.dernier_csat,
        nps=avis.dernier_nps,
        answers=_answers_of(line, told),
        temoignage=_day(line[TEMOIGNAGE]),
        is_oppose=line[OPPOSITION] == "Oui",
        recommandations=told.recommandations.get(cle, 0),
    )


def _answers_of(line: Mapping[object, object], told: Constatations) -> Answers:
    """Return how fast a client answers; nobody waits any more for one who has left."""
    answers = told.answers.get(str(line["cle"]), NO_ANSWERS)
    sortie = _day(line[SORTIE])
    return answers._replace(attentes=()) if sortie and sortie < told.au else answers


def _piece(value: object) -> Piece | None:
    return value if isinstance(value, date | bool | str) else None


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def attrition_by_segment(
    clients: pd.DataFrame, order: Sequence[str], au: date, *, is_suivie: bool
) -> dict[str, Attrition]:
    """Measure the departures of each segment, in the order given; clients without one are left out."""
    found = {
        str(segment): measure_attrition(theirs, au, is_suivie=is_suivie)
        for segment, theirs in clients.groupby(SEGMENT)
    }
    return {name: found[name] for name in dict.fromkeys([*order, *found]) if name in found}
