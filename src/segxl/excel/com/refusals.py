"""Why Excel refused, as a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import xlwings as xw

from segxl.domain.anomalies import file_error

BUSY = {-2147418111, -2146777998}
"""RPC_E_CALL_REJECTED, VBA_E_IGNORE: a cell is being edited, or a dialog is open."""
GONE = {-2147417848, -2147023174, -2147023170, -2147220995, -2147221080}
"""RPC_E_DISCONNECTED, RPC_S_SERVER_UNAVAILABLE, RPC_S_CALL_FAILED, CO_E_OBJNOTCONNECTED, and what
Excel says of a workbook that was closed."""
REFUSALS = {"com_error", "ComError", "CommandError", "ExcelBusyError"}
"""pywin32's own class cannot be imported everywhere; appscript has another, and so has xlwings."""
ATTEMPTS = 50


class ExcelGoneError(Exception):
    """Excel, or the workbook, was closed during the work."""


@contextmanager
def refusals_in_french(book: xw.Book | None) -> Iterator[None]:
    """Turn what Excel refuses into a :class:`SaisieError`.

    Raises
    ------
    SaisieError
        A cell is being edited, a sheet is protected, the workbook is read-only…
    ExcelGoneError
        There is nobody left to talk to.
    """
    try:
        yield
    except Exception as error:
        # xlwings says « no table of this name » whatever Excel answered.
        refusal = (error.__context__ or error) if isinstance(error, KeyError) else error
        if not is_refusal(refusal):
            raise
        raise _reason_of(refusal, book) from error


def is_refusal(error: BaseException) -> bool:
    """Tell what Excel refuses from a bug."""
    return type(error).__name__ in REFUSALS


def _reason_of(error: BaseException, book: xw.Book | None) -> Exception:
    numbers = _numbers_of(error)
    if numbers & GONE:
        return ExcelGoneError()
    if numbers & BUSY or type(error).__name__ == "ExcelBusyError":
        return file_error(
            "Excel",
            "",
            "une cellule est en cours de saisie, ou une fenêtre d’Excel attend une réponse",
            "validez par Entrée ou fermez la fenêtre, puis recommencez",
        )
    for sheet in _protected_sheets(book):
        return file_error(
            sheet,
            "",
            "la feuille est protégée : segxl ne peut pas y écrire",
            "ôtez la protection (onglet Révision), puis recommencez",
        )
    return file_error(
        "Excel",
        "",
        f"Excel a refusé l’opération{_told_by(error)}",
        "le classeur est tel qu’avant ; enregistrez-le, fermez-le et rouvrez-le, puis recommencez",
    )


def _told_by(error: BaseException) -> str:
    """Return what Excel says of it, in its own language; nothing where it says nothing."""
    inner = error.args[2] if len(error.args) > 2 else None  # noqa: PLR2004  the place of pywin32's description
    told = str(inner[2] or "").strip() if isinstance(inner, tuple) else ""
    return f" ({told.rstrip('.')})" if told else ""


def _numbers_of(error: BaseException) -> set[object]:
    """Return the numbers of an error: pywin32 has one outside and one inside."""
    numbers: set[object] = {getattr(error, "hresult", None)}
    inner = error.args[2] if len(error.args) > 2 else None  # noqa: PLR2004
    return numbers | ({inner[5]} if isinstance(inner, tuple) and len(inner) > 5 else set())  # noqa: PLR2004


def _protected_sheets(book: xw.Book | None) -> Iterator[str]:
    with suppress(Exception):  # Excel may refuse this too; the general sentence then serves
        for sheet in book.sheets if book else ():
            if sheet.api.ProtectContents:
                yield sheet.name


def be_patient(attempts: int = ATTEMPTS) -> None:
    """Make xlwings give up on a busy Excel instead of asking for ever."""
    windows = getattr(xw, "_xlwindows", None)
    if windows is not None:
        windows.N_COM_ATTEMPTS = attempts
