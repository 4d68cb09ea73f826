"""The questionnaires that were made, and whom they leave out, as French sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from segxl.actions.questionnaire import BilanEnvois, BilanQuestionnaire
from segxl.domain.enquete import JOURS_ENTRE
from segxl.domain.evenements import JOURS
from segxl.domain.journal import REMIS
from segxl.faces.annonces import SHOWN_CHANGES, SIMULATED
from segxl.sources.comptes_rendus import counted


@dataclass(frozen=True, slots=True)
class Chemins:
    """How the one who reads gets a questionnaire for one client, and brings the answers back."""

    un_seul: str
    retour: str


TERMINAL = Chemins(
    "créez le sien avec --dossier", "Au retour : « segxl enquete CLASSEUR FICHIER »."
)
RUBAN = Chemins(
    "sélectionnez-le dans Clients, puis « Enquête », « Questionnaires des clients sélectionnés »",
    "Au retour : « Enquête », « Reprendre des réponses ».",
)


def list_questionnaire(bilan: BilanQuestionnaire, chemins: Chemins) -> Iterator[str]:
    """Tell where the questionnaire is, for how many clients, and who was left out."""
    clients = counted(bilan.clients, "client", "clients")
    asked = counted(bilan.questions, "question", "questions")
    made = "Questionnaire à créer" if bilan.simulation else "Questionnaire créé"
    yield f"{made} : {bilan.fichier} ({clients}, {asked} de la grille)."
    if bilan.clients > 1:
        yield f"Il nomme plusieurs clients : gardez-le au cabinet. Pour l’envoyer à un client, {chemins.un_seul}."
    yield from _asked_and_left_out(bilan)
    yield from _recorded(bilan)
    yield SIMULATED if bilan.simulation else chemins.retour


def list_envois(bilan: BilanEnvois, chemins: Chemins) -> Iterator[str]:
    """Tell how many questionnaires may be sent, where they are, and who was left out."""
    told = counted(len(bilan.fichiers), "questionnaire à envoyer", "questionnaires à envoyer")
    yield f"{told}, un par client. segxl n’envoie rien."
    yield f"Dossier : {bilan.dossier}"
    if bilan.deja:
        s = "s" if bilan.deja > 1 else ""
        yield f"{bilan.deja} questionnaire{s} du jour déjà là, gardé{s} tel{s} quel{s}."
    yield from _asked_and_left_out(bilan)
    yield from _recorded(bilan)
    yield SIMULATED if bilan.simulation else chemins.retour


def _asked_and_left_out(bilan: BilanQuestionnaire | BilanEnvois) -> Iterator[str]:
    """Tell why clients are asked where that takes an event, then who is not and why."""
    if bilan.evenements:
        yield f"Interrogés après un événement des {JOURS} derniers jours :"
        yield from _first(bilan.evenements)
    if bilan.ecartes:
        yield f"{_left(len(bilan.ecartes))} : un questionnaire remis, une réponse ou une demande d’avis de moins de 60 jours, à la date dite."
        yield from _first(bilan.ecartes)
    if bilan.reclamations:
        yield f"{_left(len(bilan.reclamations))} : une réclamation est ouverte."
        yield from _first(bilan.reclamations)
    if bilan.partis:
        gone = counted(bilan.partis, "client parti", "clients partis")
        yield f"{gone} (« Sortie le ») : laissé{'s' if bilan.partis > 1 else ''} de côté."


def _recorded(bilan: BilanQuestionnaire | BilanEnvois) -> Iterator[str]:
    """Tell what the Journal keeps, and what that holds."""
    if bilan.inscrits:
        several = bilan.inscrits > 1
        told = "à inscrire" if bilan.simulation else "inscrites" if several else "inscrite"
        whose = "ces clients" if several else "ce client"
        lines = counted(bilan.inscrits, "ligne", "lignes")
        yield f"{lines} « {REMIS} » {told} au Journal : pas d’autre enquête de {whose} avant {JOURS_ENTRE} jours. Un questionnaire que vous ne remettez pas : supprimez sa ligne."


def _left(count: int) -> str:
    return counted(count, "client laissé de côté", "clients laissés de côté")


def _first(names: Sequence[str]) -> Iterator[str]:
    yield from (f"  • {name}" for name in names[:SHOWN_CHANGES])
    if len(names) > SHOWN_CHANGES:
        yield f"  … et {len(names) - SHOWN_CHANGES} autres."
