"""A real Excel, on Windows or macOS, for the tests that need no message box."""

from __future__ import annotations

from pathlib import Path

import xlwings as xw


class RealExcel:
    """Excel itself, as far as the tests of live workbooks ask."""

    def __init__(self) -> None:
        self._app = xw.App(visible=True, add_book=False)

    def open(self, path: Path) -> xw.Book:
        """Open a workbook and make it the active one."""
        return self._app.books.open(path)

    def add(self) -> xw.Book:
        """Open a blank workbook."""
        return self._app.books.add()

    def save(self, book: xw.Book, path: Path) -> Path:
        """Save a workbook under a name."""
        book.save(path)
        return path

    def quit(self) -> None:
        """Close Excel without saving anything."""
        self._app.kill()
