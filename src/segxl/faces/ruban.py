"""What each button of the ribbon does: the action of the command line, on the open workbook.

The add-in calls :func:`press` through xlwings' RunPython; everything the user is told comes from
here, in one message.
"""

from __future__ import annotations

import tempfile
import traceback
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Literal

import xlwings as xw

from segxl import __version__
from segxl.actions import controler, courriers, diagnostic, expliquer, importer, noter, nouveau
from segxl.domain.anomalies import SegxlError, file_error
from segxl.domain.tableau import Tableau
from segxl.excel.live import LiveWorkbook
from segxl.excel.live_refusals import ExcelGoneError, be_patient, refusals_in_french
from segxl.excel.live_selection import selected_rows
from segxl.excel.reglages import require_tables
from segxl.faces import messages
from segxl.faces.avancement import Avancement, InterruptionError
from segxl.shipped import shipped_path

TITLE = "segxl"
DASHBOARD = "Tableau de bord"
Mood = Literal["info", "critical"]
OTHER_VERSION = (
    "Le complément Excel est en version {} et segxl en version {}.\n\n"
    "Fermez Excel, lancez « segxl installer », puis rouvrez Excel."
)
LETTERS_FOLDER = "Courriers"
GUIDE = "docs/guide.html"


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
    def folder(self) -> Path:
        """The folder of the workbook on this machine."""
        try:
            path = Path(self.book.fullname)
        except xw.XlwingsError as error:
            raise _not_here(self.book.name) from error
        if not path.is_absolute() or not path.parent.is_dir():
            raise _not_here(self.book.name)
        return path.parent

    @property
    def selected(self) -> list[str]:
        """The dossiers of the rows selected in Clients."""
        clients = self.clients
        rows = selected_rows(self.book, clients)
        return [str(key) for key in clients.lignes.loc[rows, "Dossier"] if key is not None]

    @cached_property
    def clients(self) -> Tableau:
        """The table Clients."""
        require_tables(self.workbook, ["Clients"])
        clients = self.workbook.read_table("Clients").canonical(["Dossier", "Segment"])
        missing = clients.find_missing(["Dossier"])
        if missing:
            raise file_error(clients.sheet, "", missing[0].problem, missing[0].remedy)
        return clients


def press(action: str, version: str = "", argument: str = "") -> None:
    """Run the action of a button, and tell the user what it did.

    Parameters
    ----------
    action : str
        The tag of the button.
    version : str
        The version of the add-in; blank when nobody knows.
    argument : str
        What the add-in asked the user: texts joined by ``|``, each UTF-16 unit as four
        hexadecimal digits, so that nothing a person typed is ever read as code.
    """
    be_patient()
    front = _caller()
    with suppress(ExcelGoneError), refusals_in_french(front):
        app = front.app if front else xw.apps.active
        if app is not None:
            _tell(app, *_answer(action, version, Click(app, front, decode_arguments(argument))))


def decode_arguments(argument: str) -> tuple[str, ...]:
    """Return the texts that the add-in gathered.

    >>> decode_arguments("00C9007400E9007C0062")
    ('Été', 'b')
    """
    return tuple(filter(None, bytes.fromhex(argument).decode("utf-16-be").split("|")))


def _answer(action: str, version: str, click: Click) -> tuple[str, Mood]:
    """Return what to tell: what was done, or why it could not be."""
    if version not in {"", __version__}:
        return OTHER_VERSION.format(version, __version__), "critical"
    try:
        with refusals_in_french(click.front):
            return BUTTONS[action](click), "info"
    except ExcelGoneError:
        raise
    except InterruptionError:
        return "Interrompu : rien n’a été écrit.", "info"
    except SegxlError as error:
        return str(error), "critical"
    except Exception:  # noqa: BLE001  a person waits in front of Excel: a bug is told, too
        return _bug(), "critical"


def _noter(click: Click) -> str:
    bilan = noter.run(click.workbook, _today())
    click.workbook.save()
    return messages.of_notation(bilan)


def _controler(click: Click) -> str:
    return messages.of_controle(controler.run(click.workbook))


def _expliquer(click: Click) -> str:
    justification = expliquer.show(click.workbook, click.selected[0])
    click.workbook.save()
    click.book.sheets[click.workbook.read_table(expliquer.TABLE).sheet].activate()
    return messages.of_justification(justification)


