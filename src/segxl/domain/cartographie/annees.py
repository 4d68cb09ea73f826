"""The years of one company, each with what it billed to whom, before VAT."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from operator import attrgetter
from typing import Self

from segxl.domain.faits.comparaison import MONTHS
from segxl.domain.faits.etats import Etat
from segxl.domain.faits.releve import Client, Releve
from segxl.domain.faits.ventes import HT, TIERS, Ventes


@dataclass(frozen=True, slots=True, kw_only=True)
class Annee:
    """One year: its facts, its turnover in cents, its customers.

    ``clients`` are those of the facts (collective accounts are nobody), each with what it was
    billed before VAT, credit notes deducted; ``reste`` is the turnover of nobody in particular.
    """

    releve: Releve
    debut: date
    fin: date
    chiffre: int
    clients: tuple[Client, ...]

    @classmethod
    def of(cls, releve: Releve, ventes: Ventes) -> Self:
        """Join the facts of a year and its invoices."""
        sold: Counter[str] = Counter()
        for place, cents in zip(ventes.factures[TIERS], ventes.factures[HT], strict=True):
            sold[ventes.tiers[place].code] += cents
        if not releve.debut or not releve.fin:
            msg = "a year has entries"
            raise ValueError(msg)
        return cls(
            releve=releve,
            debut=releve.debut,
            fin=releve.fin,
            chiffre=ventes.chiffre,
            clients=tuple(c._replace(montant=int(sold[c.code])) for c in releve.clients),
        )

    @property
    def reste(self) -> int:
        """Turnover of collective accounts, or that went through no customer account."""
        return self.chiffre - sum(c.montant for c in self.clients)

    @property
    def mois(self) -> int:
        """The months covered."""
        return self.releve.mois

    @property
    def is_full(self) -> bool:
        """Whether a whole year is covered."""
        return self.mois >= MONTHS

    @property
    def absence(self) -> str:
        """Why nobody can be told apart; blank if customers can."""
        fait = self.releve.faits["clients"]
        return fait.motif if fait.valeur is None else ""

    @property
    def doute(self) -> str:
        """What makes its customers doubtful; blank if nothing does."""
        fait = self.releve.faits["clients"]
        return fait.motif if fait.etat is Etat.PEU_FIABLE else ""


def sort_annees(annees: Iterable[Annee]) -> tuple[Annee, ...]:
    """Return the years in their order, one that was given twice once."""
    kept: list[Annee] = []
    for annee in sorted(annees, key=attrgetter("debut", "fin")):
        if annee not in kept:
            kept.append(annee)
    return tuple(kept)


def find_overlap(annees: Sequence[Annee]) -> tuple[Annee, Annee] | None:
    """Return two sorted years that share a day, hence that cannot stand side by side."""
    for avant, apres in pairwise(annees):
        if apres.debut <= avant.fin:
            return avant, apres
    return None


def is_next(avant: Annee, apres: Annee) -> bool:
    """Tell whether one year follows another without a month between them.

    Entries may stop before the last day of a year: the months are what is compared.
    """
    gap = (apres.debut.year - avant.fin.year) * MONTHS + apres.debut.month - avant.fin.month
    return gap <= 1


def names_of_years(annees: Sequence[Annee]) -> tuple[str, ...]:
    """Name each year by its closing one; two of one calendar year by their month too.

    >>> names_of_years([])
    ()
    """
    counts = Counter(a.fin.year for a in annees)
    return tuple(f"{a.fin:%m/%Y}" if counts[a.fin.year] > 1 else str(a.fin.year) for a in annees)
