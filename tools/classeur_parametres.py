"""The sheet Paramètres: the limits segxl watches, and the letterhead of the firm."""

from __future__ import annotations

from typing import Any

import xlsxwriter

from classeur_contenu import PARAMETRES
from classeur_style import PART, Styles, write_heading
from classeur_tables import (
    HEADER_ROW,
    Tableau,
    finish_input_sheet,
    plain_columns,
    set_heights,
    set_widths,
    text_column,
    write_table,
)
from classeur_validations import note_for
from segxl.excel import layout

HELP = (
    "À gauche, les limites que segxl surveille. "
    "À droite, l’en-tête de vos lettres : remplissez-le une fois."
)
WIDTHS = dict(zip(layout.PARAMETRES, (48, 18, 84), strict=True))
CABINET_HELP = {
    "Nom": "Le nom du cabinet, tel qu’il ouvre vos lettres.",
    "Forme juridique": "Par exemple SARL, SAS, SELARL.",
    "Capital": "Par exemple 10 000 €. Vide pour un exercice en nom propre.",
    "Adresse": "Numéro et rue ; le code postal et la ville ont leur propre ligne.",
    "Code postal": "Cinq chiffres.",
    "Ville": "La ville du cabinet, qui date aussi vos lettres.",
    "Téléphone": "Le numéro que vos clients doivent appeler.",
    "E-mail": "L’adresse où vos clients peuvent répondre.",
    "RCS": "Ville et numéro, par exemple Lyon 123 456 789.",
    "N° TVA": "Le numéro de TVA du cabinet, par exemple FR 12 123456789.",
    "Inscription à l’Ordre": "La région du tableau, par exemple : région Auvergne-Rhône-Alpes.",
    "Signataire": "Le prénom et le nom de la personne qui signe.",
    "Qualité du signataire": "Par exemple : Expert-comptable associée.",
    "Contact données personnelles": "Où un client demande à voir ou à corriger ses données.",
    **dict.fromkeys(
        (f["champ"] for f in PARAMETRES["cabinet"] if f["champ"].startswith("Phrase")),
        "Ajoutée aux lettres qui proposent un rendez-vous, à cette étape. Vide : rien.",
    ),
}


def parametre_rows() -> list[list[Any]]:
    """Return one row per setting; a share is shown as a percentage."""
    return [
        [
            p["parametre"],
            (p["valeur"], {"num_format": PART}) if isinstance(p["valeur"], float) else p["valeur"],
            p["explication"],
        ]
        for p in PARAMETRES["parametres"]
    ]


def write_parametres(book: xlsxwriter.Workbook, styles: Styles) -> None:
    """Write the settings and, beside them, the letterhead."""
    sheet = book.get_worksheet_by_name("Paramètres")
    parametres = plain_columns(WIDTHS, {"Valeur"}, {"Explication"})
    champ, valeur = layout.CABINET
    cabinet = [*plain_columns({champ: 28}, set(), set()), text_column(valeur, 60)]
    beside = len(parametres) + 1
    set_widths(sheet, parametres, 0)
    sheet.set_column(beside - 1, beside - 1, 2)
    set_widths(sheet, cabinet, beside)
    write_heading(sheet, styles, "Vos réglages et votre cabinet", HELP)
    sheet.write_string(HEADER_ROW - 1, 0, "Les réglages", styles.section())
    sheet.write_string(HEADER_ROW - 1, beside, "Le cabinet", styles.section())
    fields = [[f["champ"], f["valeur"]] for f in PARAMETRES["cabinet"]]
    left = Tableau(name="Parametres", columns=parametres, rows=parametre_rows(), row=HEADER_ROW)
    right = Tableau(name="Cabinet", columns=cabinet, rows=fields, row=HEADER_ROW, col=beside)
    write_table(sheet, styles, left)
    place = write_table(sheet, styles, right)
    set_heights(sheet, left, right)
    for row, (name, _) in enumerate(fields, start=place.first_data):
        help_note = note_for(name, CABINET_HELP[name])
        sheet.data_validation(row, beside + 1, row, beside + 1, help_note)
    finish_input_sheet(sheet)
