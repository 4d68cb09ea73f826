"""The sheet Segments: from a note to a colour, from a situation to a segment and its action."""

from __future__ import annotations

from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from classeur_contenu import CONDITIONS, COULEURS, SEGMENTS
from classeur_style import Styles, write_heading
from classeur_tables import (
    HEADER_ROW,
    LINE_PIXELS,
    Colonne,
    Place,
    Tableau,
    finish_input_sheet,
    plain_columns,
    set_widths,
    text_column,
    write_table,
)
from classeur_validations import choice, note_for
from segxl.domain.canaux import CANAUX
from segxl.excel import layout

HELP = (
    "segxl essaie les lignes dans l’ordre et garde la première dont toutes les conditions sont "
    "vraies. Deux lignes du même segment : l’une ou l’autre suffit."
)
FIGURES = {"Note à partir de", "Ordre", "Délai (jours)"}
WRAPPED = {"Action", "Offre", "Définition"}
COULEURS_WIDTHS = dict(zip(layout.COULEURS, (11, 10, 10, 10), strict=True))
BEFORE_WIDTHS = dict(zip(layout.SEGMENTS_BEFORE, (8, 15, 10), strict=True))
AFTER_WIDTHS = dict(zip(layout.SEGMENTS_AFTER, (14, 12, 36, 20, 9, 54), strict=True))
ACTION_KEYS = ("modele", "canal", "action", "offre", "delai", "definition")
HEX = "Six signes après #, par exemple #63BE7B. segxl la reprend au prochain calcul."
CONDITION = "Un mot : égal à. >=8, <12, <>Non : comme dans NB.SI. = : case vide. <> : case remplie."
DEFINITION = "Qui sont ces clients, en une phrase pour l’équipe. Une fois par segment suffit."
MODELE = "Le nom du modèle de lettre, sans l’extension."


def couleur_row(couleur: dict[str, Any]) -> list[Any]:
    """Return a row of Couleurs, each colour shown on its own cell."""
    fond, texte = couleur["fond"], couleur["texte"]
    shown = {"bg_color": fond, "font_color": texte}
    return [couleur["couleur"], couleur.get("a_partir_de"), (fond, shown), (texte, shown)]


def segment_row(position: int, segment: dict[str, Any]) -> list[Any]:
    """Return a row of Segments: its order and colour, its conditions, then what to do."""
    teinte = (segment["teinte"], {"bg_color": segment["teinte"]})
    conditions = [segment["si"].get(header) for header in CONDITIONS]
    actions = [segment.get(key) for key in ACTION_KEYS]
    return [position * 10, segment["segment"], teinte, *conditions, *actions]


def segment_columns() -> list[Colonne]:
    """Return the columns of Segments; conditions are text, so that ``=`` stays ``=``."""
    before = plain_columns(BEFORE_WIDTHS, FIGURES, WRAPPED)
    conditions = [text_column(header, 13) for header in CONDITIONS]
    return [*before, *conditions, *plain_columns(AFTER_WIDTHS, FIGURES, WRAPPED)]


def write_segments(book: xlsxwriter.Workbook, styles: Styles) -> None:
    """Write the colours and, beside them, the segments."""
    sheet = book.get_worksheet_by_name("Segments")
    couleurs = plain_columns(COULEURS_WIDTHS, FIGURES, WRAPPED)
    segments = segment_columns()
    beside = len(couleurs) + 1
    set_widths(sheet, couleurs, 0)
    sheet.set_column(beside - 1, beside - 1, 2)
    set_widths(sheet, segments, beside)
    write_heading(sheet, styles, "Vos couleurs et vos segments", HELP)
    sheet.write_string(HEADER_ROW - 1, 0, "Les couleurs", styles.section())
    sheet.write_string(HEADER_ROW - 1, beside, "Les segments", styles.section())
    sheet.set_row_pixels(HEADER_ROW, 38)
    left = [couleur_row(c) for c in COULEURS]
    right = [segment_row(i, s) for i, s in enumerate(SEGMENTS, start=1)]
    places = [
        write_table(
            sheet, styles, Tableau(name=name, columns=columns, rows=rows, row=HEADER_ROW, col=col)
        )
        for name, columns, rows, col in (
            ("Couleurs", couleurs, left, 0),
            ("Segments", segments, right, beside),
        )
    ]
    for row in range(HEADER_ROW + 1, HEADER_ROW + 1 + len(right)):
        sheet.set_row_pixels(row, 2 * LINE_PIXELS + 2)
    explain(sheet, *places)
    finish_input_sheet(sheet)


def explain(sheet: Worksheet, couleurs: Place, segments: Place) -> None:
    """Attach to the cells the help that a header has no room for."""
    rules = {
        couleurs.data("Fond", "Texte"): note_for("Couleur", HEX),
        segments.data("Teinte"): note_for("Teinte", HEX),
        segments.data(CONDITIONS[0], CONDITIONS[-1]): note_for("Condition", CONDITION),
        segments.data("Modèle"): note_for("Modèle", MODELE),
        segments.data("Définition"): note_for("Définition", DEFINITION),
        segments.data("Canal"): choice("Canal", list(CANAUX), "Comment vous allez vers le client."),
    }
    for address, rule in rules.items():
        sheet.data_validation(address, rule)
