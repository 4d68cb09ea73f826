"""Excel refuses one call, whichever: the workbook is as it was, or everything is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
import xlwings as xw
from tests.engine.com import METER
from tests.engine.excel import TestExcel

from segxl.domain.anomalies import SaisieError
from segxl.excel.live import LiveWorkbook

pytestmark = pytest.mark.memory
Change = Callable[[LiveWorkbook], None]


def grow(workbook: LiveWorkbook) -> None:
    workbook.add_columns("Villes", ["Région"])
    workbook.append_rows("Villes", pd.DataFrame({"Dossier": ["D", "E"], "Région": ["Jura", "Var"]}))


def shrink(workbook: LiveWorkbook) -> None:
    workbook.replace_rows("Villes", pd.DataFrame({"Dossier": ["Z"], "Double": [1]}))


def overwrite(workbook: LiveWorkbook) -> None:
    workbook.write_columns("Villes", pd.DataFrame({"Double": [7, 8]}, index=[4, 6]))


def narrow(workbook: LiveWorkbook) -> None:
    workbook.retitle("Villes", ["Dossier", "Double"])
    workbook.replace_rows("Villes", pd.DataFrame({"Dossier": ["Z"], "Double": [1]}))


def widen(workbook: LiveWorkbook) -> None:
    workbook.retitle("Villes", ["Dossier", "Double", "Pays", "Note"])
    workbook.replace_rows("Villes", pd.DataFrame({"Dossier": ["Z"], "Note": [1]}))


def add_sheet(workbook: LiveWorkbook) -> None:
    overwrite(workbook)
    workbook.add_table("Anomalies", "Anomalies", {"Date": 14, "Problème": 60})
    workbook.append_rows("Anomalies", pd.DataFrame({"Problème": ["illisible"]}))
    workbook.paint_words("Villes", "Dossier", ["Dossier"], {"A": ("#FF0000", "#FFFFFF")})


def opened(excel: TestExcel) -> xw.Book:
    """Open a workbook of one table, with formulas and an error in its last column."""
    book = excel.add()
    sheet = book.sheets[0]
    sheet.name = "L’été d'ici"
    cells = sheet["B3"].resize(4, 3)
    cells.raw_value = [["Dossier", "Note", "Double"], ["A", 1, 2], ["B", "'=1+1", 3], ["C", 5, 6]]
    table = sheet.tables.add(source=cells, name="Villes")
    sheet["D4"].formula = "=C4*2"
    sheet["D6"].formula = "=1/0"
    assert table.name == "Villes"
    book.sheets[0]["C5"].select()
    return book


def state_of(book: xw.Book) -> dict[str, Any]:
    """Return everything that segxl may touch."""
    sheets = {sheet.name: sheet["A1:J12"].formula for sheet in book.sheets}
    tables = [(t.name, t.range.address) for sheet in book.sheets for t in sheet.tables]
    app = book.app
    rest = app.calculation, app.screen_updating, app.enable_events, app.display_alerts
    return {"sheets": sheets, "tables": tables, "rest": rest, "shown": book.sheets.active.name}


def changed(book: xw.Book, change: Change) -> LiveWorkbook:
    workbook = LiveWorkbook(book)
    change(workbook)
    return workbook


def is_saved(workbook: LiveWorkbook) -> bool:
    try:
        workbook.save()
    except SaisieError:
        return False
    finally:
        METER.refused = range(0)
    return True


@pytest.mark.parametrize("change", [grow, shrink, overwrite, narrow, widen, add_sheet])
def test_whichever_call_is_refused_nothing_is_half_written(
    excel: TestExcel, change: Change
) -> None:
    book = opened(excel)
    calls = METER.count(changed(book, change).save)
    done = state_of(book)
    for number in range(calls):
        book = opened(excel)
        before = state_of(book)
        workbook = changed(book, change)

        METER.refuse_one(after=number)

        expected = done if is_saved(workbook) else before
        assert state_of(book) == expected, f"call {number} of {calls}"


def test_a_workbook_whose_structure_is_protected_says_so(excel: TestExcel) -> None:
    book = opened(excel)
    book.api.Protect(Structure=True)
    before = state_of(book)

    with pytest.raises(SaisieError, match=r"structure du classeur est protégée.*Ôtez la prot"):
        changed(book, add_sheet).save()

    assert state_of(book) == before


def test_a_table_that_xlwings_cannot_reach_is_a_refusal_and_no_bug(excel: TestExcel) -> None:
    book = opened(excel)
    workbook = changed(book, grow)
    book.sheets[0].tables["Villes"].name = "Communes"

    with pytest.raises(SaisieError, match="Excel a refusé l’opération"):
        workbook.save()
