"""The map of one company: its years side by side, and what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from segxl.domain.cartographie.annees import Annee, find_overlap, names_of_years, sort_annees
from segxl.domain.cartographie.etiquettes import Etiquette
from segxl.domain.cartographie.exercices import Exercice, build_exercice
from segxl.domain.cartographie.groupes import (
    A_CLASSER,
    FIDELES,
    NON_REPARTI,
    NOUVEAUX,
    PAR_DATES,
    SOUS_TRAITANCE,
)
from segxl.domain.cartographie.seuils import Seuils
from segxl.domain.faits.concentration import is_dependent

TENTHS = 10
TWO = 2


class Niveau(StrEnum):
    """How a point of attention stands; the word is printed beside the colour."""

    ROUGE = "À traiter"
    ORANGE = "À surveiller"
    VERT = "Rien à signaler"
    INCONNU = "À vérifier"


class Tendance(StrEnum):
    """Where the share of loyal customers goes."""

    MONTE = "augmente"
    STABLE = "est stable"
    BAISSE = "diminue"


class Sante(StrEnum):
    """What concentration and loyalty say together."""

    SAINE = "saine et équilibrée"
    CONCENTREE = "fidèle, mais concentrée"
    VOLATILE = "bien répartie, mais peu fidèle"
    FRAGILE = "concentrée et peu fidèle"
    INCONNUE = "à confirmer"


class Presence(StrEnum):
    """What a group does from one year to the next."""

    INSTALLE = "s’installe"
    APPARAIT = "apparaît"
    DISPARAIT = "disparaît"


@dataclass(frozen=True, slots=True, kw_only=True)
class Carte:
    """The years of one company, the oldest first; one at least."""

    exercices: tuple[Exercice, ...]
    seuils: Seuils

    @property
    def dernier(self) -> Exercice:
        """The latest year, which the map speaks of."""
        return self.exercices[-1]

    @property
    def precedent(self) -> Exercice | None:
        """The year before, where the latest one could be set beside it."""
        return self.exercices[-TWO] if self.dernier.croissance and len(self.exercices) > 1 else None

    @property
    def side_by_side(self) -> tuple[Exercice, ...]:
        """The years whose amounts may stand side by side: as long as the latest, whole years."""
        last = self.dernier
        if not last.annee.is_full:
            return (last,)
        same = (e for e in self.exercices if e.is_classe and e.annee.mois == last.annee.mois)
        return tuple(same) or (last,)

    @property
    def etiquettes(self) -> tuple[str, ...]:
        """The groups that somebody typed, among those of the latest year."""
        hidden = (*PAR_DATES, A_CLASSER, NON_REPARTI)
        return tuple(x.groupe for x in self.dernier.lignes if x.groupe not in hidden)

    @property
    def part_fideles(self) -> int | None:
        """The share of loyal customers, in tenths of a percent."""
        return self.dernier.part(FIDELES)

    @property
    def nouveaux(self) -> Niveau:
        """Whether somebody new came."""
        ligne = self.dernier.ligne(NOUVEAUX)
        if ligne is None or ligne.clients is None:
            return Niveau.INCONNU
        return Niveau.VERT if ligne.clients else Niveau.ORANGE

    @property
    def dependance(self) -> Niveau:
        """How much hangs on the first customer."""
        if not self.dernier.premier:
            return Niveau.INCONNU
        return self._level_of(self.dernier.premier, self.dernier.base)

    @property
    def sous_traitance(self) -> Niveau:
        """How much hangs on those the company works for as a subcontractor."""
        part = self.dernier.part(SOUS_TRAITANCE)
        if part is None:
            return Niveau.INCONNU
        return self._level_of(part, TENTHS * 100)

    @property
    def manque(self) -> int | None:
        """What sales to others lack, in cents, for the first customer to weigh half at most."""
        missing = TWO * self.dernier.premier - self.dernier.base
        return missing if missing > 0 else None

    @property
    def sante(self) -> Sante:
        """Whether sales are spread, on customers who come back."""
        hhi, loyal = self.dernier.hhi, self.part_fideles
        if hhi is None or loyal is None:
            return Sante.INCONNUE
        spread = hhi <= self.seuils.concentration
        if loyal >= self.seuils.fideles * TENTHS * 100:
            return Sante.SAINE if spread else Sante.CONCENTREE
        return Sante.VOLATILE if spread else Sante.FRAGILE

    @property
    def tendance(self) -> Tendance | None:
        """Where the share of loyal customers goes; None before two years that have one."""
        if self.precedent is None or not (self.dernier.is_compare and self.precedent.is_compare):
            return None
        before, after = self.precedent.part(FIDELES), self.part_fideles
        return None if before is None or after is None else tendance_of(before, after, self.seuils)

    def presence(self, groupe: str) -> Presence | None:
        """Return what a group does over the last two years; None where it is in neither."""
        if self.precedent is None:
            return None
        before, after = (_is_present(e, groupe) for e in (self.precedent, self.dernier))
        if after:
            return Presence.INSTALLE if before else Presence.APPARAIT
        return Presence.DISPARAIT if before else None

    def _level_of(self, part: int, whole: int) -> Niveau:
        if is_dependent(part, whole, self.seuils.dependance):
            return Niveau.ROUGE
        watched = part >= whole * Fraction(str(self.seuils.vigilance))
        return Niveau.ORANGE if watched else Niveau.VERT


def tendance_of(before: int, after: int, seuils: Seuils) -> Tendance:
    """Say where a share goes; within the band, ends included, it does not move.

    >>> [tendance_of(500, after, Seuils()).value for after in (521, 520, 480, 479)]
    ['augmente', 'est stable', 'est stable', 'diminue']
    """
    gained = after - before
    if abs(gained) <= seuils.bande * TENTHS:
        return Tendance.STABLE
    return Tendance.MONTE if gained > 0 else Tendance.BAISSE


def build_carte(
    annees: Sequence[Annee], etiquettes: Sequence[Etiquette], seuils: Seuils
) -> Carte | tuple[Annee, Annee]:
    """Build the map of one company, or return two years that cannot stand side by side.

    Parameters
    ----------
    annees : sequence of Annee
        One at least, in any order; a year given twice counts once.
    etiquettes : sequence of Etiquette
        The groups that the firm typed for this dossier, in their order.
    seuils : Seuils
        The firm's thresholds.
    """
    ranked = sort_annees(annees)
    if overlap := find_overlap(ranked):
        return overlap
    names = names_of_years(ranked)
    before = [None, *ranked[:-1]]
    exercices = tuple(
        build_exercice(nom, annee, avant, etiquettes)
        for nom, annee, avant in zip(names, ranked, before, strict=True)
    )
    return Carte(exercices=exercices, seuils=seuils)


def _is_present(exercice: Exercice, groupe: str) -> bool:
    ligne = exercice.ligne(groupe)
    return ligne is not None and (ligne.montant or 0) > 0
