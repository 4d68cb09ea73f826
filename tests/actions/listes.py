"""Client lists as firms keep them: title rows, colours, formulas, filters, charts, their own words."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.table import Table, TableStyleInfo

FEUILLE = "Clients & prospects d'Été"
TITRES = (
    "N° dossier", "Nom", "N° SIREN", "Forme jur.", "Gérant", "Mail", "CP", "Ville",
    "CA (k€)", "TVA", "Logiciel de facturation", "Observations",
)  # fmt: skip
SIRENS = (1032, 1024, 1040, 1057, 1065, 1073, 1081, 1099)
"""Numbers whose nine digits were lost, as spreadsheets lose them."""
TVA = ("RN mens.", "RSI", "Franchise en base")
OUTILS = ("Papier", "Word ou Excel", "ERP raccordé")


def ligne(rank: int) -> list[Any]:
    """Return one client in the firm's own words."""
    return [
        f"D{rank + 1:03}", f"Société {rank + 1} & Fils", SIRENS[rank % len(SIRENS)],
        ("SARL", "SAS", "EI")[rank % 3], f"Gérant {rank}", f"c{rank}@client.example",
        1000 + rank, "Bourg-en-Bresse", 50 + 3 * rank, TVA[rank % 3], OUTILS[rank % 3],
        "à revoir" if rank % 5 == 0 else None,
    ]  # fmt: skip


def write_plain(path: Path, clients: int = 12, *, total: bool = True) -> Path:
    """Write a list under two rows of titles, with all that a firm puts around it."""
    with xlsxwriter.Workbook(path) as book:
        suivi, sheet, grille = (book.add_worksheet(n) for n in ("Suivi", FEUILLE, "Grille"))
        title = book.add_format({"bold": True, "font_size": 14, "font_color": "#7030A0"})
        head = book.add_format(
            {"bold": True, "bg_color": "#DDEBF7", "border": 1, "font_name": "Arial", "font_size": 9}
        )
        cell = book.add_format({"font_name": "Arial", "font_size": 9, "border": 1})
        late = book.add_format({"font_name": "Arial", "font_size": 9, "bg_color": "#FFC7CE"})
        sheet.write("A1", "Clients du cabinet Exemple", title)
        sheet.merge_range("C1:F1", "confidentiel", title)
        sheet.write("A2", "mise à jour le 12/10/2026")
        sheet.write_row("A4", TITRES, head)
        for rank in range(clients):
            for column, value in enumerate(ligne(rank)):
                sheet.write(4 + rank, column, value, late if rank == 2 else cell)
        last = 4 + clients
        if total:
            sheet.write(last + 1, 1, "TOTAL", head)
            sheet.write_formula(last + 1, 8, f"=SUM(I5:I{last})", head, 42)
        sheet.freeze_panes(4, 2)
        sheet.set_column("B:B", 28)
        sheet.autofilter(3, 0, last - 1, len(TITRES) - 1)
        sheet.filter_column("D", "x == SARL")
        for rank in range(clients):
            if rank % 3:
                sheet.set_row(4 + rank, None, None, {"hidden": True})
        sheet.write_comment("B6", "Appeler avant midi")
        sheet.conditional_format(f"I5:I{last}", {"type": "data_bar", "bar_solid": True})
        sheet.data_validation(f"D5:D{last}", {"validate": "list", "source": ["SARL", "SAS"]})
        quoted = "'" + FEUILLE.replace("'", "''") + "'"
        suivi.write_formula("B1", f"=COUNTA({quoted}!B5:B{last})", None, clients)
        suivi.write_formula("B2", "=SUM(CA_total)", None, 42)
        book.define_name("CA_total", f"={quoted}!$I$5:$I${last}")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": f"={quoted}!$I$5:$I${last}"})
        suivi.insert_chart("D3", chart)
        grille.write("A1", "Grille tarifaire")
        suivi.activate()
    return path


def write_table(path: Path, clients: int = 6, name: str = "Tableau1") -> Path:
    """Write a list that is an Excel table, with a computed column and a comment."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Portefeuille"
    titles = ["Code client", "Raison sociale", "N° SIREN", "CA HT", "Marge", "Assujetti"]
    sheet["B2"] = "Portefeuille"
    sheet["B2"].font = Font(bold=True, color="FF7030A0")
    for column, text in enumerate(titles, 2):
        sheet.cell(4, column, text).fill = PatternFill("solid", fgColor="FFFFE699")
    for rank in range(clients):
        row: list[Any] = [
            f"{rank + 1:04}",
            f"Client {rank + 1}",
            f"{SIRENS[rank]:09}",
            1000.5 * rank,
        ]
        for column, value in enumerate(row, 2):
            sheet.cell(5 + rank, column, value)
        sheet.cell(5 + rank, 6, f"=E{5 + rank}*0.1")
        sheet.cell(5 + rank, 7, "O" if rank % 2 else "N")
    sheet["C5"].comment = Comment("Nouveau client", "Cabinet")
    table = Table(displayName=name, ref=f"B4:G{4 + clients}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleMedium2", showRowStripes=True)
    sheet.add_table(table)
    book.create_sheet("Notes")["A1"] = f"=SUM({name}[CA HT])"
    book.save(path)
    return path


def write_rows(path: Path, rows: Iterable[Any], sheet: str = "Feuil1") -> Path:
    """Write bare rows on one sheet."""
    path.parent.mkdir(exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, [*row])
    return path
