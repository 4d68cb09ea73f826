"""Where the value of each field of a letter is typed or computed, told with the field itself."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from segxl.domain.echeances import REGIME_CODES
from segxl.domain.tailles import FIGURES, LIMITED


def clients(header: str, aide: str) -> Any:  # noqa: ANN401  dataclasses.field is untyped on purpose
    """Return a field that a column of Clients holds."""
    return field(
        default="", metadata={"aide": aide, "lieu": f"colonne « {header} » de la feuille Clients"}
    )


def reclamations(header: str, aide: str) -> Any:  # noqa: ANN401
    """Return a field that the register of complaints holds."""
    place = f"colonne « {header} » de la feuille Réclamations"
    return field(default="", metadata={"aide": aide, "lieu": place})


def cabinet(champ: str, aide: str) -> Any:  # noqa: ANN401
    """Return a field of the letterhead."""
    return field(
        default="", metadata={"aide": aide, "lieu": f"champ « {champ} » de la table Cabinet"}
    )


def loi(aide: str, *faits: str, selon: tuple[str, ...] = (), default: object = "") -> Any:  # noqa: ANN401
    """Return a field that tells the law; ``faits`` are what it rests on for every client.

    Of the facts ``selon``, a client's own situation says which ones count.
    """
    metadata = {"aide": aide, "lieu": LOI, "faits": faits, "selon": selon}
    return field(default=default, metadata=metadata)


def calcul(lieu: str, aide: str, default: object = "") -> Any:  # noqa: ANN401
    """Return a field that is computed, or typed in another sheet."""
    return field(default=default, metadata={"aide": aide, "lieu": lieu})


NOTER = "résultat de « Noter les clients »"
GRILLE = "colonne « Conseil » de la table Criteres"
LOI = "calendrier légal livré avec segxl"
TAILLE = ("date_appreciation", *(f"{c}_{f}" for c in LIMITED for f in FIGURES.values()))
VENTES = ("ventes_b2c", "ventes_international", "achats_etrangers")
ENCAISSEMENTS = ("encaissements_services", "livraisons_de_biens", "option_debits")
RYTHMES = tuple(
    f"{kind}_{regime}" for kind in ("transactions", "paiements") for regime in REGIME_CODES
)
DELAIS = tuple(f"delai_{regime}" for regime in REGIME_CODES)
DERNIER_ECHANGE = (
    "feuille Journal",
    "Jour du dernier échange avec lui, en lettres ; vide sans échange.",
)
SUITES = (
    "colonnes « Suite » et « Suite le » de la feuille Journal",
    "Ce qui reste à faire pour lui (liste), ex. « Envoyer le devis, pour le 3 décembre 2026 ». Ces mots sont écrits pour le cabinet : à relire.",
)
"""The follow-ups that are still open: where they are typed, and what the field holds."""
