"""The sheet Clients: one row per dossier, the results beside the name."""

from __future__ import annotations

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from classeur_contenu import CLIENTS, COULEURS, GRILLE, TEINTES, Contenu
from classeur_style import (
    DATE,
    GREY,
    MAIN,
    MONTANT,
    NOTE,
    PART,
    SAISIE,
    SEGXL,
    TEXTE,
    Styles,
    set_page,
    write_heading,
    write_legend,
)
from classeur_tables import (
    HEADER_ROW,
    LINE_PIXELS,
    Colonne,
    Place,
    Tableau,
    add_progress,
    column_format,
    set_widths,
    write_table,
)
from classeur_validations import JOURS, validate_clients
from segxl.domain.couleurs import A_CONFIRMER as SANS_NOTE
from segxl.domain.obligations import A_CONFIRMER
from segxl.domain.relation.contrat import PIECES
from segxl.domain.relation.portail import PORTAIL
from segxl.excel import layout

TITLE = "Vos clients"
HELP = (
    "Une ligne par dossier. Une case vide veut dire « je ne sais pas », jamais zéro. "
    "À droite, coordonnées puis relation et valeur : cliquez sur les + au-dessus des colonnes."
)
BANDE = "Relation et valeur : cliquez sur le +"
"""Stands above the column that bears the second +, since a folded group has no name."""

NOMBRES = tuple(c["critere"] for c in GRILLE if c["type"] == "Nombre")
FORMATS = {
    **dict.fromkeys(("Note FE", "Note min", "Note max", "Enjeu"), NOTE),
    **dict.fromkeys(("Complétude", "Fiabilité", *layout.PARTS), PART),
    **dict.fromkeys((*layout.MONTANTS, *NOMBRES), MONTANT),
    **dict.fromkeys(("Dossier", "SIREN", "Code NAF", "Code postal"), TEXTE),
    **dict.fromkeys(
        ("Calculé le", "Réception", "Émission", "E-reporting", "Date statut", *JOURS, *PIECES), DATE
    ),
    "Urgence": NOTE,
    **dict.fromkeys(("Priorité", "Jours restants", "Exposition (€)"), MONTANT),
    "Département": TEXTE,
    "Établissements": MONTANT,
}
WIDTHS = {
    "Dossier": 14,
    "Raison sociale": 27,
    "Note FE": 8,
    "Couleur": 11,
    "Segment": 15,
    "Prochaine étape": 58,
    "Complétude": 13,
    "Fiabilité": 10,
    "Note min": 9,
    "Note max": 9,
    "Enjeu": 8,
    "Points forts": 36,
    "Points faibles": 36,
    "Priorité": 9,
    "Raison de la priorité": 66,
    "Urgence": 9,
    "Jours restants": 9,
    "Réception": 12,
    "Émission": 12,
    "E-reporting": 12,
    "Rythme": 18,
    "Taille légale": 11,
    "Exposition (€)": 12,
    "Calculé le": 11,
    "Outil de facturation": 20,
    "Sensibilisation": 19,
    "Plateforme agréée": 22,
    "Transmission au cabinet": 20,
    "Émission des factures": 19,
    "Réception des factures": 22,
    "Segment imposé": 16,
    "Motif": 26,
    "Commentaire": 36,
    "Régime TVA": 24,
    "Effectif": 9,
    "CA HT": 13,
    "Total bilan": 13,
    "Honoraires annuels": 13,
    **dict.fromkeys(layout.PARTS, 12),
    "Assujetti unique": 12,
    "Activité exonérée": 12,
    "Nature": 11,
    "Option débits": 11,
    "Plateforme": 20,
    "Statut plateforme": 22,
    "Date statut": 12,
    "Département": 13,
    "Contact": 22,
    "E-mail": 28,
    "Adresse": 32,
    "Code postal": 9,
    "Ville": 20,
    "Civilité": 11,
    "Collaborateur": 18,
    "Potentiel": 15,
    **dict.fromkeys(JOURS, 13),
    "Motif de départ": 24,
    "Missions": 30,
    "Établissements": 15,
    "Canal": 13,
    "Modèle de lettre": 20,
    "Étape du parcours": 20,
    **dict.fromkeys((*PIECES, PORTAIL), 14),
    "Validé par": 18,
    "Préavis": 14,
    "Pièces rendues": 34,
}
BREATH = {layout.RELATION[0]: {"indent": 1}}
"""It stands beside the days of « Date statut » while the coordinates are folded."""
OBLIGATIONS = ("Réception", "Émission", "E-reporting", "Rythme", "Taille légale")
"""Answers of the law, which may be to confirm: grey-blue then, never red."""
LAST_PRINTED = "Points faibles"
"""What follows would make the print too small to read on A4."""
WRAPPED = (
    "Raison sociale",
    "Prochaine étape",
    "Points forts",
    "Points faibles",
    "Raison de la priorité",
    "Motif",
    "Commentaire",
    "Pièces rendues",
)


