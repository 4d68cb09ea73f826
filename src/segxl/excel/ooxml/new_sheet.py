"""A sheet that appears when first used: one empty table with a header row, ready to be filled."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from segxl.domain.analyse.croisee import SPARE
from segxl.domain.analyse.croisee import TOTAL as TOTAL_CROISE
from segxl.domain.atelier.lecture import PARTICIPANTS
from segxl.domain.equipe import MESURES as EQUIPE
from segxl.domain.tableau import column_letter
from segxl.excel.first_use import CHOICES, header_colour
from segxl.excel.ooxml.cells import encode_cell
from segxl.excel.ooxml.names import repeat_rows
from segxl.excel.ooxml.package import Package
from segxl.excel.ooxml.parts import (
    MAIN,
    OFFICE_RELS,
    PACKAGE_RELS,
    XML,
    add_part,
    free_name,
    next_table_id,
    relate_workbook,
    rels_name,
    spelt_as,
)
from segxl.excel.ooxml.structure import find_sheets
from segxl.excel.ooxml.styles import Styles
from segxl.excel.ooxml.tabs import show_tab

MOST_LINES = 1_048_576
NOTE_ROW = 2
"""A note stands under the title; without one, that row is left for room."""
DATE_FORMAT, RANK_FORMAT = "dd/mm/yyyy", "0"
RANKS = frozenset({"Priorité", "Rang"})
# Under a thousand, a value keeps the decimals that it has: counts and shares stand in one column.
MIXED_FORMAT = "[>=1000]#,##0_ ;[<0]-General_ ;General_ "
# The same, where losses are as large as gains: a third section would drop their sign.
SIGNED_FORMAT = "[>=1000]#,##0_ ;[<0]-#,##0.0_ ;General_ "
# A gap has one decimal whatever its sign and its size; nothing moved is a bare 0, under the units.
GAP_FORMAT = "+#,##0.0_ ;-#,##0.0_ ;0_,_0_ "
SHARE_FORMAT, EUROS_FORMAT = "0.0%", "#,##0"
FIGURES = {
    **dict.fromkeys(
        (
            "Ventes HT",
            "Un an avant",
            "Évolution",
            "Honoraires",
            "Coût",
            "Marge (€)",
            "Temps non facturé (€)",
        ),
        EUROS_FORMAT,
    ),
    "Part": SHARE_FORMAT,
    "Part du total": "0.0%_ ",
    **dict.fromkeys((TOTAL_CROISE, *SPARE), MIXED_FORMAT),
    **dict.fromkeys(
        ("Taux de marge", "Part des heures", "Part de la marge", "Part de l’effort"), "0.0%_ _ "
    ),
    **dict.fromkeys(("Heures", "Heures facturées", "Taux horaire"), "#,##0.00_ _ "),
    **dict.fromkeys(("Conversion", "Rétention"), "0.0%_ _ "),
    "Missions ouvertes": "0_ _ ",
    "Tendance": "+0.0%_ _ ;-0.0%_ _ ;0.0%_ _ ;@_ _ ",
    **dict.fromkeys(("Panier moyen", "Panier moyen A", "Prix de", "Prix à"), "#,##0_ _ "),
    **dict.fromkeys(("R", "F", "M", "Complexité"), "0_ _ "),
    **dict.fromkeys(("Peu prêts", "En chemin", "Prêts", "Sans note", "Clients"), "0_ _ "),
    "Note FE": "0.0_ ",
    "Note FE moyenne": "0.0_ ",
    "Part en vert": "0.0%_ _ ",
    "Sans plateforme": "0_ _ ",
    **dict.fromkeys(
        (
            "Au premier calcul",
            "Au précédent",
            "Au dernier calcul",
            "Depuis le premier",
            "Depuis le précédent",
        ),
        "@_ _ ",
    ),
    "À voir d’abord": "0_ _ ",
    "Coût mensuel (€)": "#,##0.00_ ",
    **dict.fromkeys(("Minutes perdues", "Fois par mois"), "General_ "),
    "Jours de retard": "0_ ",
    "Montant HT": "#,##0.00_ ",
    "Impayé HT": "#,##0.00_ ",
    **dict.fromkeys(("CSAT", "NPS", "Jours depuis", "Retard moyen (jours)"), "0_ _ _ "),
    **dict.fromkeys(("Délai de réponse (j)", "Demandes sans réponse"), "General_ _ "),
    **dict.fromkeys(EQUIPE, "0_ _ _ "),
    "Heures, 12 mois": "#,##0.0_ _ ",
    **dict.fromkeys(("Effort des étapes", "Rendez-vous prévus", "Capacité, 12 mois"), "#,##0_ _ "),
    "Marge de rendez-vous": "#,##0_ _ ;-#,##0_ _ ",
    **dict.fromkeys(("Formation (h)", "Formation, 12 mois (h)", "Durée (h)"), "General_ _ "),
    "Un an plus tôt": MIXED_FORMAT,
    "Réponse": MIXED_FORMAT,
    "Valeur": MIXED_FORMAT,
    "Valeur de Clients": MIXED_FORMAT,
    **dict.fromkeys(("Avant", "Après"), SIGNED_FORMAT),
    "Écart": GAP_FORMAT,
    **dict.fromkeys(
        ("Honoraires avant", "Honoraires après", "Marge avant", "Marge après"), EUROS_FORMAT
    ),
    **dict.fromkeys(("Heures avant", "Heures après", "Note avant", "Note après"), "#,##0.0_ _ "),
    **dict.fromkeys(PARTICIPANTS, "General_ "),
    **dict.fromkeys(("Poids actuel", "Poids moyen"), "0.0_ "),
    "Poids proposé": "General_ _ ",
    "Honoraires médians": EUROS_FORMAT,
    "Marge médiane": "0.0%_ ",
    **dict.fromkeys(("Heures médianes", "Note FE médiane", "Enjeu médian"), "#,##0.0_ _ "),
}
"""Columns of figures, on the right, away from the words that follow."""


def header_row_under(note: str) -> int:
    r"""Return the row of the headers: under the title, the lines of the note, and a row of room.

    >>> header_row_under(""), header_row_under("Une ligne."), header_row_under("Deux\nlignes.")
    (3, 4, 5)
    """
    lines = len(note.splitlines())
    return NOTE_ROW + 1 + lines


def format_of(header: str) -> str:
    """Return the number format of a column of a new sheet, which its header tells.

    >>> format_of("Date prévue"), format_of("Fait le"), format_of("Rang"), format_of("Raison")
    ('dd/mm/yyyy', 'dd/mm/yyyy', '0', '')
    >>> format_of("Montant HT")
    '#,##0.00_ '
    """
    if f"{header} ".startswith("Date ") or header.endswith((" le", " du", " au")):
        return DATE_FORMAT
    return FIGURES.get(header) or (RANK_FORMAT if header in RANKS else "")


def add_sheet(
    package: Package, table: str, sheet: str, widths: Mapping[str, float], note: str = ""
) -> None:
    """Add a sheet at the end of the workbook, under this name or the next free one.

    ``widths`` gives the headers and their widths.
    """
    sheet = _free_name(package, sheet)
    sheet_part = free_name(package, "xl/worksheets/sheet{}.xml")
    table_part = free_name(package, "xl/tables/table{}.xml")
    styles = Styles(package)
    content = _sheet_xml(table, sheet, widths, note, styles)
    styles.save()
    add_part(package, sheet_part, spelt_as(package, content), "worksheet")
    add_part(
        package,
        table_part,
        spelt_as(package, _table_xml(package, table, widths, header_row_under(note))),
        "table",
    )
    relation = f'<Relationship Id="rId1" Type="{OFFICE_RELS}/table" Target="/{table_part}"/>'
    rels = f'{XML}<Relationships xmlns="{PACKAGE_RELS}">{relation}</Relationships>'
    package.replace(rels_name(sheet_part), spelt_as(package, rels))
    show_tab(package, sheet, relate_workbook(package, sheet_part, "worksheet"))
    repeat_rows(package, sheet, header_row_under(note))


def _free_name(package: Package, sheet: str) -> str:
    taken = {*map(str.casefold, find_sheets(package))}
    names = (f"{sheet} {number}" if number > 1 else sheet for number in count(1))
    return next(name for name in names if name.casefold() not in taken)


def _sheet_xml(
    table: str, title: str, widths: Mapping[str, float], note: str, styles: Styles
) -> str:
    top = header_row_under(note)
    heads = [styles.header(header_colour(table, h), is_left=h not in FIGURES) for h in widths]
    title_style = styles.title()
    looks = [styles.wrapped(format_of(h), is_left=h not in FIGURES) for h in widths]
    columns = "".join(
        f'<col min="{i}" max="{i}" width="{w}" style="{s}" customWidth="1"/>'
        for i, (w, s) in enumerate(zip(widths.values(), looks, strict=True), 1)
    )
    cells = b"".join(
        encode_cell(i, top, h, head)
        for i, (h, head) in enumerate(zip(widths, heads, strict=True), 1)
    )
    blanks = b"".join(encode_cell(i, top + 1, None, s) for i, s in enumerate(looks, 1))
    last = column_letter(len(widths))
    lines = "".join(
        f'<row r="{row}">{encode_cell(1, row, line, styles.note()).decode()}</row>'
        for row, line in enumerate(note.splitlines(), NOTE_ROW)
    )
    return (
        f'{XML}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE_RELS}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{last}{top + 1}"/><sheetViews><sheetView showGridLines="0" workbookViewId="0">'
        f'<pane ySplit="{top}" topLeftCell="A{top + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData><row r="1">{encode_cell(1, 1, title, title_style).decode()}'
        f'</row>{lines}<row r="{top}" ht="30" customHeight="1">{cells.decode()}</row><row r="{top + 1}">{blanks.decode()}'
        f'</row></sheetData>{_choices(table, widths, top)}<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        '<tableParts count="1"><tablePart r:id="rId1"/></tableParts></worksheet>'
    )  # fmt: skip


def _choices(table: str, widths: Mapping[str, float], top: int) -> str:
    """Return the lists that the cells under some headers propose; another word stays allowed."""
    places = {h: column_letter(i) for i, h in enumerate(widths, 1)}
    lists = [
        f'<dataValidation type="list" errorStyle="information" allowBlank="1" showErrorMessage="1" sqref="{places[h]}{top + 1}:{places[h]}{MOST_LINES}">'
        f"<formula1>{escape(chr(34) + ','.join(words) + chr(34))}</formula1></dataValidation>"
        for h, words in CHOICES.get(table, {}).items()
        if h in places
    ]
    return (
        f'<dataValidations count="{len(lists)}">{"".join(lists)}</dataValidations>' if lists else ""
    )


def _table_xml(package: Package, table: str, widths: Mapping[str, float], top: int) -> str:
    ref = f"A{top}:{column_letter(len(widths))}{top + 1}"
    columns = "".join(
        f'<tableColumn id="{i}" name={quoteattr(h)}/>' for i, h in enumerate(widths, 1)
    )
    return (
        f'{XML}<table xmlns="{MAIN}" id="{next_table_id(package)}" name="{table}" displayName="{table}" ref="{ref}">'
        f'<autoFilter ref="{ref}"/><tableColumns count="{len(widths)}">{columns}</tableColumns>'
        '<tableStyleInfo name="TableStyleLight1" showFirstColumn="0" showLastColumn="0" showRowStripes="1" showColumnStripes="0"/></table>'
    )
