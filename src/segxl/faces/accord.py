"""What a button writes only once a person has seen it: show, ask, write."""

from __future__ import annotations

from collections.abc import Callable

from segxl.excel.live import LiveWorkbook
from segxl.faces.clic import TITLE, Click
from segxl.faces.messages import paragraphs

NOT_WRITTEN = "Rien n’a été écrit."


def is_agreed(click: Click, told: str, question: str) -> bool:
    """Show what would be done, and ask whether to do it."""
    asked = paragraphs(told, question)
    return bool(click.app.alert(asked, TITLE, buttons="yes_no", mode="info") == "yes")


def write_once_agreed(
    click: Click, told: str, question: str, write: Callable[[LiveWorkbook], object], done: str
) -> str:
    """Show, ask, then write in the open workbook, as it stands after the answer.

    Parameters
    ----------
    click : Click
        Where it happens.
    told, question : str
        What would change, and what is asked about it.
    write : callable
        The action, on the workbook that it may write.
    done : str
        What to say once it is written.

    Returns
    -------
    str
        What to tell the person.
    """
    if not is_agreed(click, told, question):
        return NOT_WRITTEN
    workbook = LiveWorkbook(click.book)
    write(workbook)
    workbook.save()
    return paragraphs(done, click.reminder)
