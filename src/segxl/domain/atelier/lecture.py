"""Read the sheet of the workshop, and say everything that cannot be read at once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from segxl.domain.anomalies import Anomalie, Gravite
from segxl.domain.atelier.accord import Vote, exact
from segxl.domain.grille import Grille
from segxl.domain.saisie import is_error, parse_number
from segxl.domain.tableau import Tableau, records_of
from segxl.domain.textes import fold

TABLE = "Atelier"
GRILLE, CRITERE, ACTUEL = "Grille", "Critère", "Poids actuel"
MOYEN, ECART, PROPOSE, OBJECTIONS = "Poids moyen", "Écart", "Poids proposé", "Objections"
HEADERS = (GRILLE, CRITERE, ACTUEL, MOYEN, ECART, PROPOSE, OBJECTIONS)
PARTICIPANTS = tuple(f"Participant {number}" for number in range(1, 5))
"""The columns of the first day: people write their names over them."""
BETWEEN = "un participant est une colonne entre « Poids actuel » et « Poids moyen »"
_WHOLE = 10
"""Beside a weight as large, one under 1 may be a percentage that Excel has divided by a hundred."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saisies:
    """What the sheet holds: its participants, the row of each critère by code, the votes by grid."""

    participants: tuple[str, ...]
    lignes: Mapping[str, int]
    votes: Mapping[str, tuple[Vote, ...]]


def find_participants(headers: Iterable[str]) -> tuple[str, ...]:
    """Return the columns of the participants, whatever they are called: those in between.

    >>> find_participants(["Critère", "Poids actuel", "Anne", "Objections", "Zoé", "Poids moyen", "Notes"])
    ('Anne', 'Zoé')
    """
    places = [*headers]
    between = places[places.index(ACTUEL) + 1 : places.index(MOYEN)]
    return tuple(h for h in between if h not in HEADERS)


def parse_saisies(
    table: Tableau | None, grilles: Sequence[Grille], chosen: Sequence[Grille]
) -> tuple[Saisies, tuple[Anomalie, ...]]:
    """Read the weights that people typed.

    Parameters
    ----------
    table : Tableau or None
        The table Atelier, its own headers spelt as here; None before the first run.
    grilles, chosen : sequence of Grille
        The grids of the firm, and those whose rows are to be read.

    Returns
    -------
    Saisies, tuple of Anomalie
        A row or a weight that cannot be read is a blocking anomaly: an agreement without it
        would not be the agreement of these people.
    """
    if table is None:
        return _nothing(chosen), ()
    if [*table.letters].index(ACTUEL) > [*table.letters].index(MOYEN):
        return _nothing(chosen), (_wrong_order(table),)
    rows, anomalies = _find_rows(table, grilles, chosen)
    people = find_participants(table.letters)
    weights: dict[tuple[str, str], Fraction | None] = {}
    for code, row in rows.items():
        for person in people:
            weights[person, code], wrong = _parse_weight(table, person, row)
            anomalies += wrong
    votes = {g.nom: tuple(_vote_of(p, g, weights) for p in people) for g in chosen}
    for grille in chosen:
        anomalies += _find_mixed(table, rows, grille, votes[grille.nom])
    return Saisies(participants=people, lignes=rows, votes=votes), tuple(anomalies)


def _nothing(chosen: Sequence[Grille]) -> Saisies:
    return Saisies(participants=(), lignes={}, votes={g.nom: () for g in chosen})


def _vote_of(
    person: str, grille: Grille, weights: Mapping[tuple[str, str], Fraction | None]
) -> Vote:
    return Vote(
        participant=person,
        poids=tuple(weights.get((person, c.code)) for c in grille.criteres),
    )


def _find_rows(
    table: Tableau, grilles: Sequence[Grille], chosen: Sequence[Grille]
) -> tuple[dict[str, int], list[Anomalie]]:
    """Return the row of each critère of the chosen grids, and the rows that are nobody's."""
    named = {fold(word): c for g in grilles for c in g.criteres for word in (c.code, c.libelle)}
    wanted = {c.code for g in chosen for c in g.criteres}
    others = {fold(g.nom) for g in grilles} - {fold(g.nom) for g in chosen}
    rows: dict[str, int] = {}
    anomalies: list[Anomalie] = []
    for row, cells in records_of(table.lignes):
        if all(value is None for value in cells.values()):
            continue
        critere = named.get(fold(cells[CRITERE]))
        if critere is None and fold(cells.get(GRILLE)) not in others:
            anomalies.append(_stranger(table, row, cells[CRITERE]))
        if critere is None or critere.code not in wanted:
            continue
        if critere.code in rows:
            anomalies.append(_repeat(table, row, rows[critere.code]))
        rows.setdefault(critere.code, row)
    return rows, anomalies


def _stranger(table: Tableau, row: int, name: object) -> Anomalie:
    problem = "il manque le critère" if name is None else "aucun critère de la grille ne porte ce nom"  # fmt: skip
    remedy = "reprenez le nom écrit dans la feuille Grille, ou supprimez la ligne"
    return table.anomalie(CRITERE, row, problem, remedy, blocking=True)


def _repeat(table: Tableau, row: int, first: int) -> Anomalie:
    problem = f"ce critère figure déjà ligne {first}"
    return table.anomalie(CRITERE, row, problem, "gardez une seule des deux lignes", blocking=True)


def _wrong_order(table: Tableau) -> Anomalie:
    return Anomalie(
        sheet=table.sheet,
        cell="",
        value=None,
        problem=f"« {MOYEN} » se trouve à gauche de « {ACTUEL} », or {BETWEEN}",
        remedy=f"replacez « {MOYEN} » à droite des participants",
        gravite=Gravite.BLOQUANTE,
    )


def _parse_weight(table: Tableau, person: str, row: int) -> tuple[Fraction | None, list[Anomalie]]:
    """Read one weight; None where the person has no opinion."""
    typed = table.lignes.at[row, person]
    if typed is None:
        return None, []
    number = parse_number(typed)
    if is_error(typed):
        told = "la cellule affiche une erreur d’Excel", "corrigez la formule ou saisissez le poids"
    elif number is None or not math.isfinite(number):
        told = "un poids doit être un nombre", f"saisissez un nombre, ou videz la cellule : sans avis ({BETWEEN})"  # fmt: skip
    elif number < 0:
        told = "un poids ne peut pas être négatif", "saisissez 0 si ce critère ne doit rien peser"
    else:
        return exact(number), []
    return None, [table.anomalie(person, row, *told, blocking=True)]


def _find_mixed(
    table: Tableau, rows: Mapping[str, int], grille: Grille, votes: Sequence[Vote]
) -> Iterator[Anomalie]:
    """Yield the first weight of a person that may be a percentage among weights that are not."""
    for vote in votes:
        known = {c.code: w for c, w in zip(grille.criteres, vote.poids, strict=True) if w}
        small = [code for code, weight in known.items() if weight < 1]
        if small and max(known.values()) >= _WHOLE:
            yield table.anomalie(
                vote.participant,
                rows[small[0]],
                "ce poids est plus petit que 1 à côté de poids de 10 ou plus",
                "s’il s’agit d’un pourcentage, écrivez-le comme les autres, par exemple 30 au lieu de 30 %",
            )
