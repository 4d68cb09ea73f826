"""One click on the ribbon: what was in front of the user, and what they pointed at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

import xlwings as xw

from segxl.domain.anomalies import SegxlError, file_error
from segxl.domain.identifiants import key_of
from segxl.domain.tableau import Tableau
from segxl.excel.com.selection import selected_rows
from segxl.excel.live import LiveWorkbook
from segxl.excel.reglages import require_tables

TITLE = "segxl"
"""What every message box bears."""
READ_ONLY = (
    "Ce classeur est ouvert en lecture seule : pour garder ces résultats, enregistrez-le sous un "
    "autre nom."
)


@dataclass(frozen=True)
class Click:
    """One click on a button: which workbook was in front, and what the add-in asked the user."""

    app: xw.App
    front: xw.Book | None
    arguments: tuple[str, ...] = ()

    @property
    def book(self) -> xw.Book:
        """The workbook in front."""
        if self.front is None:
            problem, remedy = "aucun classeur n’est ouvert", "ouvrez le classeur de vos clients"
            raise file_error("Excel", "", problem, remedy)
        return self.front

    @cached_property
    def workbook(self) -> LiveWorkbook:
        """The open workbook."""
        return LiveWorkbook(self.book)

    @property
    def reminder(self) -> str:
        """What to add after something was written: nobody can save a workbook that is read-only."""
        with suppress(Exception):  # what was written is to be told, whatever Excel answers
            return READ_ONLY if self.book.api.ReadOnly else ""
        return ""

    @property
    def folder(self) -> Path:
        """The folder of the workbook on this machine."""
        try:
            path = Path(self.book.fullname)
        except xw.XlwingsError as error:
            raise _not_here(self.book.name) from error
        if not path.is_absolute() or not path.parent.is_dir():
            raise _not_here(self.book.name)
        return path.parent

    @contextmanager
    def copy(self) -> Iterator[Path]:
        """Lend a copy of the workbook as it stands on the screen, saved or not."""
        with TemporaryDirectory() as folder:
            path = Path(folder) / self.book.name
            self.book.api.SaveCopyAs(str(path))
            yield path

    @property
    def selected(self) -> list[str]:
        """The dossiers of the rows selected in Clients; one at least.

        Raises
        ------
        SaisieError
            No client is selected, or none of those selected has a number.
        """
        clients = self.clients
        rows = selected_rows(self.book, clients)
        keys = clients.lignes.loc[rows, "Dossier"].dropna()
        if keys.empty:
            problem, remedy = "la ligne sélectionnée n’a pas de numéro de dossier", "saisissez-le, puis recommencez"  # fmt: skip
            raise file_error(clients.sheet, "", problem, remedy)
        return [key_of(key) for key in keys]

    @cached_property
    def clients(self) -> Tableau:
        """The table Clients."""
        require_tables(self.workbook, ["Clients"])
        clients = self.workbook.read_table("Clients").canonical(["Dossier", "Segment"])
        missing = clients.find_missing(["Dossier"])
        if missing:
            raise file_error(clients.sheet, "", missing[0].problem, missing[0].remedy)
        return clients


def now() -> datetime:
    """Return the time of the click, where Excel runs."""
    return datetime.now().astimezone()


def today() -> date:
    """Return the day of the click."""
    return now().date()


def _not_here(name: str) -> SegxlError:
    return file_error(
        name,
        "",
        "le classeur n’est pas enregistré dans un dossier de cette machine",
        "enregistrez-le (Fichier, Enregistrer sous) dans un dossier à vous, puis recommencez",
    )
