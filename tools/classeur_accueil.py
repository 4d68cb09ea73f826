"""The sheet Accueil: where the portfolio stands, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from classeur_contenu import CALENDRIER, RIEN, SEGMENTS, Contenu
from classeur_style import (
    DATE,
    ENTIER,
    INK,
    LARGE,
    MUTED,
    NAVY,
    NOTE,
    PANEL,
    PART,
    SEGXL,
    Styles,
    set_page,
    write_heading,
)
from classeur_tables import (
    LINE_PIXELS,
    Colonne,
    Tableau,
    add_progress,
    set_widths,
    write_table,
)
from segxl.lettres.francais import date_en_lettres

LEFT, RIGHT = 1, 6
TILES_ROW, TABLES_ROW, START_ROW = 3, 8, 16
TILES_COLS, DATES_COL = (1, 2, 6, 8), 3
"""Tiles stand over narrow columns; the dates take the two columns in the middle."""

ETAPES = (
    Colonne(header="Étape", width=26, kind=SEGXL, props={"bold": True}),
    Colonne(header="Avancement", width=21, kind=SEGXL, num_format=PART, figures=True),
    Colonne(header="Ce qui manque", width=48, kind=SEGXL, wrap=True),
    Colonne(header="Où aller", width=15, kind=SEGXL),
)
INDICATEURS = (
    Colonne(header="Indicateur", width=19, kind=SEGXL),
    Colonne(header="Valeur", width=12, kind=SEGXL, figures=True, props={"bold": True}),
    Colonne(header="Lecture", width=28, kind=SEGXL, wrap=True),
)
FORMATS = {"Note moyenne": NOTE, "Complétude moyenne": PART, "Dernier calcul": DATE}
TILES = {
    "Dossiers": "Dossiers",
    "Note moyenne": "Note moyenne sur 20",
    "Complétude moyenne": "Complétude moyenne",
}
MEETING = "Rendez-vous"
TO_MEET = (
    "=SUMPRODUCT(--(COUNTIFS(Segments[Segment],SyntheseSegments[Segment],"
    f'Segments[Canal],"{MEETING}")>0),SyntheseSegments[Clients])'
)
NOBODY, SOMEBODY = "Personne pour l’instant", "Leur action est un rendez-vous"
DEADLINES = {
    "reception": "toutes les entreprises reçoivent",
    "emission_pme": "PME et microentreprises émettent",
}
WELCOME = (
    "Où en sont vos clients face à la facture électronique, et que faire pour chacun : "
    "une note sur 20, une couleur, un segment."
)
START = """\
Tout se fait dans l’onglet « Segmentation » d’Excel (à installer une fois par poste : voir le guide).
1.  Saisissez vos clients dans la feuille Clients, ou cliquez sur « Importer ».
2.  Relisez les critères et leurs poids dans la feuille Grille, \
puis l’en-tête du cabinet dans la feuille Paramètres.
3.  Cliquez sur « Noter » : les colonnes vertes se remplissent.
4.  Cliquez sur « Courriers », relisez les projets, signez-les, envoyez-les.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuile:
    """One tile: a word, a number and how to read it, each with its formula and its value now."""

    word: str
    number: tuple[str, Any]
    reading: tuple[str, str]
    num_format: str


def write_accueil(book: xlsxwriter.Workbook, styles: Styles, contenu: Contenu) -> None:
    """Write the sheet Accueil."""
    sheet = book.get_worksheet_by_name("Accueil")
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 2)
    set_widths(sheet, ETAPES, LEFT)
    sheet.set_column(RIGHT - 1, RIGHT - 1, 2)
    set_widths(sheet, INDICATEURS, RIGHT)
    write_heading(sheet, styles, "Bienvenue", WELCOME, col=LEFT)
    sheet.set_row_pixels(2, 6)
    for row, pixels in enumerate((20, 28, 36), start=TILES_ROW):
        sheet.set_row_pixels(row, pixels)
    for col, tuile in zip(TILES_COLS, tuiles(contenu), strict=True):
        write_tuile(sheet, styles, col, tuile)
    write_deadlines(sheet, styles)
    write_tables(sheet, styles, contenu)
    write_start(sheet, styles)
    sheet.set_tab_color(NAVY)
    sheet.set_selection(0, 0, 0, 0)
    set_page(sheet, pages_tall=1)


