"""What to look at in a client map, and the three steps of the year that follow from it."""

from __future__ import annotations

from collections.abc import Iterator

from segxl.domain.cartographie.carte import Carte, Niveau, Sante, Tendance
from segxl.domain.cartographie.groupes import DORMANTS, NOUVEAUX, SOUS_TRAITANCE
from segxl.domain.faits.etats import compte
from segxl.lettres.cartographie_mots import PERCENT, euros, pourcent
from segxl.lettres.francais import NBSP, liste, nombre


def points(carte: Carte) -> Iterator[tuple[str, str, Niveau]]:
    """Yield each point of attention, what was seen and how it stands."""
    yield "Nouveaux clients", _seen_new(carte), carte.nouveaux
    yield "Premier client", _seen_first(carte), carte.dependance
    yield "Sous-traitance", _seen_subcontract(carte), carte.sous_traitance
    yield "Équilibre", _seen_health(carte), _level_of_health(carte.sante)


def plan(carte: Carte) -> Iterator[tuple[str, str, str]]:
    """Yield the three lines of the year's plan: what to work on, why, the step."""
    last = carte.dernier
    depends = carte.dependance in {Niveau.ROUGE, Niveau.ORANGE}
    if depends and carte.manque:
        why = f"Pour que votre premier client ne pèse plus que la moitié, il manque {euros(carte.manque)} de ventes à d’autres."
        step = "Choisir cinq clients possibles à approcher, et les rencontrer dans le trimestre."
    elif carte.nouveaux is Niveau.ORANGE:
        why = "Aucun nouveau client cette année."
        step = "Choisir cinq clients possibles à approcher, et les rencontrer dans le trimestre."
    else:
        why = "Renouveler vos clients avant d’en avoir besoin."
        step = "Garder une demi-journée par mois pour prospecter et demander des recommandations."
    yield "Prospection", why, step
    yield ("Fidélisation", *_keep(carte))
    if carte.sous_traitance in {Niveau.ROUGE, Niveau.ORANGE}:
        why = f"La sous-traitance fait {pourcent(last.part(SOUS_TRAITANCE) or 0)} de vos ventes."
        step = "Proposer une prestation en direct, sous votre nom, à un premier client."
    elif depends or carte.sante in {Sante.CONCENTREE, Sante.FRAGILE}:
        why = "Vos ventes reposent sur peu de clients."
        step = "Essayer une offre ou un canal de plus : formation, forfait, apporteur d’affaires."
    else:
        why = "Ne pas dépendre d’une seule source de revenus."
        step = "Choisir une offre ou un canal à essayer cette année, avec un objectif chiffré."
    yield "Nouvelles sources", why, step


def _seen_new(carte: Carte) -> str:
    ligne = carte.dernier.ligne(NOUVEAUX)
    if ligne is None or ligne.clients is None:
        return "Il faut deux exercices qui se suivent pour les reconnaître."
    if not ligne.clients:
        return f"Aucun en {carte.dernier.nom} : vos ventes reposent sur les clients d’hier."
    return f"{compte(ligne.clients, 'nouveau client', 'nouveaux clients')} en {carte.dernier.nom}."


def _seen_first(carte: Carte) -> str:
    part = carte.dernier.part_premier
    if part is None:
        return "Le poids du premier client ne peut pas se calculer."
    count = compte(len(carte.dernier.annee.clients), "client")
    limit = {
        Niveau.ROUGE: f" Au-delà de {_share(carte.seuils.dependance)}, on parle de dépendance.",
        Niveau.ORANGE: f" On surveille à partir de {_share(carte.seuils.vigilance)}.",
    }.get(carte.dependance, "")
    return f"{pourcent(part)} de vos ventes, sur {count}.{limit}"


def _seen_subcontract(carte: Carte) -> str:
    part = carte.dernier.part(SOUS_TRAITANCE)
    if part is None:
        return "Aucun client n’a été signalé comme donneur d’ordre."
    return f"{pourcent(part)} de vos ventes."


def _seen_health(carte: Carte) -> str:
    hhi, loyal = carte.dernier.hhi, carte.part_fideles
    told = []
    if hhi is not None:
        told.append(f"indice de concentration {nombre(round(hhi, 2), 2)} sur 1 (mieux vaut {nombre(carte.seuils.concentration)} au plus)")  # fmt: skip
    if loyal is not None:
        told.append(
            f"{pourcent(loyal)} de ventes fidèles (mieux vaut {_share(carte.seuils.fideles)} au moins)"
        )
    if not told:
        return "L’équilibre de votre clientèle ne peut pas se calculer."
    return f"Clientèle {carte.sante} : {liste(told)}."


def _level_of_health(sante: Sante) -> Niveau:
    known = {
        Sante.SAINE: Niveau.VERT,
        Sante.FRAGILE: Niveau.ROUGE,
        Sante.INCONNUE: Niveau.INCONNU,
    }
    return known.get(sante, Niveau.ORANGE)


def _keep(carte: Carte) -> tuple[str, str]:
    """Return why and how to keep customers."""
    gone = carte.dernier.ligne(DORMANTS)
    if gone and gone.clients:
        brought = "apportait" if gone.clients == 1 else "apportaient"
        lost = f", qui {brought} {euros(gone.avant)}" if gone.avant and gone.avant > 0 else ""
        which = compte(gone.clients, "client dormant", "clients dormants")
        called = "le rappeler" if gone.clients == 1 else "les rappeler"
        return f"{which}{lost}.", f"Comprendre pourquoi, {called}, proposer une reprise."
    if carte.tendance is Tendance.BAISSE or carte.sante in {Sante.VOLATILE, Sante.FRAGILE}:
        why = "La part des clients fidèles est faible, ou recule."
        return why, "Fixer un rendez-vous annuel avec chaque client, et lui proposer la suite."
    return (
        "Garder ceux qui vous font confiance.",
        "Rencontrer chacun une fois dans l’année, et lui demander s’il est satisfait.",
    )


def _share(part: float) -> str:
    return f"{nombre(part * PERCENT)}{NBSP}%"
