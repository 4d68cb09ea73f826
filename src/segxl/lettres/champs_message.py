"""The fields that make a message of one client its own: where it stands with the firm, why to call it."""

from __future__ import annotations

from dataclasses import dataclass, fields

from segxl.lettres import lieux


@dataclass(frozen=True, slots=True, kw_only=True)
class ChampsMessage:
    """What a message says of one client beside its situation; the call sheet prints most of it."""

    etape_parcours: str = lieux.clients(
        "Étape du parcours", "Où il en est avec le cabinet, ex. « Devis » ; vide si rien ne le dit."
    )
    phrase_etape: str = lieux.calcul(
        "lignes « Phrase, étape … » de la table Cabinet",
        "Ce que le cabinet dit à cette étape, une phrase ; vide si rien ne la dit.",
    )
    telephone: str = lieux.clients("Téléphone", "Numéro du client ; vide sans cette colonne.")
    definition_segment: str = lieux.calcul(
        "colonne « Définition » de la table Segments",
        "Qui sont les clients de son segment. Usage interne.",
    )
    raisons_appel: tuple[str, ...] = lieux.calcul(
        "résultat de « Courriers »", "Pourquoi l’appeler (liste). Usage interne.", ()
    )
    connu_profil: str = lieux.calcul(
        lieux.NOTER, "Sa note, sa couleur, son segment, en une phrase. Usage interne."
    )
    connu_attente: str = lieux.calcul(
        "feuilles Journal, Réclamations et Honoraires",
        "Ce qui reste ouvert avec lui, en une phrase. Usage interne.",
    )
    reserve_appel: str = lieux.calcul(
        "colonne « Opposition » de la feuille Clients, feuilles Journal et Réclamations",
        "Ce qu’il ne faut pas faire pendant l’appel ; vide si rien. Usage interne.",
    )
    ecoute: str = lieux.calcul(
        "feuilles Journal et Réclamations",
        "« oui » quand l’appel suit une réclamation ; vide sinon. Usage interne.",
    )


PROPRES = frozenset(f.name for f in fields(ChampsMessage))
"""Their names: the guide lists them after the others."""
