"""The sheet Tableau de bord: the portfolio in three charts and four tables."""

from __future__ import annotations

from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from classeur_contenu import Contenu
from classeur_graphiques import insert_charts
from classeur_style import (
    GREEN,
    NOTE,
    PART,
    SEGXL,
    WHITE,
    Styles,
    write_heading,
)
from classeur_tables import LINE_PIXELS, Colonne, Place, Tableau, write_table

LEFT, MIDDLE, RIGHT = 1, 4, 10
CHARTS_ROW, CHART_ROWS = 2, 13
TABLES_ROW, SEGMENTS_ROW = 17, 28
WIDTHS = (2, 20, 9, 9, 11, 36, 10, 31, 10, 2, 24, 10)


BESIDE = {"left": 5, "left_color": WHITE}
"""A white edge between two tables that touch."""


def figure(header: str, num_format: str = "0", **changes: Any) -> Colonne:  # noqa: ANN401
    """Return a column of figures written by segxl."""
    return Colonne(header=header, kind=SEGXL, num_format=num_format, figures=True, **changes)


def words(header: str, **changes: Any) -> Colonne:  # noqa: ANN401
    """Return a column of words written by segxl."""
    return Colonne(header=header, kind=SEGXL, **changes)


COLUMNS = {
    "SyntheseCouleurs": (words("Couleur"), figure("Clients"), figure("Part", PART)),
    "SyntheseFamilles": (words("Famille"), figure("Note moyenne", NOTE)),
    "SyntheseCriteres": (
        figure("Rang", header_props=BESIDE, props=BESIDE),
        words("Points forts du portefeuille"),
        figure("Note forte", NOTE),
        words("Points faibles du portefeuille"),
        figure("Note faible", NOTE),
    ),
    "SyntheseSegments": (
        words("Segment"),
        figure("Clients"),
        figure("Part", PART),
        figure("Note moyenne", NOTE),
        words("Critères les plus faibles", wrap=True),
        words("Action", header_props={"right": 0}),
    ),
}


def write_tableau(book: xlsxwriter.Workbook, styles: Styles, contenu: Contenu) -> None:
    """Write the sheet Tableau de bord."""
    sheet = book.get_worksheet_by_name("Tableau de bord")
    sheet.hide_gridlines(2)
    for col, width in enumerate(WIDTHS):
        sheet.set_column(col, col, width)
    write_heading(sheet, styles, "Votre portefeuille", "", col=LEFT)
    sheet.set_row_pixels(CHARTS_ROW, 20)
    write_subtitle(sheet, styles, contenu)
    places = write_syntheses(sheet, styles, contenu)
    insert_charts(book, sheet, places, (CHARTS_ROW, LEFT), CHART_ROWS * 20)
    sheet.freeze_panes(2, 0)
    sheet.set_tab_color(GREEN)
    sheet.set_selection(0, 0, 0, 0)


def write_subtitle(sheet: Worksheet, styles: Styles, contenu: Contenu) -> None:
    """Say under the title what is shown, or what to do when there is nothing to show."""
    row = 'MATCH("{}",Indicateurs[Indicateur],0)'.format
    count = f"INDEX(Indicateurs[Valeur],{row('Dossiers notés')})"
    clients = [
        f"INDEX(Indicateurs[{column}],{row('Dossiers')})" for column in ("Valeur", "Lecture")
    ]
    empty = "Rien à montrer pour l’instant : importez votre liste ou saisissez un premier dossier, puis notez."
    ready = (
        "Couleurs, notes et segments du dernier calcul ; détail par client dans la feuille Clients."
    )
    known = {name: (value, words) for name, value, words in contenu.indicateurs}
    number, words = known["Dossiers"]
    formula = f'=IF(N({count})=0,"{empty}","Dossiers : "&{clients[0]}&" "&{clients[1]}&". {ready}")'
    shown = f"Dossiers : {number} {words}. {ready}" if known["Dossiers notés"][0] else empty
    sheet.write_formula(1, LEFT, formula, styles.help(), shown)


def write_syntheses(sheet: Worksheet, styles: Styles, contenu: Contenu) -> dict[str, Place]:
    """Write the four tables; the segments come last, where they have room to grow."""
    at = {
        "SyntheseCouleurs": (TABLES_ROW, LEFT, contenu.couleurs, "Les couleurs"),
        "SyntheseCriteres": (TABLES_ROW, MIDDLE, contenu.criteres, "Ce qui va, ce qui manque"),
        "SyntheseFamilles": (TABLES_ROW, RIGHT, contenu.familles, "Les familles"),
        "SyntheseSegments": (SEGMENTS_ROW, LEFT, contenu.segments, "Les segments et leur action"),
    }
    places = {}
    for name, (row, col, rows, title) in at.items():
        sheet.write_string(row - 1, col, title, styles.section())
        tableau = Tableau(name=name, columns=COLUMNS[name], rows=rows, row=row, col=col)
        places[name] = write_table(sheet, styles, tableau)
        sheet.set_row_pixels(row, 2 * LINE_PIXELS)
    rows_of_segments = places["SyntheseSegments"]
    for row in range(rows_of_segments.first_data, rows_of_segments.last_row + 1):
        sheet.set_row_pixels(row, 2 * LINE_PIXELS)
    extend_last(sheet, styles, rows_of_segments, "Action")
    return places


def extend_last(sheet: Worksheet, styles: Styles, place: Place, header: str) -> None:
    """Let the last column run to the right edge: its text overflows into free cells."""
    last = LEFT + len(WIDTHS) - 2
    for col in range(place.col_of(header) + 1, last + 1):
        sheet.write_blank(place.row, col, None, styles.get(bg_color=GREEN))
        for row in range(place.first_data, place.last_row + 1):
            sheet.write_blank(row, col, None, styles.body())
