"""The scoring grid: what is measured, how an answer becomes points, how much it weighs."""

from __future__ import annotations

from dataclasses import dataclass

from segxl.domain.conditions import Condition

NOTE_MAX = 20.0
"""Notes run from 0 to 20, both included, as everywhere in France."""
FE = "FE"
"""The grid of progress towards e-invoicing (facturation électronique)."""
ENJEU = "Enjeu"
"""The grid of exposure: crossed with FE, never mixed into it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Niveau:
    """One line of a scale: the answer (lists) or the threshold, included (numbers), and its points."""

    points: float
    reponse: str = ""
    seuil: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A condition and the header of Clients it reads."""

    header: str
    condition: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Critere:
    """One line of the grid: a column of Clients, a scale, a weight, what to do to gain a level."""

    code: str
    libelle: str
    grille: str
    famille: str
    type: str
    poids: float
    niveaux: tuple[Niveau, ...]
    effort: float = 3.0
    conseil: str = ""
    applicable_si: Clause | None = None
    peremption_mois: float | None = None
    mesure_par: str | None = None
    """The fact that measures the answer, as readers call it; blank for none, None where the grid does not say."""

    @property
    def points_max(self) -> float:
        """Points of the best answer; the niveau of an answer is its share of these."""
        return max(n.points for n in self.niveaux)

    @property
    def echelons(self) -> tuple[float, ...]:
        """The distinct niveaux one can stand on, in rising order, from 0 to 1."""
        below = (0.0,) if self.type == "Nombre" and self.niveaux[0].seuil > 0 else ()
        return tuple(sorted({*below, *(n.points / self.points_max for n in self.niveaux)}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Grille:
    """The critères that make one note, in the order of the sheet."""

    nom: str
    criteres: tuple[Critere, ...]

    @property
    def note_header(self) -> str:
        """The result column of this grid: ``Note FE``, ``Enjeu``, ``Note X`` for a grid X.

        >>> Grille(nom="Enjeu", criteres=()).note_header, Grille(nom="RSE", criteres=()).note_header
        ('Enjeu', 'Note RSE')
        """
        return ENJEU if self.nom == ENJEU else f"Note {self.nom}"

    @property
    def poids(self) -> list[float]:
        """The weights, in the order of the critères."""
        return [c.poids for c in self.criteres]

    @property
    def familles(self) -> tuple[str, ...]:
        """The families, in the order they first appear."""
        return tuple(dict.fromkeys(c.famille for c in self.criteres))
