"""The sheet Grille: what is assessed, what it weighs, and the answers that earn points."""

from __future__ import annotations

from typing import Any

import xlsxwriter

from classeur_contenu import GRILLE
from classeur_style import Styles, write_heading
from classeur_tables import (
    HEADER_ROW,
    Tableau,
    finish_input_sheet,
    plain_columns,
    set_heights,
    set_widths,
    write_table,
)
from classeur_validations import choice, note_for, positive
from segxl.domain.lecture_grille import MESURES
from segxl.excel import layout

HELP = (
    "À gauche, ce que vous évaluez et ce que cela pèse. À droite, les réponses et leurs points : "
    "pour ajouter une réponse, insérez une ligne à côté du même code."
)
FIGURES = {"Poids", "Effort", "Périmé après (mois)", "À partir de", "Points"}
WRAPPED = {"Critère", "Famille", "Conseil", "Mesuré par"}
CRITERES = dict(zip(layout.CRITERES, (7, 19, 7, 16, 8, 7, 7, 46, 13, 13, 20), strict=True))
BAREMES = dict(zip(layout.BAREMES, (7, 24, 10, 8), strict=True))
KEYS = ("code", "critere", "grille", "famille", "type", "poids", "effort", "conseil")
RULES = {
    "Type": choice(
        "Type",
        ["Liste", "Nombre"],
        "Liste : une réponse à choisir. Nombre : un nombre à saisir.",
    ),
    "Poids": positive("Poids", "Ce que pèse le critère : 4 pèse deux fois plus que 2."),
    "Effort": choice(
        "Effort", list("12345"), "Ce que coûte un niveau de plus au client : 1 facile, 5 difficile."
    ),
    "Applicable si": note_for(
        "Applicable si", "Colonne, deux-points, condition. Exemple : Part B2B: >0. Vide : toujours."
    ),
    "Périmé après (mois)": positive(
        "Périmé après",
        "En mois : l’âge à partir duquel une réponse est à redemander. Passé cet âge, la fiabilité baisse, jamais la note.",
    ),
    "Mesuré par": choice(
        "Mesuré par",
        [*MESURES.values()],
        "Le fait des écritures (FEC) qui répond à la question : une case vide de Clients le prend. Vide : aucun.",
    ),
}


def critere_rows() -> list[list[Any]]:
    """Return one row per criterion."""
    return [
        [*(c[k] for k in KEYS), c.get("applicable_si"), c["perime_apres"], c.get("mesure_par")]
        for c in GRILLE
    ]


def bareme_rows() -> list[list[Any]]:
    """Return one row per answer or threshold, criterion by criterion."""
    return [
        [c["code"], None, level, points]
        if c["type"] == "Nombre"
        else [c["code"], level, None, points]
        for c in GRILLE
        for level, points in c["niveaux"]
    ]


def write_grille(book: xlsxwriter.Workbook, styles: Styles) -> None:
    """Write the criteria and, beside them, their answers."""
    sheet = book.get_worksheet_by_name("Grille")
    criteres = plain_columns(CRITERES, FIGURES, WRAPPED)
    baremes = plain_columns(BAREMES, FIGURES, WRAPPED)
    beside = len(criteres) + 1
    set_widths(sheet, criteres, 0)
    sheet.set_column(beside - 1, beside - 1, 2)
    set_widths(sheet, baremes, beside)
    write_heading(sheet, styles, "Votre grille", HELP)
    sheet.write_string(HEADER_ROW - 1, 0, "Les critères", styles.section())
    sheet.write_string(HEADER_ROW - 1, beside, "Les réponses", styles.section())
    sheet.set_row_pixels(HEADER_ROW, 38)
    left = Tableau(name="Criteres", columns=criteres, rows=critere_rows(), row=HEADER_ROW)
    right = Tableau(name="Baremes", columns=baremes, rows=bareme_rows(), row=HEADER_ROW, col=beside)
    place = write_table(sheet, styles, left)
    set_heights(sheet, left)
    write_table(sheet, styles, right)
    for header, rule in RULES.items():
        sheet.data_validation(place.data(header), rule)
    finish_input_sheet(sheet)
