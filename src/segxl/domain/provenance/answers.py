"""The answers on record of one portfolio, and what they change for its dossiers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Self

import numpy as np
import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.notation import Mesure
from segxl.domain.provenance.fiabilite import rate_fiabilite
from segxl.domain.provenance.origines import HEADERS, IMPORT, Line, lines_of, parse_reponses
from segxl.domain.provenance.retenues import (
    average_blanks,
    fill_blanks,
    find_disagreements,
    find_gaps,
    mark_stale,
    retain,
)
from segxl.domain.reglages import Reglages
from segxl.domain.tableau import Tableau
from segxl.domain.textes import fold

NO_TABLE = Tableau.of("Reponses", HEADERS, [], sheet="Réponses")
_DUST = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The lines of the table Reponses as read, and those that count."""

    table: Tableau | None
    told: pd.DataFrame
    retained: pd.DataFrame
    unread: tuple[Anomalie, ...]

    @classmethod
    def of(
        cls, table: Tableau | None, dossiers: pd.DataFrame, reglages: Reglages, au: date
    ) -> Self:
        """Read the table; a portfolio without one has no line."""
        told, unread = parse_reponses(table or NO_TABLE, dossiers, reglages)
        told = told.assign(perime=mark_stale(told, reglages, pd.Timestamp(au)))
        return cls(
            table=table,
            told=told,
            retained=retain(told[told["auteur"] != fold(IMPORT)]),
            unread=unread,
        )

    def fill(self, dossiers: pd.DataFrame) -> pd.DataFrame:
        """Answer the blank cells that the lines answer with one voice."""
        return fill_blanks(dossiers, self.retained) if len(self.retained) else dossiers

    def complete(self, mesure: Mesure) -> Mesure:
        """Give the other blank answers the mean of what people say."""
        return average_blanks(mesure, self.retained)

    def rate(self, typed: Mesure, counted: Mesure, reglages: Reglages) -> pd.Series:
        """Rate how far each note can be trusted: see ``fiabilite.rate_fiabilite``."""
        return rate_fiabilite(counted, self._behind(typed, counted), reglages)

    def tell(self, row: int) -> dict[str, str]:
        """Say where the answers of one dossier come from, by question; those of which lines tell."""
        told: dict[str, list[str]] = {}
        for line in lines_of(self.told[self.told["row"] == row]):
            told.setdefault(line.question, []).append(_origin_of(line))
        return {question: " ; ".join(lines) for question, lines in told.items()}

    def find_anomalies(
        self, clients: Tableau, typed: pd.DataFrame, reglages: Reglages
    ) -> Iterator[Anomalie]:
        """Yield what cannot be read, what contradicts Clients, what people disagree on."""
        yield from self.unread
        yield from find_gaps(clients, typed, self.retained, reglages)
        if self.table is not None:
            yield from find_disagreements(self.table, typed, self.retained, reglages)

    def _behind(self, typed: Mesure, counted: Mesure) -> pd.DataFrame:
        """Return the lines that stand behind the answers that count."""
        codes = {c.libelle: i for i, c in enumerate(counted.grille.criteres)}
        rows = counted.niveaux.index
        lines = self.told[self.told["question"].isin(codes) & self.told["row"].isin(rows)]
        at = (
            rows.get_indexer(pd.Index(lines["row"])),
            lines["question"].map(codes).to_numpy(dtype=np.intp),
        )
        count = counted.niveaux.to_numpy()[at]
        same = np.abs(count - lines["niveau"].to_numpy()) < _DUST
        blank = np.isnan(typed.niveaux.to_numpy()[at]) & ~np.isnan(count)
        averaged = blank & lines.index.isin(self.retained.index)
        behind: pd.DataFrame = lines[same | averaged]
        return behind


def _origin_of(line: Line) -> str:
    """Say who gave an answer, when, and whether it is too old."""
    who = f", {line.nom}" if line.nom else ""
    source = f", {line.origine}" if line.origine else ""
    old = ", périmé" if line.perime else ""
    return f"{line.dated}{who} : « {line.shown} »{source}{old}"
