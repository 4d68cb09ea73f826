"""The fields a model may print: one attribute each, and nothing else.

The staff's comments are no field: a private opinion never ends in a letter. Neither are the fines
nor the tolerance of the first months: they inform the firm, and would frighten or reassure a client.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from segxl.domain.echeances import DATES, REGIME_CODES
from segxl.domain.tailles import FIGURES, LIMITED


def _clients(header: str, aide: str) -> Any:  # noqa: ANN401  dataclasses.field is untyped on purpose
    return field(
        default="", metadata={"aide": aide, "lieu": f"colonne « {header} » de la feuille Clients"}
    )


def _cabinet(champ: str, aide: str) -> Any:  # noqa: ANN401
    return field(
        default="", metadata={"aide": aide, "lieu": f"champ « {champ} » de la table Cabinet"}
    )


def _loi(aide: str, *faits: str, selon: tuple[str, ...] = (), default: object = "") -> Any:  # noqa: ANN401
    """Return a field that tells the law; ``faits`` are what it rests on for every client.

    Of the facts ``selon``, a client's own situation says which ones count.
    """
    metadata = {"aide": aide, "lieu": _LOI, "faits": faits, "selon": selon}
    return field(default=default, metadata=metadata)


def _calcul(lieu: str, aide: str, default: object = "") -> Any:  # noqa: ANN401
    return field(default=default, metadata={"aide": aide, "lieu": lieu})


_NOTER = "résultat de « Noter les clients »"
_GRILLE = "colonne « Conseil » de la table Criteres"
_LOI = "calendrier légal livré avec segxl"
_TAILLE = ("date_appreciation", *(f"{c}_{f}" for c in LIMITED for f in FIGURES.values()))
_VENTES = ("ventes_b2c", "ventes_international", "achats_etrangers")
_ENCAISSEMENTS = ("encaissements_services", "livraisons_de_biens", "option_debits")
_RYTHMES = tuple(
    f"{kind}_{regime}" for kind in ("transactions", "paiements") for regime in REGIME_CODES
)
_DELAIS = tuple(f"delai_{regime}" for regime in REGIME_CODES)


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

    fin_mission_le: str = _clients("Fin de mission le", "Dernier jour de la mission, en lettres.")
    preavis: str = _clients("Préavis", "Préavis convenu, ex. « trois mois ».")
    pieces_rendues: tuple[str, ...] = field(
        default=(),
        metadata={
            "aide": "Ce que le cabinet remet au client (liste), une pièce par ligne de la cellule.",
            "lieu": "colonne « Pièces rendues » de la feuille Clients",
        },
    )
    offre: str = _calcul(
        "colonne « Offre » de la table Segments", "Offre du segment, ex. « Atelier découverte »."
    )

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
    date_reception: str = _loi(
        "Date de la réception des factures électroniques, en lettres.", "reception"
    )
    date_emission: str = _loi(
        "Date de l’émission pour les PME et microentreprises, en lettres.", "emission_pme"
    )

    obligation_reception: str = _loi(
        "Jour de la réception pour ce client, ex. « le 1er septembre 2026 » ; vide s’il n’est pas concerné.",
        "reception", "assujetti",
    )  # fmt: skip
    obligation_emission: str = _loi(
        "Jour de l’émission pour ce client, ex. « le 1er septembre 2027 » ; vide s’il n’est pas concerné.",
        *_TAILLE, selon=(*DATES, "ventes_b2b", "exonere_en_partie", "franchise"),
    )  # fmt: skip
    mentions_nouvelles: tuple[str, ...] = _loi(
        "Mentions nouvelles de ses factures (liste) ; vide s’il n’émet pas.",
        "mentions_nouvelles", *_TAILLE, selon=(*DATES, "ventes_b2b"), default=(),
    )  # fmt: skip
    obligation_ereporting: str = _loi(
        "Jour à partir duquel il transmet des données de ventes ou d’encaissements ; vide s’il n’en a pas.",
        *_TAILLE,
        selon=(*DATES, *_VENTES, *_ENCAISSEMENTS),
    )  # fmt: skip
    ereporting_ventes: str = _loi(
        "Le même jour, pour les ventes à des particuliers ou hors de France ; vide sans objet.",
        *_TAILLE,
        selon=(*DATES, *_VENTES),
    )
    ereporting_encaissements: str = _loi(
        "Le même jour, pour les encaissements de prestations de services ; vide sans objet.",
        *_TAILLE,
        selon=(*DATES, *_ENCAISSEMENTS),
    )
    ereporting_a_preciser: str = _calcul(
        "réponse de « Obligations »",
        "« oui » quand le dossier ne permet pas encore de dire s’il a des données à transmettre ; vide sinon.",
    )
    rythme: str = _loi(
        "Rythme de ces envois, ex. « trois fois par mois » ; celui des ventes s’il y en a.",
        selon=_RYTHMES,
    )
    premiere_periode: str = _loi(
        "Prochaine période à transmettre, ex. « du 1er au 10 septembre 2027 ».",
        *_TAILLE,
        selon=(*DATES, *_RYTHMES),
    )
    a_transmettre_avant: str = _loi(
        "Dernier jour pour transmettre cette période, ex. « le 20 septembre 2027 ».",
        *_TAILLE,
        selon=(*DATES, *_RYTHMES, *_DELAIS),
    )
    taille_legale: str = _loi(
        "Taille au sens de la loi : microentreprise, PME, ETI ou grande entreprise.", *_TAILLE
    )
    fin_regime_simplifie: str = _loi(
        "Dernier jour du régime simplifié de TVA, en lettres.", "fin_regime_simplifie"
    )
    seuil_trimestriel: str = _loi(
        "Chiffre d’affaires de l’an passé jusqu’auquel le réel trimestriel est ouvert.",
        "trimestriel_ca_precedent",
    )
    seuil_trimestriel_courant: str = _loi(
        "Chiffre d’affaires de l’année jusqu’auquel il le reste.", "trimestriel_ca_courant"
    )
    loi_version: str = _calcul(_LOI, "Ex. « état du droit relevé le 10 octobre 2026 ».")
    regime_tva: str = _clients(
        "Régime TVA", "Régime de TVA, en minuscules ; vide s’il est à vérifier."
    )
    plateforme: str = _clients(
        "Plateforme", "Nom de la plateforme du client. À garder pour lui seul."
    )
    statut_plateforme: str = _clients(
        "Statut plateforme", "Où il en est avec elle, ex. « Mandat à signer »."
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
FAITS: Mapping[str, tuple[str, ...]] = {
    f.name: f.metadata["faits"] for f in fields(Champs) if "faits" in f.metadata
}
"""Each field that tells the law, with the facts that it rests on whoever the client is."""
SELON: Mapping[str, tuple[str, ...]] = {
    f.name: f.metadata["selon"] for f in fields(Champs) if "selon" in f.metadata
}
"""The same fields, with the facts of which a client's situation chooses."""


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