def client_column(header: str) -> Colonne:
    """Return how a column of Clients looks."""
    kind = SEGXL if header in layout.RESULTATS else MAIN if header in layout.MAIN else SAISIE
    num_format = FORMATS.get(header, "General")
    return Colonne(
        header=header,
        width=WIDTHS.get(header, 16),
        kind=kind,
        num_format=num_format,
        figures=num_format not in {"General", TEXTE},
        wrap=header in WRAPPED,
        level=1 if header in layout.FOLDED else 0,
        props={"bold": True} if header in {"Note FE", "Couleur"} else BREATH.get(header, {}),
        header_props=BREATH.get(header, {}),
    )


def write_clients(book: xlsxwriter.Workbook, styles: Styles, contenu: Contenu) -> Place:
    """Write the sheet Clients."""
    sheet = book.get_worksheet_by_name("Clients")
    columns = [client_column(header) for header in CLIENTS]
    # Two lines a row: what to do next, strong and weak points are sentences.
    sheet.set_default_row((2 * LINE_PIXELS + 1) * 0.75)
    set_widths(sheet, columns, 0, styles)
    write_heading(sheet, styles, TITLE, "")
    sheet.write_string(HEADER_ROW - 1, 0, HELP, styles.help())
    write_legend(sheet, styles, 1, {SAISIE: (0, 0), SEGXL: (1, 1), MAIN: (2, 3)})
    sheet.set_row_pixels(HEADER_ROW, 38)
    rows = [[client.get(header) for header in CLIENTS] for client in contenu.clients]
    tableau = Tableau(name="Clients", columns=columns, rows=rows, row=HEADER_ROW, autofilter=True)
    place = write_table(sheet, styles, tableau)
    paint_clients(sheet, styles, place)
    validate_clients(sheet, place)
    set_view(sheet, styles, place)
    return place


def set_view(sheet: Worksheet, styles: Styles, place: Place) -> None:
    """Keep the names in sight, fold the coordinates away, print the results."""
    sheet.freeze_panes(place.first_data, len(layout.IDENTITE))
    sheet.set_selection(place.first_data, 0, place.first_data, 0)
    sheet.outline_settings(symbols_right=False)
    # The + stands on the column left of each folded group.
    for last in map(client_column, (layout.SITUATION[-1], layout.RELATION[0])):
        col = place.col_of(last.header)
        sheet.set_column(col, col, last.width, column_format(styles, last), {"collapsed": True})
    sheet.write_string(HEADER_ROW - 1, place.col_of(layout.RELATION[0]), BANDE, styles.section())
    sheet.set_tab_color(GREY)
    set_page(sheet, header_row=place.row)
    sheet.repeat_columns(0, len(layout.IDENTITE) - 1)
    sheet.print_area(0, 0, 1_048_575, place.col_of(LAST_PRINTED))


def paint_clients(sheet: Worksheet, styles: Styles, place: Place) -> None:
    """Paint colours and segments by rules keyed on their word, so they survive a sort."""
    row = place.first_data + 1
    (blue,) = (c for c in COULEURS if c["couleur"] == SANS_NOTE)
    unsure = styles.book.add_format({"bg_color": blue["fond"], "font_color": blue["texte"]})
    for c in COULEURS:
        style = styles.book.add_format({"bg_color": c["fond"], "font_color": c["texte"]})
        rule = {"type": "formula", "criteria": f'=$D{row}="{c["couleur"]}"', "format": style}
        sheet.conditional_format(place.data("Note FE", "Couleur"), rule)
    for segment, teinte in TEINTES.items():
        style = styles.book.add_format({"bg_color": teinte})
        rule = {"type": "formula", "criteria": f'=$E{row}="{segment}"', "format": style}
        sheet.conditional_format(place.data("Segment"), rule)
    add_progress(sheet, place.data("Complétude"))
    for header in OBLIGATIONS:
        rule = {"type": "cell", "criteria": "==", "value": f'"{A_CONFIRMER}"', "format": unsure}
        sheet.conditional_format(place.data(header), rule)
