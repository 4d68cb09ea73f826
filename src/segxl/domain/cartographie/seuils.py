"""The thresholds of the map: the firm's, or ours where it typed none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from segxl.domain.faits.concentration import DEPENDANCE
from segxl.domain.parametres import require_parametre
from segxl.domain.reglages import Reglages

PERCENT = 100
PARAMETRES = {
    "dependance": ("Dépendance à un client au-delà de", DEPENDANCE / PERCENT, 1.0),
    "vigilance": ("Dépendance à surveiller à partir de", 0.5, 1.0),
    "concentration": ("Concentration équilibrée au plus (HHI)", 0.25, 1.0),
    "fideles": ("Part de clients fidèles à partir de", 0.5, 1.0),
    "bande": ("Part des fidèles stable à (points) près", 2.0, 100.0),
}
"""Field → its name in the table Parametres, its default, and the most that it can be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seuils:
    """What tells a healthy set of customers; shares from 0 to 1, the band in points."""

    dependance: float = PARAMETRES["dependance"][1]
    """Red strictly above."""
    vigilance: float = PARAMETRES["vigilance"][1]
    """Amber from this share on."""
    concentration: float = PARAMETRES["concentration"][1]
    fideles: float = PARAMETRES["fideles"][1]
    bande: float = PARAMETRES["bande"][1]

    @classmethod
    def of(cls, reglages: Reglages) -> Self:
        """Read the firm's thresholds.

        Raises
        ------
        SaisieError
            What was typed is no number, or no share.
        """
        return cls(
            **{
                field: require_parametre(reglages, nom, default, 0, most)
                for field, (nom, default, most) in PARAMETRES.items()
            }
        )
