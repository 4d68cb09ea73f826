"""The words of the contract: sheets, tables and headers, in the order the template shows them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from segxl.domain.journal import LISTES

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
    "Département",
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
    "Journal": "Journal",
    "Plan": "Plan",
    "ARencontrer": "À rencontrer",
    "Loi": "Calendrier légal",
    "Faits": "Faits",
    "Enquete": "Enquête",
}

MOST_SHEETS = 8
HIDDEN_FIRST = (
    "Explication",
    "Calendrier légal",
    "Courriers",
    "Faits",
    "Enquête",
    "Journal",
    "Anomalies",
    "À rencontrer",
)
"""Sheets that a button or a run shows again, the least needed first."""
UNNOTICED = ("Calendrier légal", "Courriers", "Faits")
"""Of those, the ones that nobody waits for when they appear."""
AT_FIRST_USE = frozenset(
    {
        "Anomalies",
        "ARencontrer",
        "Courriers",
        "Enquete",
        "Explication",
        "Faits",
        "Journal",
        "Loi",
        "Plan",
    }
)
"""Tables of the sheets that appear when first used."""
LATER = ("Prochaine étape", *OBLIGATIONS, *SITUATION_LEGALE, "Département")
"""Columns that came after the first workbooks: one may lack them."""
REQUIRED_RESULTS = tuple(h for h in RESULTATS if h not in LATER)
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
TYPED_IN: Mapping[str, Collection[str]] = {
    "Journal": JOURNAL_WIDTHS,
    "Plan": ("Étape", "Responsable", "Date prévue", "Fait le", "Remarque"),
    "Courriers": ("Statut",),
}
"""In the tables that appear when first used, the columns that are the user's."""
CHOICES: Mapping[str, Mapping[str, Sequence[str]]] = {"Journal": LISTES}
"""In the same tables, the words that a cell proposes."""
NAVY, GREEN = "#1F3A5F", "#2E7D5B"


def header_colour(table: str, header: str) -> str:
    """Return the colour of a title: that of what people type, or of what segxl fills.

    >>> header_colour("Plan", "Remarque"), header_colour("Plan", "Alerte")
    ('#1F3A5F', '#2E7D5B')
    """
    return NAVY if header in TYPED_IN.get(table, ()) else GREEN


LEAST_OF_LAW = 3


def sheet_to_hide(visible: Sequence[str], kept: Collection[str]) -> str | None:
    """Return the sheet that leaves room for one that has just appeared; None where there is room.

    ``kept`` are the sheet in front and the new one; two of them are not waited for when they
    appear, and may leave room themselves.

    >>> ours = [*dict.fromkeys(SHEET_OF.values())]
    >>> sheet_to_hide(ours, ["Explication"]), sheet_to_hide(ours[:8], [])
    ('Calendrier légal', None)
    """
    ours = [name for name in visible if name in SHEET_OF.values()]
    if len(ours) <= MOST_SHEETS:
        return None
    return next((name for name in HIDDEN_FIRST if name in ours and name not in kept), None)


def shows_law(headers: Iterable[str]) -> bool:
    """Tell whether columns are the results about the law; one or two of these names are the firm's own.

    >>> shows_law(["Dossier", "Priorité"]), shows_law(OBLIGATIONS)
    (False, True)
    """
    return len(set(OBLIGATIONS).intersection(headers)) >= LEAST_OF_LAW
