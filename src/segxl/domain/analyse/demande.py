"""What somebody asks to see crossed."""

from __future__ import annotations

from dataclasses import dataclass

from segxl.domain.analyse.croisee import CLIENTS, EN_COLONNE, EN_LIGNE, MESURE, Croisee


@dataclass(frozen=True, slots=True, kw_only=True)
class Demande:
    """Two fields and a measure, as typed; ``cellules`` says where on the sheet, by title."""

    ligne: str = "Segment"
    colonne: str = "Couleur"
    mesure: str = CLIENTS
    cellules: tuple[tuple[str, str], ...] = ()

    @property
    def typed(self) -> dict[str, str]:
        """What was typed, by title."""
        return {EN_LIGNE: self.ligne, EN_COLONNE: self.colonne, MESURE: self.mesure}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Analyse:
    """What was asked, the table that answers, None where it could not be made, and what to know of it."""

    demande: Demande
    croisee: Croisee | None
    phrases: tuple[str, ...] = ()
