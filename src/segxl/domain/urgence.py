"""How soon the law asks of a client what it is not ready for: receiving first, then issuing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from segxl.domain.grille import NOTE_MAX
from segxl.domain.normalisation import parse_mots
from segxl.domain.notation import round_note
from segxl.domain.obligations import A_CONFIRMER
from segxl.domain.statuts import AUCUNE, CONTACTEE, EMET, EMISSION, RECOIT, REPONSE, STATUT, STATUTS
from segxl.domain.ternary import Masque

CHOISIE = "Plateforme choisie"
"""What the grid alone tells of a client that chose: not that its platform receives yet."""
STATUT_OF_REPONSE: Mapping[str, str] = {
    "Aucune": AUCUNE,
    "Contactée": CONTACTEE,
    "Choisie pour la réception": CHOISIE,
    "Réception et émission": EMISSION,
}
"""What an answer of the grid says of the platform where nobody typed its status."""
RECEPTION_DUE, EMISSION_DUE = "réception", "émission"
DAYS_A_POINT = 20
LEAST = 1.0
"""Urgency of a step that is still left, however far its date."""


def measure_urgence(dossiers: pd.DataFrame, obligations: pd.DataFrame, au: date) -> pd.DataFrame:
    """Measure how soon each client must be ready for what it is not ready for.

    The next step of the law is to receive, as long as the client cannot; then to issue. Urgency is
    20 on the legal date and after, one point less for each 20 days before it, 1 at least as long
    as a step is left, 0 once none is.

    Parameters
    ----------
    dossiers : DataFrame, shape (n, m)
        ``Statut plateforme`` and the critère ``Plateforme agréée``; both may lack. The status
        wins; the answer of the grid is read where it is blank or unreadable.
    obligations : DataFrame, shape (n, k)
        ``reception`` and ``emission`` as ``obligations.find_obligations`` gives them.
    au : date
        The day of the question.

    Returns
    -------
    DataFrame, shape (n, 5), same index
        ``Étape légale``, « réception » or « émission », and ``Date légale``, None where no dated
        step is left; ``Jours restants`` to that date, negative once it is past; ``Urgence`` from 0
        to 20, NaN where the law is « à confirmer » on the only step left; ``Statut retenu``, a
        word of ``STATUTS`` or « Plateforme choisie », None where unknown.
    """
    statuts = read_statuts(dossiers)
    waits = {
        RECEPTION_DUE: ~statuts.isin(RECOIT).to_numpy(),
        EMISSION_DUE: ~statuts.isin(EMET).to_numpy(),
    }
    answers = {RECEPTION_DUE: obligations["reception"], EMISSION_DUE: obligations["emission"]}
    unsure = np.zeros(len(dossiers), dtype=bool)
    steps = np.full(len(dossiers), None, dtype=object)
    legal = steps.copy()
    # Issuing first: where the client cannot receive either, receiving is written over it.
    for step in (EMISSION_DUE, RECEPTION_DUE):
        dates = _dates_of(answers[step])
        left = waits[step] & pd.notna(dates)
        unsure |= waits[step] & (answers[step] == A_CONFIRMER).to_numpy()
        steps[left], legal[left] = step, dates[left]
    days = _days_to(legal, au)
    columns = {
        "Étape légale": steps,
        "Date légale": legal,
        "Jours restants": pd.array(days, dtype="Int64"),
        "Urgence": _urgences_of(days, unsure),
        "Statut retenu": statuts,
    }
    return pd.DataFrame(columns, index=dossiers.index).astype(
        {"Étape légale": object, "Date légale": object}
    )


def leave_out(urgence: pd.DataFrame, departs: pd.Series) -> pd.DataFrame:
    """Return what :func:`measure_urgence` gives with nothing left for the clients who are gone.

    Parameters
    ----------
    urgence : DataFrame, shape (n, 5)
        See :func:`measure_urgence`.
    departs : Series
        Indexed by those who are gone, some of the same index or others.
    """
    gone = urgence.index.isin(departs.index)
    blanks = {"Étape légale": None, "Date légale": None, "Jours restants": pd.NA, "Urgence": np.nan}
    return urgence.assign(**{h: urgence[h].mask(gone, blank) for h, blank in blanks.items()})


def read_statuts(dossiers: pd.DataFrame) -> pd.Series:
    """Say how far each client is with its platform; None where neither column tells."""
    told = _words_of(dossiers, STATUT, {s: s for s in STATUTS})
    return told.where(told.notna(), _words_of(dossiers, REPONSE, STATUT_OF_REPONSE))


def _words_of(dossiers: pd.DataFrame, header: str, meant: Mapping[str, str]) -> pd.Series:
    """Return what the words of one column mean; None where it lacks, is blank or unreadable."""
    if header not in dossiers:
        return pd.Series(None, index=dossiers.index, dtype=object)
    read = parse_mots(dossiers[header], [*meant]).map(meant)
    return read.astype(object).where(read.notna(), None)


def _dates_of(answers: pd.Series) -> np.ndarray:
    """Return the dates among the answers of the law; None where there is none."""
    codes, words = pd.factorize(answers)
    dates = np.array([*(w if isinstance(w, date) else None for w in words), None], dtype=object)
    return dates[codes]


def _days_to(legal: np.ndarray, au: date) -> np.ndarray:
    """Return the days from ``au`` to each date, NaN where there is none."""
    codes, dates = pd.factorize(legal)
    days = [float((d - au).days) for d in dates]
    return np.array([*days, np.nan])[codes]


def _urgences_of(days: np.ndarray, unsure: Masque) -> np.ndarray:
    """Turn days left into marks out of 20."""
    marks = round_note(np.clip(NOTE_MAX - days / DAYS_A_POINT, LEAST, NOTE_MAX))
    return np.where(np.isnan(days), np.where(unsure, np.nan, 0.0), marks)
