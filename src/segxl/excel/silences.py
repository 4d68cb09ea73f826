"""Whom the Journal asks to leave in peace for now: a recent contact, an open complaint."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

from segxl.domain.anomalies import Anomalie
from segxl.domain.journal import find_complaints, find_recent
from segxl.domain.relation.registre import find_closed, first_open
from segxl.domain.textes import fold
from segxl.excel.journal import name_ligne, read_journal, require_types
from segxl.excel.port import Workbook
from segxl.excel.reclamations import name_reclamation, read_registre

SILENCE = "Silence après un échange (jours)"
JOURS_DE_SILENCE = 15
LONGEST = 3650
"""A silence beyond ten years is a slip of the keyboard."""
TO_SETTLE = "répondez-y d’abord, puis tapez la date dans « Clos le » de la feuille Journal"
HELD = "courrier retenu pour {} : une réclamation de ce client est ouverte"
TO_CLOSE = "répondez-y d’abord, puis tapez la date dans « Clos le » de la feuille Réclamations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Silences:
    """What the Journal holds against a letter: the folded number of a client → the row that says so."""

    workbook: Workbook
    reclamations: Mapping[str, int]
    registre: Mapping[str, int]
    """Open complaints of the register."""
    echanges: Mapping[str, int]
    jours: Mapping[Hashable, Any]
    """The day of each row of the journal."""
    duree: float

    @classmethod
    def read(cls, workbook: Workbook, au: date, duree: float) -> Self:
        """Read the journal of a workbook, as it stands on a day.

        Raises
        ------
        SaisieError
            The workbook has a table Journal that is somebody else's, or that has lost « Type ».
        """
        require_types(workbook)
        journal, duree = read_journal(workbook), min(duree, LONGEST)
        registre, _ = read_registre(workbook, au)
        in_journal, in_registre = find_closed(journal, registre, au)
        return cls(
            workbook=workbook,
            reclamations=find_complaints(journal.drop(index=[*in_journal])),
            registre=first_open(registre, in_registre, au),
            echanges=find_recent(journal, au, duree),
            jours=journal["Date"].to_dict(),
            duree=duree,
        )

    def find(self, dossier: str, *, is_relance: bool) -> Anomalie | None:
        """Say why a client gets no letter now: any for a complaint, a reminder for a recent contact."""
        key = fold(dossier)
        if (row := self.reclamations.get(key)) is not None:
            return name_ligne(self.workbook, row, HELD.format(dossier), TO_SETTLE)
        if (row := self.registre.get(key)) is not None:
            return name_reclamation(self.workbook, row, HELD.format(dossier), TO_CLOSE)
        if not is_relance or (row := self.echanges.get(key)) is None:
            return None
        day = self.jours[row]
        until = day + timedelta(days=int(self.duree) + 1)
        problem = f"courrier retenu pour {dossier} : un échange a eu lieu le {day:%d/%m/%Y}"
        remedy = f"relancez « Courriers » à partir du {until:%d/%m/%Y} (« {SILENCE} » vaut {self.duree:g})"
        return name_ligne(self.workbook, row, problem, remedy)
