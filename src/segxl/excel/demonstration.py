"""What the fictitious firm keeps by hand in its workbook, written at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from segxl.domain.honoraires.factures import PIECE
from segxl.domain.parcours.irritants import FAIT, TYPED
from segxl.domain.textes import fold
from segxl.excel import honoraires, irritants, journal
from segxl.excel.complements import MISSION
from segxl.excel.equipe import FORMATIONS, FORMATIONS_NOTE, FORMATIONS_WIDTHS
from segxl.excel.layout import JOURNAL_WIDTHS
from segxl.excel.ooxml.package import Package
from segxl.excel.ooxml.tabs import keep_in_sight
from segxl.excel.own_tables import make_table
from segxl.excel.port import Workbook

FRICTION = (
    "etape",
    "valeur",
    "irritant",
    "minutes",
    "fois",
    "dossiers",
    "responsable",
    "action",
    "fait",
)
"""What the shipped words call the columns of Irritants, in order."""


def add_to_clients(workbook: Workbook, columns: pd.DataFrame) -> None:
    """Write what the firm knows of its clients by itself, on the rows of the index."""
    workbook.write_columns("Clients", columns)


def fill_parametres(workbook: Workbook, values: Mapping[str, object]) -> None:
    """Write the settings of these names."""
    lignes = workbook.read_table("Parametres").canonical(["Paramètre", "Valeur"]).lignes
    told = {fold(nom): value for nom, value in values.items()}
    names = [(int(str(row)), fold(nom or "")) for row, nom in lignes["Paramètre"].items()]
    cells = {row: {"Valeur": told[nom]} for row, nom in names if nom in told}
    workbook.write_cells("Parametres", cells)


def write_journal(workbook: Workbook, lines: Sequence[Mapping[str, object]]) -> None:
    """Add exchanges to the Journal, all at once."""
    if lines:
        make_table(workbook, journal.TABLE, journal.TABLE, JOURNAL_WIDTHS, journal.NOTE)
        rows = pd.DataFrame([*lines], columns=[*JOURNAL_WIDTHS], dtype=object)
        workbook.append_rows(journal.TABLE, rows.where(rows.notna(), None))


def write_formations(workbook: Workbook, lines: Sequence[tuple[date, str, str, float]]) -> None:
    """Write who learnt what: a day, a name, a subject and hours a line."""
    if lines:
        make_table(workbook, FORMATIONS, FORMATIONS, FORMATIONS_WIDTHS, FORMATIONS_NOTE)
        rows = pd.DataFrame([*lines], columns=[*FORMATIONS_WIDTHS], dtype=object)
        workbook.append_rows(FORMATIONS, rows)


def write_frictions(workbook: Workbook, told: Sequence[Mapping[str, object]], au: date) -> None:
    """Type what rubs in the firm; ``fait`` tells how many days ago it was settled."""
    make_table(workbook, irritants.TABLE, irritants.SHEET, irritants.WIDTHS, irritants.NOTE)
    rows = [
        {header: line.get(key) for header, key in zip(TYPED, FRICTION, strict=True)}
        | {FAIT: au - timedelta(days=int(str(line["fait"]))) if "fait" in line else None}
        for line in told
    ]
    workbook.append_rows(irritants.TABLE, pd.DataFrame(rows, columns=[*TYPED], dtype=object))


def prepare_honoraires(workbook: Workbook) -> None:
    """Make the sheet Honoraires, with the column where the firm tells what each invoice is for."""
    widths = {**honoraires.WIDTHS, MISSION: 20}
    make_table(workbook, honoraires.TABLE, honoraires.SHEET, widths, honoraires.NOTE)


def tell_missions(workbook: Workbook, missions: Mapping[str, str]) -> None:
    """Tell what each invoice is for, as the beginning of its number says."""
    lignes = workbook.read_table(honoraires.TABLE).lignes
    told = [missions.get(str(piece or "")[:2]) for piece in lignes[PIECE]]
    column = pd.Series(told, lignes.index, dtype=object).to_frame(MISSION)
    workbook.write_columns(honoraires.TABLE, column)


def arrange(path: Path, sheets: Collection[str]) -> None:
    """Show these of the sheets that appear when first used."""
    package = Package(path)
    keep_in_sight(package, sheets)
    package.save()
