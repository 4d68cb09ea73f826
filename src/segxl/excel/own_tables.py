"""The tables that appear when first used: made once, completed later, read without their blank rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from segxl.domain.dossiers import CLE
from segxl.domain.saisie import is_error, parse_column, parse_date
from segxl.domain.tableau import Tableau
from segxl.domain.textes import fold
from segxl.excel.port import Workbook
from segxl.excel.refusals import refuse_stranger


def make_table(
    workbook: Workbook, table: str, sheet: str, widths: Mapping[str, float], note: str
) -> None:
    """Add the sheet of a table, or give the table the columns that it lacks."""
    if not workbook.has_table(table):
        workbook.add_table(table, sheet, widths, note=note)
        return
    known = workbook.read_table(table).canonical(widths).letters
    workbook.add_columns(table, [h for h in widths if h not in known])


def read_lines(
    workbook: Workbook, table: str, headers: Sequence[str], needed: Sequence[str]
) -> tuple[Tableau, pd.DataFrame] | None:
    """Return a table and those of its rows that name a dossier; None where there is no table.

    Parameters
    ----------
    workbook : Workbook
        With or without the table.
    table : str
        Its name.
    headers : sequence of str
        Its columns, « Dossier » among them; one that it lacks is blank.
    needed : sequence of str
        The columns without which it is not segxl's.

    Raises
    ------
    SaisieError
        A table of that name is not segxl's.
    """
    if not workbook.has_table(table):
        return None
    found = workbook.read_table(table).canonical(headers)
    refuse_stranger(found, needed)
    lignes = found.lignes.reindex(columns=[*headers])
    return found, lignes[lignes[CLE].notna() & ~lignes[CLE].map(is_error).astype(bool)]


def replace_exercices(
    workbook: Workbook, table: str, widths: Mapping[str, float], new: pd.DataFrame, closing: str
) -> None:
    """Put rows in place of those of the same dossier and closing day; other rows stay.

    Parameters
    ----------
    workbook : Workbook
        Holds the table.
    table : str
        Its name.
    widths : mapping
        Its columns.
    new : DataFrame
        The rows, with these columns.
    closing : str
        The column of the closing day; a row whose day cannot be read stays.

    Raises
    ------
    SaisieError
        A table of that name is not segxl's.
    """
    tableau = workbook.read_table(table).canonical(widths)
    refuse_stranger(tableau, widths)
    old = tableau.lignes[[*widths]]
    old = old[old[CLE].notna()]
    again = {*_keys(new, closing)}
    kept = old[[key not in again for key in _keys(old, closing)]]
    rows = pd.concat([kept, new], ignore_index=True) if len(kept) else new
    workbook.replace_rows(table, rows.astype(object))


def _keys(rows: pd.DataFrame, closing: str) -> list[tuple[str, object]]:
    days = parse_column(rows[closing], parse_date)
    return [*zip(rows[CLE].map(fold), days, strict=True)]
