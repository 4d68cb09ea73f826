"""The one door through which the ribbon of Excel calls segxl.

The add-in calls :func:`press` through xlwings' RunPython; everything the user is told comes from
here, in one message.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Literal

import xlwings as xw

from segxl import __version__
from segxl.domain.anomalies import SegxlError
from segxl.excel.com.refusals import ExcelGoneError, be_patient, refusals_in_french
from segxl.faces import messages
from segxl.faces.avancement import InterruptionError
from segxl.faces.boutons import BUTTONS
from segxl.faces.clic import TITLE, Click
from segxl.faces.terminal import log_bug

Mood = Literal["info", "critical"]
OTHER_VERSION = (
    "Le complément Excel est en version {} et segxl en version {}.\n\n"
    "Fermez Excel, lancez « segxl installer », puis rouvrez Excel."
)


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
        app = _app_of(front)
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
        return messages.of_refusal(error), "critical"
    except Exception:  # noqa: BLE001  a person waits in front of Excel: a bug is told, too
        return log_bug(), "critical"


def _tell(app: xw.App, text: str, mood: Mood) -> None:
    if text:
        app.alert(messages.fitting(text), TITLE, mode=mood)


def _app_of(front: xw.Book | None) -> xw.App | None:
    """Return the Excel that the click came from, or the one in front where it does not answer."""
    if front is not None:
        with suppress(Exception):
            return front.app
    return xw.apps.active


def _caller() -> xw.Book | None:
    """Return the workbook the click came from; None where no workbook is open."""
    with suppress(Exception):  # xlwings raises its base class
        return xw.Book.caller()
    return None
