"""The words of the contract: sheets, tables and headers, in the order the template shows them."""

from __future__ import annotations

from collections.abc import Iterable

IDENTITE = ("Dossier", "Raison sociale")
OBLIGATIONS = (
    "Priorité",
    "Raison de la priorité",
    "Urgence",
    "Jours restants",
    "Réception",
    "Émission",
    "E-reporting",
    "Rythme",
    "Taille légale",
    "Exposition (€)",
)
"""What the law asks of a client, and how soon it has to be looked after."""
RESULTATS = (
    "Note FE",
    "Couleur",
    "Segment",
    "Prochaine étape",
    "Complétude",
    "Fiabilité",
    "Note min",
    "Note max",
    "Enjeu",
    "Points forts",
    "Points faibles",
    *OBLIGATIONS,
    "Calculé le",
)
MAIN = ("Segment imposé", "Motif", "Commentaire")
SITUATION_LEGALE = (
    "Assujetti unique",
    "Activité exonérée",
    "Nature",
    "Option débits",
    "Plateforme",
    "Statut plateforme",
    "Date statut",
)
"""What the law asks about beyond the VAT regime; « Département » stands with the address."""
SITUATION = (
    "Assujetti TVA",
    "Redevable TVA",
    "Régime TVA",
    "Effectif",
    "CA HT",
    "Total bilan",
    "Honoraires annuels",
    "Part B2B",
    "Part B2C",
    "Part secteur public",
    "Part international",
    *SITUATION_LEGALE,
)
COORDONNEES = (
    "SIREN", "Forme juridique", "Code NAF", "Collaborateur", "Civilité", "Contact", "E-mail",
    "Adresse", "Code postal", "Ville", "Département", "Opposition", "Groupe",
)  # fmt: skip
MESSAGES = ("Modèle de lettre", "Étape du parcours")
"""What makes the message of one client its own, beside its « Canal »; both came later."""
RELATION = (
    "Potentiel", "Entrée le", "Sortie le", "Motif de départ", "Missions", "Établissements", "Canal",
    "Témoignage accepté le", "Lettre de mission", "Conditions générales", "Notice RGPD",
    "Portail client", "Validé par", "Fin de mission le", "Préavis", "Pièces rendues", *MESSAGES,
)  # fmt: skip
"""What « Valeur » and « Relation » are typed from; the last ones, for letters that a partner decides."""
FOLDED = (*COORDONNEES, *RELATION[1:])
"""Columns that a click on + unfolds; « Potentiel » stays in sight and bears the second +."""
PARTS = ("Part B2B", "Part B2C", "Part secteur public", "Part international")
MONTANTS = ("Effectif", "CA HT", "Total bilan", "Honoraires annuels")

CRITERES = (
    "Code",
    "Critère",
    "Grille",
    "Famille",
    "Type",
    "Poids",
    "Effort",
    "Conseil",
    "Applicable si",
    "Périmé après (mois)",
    "Mesuré par",
)
BAREMES = ("Code", "Réponse", "À partir de", "Points")
COULEURS = ("Couleur", "Note à partir de", "Fond", "Texte")
SEGMENTS_BEFORE = ("Ordre", "Segment", "Teinte")
SEGMENTS_AFTER = ("Modèle", "Canal", "Action", "Offre", "Délai (jours)", "Définition")
PARAMETRES = ("Paramètre", "Valeur", "Explication")
CABINET = ("Champ", "Valeur")

# Written by segxl at each run on the sheets Accueil and Tableau de bord.
ETAPES = ("Étape", "Avancement", "Ce qui manque", "Où aller")
INDICATEURS = ("Indicateur", "Valeur", "Lecture")
SYNTHESE_COULEURS = ("Couleur", "Clients", "Part")
SYNTHESE_SEGMENTS = (
    "Segment",
    "Clients",
    "Part",
    "Note moyenne",
    "Critères les plus faibles",
    "Action",
)
SYNTHESE_FAMILLES = ("Famille", "Note moyenne")
SYNTHESE_CRITERES = (
    "Rang",
    "Points forts du portefeuille",
    "Note forte",
    "Points faibles du portefeuille",
    "Note faible",
)

