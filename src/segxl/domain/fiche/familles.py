"""How each client stands in each family of questions, and what nobody has asked yet."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from segxl.domain.grille import FE, NOTE_MAX
from segxl.domain.notation import Mesure, round_note

SANS_FAMILLE = "Sans famille"


class NoteFamille(NamedTuple):
    """One family of one client: its note out of 20, and how many of its questions have an answer."""

    famille: str
    note: float | None
    """None where nothing is answered, or nothing applies."""
    reponses: int
    questions: int


def rate_familles(mesure: Mesure) -> list[tuple[NoteFamille, ...]]:
    """Rate every dossier on each family of a grid, by the weights of the grid.

    Parameters
    ----------
    mesure : Mesure
        n dossiers on k critères.

    Returns
    -------
    list of tuple of NoteFamille, n long
        The families in the order of the grid, which another one than FE is named before.
    """
    grille = mesure.grille
    columns = [_rate_famille(mesure, famille) for famille in grille.familles]
    return [*zip(*columns, strict=True)] if columns else [()] * len(mesure.niveaux)


def _rate_famille(mesure: Mesure, famille: str) -> list[NoteFamille]:
    criteres = mesure.grille.criteres
    held = np.array([c.famille == famille for c in criteres])
    niveaux = mesure.niveaux.to_numpy()[:, held]
    questions = mesure.applicables.to_numpy()[:, held].sum(axis=1)
    poids = np.array(mesure.grille.poids)[held]
    answered = ~np.isnan(niveaux)
    known = answered @ poids
    notes = np.full(len(niveaux), np.nan)
    np.divide(np.nan_to_num(niveaux) @ poids * NOTE_MAX, known, out=notes, where=known > 0)
    prefix = "" if mesure.grille.nom == FE else f"{mesure.grille.nom} : "
    shown = [None if np.isnan(n) else float(n) for n in round_note(notes)]
    counts = zip(shown, answered.sum(axis=1).tolist(), questions.tolist(), strict=True)
    return [NoteFamille(prefix + (famille or SANS_FAMILLE), *line) for line in counts]


def find_unanswered(mesure: Mesure) -> list[tuple[str, ...]]:
    """List the questions that concern each dossier and have no answer, those that weigh most first."""
    missing = mesure.applicables.to_numpy() & mesure.niveaux.isna().to_numpy()
    order = np.argsort(-np.array(mesure.grille.poids, dtype=float), kind="stable")
    libelles = np.array([c.libelle for c in mesure.grille.criteres], dtype=object)[order]
    return [tuple(libelles[row]) for row in missing[:, order]]
