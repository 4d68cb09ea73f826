"""Which customers the firm put in a group by hand: the rows of the table Groupes.

One customer, one group. What the firm typed comes first; the dates decide for the others. Of
several rows that name one customer, one of its own dossier comes before one of all dossiers, a
code before a label, a label before a pattern (``MALT*``), the first row before the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.cartographie.groupes import RESERVES, SIX, parse_groupe
from segxl.domain.conditions import Condition
from segxl.domain.faits.releve import Client
from segxl.domain.faits.tiers import spelling_of
from segxl.domain.identifiants import key_of
from segxl.domain.saisie import is_error
from segxl.domain.tableau import Tableau, records_of
from segxl.domain.textes import fold

DOSSIER, TIERS, GROUPE = "Dossier", "Tiers", "Groupe"
LONGEST = 28
CODE, LABEL, PATTERN = range(3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Etiquette:
    """One row of the table Groupes; ``dossier`` is folded, "" where the row is for everybody."""

    dossier: str
    tiers: str
    groupe: str
    sheet: str
    cells: Mapping[str, str]
    """The address of each of its cells."""
    row: int

    def doubt(self, header: str, problem: str, remedy: str) -> Anomalie:
        """Say what is wrong with a cell once the customers are known."""
        value = {TIERS: self.tiers, GROUPE: self.groupe}[header]
        cell = self.cells[header]
        return Anomalie(sheet=self.sheet, cell=cell, value=value, problem=problem, remedy=remedy)

    def find_in(self, clients: Sequence[Client]) -> dict[int, int]:
        """Return how closely the row names each customer it names, by their index."""
        typed = fold(self.tiers)
        exact = {i: CODE for i, c in enumerate(clients) if fold(c.code) == typed}
        if exact:
            return exact
        spelling = spelling_of(typed)
        named = {
            i: LABEL for i, c in enumerate(clients) if spelling in map(spelling_of, c.libelles)
        }
        return named or self._find_like(clients)

    def _find_like(self, clients: Sequence[Client]) -> dict[int, int]:
        words = [(i, word) for i, c in enumerate(clients) for word in (c.code, *sorted(c.libelles))]
        like = Condition("=", self.tiers).matches(pd.Series([w for _, w in words], dtype=object))
        return {i: PATTERN for (i, _), found in zip(words, like, strict=True) if found}


def parse_etiquettes(table: Tableau) -> tuple[tuple[Etiquette, ...], tuple[Anomalie, ...]]:
    """Read the table Groupes; a row that cannot serve is told and left out."""
    anomalies: list[Anomalie] = []
    found: list[Etiquette] = []
    spellings: dict[str, str] = {}
    for row, typed in records_of(table.lignes):
        dossier, tiers, groupe = (_text(typed.get(h)) for h in (DOSSIER, TIERS, GROUPE))
        if not (tiers or groupe):
            continue
        groupe = parse_groupe(" ".join(groupe.split()))
        groupe = spellings.setdefault(fold(groupe), groupe)
        wrong = [*_find_wrong(table, row, tiers, groupe)]
        anomalies += wrong
        if not wrong:
            cells = {h: table.cell(h, row) for h in (TIERS, GROUPE)}
            found.append(
                Etiquette(
                    dossier=fold(dossier), tiers=tiers, groupe=groupe, sheet=table.sheet,
                    cells=cells, row=row,
                )
            )  # fmt: skip
    return tuple(found), tuple(anomalies)


def _find_wrong(table: Tableau, row: int, tiers: str, groupe: str) -> Iterator[Anomalie]:
    if not tiers:
        remedy = "tapez le code ou le libellé du client, ou un début suivi de *"
        yield table.anomalie(TIERS, row, "cette ligne ne dit pas quel client", remedy)
    elif not tiers.strip("*? "):
        remedy = "nommez un client, par son code ou par le début de son libellé"
        yield table.anomalie(TIERS, row, "cette ligne prendrait tous les clients", remedy)
    if not groupe:
        yield table.anomalie(GROUPE, row, "cette ligne ne dit pas quel groupe", "tapez son nom")
    elif groupe in RESERVES:
        problem = f"« {groupe} » se déduit des dates, et ne se tape pas"
        yield table.anomalie(GROUPE, row, problem, "choisissez un autre groupe, ou videz la ligne")
    elif len(groupe) > LONGEST:
        remedy = f"{LONGEST} caractères au plus"
        yield table.anomalie(GROUPE, row, "ce nom de groupe est trop long", remedy)


def etiquettes_of(etiquettes: Iterable[Etiquette], dossier: str) -> tuple[Etiquette, ...]:
    """Return the rows about one dossier, those of everybody last."""
    key = fold(dossier)
    kept = (e for e in etiquettes if e.dossier in {"", key})
    return tuple(sorted(kept, key=lambda e: (not e.dossier, e.row)))


def assign_etiquettes(
    clients: Sequence[Client], etiquettes: Sequence[Etiquette]
) -> Mapping[int, str]:
    """Return the group typed for each customer that has one, by their index.

    ``etiquettes`` are those of one dossier, in their order.
    """
    best: dict[int, tuple[bool, int, int]] = {}
    for rank, etiquette in enumerate(etiquettes):
        for i, closeness in etiquette.find_in(clients).items():
            key = not etiquette.dossier, closeness, rank
            best[i] = min(best.get(i, key), key)
    return {i: etiquettes[rank].groupe for i, (_, _, rank) in best.items()}


def find_unused(
    etiquettes: Iterable[Etiquette], clients: Sequence[Client]
) -> tuple[Etiquette, ...]:
    """Return the rows of one dossier that name none of its customers; a row of all may."""
    return tuple(e for e in etiquettes if e.dossier and not e.find_in(clients))


def find_named(etiquettes: Iterable[Etiquette], clients: Sequence[Client]) -> set[str]:
    """Return the groups whose name says that of a customer: a report would name it."""
    names = {spelling_of(label) for c in clients for label in c.libelles}
    names |= {spelling_of(fold(c.code)) for c in clients}
    told = {e.groupe: spelling_of(fold(e.groupe)) for e in etiquettes if e.groupe not in SIX}
    # One word alone, « Conseil », says nobody within a longer name; two do.
    return {
        groupe
        for groupe, words in told.items()
        if words in names or any(" " in n and f" {n} " in f" {words} " for n in names)
    }


def _text(value: object) -> str:
    return "" if value is None or is_error(value) else key_of(value)


def sort_etiquettes(
    etiquettes: Iterable[Etiquette], dossier: str, clients: Sequence[Client]
) -> tuple[tuple[Etiquette, ...], tuple[Anomalie, ...]]:
    """Return the rows that serve a dossier, and what is wrong with the others.

    A group that bears the name of a customer would have the report name it.
    """
    asked = etiquettes_of(etiquettes, dossier)
    naming = find_named(asked, clients)
    kept = tuple(e for e in asked if e.groupe not in naming)
    named = "ce nom de groupe est celui d’un client, que la cartographie ne doit pas nommer"
    unused = f"aucun client du dossier {dossier} ne porte ce code ni ce libellé"
    told = [
        *(e.doubt(GROUPE, named, "donnez au groupe un nom qui ne désigne personne") for e in asked if e.groupe in naming),
        *(e.doubt(TIERS, unused, "recopiez le code du compte auxiliaire") for e in find_unused(kept, clients)),
    ]  # fmt: skip
    return kept, tuple(told)