SYNTHESES = (
    "Etapes",
    "Indicateurs",
    "SyntheseCouleurs",
    "SyntheseSegments",
    "SyntheseFamilles",
    "SyntheseCriteres",
    "GraphMatrice",
    "GraphCarte",
    "GraphNps",
    "GraphPareto",
    "GraphGros",
    "GraphClasses",
    "AvantApres",
)
"""Tables that segxl alone writes, values only."""

SHEET_OF = {
    "Clients": "Clients",
    "Criteres": "Grille",
    "Baremes": "Grille",
    "Couleurs": "Segments",
    "Segments": "Segments",
    "Parametres": "Paramètres",
    "Cabinet": "Paramètres",
    "Etapes": "Accueil",
    "Indicateurs": "Accueil",
    "SyntheseCouleurs": "Tableau de bord",
    "SyntheseSegments": "Tableau de bord",
    "SyntheseFamilles": "Tableau de bord",
    "SyntheseCriteres": "Tableau de bord",
    "AvantApres": "Tableau de bord",
    "GraphPareto": "Tableau de bord",
    "GraphGros": "Tableau de bord",
    "GraphClasses": "Tableau de bord",
    "GraphMatrice": "Tableau de bord",
    "GraphCarte": "Tableau de bord",
    "GraphNps": "Tableau de bord",
    "Anomalies": "Anomalies",
    "Courriers": "Courriers",
    "Explication": "Explication",
    "Irritants": "Irritants",
    "Journal": "Journal",
    "Plan": "Plan",
    "ARencontrer": "À rencontrer",
    "Loi": "Calendrier légal",
    "Faits": "Faits",
    "Enquete": "Enquête",
    "Equipe": "Équipe",
    "Formations": "Formations",
    "LireAD": "Lire A-D",
    "Honoraires": "Honoraires",
    "Reponses": "Réponses",
    "Cartographie": "Cartographie",
    "Groupes": "Groupes",
    "Valeur": "Valeur",
    "Croisement": "Croisement",
    "AnalyseCroisee": "Analyse croisée",
    "Temps": "Temps",
    "ClassesAD": "Classes A-D",
    "Relation": "Relation",
    "BilanRelation": "Bilan relationnel",
    "Reclamations": "Réclamations",
    "Rendement": "Rendement",
    "Diagnostic": "Diagnostic",
    "Historique": "Historique",
    "ChargeEquipe": "Charge",
    "Evolution": "Évolution",
    "Mouvements": "Mouvements",
    "Offres": "Offres",
    "Scenarios": "Scénarios",
    "Simulation": "Simulation",
    "SimulationClients": "Simulation par client",
    "Atelier": "Atelier",
    "GroupesSuggeres": "Groupes suggérés",
}

LATER = ("Prochaine étape", "Fiabilité", *OBLIGATIONS, *SITUATION_LEGALE, "Département")
"""Columns that came after the first workbooks: one may lack them."""
REQUIRED_RESULTS = tuple(h for h in RESULTATS if h not in LATER)
ANOMALIES_WIDTHS = {
    "Feuille": 14, "Cellule": 10, "Valeur lue": 24, "Problème": 60, "À faire": 60, "Gravité": 14,
}  # fmt: skip
COURRIERS_WIDTHS = {
    "Date": 12,
    "Dossier": 14,
    "Modèle": 18,
    "Fichier": 60,
    "Empreinte": 20,
    "Statut": 14,
    "Choisi par": 32,
}
JOURNAL_WIDTHS = {
    "Date": 12,
    "Dossier": 14,
    "Qui": 18,
    "Canal": 14,
    "Type": 22,
    "Objet": 50,
    "Suite": 40,
    "Suite le": 12,
    "Clos le": 12,
    "Répondu le": 12,
}
RECLAMATIONS_TYPED = {
    "Dossier": 12,
    "Reçue le": 12,
    "Écrite le": 12,
    "Objet": 40,
    "Qualité": 15,
    "Étape": 17,
    "Étape le": 12,
    "Clos le": 12,
    "Issue": 30,
    "Explication": 44,
    "Geste": 30,
}
LEAST_OF_LAW = 3


def shows_law(headers: Iterable[str]) -> bool:
    """Tell whether columns are the results about the law; one or two of these names are the firm's own.

    >>> shows_law(["Dossier", "Priorité"]), shows_law(OBLIGATIONS)
    (False, True)
    """
    return len(set(OBLIGATIONS).intersection(headers)) >= LEAST_OF_LAW