def _importer(click: Click) -> str:
    """Show what would change, ask, then write."""
    exports = [Path(argument) for argument in click.arguments]
    seen = importer.run(click.workbook, exports, simulation=True)
    question = f"{messages.of_import(seen)}\n\nÉcrire ces changements dans la feuille Clients ?"
    if click.app.alert(question, TITLE, buttons="yes_no", mode="info") != "yes":
        return "Rien n’a été écrit."
    workbook = LiveWorkbook(click.book)
    importer.run(workbook, exports)
    workbook.save()
    return "Les changements sont dans la feuille Clients. Complétez les réponses, puis cliquez sur « Noter »."


def _courriers(click: Click, segments: tuple[str, ...], dossiers: tuple[str, ...]) -> str:
    commande = courriers.Commande(
        vers=click.folder / LETTERS_FOLDER,
        beside=click.folder,
        today=_today(),
        segments=segments,
        dossiers=dossiers,
    )
    with Avancement(click.app) as avancement:
        bilan = courriers.run(click.workbook, commande, avancement.of("Courriers"))
        click.workbook.save()
    return messages.of_courriers(bilan, commande.vers)


def _courriers_selection(click: Click) -> str:
    return _courriers(click, (), tuple(click.selected))


def _courriers_segment(click: Click) -> str:
    """Write to the segment of the first client selected."""
    row = selected_rows(click.book, click.clients)[0]
    segment = (
        click.clients.lignes.at[row, "Segment"] if "Segment" in click.clients.letters else None
    )
    if segment is None:
        problem, remedy = "ce client n’a pas encore de segment", "cliquez d’abord sur « Noter »"
        raise file_error(click.clients.sheet, "", problem, remedy)
    return _courriers(click, (str(segment),), ())


def _courriers_tous(click: Click) -> str:
    return _courriers(click, (), ())


def _tableau(click: Click) -> str:
    if DASHBOARD not in [sheet.name for sheet in click.book.sheets]:
        return f"Ce classeur n’a pas de feuille « {DASHBOARD} »."
    click.book.sheets[DASHBOARD].activate()
    return ""


def _nouveau(click: Click) -> str:
    path = nouveau.run(Path(click.arguments[0]))
    click.app.books.open(path)
    return f"Classeur créé : {path}.\n\nCommencez par la feuille Accueil."


def _aide(_: Click) -> str:
    guide = shipped_path(GUIDE)
    webbrowser.open(guide.as_uri())
    return ""


def _diagnostic(_: Click) -> str:
    return messages.of_constats(diagnostic.run(Path.home()))


BUTTONS: dict[str, Callable[[Click], str]] = {
    "noter": _noter,
    "controler": _controler,
    "expliquer": _expliquer,
    "importer": _importer,
    "nouveau": _nouveau,
    "courriers_selection": _courriers_selection,
    "courriers_segment": _courriers_segment,
    "courriers_tous": _courriers_tous,
    "tableau": _tableau,
    "aide": _aide,
    "diagnostic": _diagnostic,
}
"""Tag of a button → what it does; « redemarrer » stops Python, so the add-in does it alone."""


def _today() -> date:
    return datetime.now().astimezone().date()


def _not_here(name: str) -> SegxlError:
    return file_error(
        name,
        "",
        "le classeur n’est pas enregistré dans un dossier de cette machine",
        "enregistrez-le (Fichier, Enregistrer sous) dans un dossier à vous, puis recommencez",
    )


def _bug() -> str:
    """Keep the details on this machine and say where."""
    path = Path(tempfile.gettempdir()) / "segxl-erreur.txt"
    path.write_text(traceback.format_exc(), "utf-8")
    return (
        "Une erreur inattendue est survenue ; votre classeur n’a pas été enregistré par segxl.\n\n"
        f"Le détail est dans {path} : joignez-le à votre demande d’aide, après l’avoir relu."
    )


def _tell(app: xw.App, text: str, mood: Mood) -> None:
    if text:
        app.alert(text, TITLE, mode=mood)


def _caller() -> xw.Book | None:
    """Return the workbook the click came from; None where no workbook is open."""
    with suppress(Exception):  # xlwings raises its base class
        return xw.Book.caller()
    return None
