"""The groups of customers, and which customers the firm put in one by hand.

One customer, one group. What the firm typed comes first; the dates decide for the others: billed
this year only (new), both years (loyal), the year before only (dormant). Of several rows that
name one customer, one of its own dossier comes before one of all dossiers, a code before a label,
a label before a pattern (``MALT*``), the first row before the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.conditions import Condition
from segxl.domain.faits.releve import Client
from segxl.domain.faits.tiers import spelling_of
from segxl.domain.identifiants import key_of
from segxl.domain.saisie import is_error
from segxl.domain.tableau import Tableau, records_of
from segxl.domain.textes import fold

NOUVEAUX, FIDELES, DORMANTS = "Nouveaux clients", "Clients fidèles", "Clients dormants"
APPORTEURS, SOUS_TRAITANCE, AUTRES = "Apporteurs d’affaires", "Sous-traitance", "Autres revenus"
A_CLASSER, NON_REPARTI = "Clients à classer", "Ventes non réparties"
PAR_DATES = (NOUVEAUX, FIDELES, DORMANTS)
PAR_ETIQUETTES = (APPORTEURS, SOUS_TRAITANCE, AUTRES)
SIX = (*PAR_DATES, *PAR_ETIQUETTES)
RESERVES = (*PAR_DATES, A_CLASSER, NON_REPARTI)
"""Names that no row may give: dates decide, or nobody can."""
DOSSIER, TIERS, GROUPE = "Dossier", "Tiers", "Groupe"
LONGEST = 40
_FIRSTS = {
    "apport": APPORTEURS, "intermedi": APPORTEURS, "sous-trait": SOUS_TRAITANCE,
    "sous trait": SOUS_TRAITANCE, "soustrait": SOUS_TRAITANCE, "autre revenu": AUTRES,
    "autres revenu": AUTRES, "autre source": AUTRES, "autres source": AUTRES,
    "nouveau": NOUVEAUX, "client nouveau": NOUVEAUX, "fidele": FIDELES, "clients fidele": FIDELES,
    "client fidele": FIDELES, "dormant": DORMANTS, "clients dormant": DORMANTS,
    "client dormant": DORMANTS, "clients a classer": A_CLASSER, "ventes non repart": NON_REPARTI,
}  # fmt: skip
"""How people begin the name of a group of ours, folded."""
CODE, LABEL, PATTERN = range(3)
TEINTES = {
    FIDELES: "1F3A5F", NOUVEAUX: "2E9E6B", DORMANTS: "9AA3AF", APPORTEURS: "D98E2B",
    SOUS_TRAITANCE: "8A5A9E", AUTRES: "5BA3CF", A_CLASSER: "6F86A8", NON_REPARTI: "CBD2DC",
}  # fmt: skip
"""The colour of each group in the charts."""
TEINTES_DU_CABINET = ("B5651D", "3E8E8A", "C26A7E", "A39B3B", "5E6FB0", "7A7A7A")
"""Those of the groups that the firm makes, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Etiquette:
    """One row of the table Groupes; ``dossier`` is folded, "" where the row is for everybody."""

    dossier: str
    tiers: str
    groupe: str
    row: int

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


def parse_groupe(text: str) -> str:
    """Spell the name of a group as we do where it is one of ours; else as it was typed.

    >>> parse_groupe("apporteur d'affaires"), parse_groupe("Sous traitants"), parse_groupe("Écoles")
    ('Apporteurs d’affaires', 'Sous-traitance', 'Écoles')
    """
    folded = fold(text)
    known = {fold(name): name for name in (*SIX, *RESERVES)}
    if folded in known:
        return known[folded]
    return next((name for first, name in _FIRSTS.items() if folded.startswith(first)), text)


def teintes_of(groupes: Iterable[str]) -> dict[str, str]:
    """Return the colour of each group.

    >>> teintes_of(["Écoles", "Clients fidèles"])
    {'Écoles': 'B5651D', 'Clients fidèles': '1F3A5F'}
    """
    named = [*dict.fromkeys(groupes)]
    own = [g for g in named if g not in TEINTES]
    return {
        g: TEINTES[g]
        if g in TEINTES
        else TEINTES_DU_CABINET[own.index(g) % len(TEINTES_DU_CABINET)]
        for g in named
    }


def parse_etiquettes(table: Tableau) -> tuple[tuple[Etiquette, ...], tuple[Anomalie, ...]]:
    """Read the table Groupes; a row that cannot serve is told and left out."""
    anomalies: list[Anomalie] = []
    found: list[Etiquette] = []
    spellings: dict[str, str] = {}
    for row, cells in records_of(table.lignes):
        dossier, tiers, groupe = (_text(cells.get(h)) for h in (DOSSIER, TIERS, GROUPE))
        if not (tiers or groupe):
            continue
        groupe = parse_groupe(" ".join(groupe.split()))
        groupe = spellings.setdefault(fold(groupe), groupe)
        wrong = [*_find_wrong(table, row, tiers, groupe)]
        anomalies += wrong
        if not wrong:
            found.append(Etiquette(dossier=fold(dossier), tiers=tiers, groupe=groupe, row=row))
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
