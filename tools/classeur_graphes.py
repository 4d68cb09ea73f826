"""The second page of Tableau de bord: six charts, and the rows that they show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from classeur_contenu import COULEURS
from classeur_graphiques import GAP, font
from classeur_matrice import draw_matrix, write_places
from classeur_style import GREEN, GREY, INK, LINE, MUTED, NAVY, PART, Styles, set_page
from classeur_tableau import extend_last, figure, words
from classeur_tables import LINE_PIXELS, Colonne, Place, Tableau, write_table
from segxl.domain import avant_apres
from segxl.domain.graphiques import avis, couleurs, valeur
from segxl.excel.graphiques import AVANT_APRES, CARTE, CLASSES, GROS, MATRICE, NPS, PARETO

CHART_ROWS, ROW_PIXELS, CHART_PIXELS = 17, 20, 411
FIRST_PAGE_END = 43
"""Under the table of the segments, which may hold thirteen before it reaches the charts."""
BAND = CHART_ROWS + 3
"""A title, a line that says what is shown, three charts side by side, an empty row."""
DATA_ROW, DATA_COL = 3, 13
"""The rows behind the charts stand on the right, out of the printed pages."""
NARROW, WIDE, EDGE = 9, 18, 2
PRINT_SCALE = 64
"""What the second page needs to hold its charts and the table under them."""
LAST_COL = 12
FILLS = {c["couleur"]: c["fond"] for c in COULEURS} | {couleurs.AUTRES: "#D9D9D9"}
CLASS_FILLS = {"A": "#2E7D5B", "B": "#8FC4A9", "C": "#F2C58B", "D": "#C8553D"}
MEASURE_FILLS = {
    "Part des clients": "#A9C6E8",
    "Part des honoraires": NAVY,
    "Part de la marge": GREEN,
    "Part des heures": GREY,
}
SINCE_ROW = FIRST_PAGE_END + 2 * BAND
"""Before and after, under the charts of the second page."""
SINCE = (
    "Avant, après",
    "Chaque chiffre à sa première mesure et à la dernière : la préparation par « Noter », les autres par « Segments ». Qui a changé de couleur ou de segment : feuille Mouvements.",
)
HEADING = {
    0: ("Où agir d’abord", MATRICE, "Clients en rouge et à fort enjeu d’abord. Le nombre de clients est écrit à côté des bulles et sur les barres. Autres : hors champ ou à confirmer.", "Rien à montrer pour l’instant : notez le portefeuille."),
    1: ("Ce que rapportent les clients", GROS, "Honoraires, marge et heures de douze mois, d’après la dernière mesure. Détail par client dans la feuille Valeur. Une courbe de marge qui sort par le haut dépasse 100 % : les derniers clients en perdent.", "Rien à montrer pour l’instant : importez vos honoraires et vos temps, puis cliquez sur Valeur."),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """One chart and the table behind it: which columns, what it says; ``band`` counts from 0."""

    table: str
    band: int
    columns: Sequence[Colonne]
    rows: Sequence[Sequence[Any]]
    title: str
    description: str


def colours(headers: Sequence[str]) -> tuple[Colonne, ...]:
    """Return one column of words, then figures."""
    return (words(headers[0]), *(figure(h) for h in headers[1:]))


IMAGES = (
    Image(
        table=MATRICE,
        band=0,
        columns=colours(couleurs.MATRICE),
        rows=[(name, *[0] * 6) for name in (*(n for n, _ in couleurs.ENJEUX), couleurs.INCONNU)],
        title="Préparation et enjeu : en haut à droite, à voir d’abord",
        description="Nombre de clients de chaque couleur, du vert au rouge, par niveau d’enjeu, de faible à fort",
    ),
    Image(
        table=CARTE,
        band=0,
        columns=colours(couleurs.CARTE),
        rows=[],
        title="Où sont les clients, par département",
        description="Nombre de clients de chaque couleur, par département",
    ),
    Image(
        table=NPS,
        band=0,
        columns=colours(avis.NPS),
        rows=[],
        title="NPS par segment, sur douze mois",
        description="Part des promoteurs moins part des détracteurs, par segment, de -100 à 100",
    ),
    Image(
        table=PARETO,
        band=1,
        columns=[figure(h, PART) for h in valeur.PARETO],
        rows=[(step / 20, None, None) for step in range(21)],
        title="Ce que font les premiers clients",
        description="Part des honoraires et de la marge que font les premiers clients, du plus gros au plus petit",
    ),
    Image(
        table=GROS,
        band=1,
        columns=(
            words(valeur.GROS[0]),
            figure(valeur.GROS[1], "#,##0"),
            figure(valeur.GROS[2], PART),
            *(figure(c, "#,##0") for c in valeur.BEST_FIRST),
        ),
        rows=[[None] * len(valeur.GROS)] * valeur.MOST_CLIENTS,
        title="Les 20 plus gros clients : une bulle, ses heures",
        description="Honoraires, taux de marge et heures des vingt plus gros clients, par classe de A à D",
    ),
    Image(
        table=CLASSES,
        band=1,
        columns=(
            words(valeur.PAR_CLASSE[0]),
            figure(valeur.PAR_CLASSE[1]),
            *(figure(h, PART) for h in valeur.PAR_CLASSE[2:]),
        ),
        rows=[(c, 0, None, None, None, None) for c in valeur.BEST_FIRST],
        title="Classes A à D : la part de chacune",
        description="Part des clients, des honoraires, de la marge et des heures de chaque classe",
    ),
)


def write_graphiques(book: xlsxwriter.Workbook, styles: Styles) -> None:
    """Write the second page of the sheet Tableau de bord, and the rows behind its charts."""
    sheet = book.get_worksheet_by_name("Tableau de bord")
    places = write_rows(sheet, styles)
    for band, (title, table, ready, empty) in HEADING.items():
        row = FIRST_PAGE_END + band * BAND
        sheet.set_row_pixels(row, 32)
        sheet.write_string(row, 1, title, styles.title())
        _, first, *_, last = places[table].headers
        formula = f'=IF(SUM({table}[[{first}]:[{last}]])=0,"{empty}","{ready}")'
        sheet.write_formula(row + 1, 1, formula, styles.help(), empty)
    draw_all(book, sheet, places)
    last = write_avant_apres(sheet, styles)
    set_page(sheet)
    sheet.center_horizontally()
    sheet.set_print_scale(PRINT_SCALE)
    sheet.set_h_pagebreaks([FIRST_PAGE_END])
    sheet.print_area(0, 0, last, LAST_COL)


def write_avant_apres(sheet: Worksheet, styles: Styles) -> int:
    """Write what the portfolio was and is, in words and figures; return the last row."""
    title, words_under = SINCE
    sheet.set_row_pixels(SINCE_ROW, 32)
    sheet.write_string(SINCE_ROW, 1, title, styles.title())
    sheet.write_string(SINCE_ROW + 1, 1, words_under, styles.help())
    mesure, *figures, lecture = avant_apres.HEADERS
    columns = (
        words(mesure),
        *(figure(h, "@") for h in figures),
        words(lecture, header_props={"right": 0}),
    )
    rows = avant_apres.list_avant_apres({}).to_numpy().tolist()
    place = write_table(sheet, styles, Tableau(name=AVANT_APRES, columns=columns, rows=rows, row=SINCE_ROW + 2, col=1))  # fmt: skip
    extend_last(sheet, styles, place, lecture)
    return place.last_row


def write_rows(sheet: Worksheet, styles: Styles) -> dict[str, Place]:
    """Write the tables behind the charts side by side, each with room to grow."""
    sheet.write_string(DATA_ROW - 1, DATA_COL, "Ce que montrent les graphiques", styles.section())
    sheet.set_column(LAST_COL, LAST_COL, EDGE)
    places, col = {}, DATA_COL
    for image in IMAGES:
        tableau = Tableau(name=image.table, columns=image.columns, rows=image.rows, row=DATA_ROW, col=col)  # fmt: skip
        places[image.table] = write_table(sheet, styles, tableau)
        end = col + len(image.columns)
        sheet.set_column(col, col, WIDE)
        sheet.set_column(col + 1, end - 1, NARROW)
        sheet.set_column(end, end, EDGE)
        col = end + 1
    write_places(sheet, styles, places[MATRICE])
    sheet.set_row_pixels(DATA_ROW, 3 * LINE_PIXELS)
    return places


def draw_all(book: xlsxwriter.Workbook, sheet: Worksheet, places: Mapping[str, Place]) -> None:
    """Draw the charts, three on a band."""
    drawings = {
        MATRICE: draw_matrix(book, places[MATRICE], FILLS),
        CARTE: stack(book, places[CARTE]),
        NPS: bars(book, places[NPS], {avis.NPS[1]: NAVY}, labels="0"),
        PARETO: curve(book, places[PARETO]),
        GROS: bubbles(book, places[GROS]),
        CLASSES: bars(book, places[CLASSES], MEASURE_FILLS, labels="0%"),
    }
    lefts = {0: 0, 1: 0}
    for image in IMAGES:
        chart = drawings[image.table]
        chart.set_title({"name": image.title, "name_font": font(bold=True, color=NAVY)})
        chart.set_chartarea({"border": {"color": LINE}})
        chart.set_size({"width": CHART_PIXELS, "height": CHART_ROWS * ROW_PIXELS})
        place = {"x_offset": lefts[image.band], "object_position": 1, "description": image.description}  # fmt: skip
        sheet.insert_chart(FIRST_PAGE_END + image.band * BAND + 2, 1, chart, place)
        lefts[image.band] += CHART_PIXELS + GAP


def stack(book: xlsxwriter.Workbook, place: Place) -> Any:  # noqa: ANN401
    """Return bars of clients, cut by colour."""
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    for header, fill in FILLS.items():
        if header in place.headers:
            chart.add_series(
                {
                    "name": title_of(place, header),
                    "categories": place.reference(place.headers[0]),
                    "values": place.reference(header),
                    "fill": {"color": fill},
                    "border": {"color": MUTED, "width": 0.5},
                    "gap": 45,
                    "data_labels": {"value": True, "num_format": "0;;", "font": font()},
                }
            )
    hide_scale(chart)
    chart.set_legend({"position": "bottom", "font": font()})
    return chart


def bars(book: xlsxwriter.Workbook, place: Place, fills: Mapping[str, str], labels: str) -> Any:  # noqa: ANN401
    """Return bars side by side, one measure a colour, each with its figure."""
    chart = book.add_chart({"type": "bar"})
    for header, fill in fills.items():
        chart.add_series(
            {
                "name": title_of(place, header),
                "categories": place.reference(place.headers[0]),
                "values": place.reference(header),
                "fill": {"color": fill},
                "gap": 45,
                "data_labels": {"value": True, "num_format": labels, "font": font()},
            }
        )
    hide_scale(chart, low=True)
    chart.set_legend({"position": "bottom", "font": font()} if len(fills) > 1 else {"none": True})
    return chart


def curve(book: xlsxwriter.Workbook, place: Place) -> Any:  # noqa: ANN401
    """Return the lines of Pareto: whole dashes for the margin, for who prints in grey."""
    chart = book.add_chart({"type": "line"})
    for header, dash in zip(valeur.PARETO[1:], ("solid", "dash"), strict=True):
        chart.add_series(
            {
                "name": title_of(place, header),
                "categories": place.reference(valeur.PARETO[0]),
                "values": place.reference(header),
                "line": {"color": MEASURE_FILLS[header], "width": 2.25, "dash_type": dash},
            }
        )
    grid = {"visible": True, "line": {"color": LINE, "width": 0.75}}
    axis = {"num_font": font(), "line": {"color": LINE}, "num_format": "0%", "name_font": font()}
    chart.set_x_axis({**axis, "name": "Clients, du plus gros au plus petit", "interval_unit": 4, "interval_tick": 4, "position_axis": "on_tick"})  # fmt: skip
    chart.set_y_axis({**axis, "major_gridlines": grid, "min": 0, "max": 1, "major_unit": 0.2})
    chart.set_legend({"position": "bottom", "font": font()})
    return chart


def bubbles(book: xlsxwriter.Workbook, place: Place) -> Any:  # noqa: ANN401
    """Return a cloud of points, one colour a class; the build makes bubbles of them."""
    chart = book.add_chart({"type": "scatter"})
    for classe, fill in CLASS_FILLS.items():
        chart.add_series(
            {
                "name": title_of(place, classe),
                "categories": place.reference(valeur.GROS[1]),
                "values": place.reference(valeur.GROS[2]),
                "marker": {
                    "type": "circle",
                    "fill": {"color": fill, "transparency": 25},
                    "border": {"color": INK, "width": 0.5},
                },
            }
        )
    grid = {"visible": True, "line": {"color": LINE, "width": 0.75}}
    axis = {"num_font": font(), "line": {"color": LINE}, "name_font": font(), "major_gridlines": grid, "label_position": "low"}  # fmt: skip
    chart.set_x_axis({**axis, "name": "Honoraires (€)", "num_format": "#,##0"})
    chart.set_y_axis({**axis, "name": "Taux de marge", "num_format": "0%"})
    chart.set_legend({"position": "bottom", "font": font()})
    return chart


def hide_scale(chart: Any, *, low: bool = False) -> None:  # noqa: ANN401
    """Show the words from top to bottom, hide the scale: each bar carries its figure."""
    words_axis = {"num_font": font(), "line": {"color": LINE}, "major_tick_mark": "none", "reverse": True}  # fmt: skip
    if low:
        words_axis["label_position"] = "low"
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_y_axis(words_axis)


def title_of(place: Place, header: str) -> str:
    """Return the cell that holds a header, so a chart shows the words of its table."""
    cell = xl_rowcol_to_cell(place.row, place.col_of(header), row_abs=True, col_abs=True)
    return f"='{place.sheet}'!{cell}"
