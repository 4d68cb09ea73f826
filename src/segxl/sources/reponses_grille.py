"""The answers of the grid that a questionnaire brings back: blanks are filled, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.enquete import JOUR
from segxl.domain.identifiants import key_of
from segxl.domain.textes import join_words
from segxl.sources.colonnes import Colonne, parse_colonne, reader_of
from segxl.sources.correspondance import Correspondance
from segxl.sources.enquete import Reponses
from segxl.sources.fiches import frame_of
from segxl.sources.fusion_clients import DOSSIER, Changement, Changements, merge_clients
from segxl.sources.renvois import Renvois, redirect
from segxl.sources.textes_bruts import text_of
from segxl.sources.valeurs import Valeur

Place = Callable[[Changement], str]
Grille = Mapping[str, Sequence[str]]
"""For each critère, its answers; none for a critère that is a number."""


class Declaree(NamedTuple):
    """One answer of one client."""

    dossier: str
    critere: str
    reponse: object
    jour: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Propositions:
    """What the answers of the grid do to Clients: ``remplies`` alone are written.

    ``declarees`` are all the answers, those that Clients has already included. ``differences`` are answers that Clients has otherwise, ``formules`` those of cells that
    compute, ``illisibles`` those that the grid does not have or that contradict each other.
    """

    remplies: Changements
    declarees: tuple[Declaree, ...] = ()
    differences: tuple[Anomalie, ...] = ()
    formules: tuple[Anomalie, ...] = ()
    illisibles: tuple[Anomalie, ...] = ()


def propose_reponses(
    clients: pd.DataFrame,
    reponses: Reponses,
    rows: Mapping[int, int],
    grille: Grille,
    renvois: Renvois,
) -> Propositions:
    """Compare the answers of one file with Clients.

    Parameters
    ----------
    clients : DataFrame of object
        Rows of Clients, index = Excel rows.
    reponses : Reponses
        The file.
    rows : mapping
        The row of Clients of each row of the file whose client is known.
    grille : mapping
        The answers of each critère.
    renvois : mapping
        The cells of Clients that compute.
    """
    read = {
        critere: _read(reponses, title, critere, grille)
        for title, critere in reponses.titres.criteres.items()
    }
    cells = pd.DataFrame({critere: colonne.cells for critere, colonne in read.items()})
    firsts, conflicts = _one_each(reponses, cells, rows)
    numbers = [clients.at[rows[source], DOSSIER] for source in firsts.index]
    incoming = firsts.assign(**{DOSSIER: pd.Series(numbers, index=firsts.index, dtype=object)})
    merged = merge_clients(clients, incoming)
    itself = Correspondance(colonnes={critere: critere for critere in read})
    sent = redirect(merged, clients, renvois, itself)
    place = partial(_place_of, reponses, {rows[source]: source for source in firsts.index})
    return Propositions(
        remplies=replace(sent, updates=tuple(c for c in sent.updates if c.old is None)),
        declarees=tuple(_declare(reponses, incoming)),
        differences=tuple(_differs(place, c) for c in sent.updates if c.old is not None),
        formules=tuple(_computes(place, c) for c, _ in sent.retenues),
        illisibles=(*(a for c in read.values() for a in c.anomalies), *conflicts),
    )


def _declare(reponses: Reponses, incoming: pd.DataFrame) -> Iterator[Declaree]:
    """Yield the answers of each client, and their day."""
    for source, told in zip(incoming.index, incoming.to_dict("records"), strict=True):
        dossier = key_of(told.pop(DOSSIER))
        jour = reponses.lignes.at[source, JOUR]
        for critere, value in told.items():
            if not pd.isna(value):
                yield Declaree(dossier, str(critere), value, jour)


def _read(reponses: Reponses, title: str, critere: str, grille: Grille) -> Colonne:
    """Read one column; an answer that the grid lacks is a problem."""
    reader = reader_of(critere, title, grille, 1.0)
    known = {*grille[critere]}

    def strict(raw: object) -> Valeur:
        read = reader(raw)
        if read.problem or read.value is None or not known or read.value in known:
            return read
        remedy = f"choisissez parmi : {' · '.join(grille[critere])}"
        problem = f"« {critere} » n’a pas cette réponse"
        return replace(read, value=None, problem=problem, remedy=remedy)

    return parse_colonne(
        reponses.export.lignes[title],
        critere,
        strict,
        name=reponses.export.name,
        cell=partial(reponses.export.cell, title),
    )


def _one_each(
    reponses: Reponses, cells: pd.DataFrame, rows: Mapping[int, int]
) -> tuple[pd.DataFrame, tuple[Anomalie, ...]]:
    """Return the answers of each client on its first row; those that contradict are left out."""
    kept: dict[int, dict[str, object]] = {}
    firsts: dict[tuple[int, str], int] = {}
    owners: dict[int, int] = {}
    others: dict[tuple[int, str], list[int]] = {}
    for source, told in zip(cells.index.tolist(), cells.to_dict("records"), strict=True):
        filled = {str(c): v for c, v in told.items() if v is not None and v == v}  # noqa: PLR0124  NaN
        if source not in rows or not filled:
            continue
        first = owners.setdefault(rows[source], source)
        fiche = kept.setdefault(first, {})
        for critere, value in filled.items():
            place = firsts.setdefault((first, critere), source)
            if fiche.setdefault(critere, value) != value:
                others.setdefault((place, critere), []).append(source)
    conflicts = [_conflict(reponses, c, [place, *more]) for (place, c), more in others.items()]
    contested = {(place, critere) for place, critere in others}
    fiches = {
        first: {c: v for c, v in fiche.items() if (firsts[first, c], c) not in contested}
        for first, fiche in kept.items()
    }
    return frame_of(fiches, [str(c) for c in cells.columns]), tuple(conflicts)


def _conflict(reponses: Reponses, critere: str, sources: Sequence[int]) -> Anomalie:
    title = next(t for t, c in reponses.titres.criteres.items() if c == critere)
    first, *others = (reponses.export.cell(title, row) for row in sources)
    return Anomalie(
        sheet=reponses.export.name,
        cell=first,
        value=text_of(reponses.export.lignes.at[sources[0], title]),
        problem=f"« {critere} » a une autre réponse pour le même client ({join_words(others)})",
        remedy="gardez la bonne réponse dans le fichier, puis recommencez",
    )


def _place_of(reponses: Reponses, sources: Mapping[int, int], change: Changement) -> str:
    """Return where the file gives the answer that a change writes."""
    titles = {critere: title for title, critere in reponses.titres.criteres.items()}
    title = titles.get(change.header) or next(iter(reponses.titres.client.values()))
    return f"{reponses.export.name}!{reponses.export.cell(title, sources[change.row])}"


def _differs(place: Place, change: Changement) -> Anomalie:
    return Anomalie(
        sheet=place(change),
        cell="",
        value=text_of(change.new),
        problem=f"{change.dossier} : « {change.header} » vaut « {text_of(change.old)} » dans Clients, qui est gardé",
        remedy="si la réponse du questionnaire est la bonne, recopiez-la dans Clients",
    )


def _computes(place: Place, change: Changement) -> Anomalie:
    return Anomalie(
        sheet=place(change),
        cell="",
        value=text_of(change.new),
        problem=f"{change.dossier} : « {change.header} » est une formule dans Clients, elle est gardée",
        remedy="corrigez ce que la formule lit, ou remplacez-la par une valeur",
    )
