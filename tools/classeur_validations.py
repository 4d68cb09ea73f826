"""Lists and help messages of the cells people fill; a choice is offered, never imposed."""

from __future__ import annotations

from datetime import date
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from classeur_contenu import GRILLE, TEINTES
from classeur_tables import Place
from segxl.domain.canaux import CANAUX
from segxl.domain.parcours.irritants import ETAPES
from segxl.domain.relation.contrat import PIECES
from segxl.domain.relation.portail import MOTS, PORTAIL
from segxl.domain.statuts import STATUTS
from segxl.domain.valeur.axes import LEVELS, POTENTIEL
from segxl.excel import layout

MOTIFS = [
    "Cessation d’activité",
    "Cession de l’entreprise",
    "Départ chez un confrère",
    "Prix",
    "Qualité du service",
    "Impayés",
    "Décision du cabinet",
]
OUI_NON = ["Oui", "Non", "À vérifier"]
REGIMES = [
    "Réel normal mensuel",
    "Réel normal trimestriel",
    "Réel simplifié",
    "Franchise en base",
    "Exonéré",
    "À vérifier",
]
LISTES = {
    "Assujetti TVA": (
        OUI_NON,
        "Exerce-t-il une activité économique ? Un client en franchise est assujetti.",
    ),
    "Redevable TVA": (
        OUI_NON,
        "Le client facture-t-il la TVA ? Un client en franchise n’est pas redevable.",
    ),
    "Régime TVA": (
        REGIMES,
        "Le régime figure sur le dernier avis de la DGFiP ou sur la fiche du dossier.",
    ),
    "Assujetti unique": (
        OUI_NON,
        "Oui si le client est membre d’un assujetti unique (groupe de TVA). Vide veut dire non.",
    ),
    "Activité exonérée": (
        ["Totale", "Partielle", "Non", "À vérifier"],
        "Soins, enseignement, location nue… exonérés par les articles 261 à 261 E du CGI.",
    ),
    "Nature": (
        ["Biens", "Services", "Mixte"],
        "Ce que le client vend : décide des encaissements à transmettre.",
    ),
    "Option débits": (
        OUI_NON,
        "Le client a-t-il opté pour payer la TVA d’après les débits ?",
    ),
    "Statut plateforme": (
        list(STATUTS),
        "Où en est le client avec sa plateforme agréée.",
    ),
    POTENTIEL: (
        list(LEVELS[POTENTIEL]),
        "Ce que vous pourriez lui vendre de plus (potentiel de développement, ou d’« upsell »). Compte dans la classe A à D.",
    ),
    "Motif de départ": (MOTIFS, "Pourquoi il est parti, ou un autre mot de votre choix."),
    "Canal": (
        list(CANAUX),
        "Comment ce client préfère être joint. Téléphone : une fiche d’appel, au lieu d’une lettre.",
    ),
    "Modèle de lettre": (
        [*TEINTES, "Fiche d’appel"],
        "Le message de ce client, à la place de celui de son segment. Vide : celui du segment.",
    ),
    "Étape du parcours": (
        list(ETAPES),
        "Où il en est avec le cabinet. Vide : segxl regarde la lettre de mission, le Journal et l’entrée.",
    ),
    PORTAIL: (list(MOTS), "Le client a-t-il un accès au portail du cabinet, et s’en sert-il ?"),
    "Civilité": (["Madame", "Monsieur", "Maître", "Docteur"], "Telle qu’elle ouvrira la lettre."),
    "Opposition": (["Oui"], "Oui si le client refuse les lettres d’offre. Sinon, laissez vide."),
}
JOURS = {
    "Entrée le": "Depuis quand il est client.",
    "Sortie le": "Son dernier jour de client. Vide : il l’est toujours.",
    "Témoignage accepté le": "Quand il a accepté d’être cité. Vide : ne le citez jamais.",
    "Fin de mission le": "Pour la lettre « Fin de mission » : le dernier jour de la mission.",
}
MONTANTS = {
    "Établissements": "Combien de lieux d’activité, siège compris.",
    "Effectif": "En nombre de personnes, en équivalent temps plein.",
    "CA HT": "Chiffre d’affaires hors taxes du dernier exercice, en euros.",
    "Total bilan": "Total du dernier bilan, en euros.",
    "Honoraires annuels": "Honoraires hors taxes facturés sur douze mois, en euros.",
}
CLIENTELE = {
    "Part B2B": "Ventes aux entreprises",
    "Part B2C": "Ventes aux particuliers",
    "Part secteur public": "Ventes à l’État, aux collectivités et aux hôpitaux",
    "Part international": "Ventes hors de France",
}
LIBRES = {
    "Dossier": "Le numéro du dossier au cabinet. Il est obligatoire et unique.",
    "SIREN": "Neuf chiffres, sans lettre.",
    "Plateforme": "Le nom de la plateforme agréée choisie par le client.",
    "Date statut": "Depuis quand ce statut est vrai, par exemple 15/09/2026.",
    "Département": "Facultatif : le code postal suffit. 976 pour Mayotte, 2A pour Ajaccio.",
    "Motif": "Dites pourquoi vous imposez ce segment : le motif est obligatoire.",
    "Commentaire": "Pour le cabinet seulement : jamais repris dans une lettre.",
    **dict.fromkeys(PIECES, "La date du document signé, ou oui, ou non."),
    "Validé par": "L’associé qui a validé une lettre d’honoraires ou de fin de mission.",
    "Missions": "Leur nombre, ou leur liste : Bilan, Paie, Juridique.",
    "Préavis": "Pour la lettre « Fin de mission », ex. « trois mois ».",
    "Pièces rendues": "Pour la lettre « Fin de mission » : une pièce par ligne (Alt + Entrée).",
    "Groupe": "Le même nom pour tous les dossiers d’un même dirigeant.",
}
VIDE = "Laissez vide si vous ne savez pas : ce n’est pas une mauvaise réponse."
SI_B2B = "Compte seulement si le client vend à des entreprises."
HORS_LISTE = "Cette réponse n’est pas dans la liste : segxl la signalera si elle reste inconnue."
HORS_USAGE = "Ce mot n’est pas dans la liste. Voulez-vous le garder ?"
PAS_UN_JOUR = "Une date est attendue ici, par exemple 15/09/2026. Voulez-vous garder votre saisie ?"
PREMIER, DERNIER = date(1950, 1, 1), date(2100, 12, 31)
PAS_UN_NOMBRE = "Un nombre positif est attendu ici. Voulez-vous garder votre saisie ?"


