"""The sheets that appear when first used: their colours, their lists, and how many are in sight."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from segxl.domain.analyse.croisee import EN_COLONNE, EN_LIGNE, MESURE, MESURES
from segxl.domain.analyse.croisee import TYPED as CROISES
from segxl.domain.atelier.lecture import OBJECTIONS, PARTICIPANTS
from segxl.domain.cartographie.groupes import PAR_ETIQUETTES
from segxl.domain.journal import LISTES
from segxl.domain.parcours.irritants import ETAPE, TYPED, VALEUR, VALEURS
from segxl.domain.parcours.irritants import ETAPES as PARCOURS
from segxl.domain.provenance.origines import HEADERS, NATURE, NATURES
from segxl.domain.relation.paliers import ETAPES, QUALITES
from segxl.domain.segments.offres import CLASSES as AD
from segxl.domain.segments.offres import HEADERS as OFFRES
from segxl.domain.segments.offres import NIVEAUX
from segxl.domain.simulation.gestes import ACTION, ACTIONS
from segxl.domain.simulation.gestes import HEADERS as SCENARIOS
from segxl.domain.traces import CANAUX
from segxl.domain.valeur.axes import AXES, BC, CLASSE, CLASSES, LEVELS
from segxl.domain.valeur.temps import FACTURABLE
from segxl.domain.valeur.temps import HEADERS as TEMPS
from segxl.excel.layout import JOURNAL_WIDTHS, RECLAMATIONS_TYPED, SHEET_OF

MOST_SHEETS = 8
HIDDEN_FIRST = (
    "Explication",
    "Calendrier légal",
    "Courriers",
    "Historique",
    "Évolution",
    "Formations",
    "Lire A-D",
    "Groupes",
    "Simulation par client",
    "Groupes suggérés",
    "Classes A-D",
    "Faits",
    "Temps",
    "Irritants",
    "Honoraires",
    "Cartographie",
    "Enquête",
    "Réponses",
    "Offres",
    "Diagnostic",
    "Rendement",
    "Mouvements",
    "Analyse croisée",
    "Croisement",
    "Charge",
    "Équipe",
    "Valeur",
    "Bilan relationnel",
    "Journal",
    "Réclamations",
    "Relation",
    "Anomalies",
    "Simulation",
    "Scénarios",
    "Atelier",
    "À rencontrer",
)
"""Sheets that a button or a run shows again, the least needed first."""
UNNOTICED = (
    "Calendrier légal",
    "Charge",
    "Courriers",
    "Historique",
    "Évolution",
    "Formations",
    "Lire A-D",
    "Groupes",
    "Simulation par client",
    "Classes A-D",
    "Faits",
    "Temps",
    "Irritants",
    "Bilan relationnel",
    "Analyse croisée",
    "Croisement",
    "Diagnostic",
    "Offres",
    "Réponses",
)
"""Of those, the ones that nobody waits for when they appear."""
BORN_HIDDEN = frozenset({"Historique"})
"""Those that are kept for the others to compare with, and never shown unasked."""
AT_FIRST_USE = frozenset(
    {
        "AnalyseCroisee",
        "Anomalies",
        "ARencontrer",
        "Atelier",
        "BilanRelation",
        "Cartographie",
        "ChargeEquipe",
        "ClassesAD",
        "Courriers",
        "Croisement",
        "Diagnostic",
        "Enquete",
        "Equipe",
        "Evolution",
        "Explication",
        "Faits",
        "Formations",
        "Groupes",
        "GroupesSuggeres",
        "Historique",
        "Honoraires",
        "Irritants",
        "Journal",
        "LireAD",
        "Loi",
        "Mouvements",
        "Offres",
        "Plan",
        "Reclamations",
        "Relation",
        "Rendement",
        "Reponses",
        "Scenarios",
        "Simulation",
        "SimulationClients",
        "Temps",
        "Valeur",
    }
)
"""Tables of the sheets that appear when first used."""
TYPED_IN: Mapping[str, Collection[str]] = {
    "Journal": JOURNAL_WIDTHS,
    "Plan": ("Étape", "Responsable", "Date prévue", "Fait le", "Remarque"),
    "Courriers": ("Statut",),
    "Reponses": HEADERS,
    "Groupes": ("Dossier", "Tiers", "Groupe"),
    "ClassesAD": (*AXES, CLASSE, "Remarque"),
    "Temps": TEMPS,
    "Offres": OFFRES,
    "AnalyseCroisee": CROISES,
    "Irritants": TYPED,
    "Reclamations": RECLAMATIONS_TYPED,
    "Scenarios": SCENARIOS,
    "Formations": ("Date", "Collaborateur", "Sujet", "Durée (h)"),
    "LireAD": (
        "Classe",
        "En une phrase",
        "À quoi on la reconnaît",
        "Ce que l’on fait",
        "Ce que l’on évite",
    ),
    "Atelier": (*PARTICIPANTS, OBJECTIONS),
}
"""In the tables that appear when first used, the columns that are the user's."""
_CHAMPS = ("Couleur", "Segment", "Collaborateur", "Département", "Code NAF", "Taille légale", "A→D", "ABC", "Potentiel", "Régime TVA", "Note FE", "Enjeu", "Honoraires", "CA HT")  # fmt: skip
"""The fields most often crossed; any other may be typed."""
CHOICES: Mapping[str, Mapping[str, Sequence[str]]] = {
    "Journal": LISTES,
    "Reponses": {NATURE: NATURES},
    "Groupes": {"Groupe": PAR_ETIQUETTES},
    "ClassesAD": {**LEVELS, CLASSE: (*reversed(CLASSES), BC)},
    "Temps": {FACTURABLE: ("Oui", "Non")},
    "Offres": {"Classe": AD, "Niveau de service": NIVEAUX, "Canal": CANAUX},
    "AnalyseCroisee": {EN_LIGNE: _CHAMPS, EN_COLONNE: _CHAMPS, MESURE: MESURES},
    "Irritants": {ETAPE: PARCOURS, VALEUR: VALEURS},
    "Reclamations": {"Qualité": QUALITES, "Étape": ETAPES},
    "Scenarios": {ACTION: ACTIONS, "Classe": tuple(reversed(CLASSES))},
}
"""In the same tables, the words that a cell proposes."""
NAVY, GREEN = "#1F3A5F", "#2E7D5B"


def header_colour(table: str, header: str) -> str:
    """Return the colour of a title: that of what people type, or of what segxl fills.

    >>> header_colour("Plan", "Remarque"), header_colour("Plan", "Alerte")
    ('#1F3A5F', '#2E7D5B')
    """
    return NAVY if header in TYPED_IN.get(table, ()) else GREEN


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
