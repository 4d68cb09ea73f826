"""How many meetings a month each person can hold: one figure for all, and that of whoever has their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from segxl.domain.parametres import require_parametre
from segxl.domain.reglages import Reglages
from segxl.domain.textes import fold

CAPACITE, MEETINGS, MOST_MEETINGS = "Rendez-vous par mois et par collaborateur", 8, 1_000
PROPRE = "Capacité"
"""What the name of a setting starts with: « Capacité AB » is that of AB alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """Meetings a month, 1 at least: of anybody, and by folded name of whoever has a figure of their own."""

    commune: int = MEETINGS
    propres: Mapping[str, int] = field(default_factory=dict)

    def of(self, nom: str) -> int:
        """Return the meetings a month of one person.

        >>> Capacity(commune=8, propres={"ab": 3}).of("AB"), Capacity().of("CD")
        (3, 8)
        """
        return self.propres.get(fold(nom), self.commune)

    @property
    def least(self) -> int:
        """The smallest capacity of anybody."""
        return min([self.commune, *self.propres.values()])

    def find_unknown(self, noms: Iterable[str]) -> list[str]:
        """Return the settings whose name is nobody's among these.

        >>> Capacity(propres={"ab": 3, "zz": 2}).find_unknown(["AB", "CD"])
        ['zz']
        """
        known = {fold(nom) for nom in noms}
        return [nom for nom in self.propres if nom not in known]


def capacite_of(reglages: Reglages) -> Capacity:
    """Return how many meetings a month each person can hold.

    Raises
    ------
    SaisieError
        A setting is no number from 1 to 1,000.
    """
    start = f"{fold(PROPRE)} "
    names = [n for n in reglages.parametres if fold(n).startswith(start)]
    read = {
        fold(n).removeprefix(start).strip(" :–-"): int(require_parametre(reglages, n, 0, 1, MOST_MEETINGS))
        for n in names
    }  # fmt: skip
    return Capacity(
        commune=int(require_parametre(reglages, CAPACITE, MEETINGS, 1, MOST_MEETINGS)),
        propres={nom: count for nom, count in read.items() if nom and count},
    )
