"""What is wrong in the workbook, said so that the person who typed it can fix it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

LONGEST_READ = 100
"""Characters of a cell that a message repeats."""


class Gravite(StrEnum):
    """How far one wrong entry reaches."""

    BLOQUANTE = "bloquante"
    """The file, a table, a header, the grid or a rule: nothing can be written."""
    A_CORRIGER = "à corriger"
    """One row or one cell: every other client is scored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anomalie:
    """One wrong entry: where it is, what it holds, what to do about it.

    The texts are French because the reader is the accountant, not the developer.
    """

    sheet: str
    cell: str
    value: object
    problem: str
    remedy: str
    gravite: Gravite = Gravite.A_CORRIGER

    def __str__(self) -> str:
        """Return the sentence shown in the message box, the terminal and the log.

        >>> print(Anomalie(sheet="Clients", cell="D12", value="12 k€",
        ...     problem="« CA HT » doit être un nombre",
        ...     remedy="saisissez le montant en euros, sans lettre"))
        Clients!D12 : « CA HT » doit être un nombre (lu : « 12 k€ »). Saisissez le montant en euros, sans lettre.
        """
        place = "!".join(filter(None, (self.sheet, self.cell)))
        remedy = self.remedy[:1].upper() + self.remedy[1:].rstrip(".")
        return f"{place} : {self.problem}{self._read}. {remedy}."

    @property
    def _read(self) -> str:
        """What was read, where something was to be read."""
        if self.value not in (None, ""):
            read = " ".join(_shown(self.value).splitlines())
            shown = read if len(read) <= LONGEST_READ else f"{read[:LONGEST_READ]}…"
            return f" (lu : « {shown} »)"
        return " (cellule vide)" if self.cell else ""

    @property
    def is_blocking(self) -> bool:
        """Whether nothing can be written while this stands."""
        return self.gravite is Gravite.BLOQUANTE


def _shown(value: object) -> str:
    """Write what a cell holds as people type it.

    >>> _shown(datetime(2026, 8, 27)), _shown(datetime(2026, 8, 27, 14, 5)), _shown("12 k€")
    ('27/08/2026', '27/08/2026 14:05', '12 k€')
    """
    if not isinstance(value, date):
        return str(value)
    has_hour = isinstance(value, datetime) and value.time() != time()
    return f"{value:%d/%m/%Y %H:%M}" if has_hour else f"{value:%d/%m/%Y}"


class SegxlError(Exception):
    """Base of every error that segxl raises on purpose; its text is shown to the user."""


class SaisieError(SegxlError):
    """The file or the firm's grid needs a hand before anything can be written."""

    def __init__(self, anomalies: Iterable[Anomalie]) -> None:
        self.anomalies = tuple(anomalies)
        super().__init__("\n".join(map(str, self.anomalies)))


def require(anomalies: Iterable[Anomalie]) -> tuple[Anomalie, ...]:
    """Return the anomalies that let work go on.

    Raises
    ------
    SaisieError
        One at least is *bloquante*; the error tells them all, in their order.
    """
    found = tuple(anomalies)
    if any(a.is_blocking for a in found):
        raise SaisieError(found)
    return found


def file_error(name: str, value: object, problem: str, remedy: str) -> SaisieError:
    """Return the error that says one whole file cannot be used."""
    return SaisieError(
        (
            Anomalie(
                sheet=name,
                cell="",
                value=value,
                problem=problem,
                remedy=remedy,
                gravite=Gravite.BLOQUANTE,
            ),
        )
    )