def define_names(book: xlsxwriter.Workbook) -> None:
    """Name the table columns that feed the lists: a list cannot point at a table itself."""
    book.define_name("Baremes_Code", "=Baremes[Code]")
    book.define_name("Baremes_Reponse", "=Baremes[Réponse]")
    book.define_name("Segments_Segment", "=Segments[Segment]")


def answers_of(code: str) -> str:
    """Return the formula of the answers of one criterion, as they stand in Baremes.

    >>> answers_of("PA")
    '=OFFSET(Baremes_Reponse,MATCH("PA",Baremes_Code,0)-1,0,COUNTIF(Baremes_Code,"PA"),1)'
    """
    first = f'MATCH("{code}",Baremes_Code,0)-1'
    return f'=OFFSET(Baremes_Reponse,{first},0,COUNTIF(Baremes_Code,"{code}"),1)'


def choice(title: str, source: list[str] | str, message: str) -> dict[str, Any]:
    """Return a list that proposes and lets anything through."""
    return {
        "validate": "list",
        "source": source,
        "input_title": title,
        "input_message": message,
        "error_type": "information",
        "error_title": title,
        "error_message": HORS_LISTE,
    }


def positive(title: str, message: str) -> dict[str, Any]:
    """Return a check that asks before keeping anything but a positive number."""
    return {
        "validate": "decimal",
        "criteria": ">=",
        "value": 0,
        "input_title": title,
        "input_message": message,
        "error_type": "warning",
        "error_title": title,
        "error_message": PAS_UN_NOMBRE,
    }


def day(title: str, message: str) -> dict[str, Any]:
    """Return a check that asks before keeping anything but a day."""
    return {
        "validate": "date",
        "criteria": "between",
        "minimum": PREMIER,
        "maximum": DERNIER,
        "input_title": title,
        "input_message": message,
        "error_type": "warning",
        "error_title": title,
        "error_message": PAS_UN_JOUR,
    }


def note_for(title: str, message: str) -> dict[str, Any]:
    """Return a help message without any check."""
    return {"validate": "any", "input_title": title, "input_message": message}


def critere_rule(critere: dict[str, Any]) -> dict[str, Any]:
    """Return the list or the check of one answer column."""
    title = critere["critere"]
    applies = f" {SI_B2B}" if "applicable_si" in critere else ""
    if critere["type"] == "Nombre":
        return positive(title, f"Un nombre de factures, en moyenne par mois. {VIDE}")
    return choice(title, answers_of(critere["code"]), f"Choisissez dans la liste.{applies} {VIDE}")


def validate_clients(sheet: Worksheet, place: Place) -> None:
    """Attach to each input column of Clients its list and its help."""
    rules = {c["critere"]: critere_rule(c) for c in GRILLE}
    rules |= {h: choice(h, source, message) for h, (source, message) in LISTES.items()}
    for header in ("Motif de départ", "Canal", *layout.MESSAGES, PORTAIL):
        rules[header] |= {"error_message": HORS_USAGE}
    rules |= {h: positive(h, message) for h, message in MONTANTS.items()}
    rules |= {h: day(h, message) for h, message in JOURS.items()}
    rules |= {
        h: positive(
            h, f"{what}, en part du chiffre d’affaires (40 %). Les quatre parts font 100 %."
        )
        for h, what in CLIENTELE.items()
    }
    rules |= {h: note_for(h, message) for h, message in LIBRES.items()}
    rules["Segment imposé"] = choice(
        "Segment imposé",
        "=Segments_Segment",
        "Il l’emporte sur la règle. Dites pourquoi dans Motif.",
    )
    for header in place.headers:
        if header in rules:
            sheet.data_validation(place.data(header), rules[header])
    missing = set(rules) - set(place.headers) - set(layout.IDENTITE)
    if missing:
        msg = f"Colonnes sans place dans Clients : {sorted(missing)}"
        raise ValueError(msg)
