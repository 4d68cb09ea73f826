"""The words of the contract: sheets, tables and headers, in the order the template shows them."""

from __future__ import annotations

IDENTITE = ("Dossier", "Raison sociale")
RESULTATS = (
    "Note FE",
    "Couleur",
    "Segment",
    "Prochaine étape",
    "Complétude",
    "Note min",
    "Note max",
    "Enjeu",
    "Points forts",
    "Points faibles",
    "Calculé le",
)
MAIN = ("Segment imposé", "Motif", "Commentaire")
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
)
COORDONNEES = (
    "SIREN",
    "Forme juridique",
    "Code NAF",
    "Collaborateur",
    "Civilité",
    "Contact",
    "E-mail",
    "Adresse",
    "Code postal",
    "Ville",
    "Opposition",
    "Groupe",
)
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
)
BAREMES = ("Code", "Réponse", "À partir de", "Points")
COULEURS = ("Couleur", "Note à partir de", "Fond", "Texte")
SEGMENTS_BEFORE = ("Ordre", "Segment", "Teinte")
SEGMENTS_AFTER = ("Modèle", "Canal", "Action", "Offre", "Délai (jours)")
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
    "Anomalies": "Anomalies",
    "Courriers": "Courriers",
    "Explication": "Explication",
}

REQUIRED_RESULTS = tuple(h for h in RESULTATS if h != "Prochaine étape")
"""« Prochaine étape » came later than the contract: a workbook may lack it."""
ANOMALIES_WIDTHS = {
    "Feuille": 14,
    "Cellule": 10,
    "Valeur lue": 24,
    "Problème": 60,
    "À faire": 60,
    "Gravité": 14,
}
COURRIERS_WIDTHS = {
    "Date": 12,
    "Dossier": 14,
    "Modèle": 18,
    "Fichier": 60,
    "Empreinte": 20,
    "Statut": 14,
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
}
FORMATS = dict.fromkeys(("Date", "Suite le", "Clos le"), "dd/mm/yyyy")
"""How the columns of a sheet that appears when first used show their figures."""
