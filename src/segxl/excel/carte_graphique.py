"""One company's map in a workbook of its own, with its native charts: nothing else is at risk.

Charts of the firm's own workbook would follow rows that people sort and filter; here they stay
beside their figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from segxl.domain.cartographie.carte import Carte
from segxl.domain.cartographie.parts import EURO
from segxl.domain.tableau import column_letter
from segxl.excel.anneau import draw_columns, draw_ring
from segxl.excel.cartographie import figures_of, reading_of
from segxl.excel.first_use import GREEN, NAVY
from segxl.excel.own_book import FONT, add_table, parts_of, write_text

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

SHEET, TABLE, YEARS = "Cartographie", "Cartographie", "Annees"
HEADERS = {
    "Groupe": 30, "Clients": 14, "Ventes HT": 14, "Part": 10, "Un an avant": 14, "Évolution": 14,
    "Évolution (points)": 14, "Lecture": 50,
}  # fmt: skip
FORMATS = {"Part": "0.0%", "Évolution (points)": "0.0"}
EUROS = "#,##0"
AMOUNTS = ("Ventes HT", "Un an avant", "Évolution")
TOP, CHART_ROWS, HEAD_HEIGHT = 4, 22, 32
MOST_YEARS = 6
_ROOT = re.compile(rb"(<(?:\w+:)?coreProperties\b)(?![^>]*xmlns:dc=)")
DUBLIN_CORE = b"http://purl.org/dc/elements/1.1/"


def build_parts(titre: str, carte: Carte) -> dict[str, bytes]:
    """Return the parts of the workbook; equal maps give equal bytes.

    Parameters
    ----------
    titre : str
        Whose map it is.
    carte : Carte
        The years to show; the charts are about the latest.
    """
    return parts_of(_build(titre, carte))


def with_identifier(core: bytes, identifier: str) -> bytes:
    """Return the properties of the workbook with its identifier."""
    line = f"<dc:identifier>{identifier}</dc:identifier>".encode()
    # The library declares the prefix on each element that bears it.
    core = _ROOT.sub(rb'\1 xmlns:dc="%s"' % DUBLIN_CORE, core, count=1)
    return re.sub(rb"(</(?:\w+:)?coreProperties>)", line + rb"\1", core)


def _build(titre: str, carte: Carte) -> Workbook:
    from openpyxl import Workbook  # noqa: PLC0415  paid by the command that writes one
    from openpyxl.styles import Font  # noqa: PLC0415

    book = Workbook()
    sheet: Worksheet = book.create_sheet(SHEET, 0)
    del book[book.sheetnames[1]]
    last = carte.dernier
    write_text(sheet, 1, 1, f"{titre} – cartographie des clients, exercice {last.nom}")
    sheet["A1"].font = Font(name=FONT, bold=True, size=16, color=NAVY.lstrip("#"))
    write_text(sheet, 2, 1, "Ventes hors taxes. « Un an avant » : les mêmes clients, l’exercice précédent. Une case vide : les écritures ne permettent pas de le dire.")  # fmt: skip
    _write_head(sheet, TOP, HEADERS)
    for row, ligne in enumerate(last.lignes, TOP + 1):
        cells = {"Groupe": ligne.groupe, **figures_of(ligne), "Lecture": reading_of(carte, last, ligne)}  # fmt: skip
        for column, header in enumerate(HEADERS, 1):
            _write(sheet, row, column, cells[header], header)
    bottom = TOP + len(last.lignes)
    add_table(sheet, TABLE, f"A{TOP}:{column_letter(len(HEADERS))}{bottom}")
    under = bottom + CHART_ROWS
    if shared := _write_shares(sheet, carte, under):
        sheet.add_chart(draw_ring(sheet, carte, under, shared), f"A{bottom + 2}")
    under = shared + 3 if shared else under
    if years := _write_years(sheet, carte, under):
        sheet.add_chart(draw_columns(sheet, under, *years), f"E{bottom + 2}")
    _set_page(sheet)
    return book


def _write_shares(sheet: Worksheet, carte: Carte, top: int) -> int:
    """Write the shares that are not zero, which the ring draws; return their last row, 0 without."""
    shared = [ligne for ligne in carte.dernier.lignes if ligne.part]
    if not shared:
        return 0
    _write_head(sheet, top, ["Groupe", "Part"])
    for row, ligne in enumerate(shared, top + 1):
        write_text(sheet, row, 1, ligne.groupe)
        _write(sheet, row, 2, figures_of(ligne)["Part"], "Part")
    last = top + len(shared)
    add_table(sheet, "Parts", f"A{top}:B{last}")
    return last


def _write_years(sheet: Worksheet, carte: Carte, top: int) -> tuple[int, int] | None:
    """Write the amounts of each group, a column a year; return the last row and the last column."""
    known = carte.side_by_side[-MOST_YEARS:]
    columns = [(e.nom, {x.groupe: x.montant for x in e.lignes}) for e in known]
    if len(known) == 1 and carte.dernier.is_compare and carte.precedent:
        before = {x.groupe: x.avant for x in carte.dernier.lignes}
        columns.insert(0, (f"Mêmes clients en {carte.precedent.nom}", before))
    groupes = [*dict.fromkeys(g for _, amounts in columns for g in amounts)]
    groupes = [g for g in groupes if any(amounts.get(g) for _, amounts in columns)]
    if not groupes:
        return None
    headers = ["Ventes par groupe", *(nom for nom, _ in columns)]
    _write_head(sheet, top, headers)
    for row, groupe in enumerate(groupes, top + 1):
        write_text(sheet, row, 1, groupe)
        for column, (_, amounts) in enumerate(columns, 2):
            cents = amounts.get(groupe)
            cell = sheet.cell(row, column, None if cents is None else cents / EURO)
            cell.number_format = EUROS
    last = top + len(groupes)
    add_table(sheet, YEARS, f"A{top}:{column_letter(len(headers))}{last}")
    return last, len(headers)


def _write_head(sheet: Worksheet, row: int, headers: Iterable[str]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415

    sheet.row_dimensions[row].height = HEAD_HEIGHT
    for column, header in enumerate(headers, 1):
        write_text(sheet, row, column, header)
        cell = sheet.cell(row, column)
        cell.font = Font(name=FONT, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=GREEN.lstrip("#"))
        cell.alignment = Alignment(
            wrap_text=True,
            vertical="center",
            horizontal="left" if column == 1 or header == "Lecture" else "right",
        )
        if row == TOP:
            sheet.column_dimensions[column_letter(column)].width = HEADERS[header]


def _write(sheet: Worksheet, row: int, column: int, value: Any, header: str) -> None:  # noqa: ANN401  what a cell holds
    if isinstance(value, str):
        from openpyxl.styles import Alignment  # noqa: PLC0415

        write_text(sheet, row, column, value)
        sheet.cell(row, column).alignment = Alignment(
            horizontal="left", indent=0 if column == 1 else 1
        )
        return
    cell = sheet.cell(row, column)
    cell.value = value
    code = EUROS if header in AMOUNTS else FORMATS.get(header)
    if code:
        cell.number_format = code


def _set_page(sheet: Worksheet) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415

    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def sealed_parts(parts: Sequence[str] | dict[str, bytes]) -> frozenset[str]:
    """Return the parts of the workbook that change from one client to the next."""
    return frozenset(n for n in parts if n.startswith(("xl/worksheets/", "xl/charts/")))
