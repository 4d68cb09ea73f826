"""The fields a model may print: one attribute each, and nothing else.

The staff's comments are no field: a private opinion never ends in a letter.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any


def _clients(header: str, aide: str) -> Any:  # noqa: ANN401  dataclasses.field is untyped on purpose
    return field(
        default="", metadata={"aide": aide, "lieu": f"colonne « {header} » de la feuille Clients"}
    )


def _cabinet(champ: str, aide: str) -> Any:  # noqa: ANN401
    return field(
        default="", metadata={"aide": aide, "lieu": f"champ « {champ} » de la table Cabinet"}
    )


def _calcul(lieu: str, aide: str, default: object = "") -> Any:  # noqa: ANN401
    return field(default=default, metadata={"aide": aide, "lieu": lieu})


_NOTER = "résultat de « Noter les clients »"
_GRILLE = "colonne « Conseil » de la table Criteres"
_LOI = "calendrier légal livré avec segxl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Champs:
    """Everything one letter may say of one dossier, already written in French.

    Examples
    --------
    >>> Champs(raison_sociale="Atelier Lumo").raison_sociale
    'Atelier Lumo'
    """

    dossier: str = _clients("Dossier", "Numéro du dossier.")
    raison_sociale: str = _clients("Raison sociale", "Nom de l’entreprise.")
    siren: str = _clients("SIREN", "SIREN en trois groupes de trois chiffres.")
    civilite: str = _clients("Civilité", "Madame, Monsieur, Maître ou Docteur ; vide si inconnue.")
    contact: str = _clients("Contact", "Prénom et nom de la personne à qui l’on écrit.")
    adresse: str = _clients("Adresse", "Numéro et voie ; plusieurs lignes possibles.")
    code_postal: str = _clients("Code postal", "Code postal du client.")
    ville: str = _clients("Ville", "Ville du client.")
    formule_appel: str = _clients(
        "Civilité", "« Madame, », « Monsieur, » ou « Madame, Monsieur, »."
    )
    formule_politesse: str = _clients("Civilité", "Phrase de politesse, accordée à la civilité.")
    destinataire: str = _clients("Raison sociale", "Lignes de nom du bloc adresse.")
    collaborateur: str = _clients("Collaborateur", "Personne du cabinet qui suit le dossier.")

    note: str = _calcul(_NOTER, "Note sur 20, avec une virgule. Usage interne.")
    couleur: str = _calcul(_NOTER, "Couleur de la note. Usage interne.")
    segment: str = _calcul(_NOTER, "Segment du dossier. Usage interne.")
    points_forts: tuple[str, ...] = _calcul(_NOTER, "Critères les mieux notés (liste).", ())
    points_faibles: tuple[str, ...] = _calcul(_NOTER, "Critères à travailler (liste).", ())
    etape_critere: str = _calcul(_GRILLE, "Critère de la prochaine étape.")
    etape_conseil: str = _calcul(
        _GRILLE, "Conseil de la prochaine étape, une phrase à l’infinitif."
    )
    etape_gain: str = _calcul(
        _GRILLE, "Gain de la prochaine étape, ex. « 1,5 point ». Usage interne."
    )

    delai_jours: int = _calcul(
        "colonne « Délai (jours) » de la table Segments", "Délai du segment.", 0
    )
    rendez_vous_avant: str = _calcul(
        "colonne « Délai (jours) » de la table Segments",
        "Date de la lettre plus le délai, en lettres.",
    )
    date_lettre: str = _calcul("date du jour", "Date de la lettre, en lettres.")
    date_reception: str = _calcul(
        _LOI, "Date de la réception des factures électroniques, en lettres."
    )
    date_emission: str = _calcul(
        _LOI, "Date de l’émission pour les PME et microentreprises, en lettres."
    )

    cabinet_nom: str = _cabinet("Nom", "Nom du cabinet.")
    cabinet_forme_juridique: str = _cabinet("Forme juridique", "SARL, SAS, SELARL…")
    cabinet_capital: str = _cabinet(
        "Capital", "Capital du cabinet, en euros ; vide s’il n’y en a pas."
    )
    cabinet_adresse: str = _cabinet("Adresse", "Numéro et voie du cabinet.")
    cabinet_code_postal: str = _cabinet("Code postal", "Code postal du cabinet.")
    cabinet_ville: str = _cabinet("Ville", "Ville du cabinet.")
    cabinet_telephone: str = _cabinet("Téléphone", "Téléphone du cabinet.")
    cabinet_email: str = _cabinet("E-mail", "E-mail du cabinet.")
    cabinet_rcs: str = _cabinet("RCS", "Ville et numéro, sans le mot RCS.")
    cabinet_tva: str = _cabinet("N° TVA", "Numéro de TVA du cabinet.")
    cabinet_inscription_ordre: str = _cabinet(
        "Inscription à l’Ordre", "Région et numéro d’inscription."
    )
    signataire: str = _cabinet("Signataire", "Nom de la personne qui signe.")
    qualite_signataire: str = _cabinet(
        "Qualité du signataire", "Ex. « expert-comptable associée »."
    )
    contact_donnees: str = _cabinet(
        "Contact données personnelles",
        "Où écrire pour ses données et pour ne plus recevoir ces lettres.",
    )

    def as_context(self) -> dict[str, object]:
        """Return what a model is rendered with."""
        return {name: getattr(self, name) for name in NAMES}


NAMES = tuple(f.name for f in fields(Champs))
_PLACES = {f.name: str(f.metadata["lieu"]) for f in fields(Champs)}


def known_fields() -> dict[str, str]:
    """Return every field a model may use, with its help text.

    >>> known_fields()["ville"]
    'Ville du client.'
    """
    return {f.name: str(f.metadata["aide"]) for f in fields(Champs)}


def place_of(name: str) -> str:
    """Say where the value of a field is typed or computed.

    >>> place_of("adresse")
    'colonne « Adresse » de la feuille Clients'
    """
    return _PLACES[name]