def tuiles(contenu: Contenu) -> list[Tuile]:
    """Return the four tiles; three read the table Indicateurs, one counts the meetings."""
    known = {name: (value, words) for name, value, words in contenu.indicateurs}
    row = 'MATCH("{}",Indicateurs[Indicateur],0)'.format
    read = [
        Tuile(
            word=word,
            number=(shown_or_dash(f"INDEX(Indicateurs[Valeur],{row(name)})"), known[name][0]),
            reading=(f"=INDEX(Indicateurs[Lecture],{row(name)})", known[name][1]),
            num_format=FORMATS.get(name, ENTIER),
        )
        for name, word in TILES.items()
    ]
    meetings = to_meet(contenu)
    number_cell = xl_rowcol_to_cell(TILES_ROW + 1, TILES_COLS[-1])
    counted = Tuile(
        word="À rencontrer",
        number=(TO_MEET, meetings),
        reading=(
            f'=IF({number_cell}=0,"{NOBODY}","{SOMEBODY}")',
            SOMEBODY if meetings else NOBODY,
        ),
        num_format=ENTIER,
    )
    return [*read, counted]


def shown_or_dash(value: str) -> str:
    """Return the formula of a value; blank is not zero, so a blank shows a dash."""
    return f'=IF({value}="","{RIEN}",{value})'


def to_meet(contenu: Contenu) -> int:
    """Count the clients whose segment calls for a meeting, as the tile's formula does."""
    meeting = {s["segment"] for s in SEGMENTS if s["canal"] == MEETING}
    return sum(clients for segment, clients, *_ in contenu.segments if segment in meeting)


def write_tuile(sheet: Worksheet, styles: Styles, col: int, tuile: Tuile) -> None:
    """Write one tile; each line is a cell, so it prints and reads aloud in order."""
    edge = {"left": 5, "left_color": NAVY}
    box = {"bg_color": PANEL, "align": "left", "indent": 1, "valign": "vcenter", **edge}
    figure = {"bold": True, "font_size": LARGE, "font_color": NAVY}
    number = styles.get(**box, **figure, num_format=tuile.num_format)
    # Over two columns the words run on; over one, they wrap.
    wraps = col != RIGHT
    reading = styles.get(**{**box, "font_color": MUTED, "text_wrap": wraps, "valign": "top"})
    sheet.write_string(TILES_ROW, col, tuile.word, styles.get(**box, bold=True))
    sheet.write_formula(TILES_ROW + 1, col, tuile.number[0], number, tuile.number[1])
    sheet.write_formula(TILES_ROW + 2, col, tuile.reading[0], reading, tuile.reading[1])


def write_deadlines(sheet: Worksheet, styles: Styles) -> None:
    """Write the dates of the law between the tiles, and close the tile that has two columns."""
    panel = {"bg_color": PANEL, "valign": "vcenter"}
    edge = {"left": 5, "left_color": NAVY, "indent": 1}
    lines = ["Les dates à retenir"]
    for key, words in DEADLINES.items():
        lines.append(f"{date_en_lettres(CALENDRIER[key]['valeur'])} : {words}")
    for row, line in enumerate(lines, start=TILES_ROW):
        style = styles.get(**panel, **edge, bold=row == TILES_ROW)
        sheet.write_string(row, DATES_COL, line, style)
        sheet.write_blank(row, DATES_COL + 1, None, styles.get(**panel))
        sheet.write_blank(row, RIGHT + 1, None, styles.get(**panel))


def write_tables(sheet: Worksheet, styles: Styles, contenu: Contenu) -> None:
    """Write the five steps and, beside them, the figures of the portfolio."""
    sheet.set_row_pixels(TABLES_ROW - 2, 10)
    sheet.write_string(TABLES_ROW - 1, LEFT, "Les cinq étapes", styles.section())
    sheet.write_string(TABLES_ROW - 1, RIGHT, "Le portefeuille en chiffres", styles.section())
    steps = [(*row, (where, link_to(where))) for *row, where in contenu.etapes]
    figures = [
        (name, (value, {"num_format": FORMATS.get(name, ENTIER)}), words)
        for name, value, words in contenu.indicateurs
    ]
    left = Tableau(name="Etapes", columns=ETAPES, rows=steps, row=TABLES_ROW, col=LEFT)
    right = Tableau(
        name="Indicateurs", columns=INDICATEURS, rows=figures, row=TABLES_ROW, col=RIGHT
    )
    place = write_table(sheet, styles, left)
    write_table(sheet, styles, right)
    for row in range(place.first_data, place.last_row + 1):
        sheet.set_row_pixels(row, 2 * LINE_PIXELS)
    add_progress(sheet, place.data("Avancement"))


def link_to(sheet: str) -> dict[str, Any]:
    """Return how the name of a sheet becomes a link to it."""
    return {"url": f"internal:'{sheet}'!A1", "font_color": NAVY, "underline": 1}


def write_start(sheet: Worksheet, styles: Styles) -> None:
    """Write how to begin, in four lines, with the ribbon or without it."""
    sheet.write_string(START_ROW, LEFT, "Comment démarrer", styles.section())
    line = styles.get(font_color=INK, valign="vcenter")
    for row, words in enumerate(START.splitlines(), start=START_ROW + 1):
        sheet.write_string(row, LEFT, words, line)
