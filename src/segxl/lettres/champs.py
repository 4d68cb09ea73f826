"""The fields a model may print: one attribute each, and nothing else.

The staff's comments are no field: a private opinion never ends in a letter. Neither are the fines
nor the tolerance of the first months: they inform the firm, and would frighten or reassure a client.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from segxl.domain.echeances import DATES
from segxl.lettres import lieux
from segxl.lettres.champs_message import PROPRES, ChampsMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class Champs(ChampsMessage):
    """Everything one letter may say of one dossier, already written in French.

    Examples
    --------
    >>> Champs(raison_sociale="Atelier Lumo").raison_sociale
    'Atelier Lumo'
    """

    dossier: str = lieux.clients("Dossier", "Numéro du dossier.")
    raison_sociale: str = lieux.clients("Raison sociale", "Nom de l’entreprise.")
    siren: str = lieux.clients("SIREN", "SIREN en trois groupes de trois chiffres.")
    civilite: str = lieux.clients(
        "Civilité", "Madame, Monsieur, Maître ou Docteur ; vide si inconnue."
    )
    contact: str = lieux.clients("Contact", "Prénom et nom de la personne à qui l’on écrit.")
    adresse: str = lieux.clients("Adresse", "Numéro et voie ; plusieurs lignes possibles.")
    code_postal: str = lieux.clients("Code postal", "Code postal du client.")
    ville: str = lieux.clients("Ville", "Ville du client.")
    formule_appel: str = lieux.clients(
        "Civilité", "« Madame, », « Monsieur, » ou « Madame, Monsieur, »."
    )
    formule_politesse: str = lieux.clients(
        "Civilité", "Phrase de politesse, accordée à la civilité."
    )
    destinataire: str = lieux.clients("Raison sociale", "Lignes de nom du bloc adresse.")
    collaborateur: str = lieux.clients("Collaborateur", "Personne du cabinet qui suit le dossier.")

    fin_mission_le: str = lieux.clients(
        "Fin de mission le", "Dernier jour de la mission, en lettres."
    )
    preavis: str = lieux.clients("Préavis", "Préavis convenu, ex. « trois mois ».")
    pieces_rendues: tuple[str, ...] = field(
        default=(),
        metadata={
            "aide": "Ce que le cabinet remet au client (liste), une pièce par ligne de la cellule.",
            "lieu": "colonne « Pièces rendues » de la feuille Clients",
        },
    )
    offre: str = lieux.calcul(
        "colonne « Offre » de la table Segments", "Offre du segment, ex. « Atelier découverte »."
    )

    reclamation_ecrite_le: str = lieux.reclamations(
        "Écrite le", "Jour de la réclamation écrite à laquelle on répond, en lettres."
    )
    reclamation_objet: str = lieux.reclamations("Objet", "Ce dont le client se plaint.")
    reclamation_explication: str = lieux.reclamations(
        "Explication", "Ce qui s’est passé, écrit pour le client."
    )
    reclamation_geste: str = lieux.reclamations(
        "Geste", "Ce que le cabinet propose en retour ; vide s’il ne propose rien."
    )
    reclamation_recours: str = lieux.reclamations(
        "Qualité", "Ce que le client peut faire si la réponse ne lui convient pas, une phrase."
    )
    factures_dues: tuple[str, ...] = lieux.calcul(
        "feuille Honoraires", "Ses factures échues et ses avoirs, un par ligne (liste).", ()
    )
    total_du: str = lieux.calcul(
        "feuille Honoraires", "Ce qu’il reste à régler hors taxes, avoirs déduits."
    )
    dernier_echange_le: str = lieux.calcul(*lieux.DERNIER_ECHANGE)
    suites: tuple[str, ...] = lieux.calcul(*lieux.SUITES, ())

    note: str = lieux.calcul(lieux.NOTER, "Note sur 20, avec une virgule. Usage interne.")
    couleur: str = lieux.calcul(lieux.NOTER, "Couleur de la note. Usage interne.")
    segment: str = lieux.calcul(lieux.NOTER, "Segment du dossier. Usage interne.")
    points_forts: tuple[str, ...] = lieux.calcul(
        lieux.NOTER, "Critères les mieux notés (liste).", ()
    )
    points_faibles: tuple[str, ...] = lieux.calcul(
        lieux.NOTER, "Critères à travailler (liste).", ()
    )
    etape_critere: str = lieux.calcul(lieux.GRILLE, "Critère de la prochaine étape.")
    etape_conseil: str = lieux.calcul(
        lieux.GRILLE, "Conseil de la prochaine étape, une phrase à l’infinitif."
    )
    etape_gain: str = lieux.calcul(
        lieux.GRILLE, "Gain de la prochaine étape, ex. « 1,5 point ». Usage interne."
    )

    delai_jours: int = lieux.calcul(
        "colonne « Délai (jours) » de la table Segments", "Délai du segment.", 0
    )
    rendez_vous_avant: str = lieux.calcul(
        "colonne « Délai (jours) » de la table Segments",
        "Date de la lettre plus le délai, en lettres.",
    )
    date_lettre: str = lieux.calcul("date du jour", "Date de la lettre, en lettres.")
    date_reception: str = lieux.loi(
        "Date de la réception des factures électroniques, en lettres.", "reception"
    )
    date_emission: str = lieux.loi(
        "Date de l’émission pour les PME et microentreprises, en lettres.", "emission_pme"
    )

    obligation_reception: str = lieux.loi(
        "Jour de la réception pour ce client, ex. « le 1er septembre 2026 » ; vide s’il n’est pas concerné.",
        "reception", "assujetti",
    )  # fmt: skip
    obligation_emission: str = lieux.loi(
        "Jour de l’émission pour ce client, ex. « le 1er septembre 2027 » ; vide s’il n’est pas concerné.",
        *lieux.TAILLE, selon=(*DATES, "ventes_b2b", "exonere_en_partie", "franchise"),
    )  # fmt: skip
    mentions_nouvelles: tuple[str, ...] = lieux.loi(
        "Mentions nouvelles de ses factures (liste) ; vide s’il n’émet pas.",
        "mentions_nouvelles", *lieux.TAILLE, selon=(*DATES, "ventes_b2b"), default=(),
    )  # fmt: skip
    obligation_ereporting: str = lieux.loi(
        "Jour à partir duquel il transmet des données de ventes ou d’encaissements ; vide s’il n’en a pas.",
        *lieux.TAILLE,
        selon=(*DATES, *lieux.VENTES, *lieux.ENCAISSEMENTS),
    )  # fmt: skip
    ereporting_ventes: str = lieux.loi(
        "Le même jour, pour les ventes à des particuliers ou hors de France ; vide sans objet.",
        *lieux.TAILLE,
        selon=(*DATES, *lieux.VENTES),
    )
    ereporting_encaissements: str = lieux.loi(
        "Le même jour, pour les encaissements de prestations de services ; vide sans objet.",
        *lieux.TAILLE,
        selon=(*DATES, *lieux.ENCAISSEMENTS),
    )
    ereporting_a_preciser: str = lieux.calcul(
        "réponse de « Obligations »",
        "« oui » quand le dossier ne permet pas encore de dire s’il a des données à transmettre ; vide sinon.",
    )
    rythme: str = lieux.loi(
        "Rythme de ces envois, ex. « trois fois par mois » ; celui des ventes s’il y en a.",
        selon=lieux.RYTHMES,
    )
    premiere_periode: str = lieux.loi(
        "Prochaine période à transmettre, ex. « du 1er au 10 septembre 2027 ».",
        *lieux.TAILLE,
        selon=(*DATES, *lieux.RYTHMES),
    )
    a_transmettre_avant: str = lieux.loi(
        "Dernier jour pour transmettre cette période, ex. « le 20 septembre 2027 ».",
        *lieux.TAILLE,
        selon=(*DATES, *lieux.RYTHMES, *lieux.DELAIS),
    )
    taille_legale: str = lieux.loi(
        "Taille au sens de la loi : microentreprise, PME, ETI ou grande entreprise.", *lieux.TAILLE
    )
    fin_regime_simplifie: str = lieux.loi(
        "Dernier jour du régime simplifié de TVA, en lettres.", "fin_regime_simplifie"
    )
    seuil_trimestriel: str = lieux.loi(
        "Chiffre d’affaires de l’an passé jusqu’auquel le réel trimestriel est ouvert.",
        "trimestriel_ca_precedent",
    )
    seuil_trimestriel_courant: str = lieux.loi(
        "Chiffre d’affaires de l’année jusqu’auquel il le reste.", "trimestriel_ca_courant"
    )
    loi_version: str = lieux.calcul(lieux.LOI, "Ex. « état du droit relevé le 10 octobre 2026 ».")
    regime_tva: str = lieux.clients(
        "Régime TVA", "Régime de TVA, en minuscules ; vide s’il est à vérifier."
    )
    plateforme: str = lieux.clients(
        "Plateforme", "Nom de la plateforme du client. À garder pour lui seul."
    )
    statut_plateforme: str = lieux.clients(
        "Statut plateforme", "Où il en est avec elle, ex. « Mandat à signer »."
    )

    cabinet_nom: str = lieux.cabinet("Nom", "Nom du cabinet.")
    cabinet_forme_juridique: str = lieux.cabinet("Forme juridique", "SARL, SAS, SELARL…")
    cabinet_capital: str = lieux.cabinet(
        "Capital", "Capital du cabinet, en euros ; vide s’il n’y en a pas."
    )
    cabinet_adresse: str = lieux.cabinet("Adresse", "Numéro et voie du cabinet.")
    cabinet_code_postal: str = lieux.cabinet("Code postal", "Code postal du cabinet.")
    cabinet_ville: str = lieux.cabinet("Ville", "Ville du cabinet.")
    cabinet_telephone: str = lieux.cabinet("Téléphone", "Téléphone du cabinet.")
    cabinet_email: str = lieux.cabinet("E-mail", "E-mail du cabinet.")
    cabinet_rcs: str = lieux.cabinet("RCS", "Ville et numéro, sans le mot RCS.")
    cabinet_tva: str = lieux.cabinet("N° TVA", "Numéro de TVA du cabinet.")
    cabinet_inscription_ordre: str = lieux.cabinet(
        "Inscription à l’Ordre", "Région et numéro d’inscription."
    )
    signataire: str = lieux.cabinet("Signataire", "Nom de la personne qui signe.")
    qualite_signataire: str = lieux.cabinet(
        "Qualité du signataire", "Ex. « expert-comptable associée »."
    )
    contact_donnees: str = lieux.cabinet(
        "Contact données personnelles",
        "Où écrire pour ses données et pour ne plus recevoir ces lettres.",
    )

    def as_context(self) -> dict[str, object]:
        """Return what a model is rendered with."""
        return {name: getattr(self, name) for name in NAMES}


NAMES = tuple(sorted((f.name for f in fields(Champs)), key=PROPRES.__contains__))
_HELP, _PLACES = ({f.name: str(f.metadata[x]) for f in fields(Champs)} for x in ("aide", "lieu"))
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
    return {name: str(_HELP[name]) for name in NAMES}


def place_of(name: str) -> str:
    """Say where the value of a field is typed or computed.

    >>> place_of("adresse")
    'colonne « Adresse » de la feuille Clients'
    """
    return _PLACES[name]


def column_of(name: str) -> str:
    """Return the column of Clients that holds a field; blank where another place does.

    >>> column_of("adresse"), column_of("cabinet_tva")
    ('Adresse', '')
    """
    head, _, sheet = _PLACES[name].rpartition(" » de la feuille ")
    return head.removeprefix("colonne « ") if sheet == "Clients" else ""
