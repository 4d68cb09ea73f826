"""Readiness and value crossed, never mixed: how many clients stand where, and whom to see first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from segxl.domain.saisie import parse_number
from segxl.domain.textes import fold
from segxl.domain.valeur import releve as v
from segxl.domain.valeur.rangs import INCONNU, Niveaux, Nombres, levels_of

PREPARATIONS = ("Peu prêts", "En chemin", "Prêts")
SANS_NOTE, CLIENTS = "Sans note", "Clients"
SEUILS = (8.0, 12.0)
"""The notes where « En chemin » and « Prêts » start: where the colours shipped turn to yellow and green."""
CLASSE, ENSEMBLE, SANS_CLASSE = "Classe", "Ensemble", "Sans classe"
HAUTES = ("A", "B")
"""The classes whose unready clients come first."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Croisement:
    """The matrix of readiness and value.

    ``lignes`` has one row a class, then « Sans classe » and « Ensemble »: the clients by readiness,
    then fees and margin in cents, shares of hours and of margin. ``classes`` has the class of each
    client, ``rangs`` who comes first, from 1, 0 for everybody else; ``methode`` says which classes
    these are.
    """

    lignes: pd.DataFrame
    classes: tuple[str, ...]
    rangs: Niveaux
    methode: str

    def list_first(self, dossiers: Sequence[str], classe: str = "") -> list[str]:
        """Return the clients to see first, all or those of a class of the matrix."""
        placed = zip(self.rangs.tolist(), dossiers, self.classes, strict=True)
        first = sorted((rang, dossier, its) for rang, dossier, its in placed if rang)
        return [dossier for _, dossier, its in first if classe in {"", its}]


def notes_of(clients: pd.DataFrame, greys: Collection[str]) -> Nombres:
    """Return the note of readiness of each client, NaN where it has none or is out of scope.

    Parameters
    ----------
    clients : DataFrame
        « Note FE » and « Couleur », where they were computed.
    greys : collection of str
        The colours that no note gives.
    """
    notes, couleurs = (
        clients[h].tolist() if h in clients else [None] * len(clients)
        for h in ("Note FE", "Couleur")
    )
    folded = {*map(fold, greys)}
    read = [
        None if note is None or fold(couleur or "") in folded else parse_number(note)
        for note, couleur in zip(notes, couleurs, strict=True)
    ]
    return np.array([np.nan if note is None else note for note in read], dtype=np.float64)


def cross_clients(
    lignes: pd.DataFrame,
    notes: Nombres,
    seuils: Sequence[float] = (),
    partis: Nombres | None = None,
    criticites: Niveaux | None = None,
) -> Croisement:
    """Cross the note of each client with its class.

    Parameters
    ----------
    lignes : DataFrame, shape (n, m)
        What ``measure_valeur`` gives.
    notes : array of float, shape (n,)
        The notes of readiness, out of 20, NaN for a client without one.
    seuils : sequence of float
        The notes where « En chemin » and « Prêts » start; ``SEUILS`` where there is none.
    partis : array, shape (n,), optional
        Not zero for who is gone: they count among the clients of the twelve months, and nobody has to see them.
    criticites : array of int, shape (n,), optional
        How critical each client is, the most with the highest figure; all alike by default.

    Notes
    -----
    The classes are A to D; in a portfolio where no client has one, for want of costs, those of ABC
    on fees. Of the unready clients in class A or B, those of class A come first, then the most
    critical, then the lowest notes, then the order of the numbers. A client without a note is not late: nobody asked it.
    """
    is_known = bool((lignes[v.ABCD] != "").any())
    header, methode = (v.ABCD, "A→D") if is_known else (v.ABC, "ABC")
    classes = lignes[header].astype(object)
    levels = levels_of(notes, len(PREPARATIONS), seuils or SEUILS)
    names = [*("ABCD" if is_known else "ABC"), ""]
    table = pd.DataFrame([_row(lignes, levels, (classes == name).to_numpy()) for name in names])
    whole = pd.DataFrame([_row(lignes, levels, np.full(len(lignes), fill_value=True))])
    told = pd.concat([table, whole], ignore_index=True)
    shares = v.share_by(lignes, classes)
    for column in (v.PART_HEURES, v.PART_MARGE):
        told[column] = [
            *(shares[column].get(name, np.nan) for name in names),
            shares[column].sum(min_count=1),
        ]
    told.insert(0, CLASSE, [*names[:-1], SANS_CLASSE, ENSEMBLE])
    to_see = levels if partis is None else np.where(partis, INCONNU, levels)
    critical = np.zeros(len(lignes), dtype=np.int64) if criticites is None else criticites
    rangs = _rank(lignes, classes, (-critical, notes), to_see)
    return Croisement(lignes=told, classes=tuple(classes), rangs=rangs, methode=methode)


def _row(lignes: pd.DataFrame, levels: Niveaux, inside: np.ndarray) -> dict[str, float]:
    """Count the clients of a class by readiness, and sum what they bring where it is known."""
    counts = {name: int((levels[inside] == level).sum()) for level, name in enumerate(PREPARATIONS)}
    sums = {h: lignes.loc[inside, h].sum(min_count=1) for h in (v.HONORAIRES, v.MARGE_EUROS)}
    unknown = int((levels[inside] == INCONNU).sum())
    return {**counts, SANS_NOTE: unknown, CLIENTS: int(inside.sum()), **sums}


def _rank(
    lignes: pd.DataFrame, classes: pd.Series, lowest: tuple[Niveaux, Nombres], levels: Niveaux
) -> Niveaux:
    """Return who comes first, from 1: by class, then by the lowest of these figures in turn."""
    rangs = np.zeros(len(lignes), dtype=np.int64)
    urgent = np.flatnonzero((levels == 0) & classes.isin(HAUTES).to_numpy())
    keys = [*map(fold, lignes["dossier"])]
    ordered = sorted(
        urgent, key=lambda p: (str(classes.iloc[p]), *(float(x[p]) for x in lowest), keys[p])
    )
    rangs[ordered] = np.arange(1, len(ordered) + 1)
    return rangs
