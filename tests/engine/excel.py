"""An Excel held in memory, driven by xlwings' own engine for Windows."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path
from typing import Any

import xlwings as xw
from pyopenvba.apps.excel import ExcelApplication, _table_edits
from tests.engine import conditional_formats, pages
from tests.engine.com import EXTRAS, METER, Com
from tests.engine.pywin32 import BOXES, KEYS_DOWN

READ_ONLY: set[str] = set()
"""Names of the workbooks that Excel opened read-only."""
RUNNING: list[ExcelApplication] = []
"""The Excels that are open, the active one first."""
_landed = _table_edits._landed


def _landed_outside_tables(sheet: Any, written: list[Any], *line: int, rows: bool) -> str:  # noqa: ANN401
    """Tell what was written beside a table; cells of another table are none, as tables never overlap."""
    others = [table.area for table in sheet.tables]
    free = [area for area in written if not any(_within(area, other) for other in others)]
    return str(_landed(sheet, free, *line, rows=rows))


def _within(inner: Any, outer: Any) -> bool:  # noqa: ANN401
    corners = (inner.top, inner.left), (inner.bottom, inner.right)
    return all(outer.contains(row, column) for row, column in corners)


_table_edits._landed = _landed_outside_tables
EXTRAS["Workbook", "ReadOnly"] = lambda book: book._target.name in READ_ONLY
EXTRAS["Workbook", "SaveCopyAs"] = lambda book: partial(shutil.copyfile, book.FullName)


def bare(wrapped: Any) -> Any:  # noqa: ANN401
    """Return an object of Excel without the wrapper by which xlwings tries again."""
    return getattr(wrapped, "_inner", wrapped)


class TestExcel:
    """An Excel with its message boxes, for one test."""

    __test__ = False

    def __init__(self) -> None:
        self.application = ExcelApplication()
        RUNNING.insert(0, self.application)
        self.boxes = BOXES

    def open(self, path: Path) -> xw.Book:
        """Open a workbook and make it the active one."""
        self.application.open_workbook(path)
        return xw.books[path.name]

    def add(self) -> xw.Book:
        """Open a blank workbook."""
        self.application.add_workbook()
        return xw.books.active

    def save(self, book: xw.Book, path: Path) -> Path:
        """Save a workbook under a name: pyOpenVBA's own way, which keeps every part."""
        self.application.save(path, workbook=bare(book.api)._target)
        return path

    def quit(self) -> None:
        """Close every Excel, its boxes and its keys."""
        stop()

    def call(self, book: xw.Book | None) -> None:
        """Say which workbook a click comes from, as the add-in does."""
        self.call_from(None if book is None else bare(book.api))

    def call_from(self, book: Com | None) -> None:
        """Say it with Excel's own object, as VBA hands it over."""
        xlwings_for_windows().BOOK_CALLER = book


def xlwings_for_windows() -> Any:  # noqa: ANN401  a module
    """Return xlwings' own module for Windows, over Excel in memory."""
    from tests.engine.windows import MODULE  # noqa: PLC0415  a real Excel must never see it

    return MODULE


def start() -> TestExcel:
    """Start an Excel and make xlwings use it."""
    stop()
    windows = xlwings_for_windows()
    windows.BOOK_CALLER = None
    xw._xlwindows = windows  # type: ignore[attr-defined]
    engine = xw.Engine(impl=windows.engine)
    xw.engines.add(engine)
    engine.activate()
    return TestExcel()


def stop() -> None:
    """Close every Excel, its boxes and its keys."""
    RUNNING.clear()
    conditional_formats.RULES.clear()
    pages.PAGES.clear()
    READ_ONLY.clear()
    BOXES.shown.clear()
    BOXES.answers.clear()
    KEYS_DOWN.clear()
    Com.refusal = None
    METER.refused = range(0)
