"""What an open Excel says of itself when a button of the tab is clicked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The add-in that Excel has open, and its versions."""

    complement: Path
    xlwings: str
    """Version of xlwings' VBA inside the add-in."""
    excel: str
    segxl: str
    """Version of segxl that the add-in was built with."""


def parse_session(text: str) -> Session | None:
    r"""Read « add-in|xlwings|Excel|segxl », as the add-in writes it; None where it is not that.

    >>> parse_session("/Users/a|b/segxl.xlam|0.37.8|16.0|0.1.0").excel
    '16.0'
    >>> parse_session("16.0")
    """
    # A folder of a Mac may hold the separator; a version never does.
    parts = [part.strip() for part in text.rsplit("|", 3)]
    if len(parts) != 4 or not all(parts):  # noqa: PLR2004  the add-in and three versions
        return None
    complement, xlwings, excel, segxl = parts
    return Session(complement=Path(complement), xlwings=xlwings, excel=excel, segxl=segxl)
