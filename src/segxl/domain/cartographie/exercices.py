"""One year of the map: what each group of customers weighs, and what it weighed a year earlier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from segxl.domain.cartographie.annees import Annee, is_next
from segxl.domain.cartographie.etiquettes import Etiquette, assign_etiquettes
from segxl.domain.cartographie.groupes import (
    A_CLASSER,
    DORMANTS,
    FIDELES,
    NON_REPARTI,
    NOUVEAUX,
    PAR_DATES,
    PAR_ETIQUETTES,
    SIX,
)
from segxl.domain.cartographie.parts import WHOLE, share_tenths
from segxl.domain.faits.comparaison import compare_years, pair_clients
from segxl.domain.faits.concentration import hhi
from segxl.domain.faits.etats import FaitMesure
from segxl.domain.faits.releve import Client


@dataclass(frozen=True, slots=True, kw_only=True)
class Ligne:
    """One group in one year; amounts in cents before VAT, shares in tenths of a percent.

    ``clients`` counts those billed this year, or the year before for those who are dormant.

    ``avant`` is what the same customers were billed a year earlier, ``part_avant`` their share of
    it. None where it cannot be told; ``clients`` is None too for sales of nobody in particular.
    """

    groupe: str
    clients: int | None = None
    montant: int | None = None
    part: int | None = None
    avant: int | None = None
    part_avant: int | None = None

    @property
    def ecart(self) -> int | None:
        """What the same customers brought more than a year earlier."""
        if self.montant is None or self.avant is None:
            return None
        return self.montant - self.avant

    @property
    def points(self) -> int | None:
        """What their share gained, in tenths of a point."""
        return None if self.part is None or self.part_avant is None else self.part - self.part_avant

    @property
    def is_nouveau(self) -> bool:
        """Whether the group brings something and brought nothing a year earlier: no rate then."""
        return self.avant == 0 and bool(self.montant)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercice:
    """One year, its groups in their order, and how they may be read.

    ``is_classe`` tells whether dates could say who is new, loyal or dormant; ``is_compare``
    whether amounts stand beside those of the year before: as many months, whole years.
    """

    nom: str
    annee: Annee
    lignes: tuple[Ligne, ...]
    is_classe: bool
    is_compare: bool
    croissance: FaitMesure | None
    reserves: tuple[str, ...]

    def ligne(self, groupe: str) -> Ligne | None:
        """Return the line of a group; None where the year has none."""
        return next((ligne for ligne in self.lignes if ligne.groupe == groupe), None)

    def part(self, groupe: str) -> int | None:
        """Return the share of a group, in tenths of a percent."""
        ligne = self.ligne(groupe)
        return None if ligne is None else ligne.part

    @property
    def premier(self) -> int:
        """What the first customer was billed; 0 where nobody can be told apart."""
        return max((c.montant for c in self.annee.clients if c.montant > 0), default=0)

    @property
    def base(self) -> int:
        """What shares are taken of: all that was sold, negative customers left out."""
        sold = sum(c.montant for c in self.annee.clients if c.montant > 0)
        return sold + max(self.annee.reste, 0)

    @property
    def part_premier(self) -> int | None:
        """The share of the first customer, in tenths of a percent; None where nobody can tell."""
        if not self.premier:
            return None
        return (2 * self.premier * WHOLE + self.base) // (2 * self.base)

    @property
    def hhi(self) -> float | None:
        """The concentration of customers, from 0 to 1; None where nobody can tell."""
        if not self.premier:
            return None
        return hhi([c.montant for c in self.annee.clients], self.base)

    @property
    def negatifs(self) -> int:
        """How many customers were credited more than they were billed."""
        return sum(c.montant < 0 for c in self.annee.clients)


@dataclass(slots=True)
class _Cumul:
    """What one group adds up to; ``partis`` were billed the year before only."""

    clients: int = 0
    partis: int = 0
    montant: int = 0
    poids: int = 0
    avant: int = 0
    poids_avant: int = 0

    def add(self, avant: Client | None, apres: Client | None) -> None:
        before, after = avant.montant if avant else 0, apres.montant if apres else 0
        self.clients += apres is not None
        self.partis += apres is None
        self.montant += after
        self.avant += before
        # A customer credited more than it was billed has no share.
        self.poids += max(after, 0)
        self.poids_avant += max(before, 0)


def build_exercice(
    nom: str, annee: Annee, avant: Annee | None, etiquettes: Sequence[Etiquette]
) -> Exercice:
    """Group the customers of a year.

    Parameters
    ----------
    nom : str
        How the year is called.
    annee, avant : Annee
        The year, and the one before where there is one in the files.
    etiquettes : sequence of Etiquette
        The groups that the firm typed for this dossier, in their order.
    """
    previous = avant if avant and is_next(avant, annee) else None
    known = previous is not None and not previous.absence and not annee.absence
    compared = previous is not None and previous.mois == annee.mois and annee.is_full
    told = compare_years(previous.releve, annee.releve) if previous else None
    gap = f"Entre {avant.fin:%m/%Y} et {annee.debut:%m/%Y}, des mois manquent : ces deux exercices ne sont pas comparés." if avant and not previous else ""  # fmt: skip
    typed = {e.groupe for e in etiquettes}
    unknown = {g for g in PAR_ETIQUETTES if g not in typed} | {*(() if known else PAR_DATES)}
    cumuls = _cumulate(annee, previous if known else None, etiquettes)
    is_compare = known and compared
    return Exercice(
        nom=nom,
        annee=annee,
        lignes=_lignes_of(_with_rest(cumuls, annee, previous), unknown, is_compare=is_compare),
        is_classe=known,
        is_compare=is_compare,
        croissance=told.croissance if told else None,
        reserves=tuple(filter(None, (gap, *(told.reserves if told else ())))),
    )


def _cumulate(
    annee: Annee, avant: Annee | None, etiquettes: Sequence[Etiquette]
) -> dict[str, _Cumul]:
    """Add each customer to its one group, the groups in their order."""
    cumuls = {g: _Cumul() for g in (*SIX, *(e.groupe for e in etiquettes), A_CLASSER)}
    for groupe, before, after in _place_clients(annee, avant, etiquettes):
        cumuls[groupe].add(before, after)
    return cumuls


def _place_clients(
    annee: Annee, avant: Annee | None, etiquettes: Sequence[Etiquette]
) -> Iterator[tuple[str, Client | None, Client | None]]:
    """Yield the group of each customer, what it was a year earlier and what it is."""
    typed = assign_etiquettes(annee.clients, etiquettes)
    if avant is None:
        yield from ((typed.get(i, A_CLASSER), None, c) for i, c in enumerate(annee.clients))
        return
    typed_before = assign_etiquettes(avant.clients, etiquettes)
    paires = pair_clients(avant.clients, annee.clients).paires
    for i, client in enumerate(annee.clients):
        if (j := paires.get(i)) is None:
            yield typed.get(i, NOUVEAUX), None, client
        else:
            yield typed.get(i, typed_before.get(j, FIDELES)), avant.clients[j], client
    kept = {*paires.values()}
    for j, client in enumerate(avant.clients):
        if j not in kept:
            yield typed_before.get(j, DORMANTS), client, None


def _with_rest(cumuls: dict[str, _Cumul], annee: Annee, avant: Annee | None) -> dict[str, _Cumul]:
    """Add the sales of nobody in particular, last."""
    before = avant.reste if avant else 0
    rest = _Cumul(
        montant=annee.reste, poids=max(annee.reste, 0), avant=before, poids_avant=max(before, 0)
    )
    return {**cumuls, NON_REPARTI: rest}


def _lignes_of(
    cumuls: dict[str, _Cumul], unknown: set[str], *, is_compare: bool
) -> tuple[Ligne, ...]:
    """Return the lines that are shown: the six groups, those of the firm, then what is left.

    A group that nobody typed a customer for, or that dates cannot tell, is ``unknown``: not zero.
    """
    parts = share_tenths([c.poids for c in cumuls.values()])
    befores = share_tenths([c.poids_avant for c in cumuls.values()]) if is_compare else None
    lignes = []
    for rank, (groupe, cumul) in enumerate(cumuls.items()):
        if groupe in {A_CLASSER, NON_REPARTI} and not (
            cumul.clients or cumul.montant or (is_compare and cumul.avant)
        ):
            continue
        if groupe in unknown:
            lignes.append(Ligne(groupe=groupe))
            continue
        lignes.append(
            Ligne(
                groupe=groupe,
                clients=_count(groupe, cumul),
                montant=cumul.montant,
                part=parts[rank] if parts else None,
                avant=cumul.avant if is_compare else None,
                part_avant=befores[rank] if befores else None,
            )
        )
    return tuple(lignes)


def _count(groupe: str, cumul: _Cumul) -> int | None:
    if groupe == NON_REPARTI:
        return None
    return cumul.partis if groupe == DORMANTS else cumul.clients
