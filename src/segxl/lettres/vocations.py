"""What each shipped model is for: whom it concerns, whether it is a reminder, how soon to answer.

A **reminder** (« relance ») asks the client for a step or proposes help: it waits while the firm
and the client are in touch, and while a complaint is open. The letters of the segments are
reminders, and so is « Sans plateforme »; so is any model that the firm adds, since nobody told
otherwise. An **information** due under the mission waits for an open complaint alone: « Fin du
régime simplifié », « Ce qui change », « Fin de mission » and the letter to those outside the reform.
The **answer** to a complaint waits for neither, and is the only letter written while one is open.
Nobody may object to what is owed under the mission: that answer, its end, and what was billed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from segxl.domain.loi import Loi
from segxl.domain.obligations import A_CONFIRMER, SANS_OBJET
from segxl.domain.statuts import AUCUNE, CONTACTEE, RECOIT, REPONSE, STATUT, STATUTS, SUIVI
from segxl.domain.textes import fold
from segxl.lettres.dossier import text_of
from segxl.lettres.francais import le_jour
from segxl.lettres.modeles import model_key

COLONNES = (*SUIVI, REPONSE)
"""Columns of Clients that say how far a client is with a platform."""
RECLAMATION, HONORAIRES, AVIS = "réclamation", "honoraires", "avis"
"""What a letter may be about beside the reform; each has its own guards."""
FICHE_APPEL = "fiche_appel"
"""The sheet to hold while calling a client: it is for the firm alone."""
LATER = re.compile(r" au \d.*")
Cells = Mapping[str, object]
Exclusion = Callable[[Cells, Cells, Loi, date], str]
"""The client's cells, its obligations, the law, the day of the letter → why it is not concerned."""


def _nobody(_client: Cells, _answer: Cells, _loi: Loi, _au: date) -> str:
    """Exclude nobody."""
    return ""


def _has_platform(client: Cells, answer: Cells, _loi: Loi, _au: date) -> str:
    """Exclude who can receive, and who need not; the status decides, else the answer of the grid."""
    if answer["reception"] == SANS_OBJET:
        return "la réception ne le concerne pas"
    statut = text_of(client.get(STATUT))
    word = {fold(s): s for s in STATUTS}.get(fold(statut))
    if word is not None:
        return f"il reçoit déjà : « {STATUT} » dit « {word} »" if word in RECOIT else ""
    told = text_of(client.get(REPONSE))
    if fold(told) in {"", fold(AUCUNE), fold(CONTACTEE)}:
        return ""
    return f"il a choisi sa plateforme : « {REPONSE} » dit « {told} »"


def _keeps_regime(client: Cells, answer: Cells, _loi: Loi, _au: date) -> str:
    """Exclude who is not under the regime that ends."""
    if answer["regime_a_redemander"]:
        return ""
    told = text_of(client.get("Régime TVA")) or "rien"
    return f"il ne relève pas du régime simplifié : « Régime TVA » dit « {told} »"


def _issues_otherwise(_client: Cells, answer: Cells, loi: Loi, au: date) -> str:
    """Exclude who issues from another day, or never, and everybody once the day is past."""
    day, emission = loi.value("emission_pme", "date"), answer["emission"]
    if day < au:
        return f"ce que ce courrier annonce, {le_jour(day)}, est passé"
    if emission in {day, A_CONFIRMER}:
        return ""
    if isinstance(emission, date):
        return f"il émet dès {le_jour(emission)}"
    return "l’émission ne le concerne pas"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocation:
    """What one model is for."""

    titre: str = ""
    """How people call it; blank for the letters of the segments."""
    sujet: str = ""
    """What the name of its files says; the client may read it."""
    is_relance: bool = True
    delai_jours: int = 0
    """Days until the next step it proposes; 0 for those of the segment."""
    exclusion: Exclusion = _nobody
    objet: str = ""
    """What it is about, where that has its own guards."""
    is_proposition: bool = True
    """Whether an objection to proposals holds it."""
    is_depart: bool = False
    """Whether a client who has left may get it."""
    is_reforme: bool = True
    """Whether it tells of the reform: one that does waits where the columns contradict one another."""
    is_validee: bool = False
    """Whether a partner approves it client by client, in the column « Validé par », before it is written."""
    is_nommee: bool = False
    """Whether it is written for clients asked for by name alone."""
    is_interne: bool = False
    """Whether it never leaves the firm."""


VOCATIONS: Mapping[str, Vocation] = {
    "sans_plateforme": Vocation(
        titre="Sans plateforme",
        sujet="sur la plateforme",
        delai_jours=15,
        exclusion=_has_platform,
    ),
    "fin_regime_simplifie": Vocation(
        titre="Fin du régime simplifié",
        sujet="sur le régime de TVA",
        is_relance=False,
        delai_jours=15,
        exclusion=_keeps_regime,
    ),
    "ce_qui_change": Vocation(
        titre="Ce qui change",
        sujet="sur ce qui change",
        is_relance=False,
        delai_jours=30,
        exclusion=_issues_otherwise,
    ),
    "revue_honoraires": Vocation(
        titre="Revue des honoraires",
        sujet="sur notre mission",
        delai_jours=30,
        is_reforme=False,
        is_validee=True,
    ),
    "nouveau_service": Vocation(
        titre="Nouveau service", sujet="de proposition", delai_jours=30, is_reforme=False
    ),
    "satisfaction": Vocation(
        titre="Votre avis", sujet="sur votre avis", delai_jours=15, objet=AVIS, is_reforme=False
    ),
    "remerciement": Vocation(
        titre="Remerciement", sujet="de remerciement", delai_jours=30, is_reforme=False
    ),
    "reponse_reclamation": Vocation(
        titre="Réponse à une réclamation",
        sujet="de réponse",
        is_relance=False,
        delai_jours=15,
        objet=RECLAMATION,
        is_reforme=False,
        is_proposition=False,
    ),
    "relance_honoraires": Vocation(
        titre="Relance d’honoraires",
        sujet="sur nos honoraires",
        delai_jours=15,
        objet=HONORAIRES,
        is_reforme=False,
        is_proposition=False,
    ),
    "fin_mission": Vocation(
        titre="Fin de mission",
        sujet="de fin de mission",
        is_relance=False,
        delai_jours=30,
        is_proposition=False,
        is_depart=True,
        is_validee=True,
        is_nommee=True,
        is_reforme=False,
    ),
    FICHE_APPEL: Vocation(
        titre="Fiche d’appel",
        sujet="fiche d’appel interne",
        delai_jours=15,
        is_reforme=False,
        is_interne=True,
    ),
    "hors_champ": Vocation(is_relance=False),
}
"""By the name of the model's file; a model that is not here is a reminder to anybody."""
_BY_KEY = {model_key(name): vocation for name, vocation in VOCATIONS.items()}


def vocation_of(modele: str) -> Vocation:
    """Return what a model is for.

    >>> vocation_of("sans_plateforme").is_relance, vocation_of("pret").titre
    (True, '')
    """
    return _BY_KEY.get(model_key(modele), Vocation())


def modele_named(nom: str) -> str:
    """Return the file name of the model that people call so; any other name as it is.

    >>> modele_named("Ce qui change au 1er septembre 2027"), modele_named("fin du regime simplifie")
    ('ce_qui_change', 'fin_regime_simplifie')
    >>> modele_named("Prêt")
    'Prêt'
    """
    wanted = model_key(nom)
    called = {model_key(v.titre): name for name, v in VOCATIONS.items() if v.titre}
    called |= {model_key(name): name for name in VOCATIONS}
    return called.get(wanted) or called.get(LATER.sub("", wanted)) or nom
