"""The next thing to do with a client, in the words of its plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from segxl.domain.jours_ouvres import as_days
from segxl.domain.normalisation import parse_mots
from segxl.domain.statuts import (
    AUCUNE,
    CONTACTEE,
    EXPIRE,
    MANDAT_A_SIGNER,
    MANDAT_SIGNE,
    RECEPTION,
    REFUSE,
)
from segxl.domain.urgence import CHOISIE, EMISSION_DUE, RECEPTION_DUE

MANDAT, RELANCE = "Faire signer le mandat", "Relancer la plateforme expirée"
PREPARER, TESTER = "Préparer l’émission", "Tester l’émission"
DEMANDER = "Demander où en est la plateforme"
DEMARCHES: Mapping[str, Mapping[str | None, str]] = {
    RECEPTION_DUE: {
        None: DEMANDER,
        AUCUNE: "Choisir une plateforme pour la réception",
        CONTACTEE: "Choisir une plateforme pour la réception",
        CHOISIE: "Activer la réception",
        MANDAT_A_SIGNER: MANDAT,
        MANDAT_SIGNE: "Activer la réception",
        EXPIRE: RELANCE,
        REFUSE: "Choisir une autre plateforme",
    },
    EMISSION_DUE: {
        None: DEMANDER,
        AUCUNE: "Choisir une plateforme pour l’émission",
        CONTACTEE: "Choisir une plateforme pour l’émission",
        CHOISIE: PREPARER,
        MANDAT_A_SIGNER: MANDAT,
        MANDAT_SIGNE: PREPARER,
        RECEPTION: PREPARER,
        EXPIRE: RELANCE,
        REFUSE: "Choisir une autre plateforme",
    },
}
"""What to do next: by the step that the law asks, then by how far the platform is."""
OUTIL = "Outil de facturation"
OUTILS_PRETS = ("Logiciel compatible", "ERP raccordé")
"""Answers of the grid that leave nothing to prepare before a first e-invoice is tried."""
REGIME = "Redemander le régime de TVA"
SITUATION = "Confirmer la situation de TVA"
POINT = "Faire le point annuel"
PRET = "Tout est prêt : rien à faire avant le prochain point."


def choose_demarches(
    dossiers: pd.DataFrame,
    obligations: pd.DataFrame,
    urgence: pd.DataFrame,
    raisons: pd.Series,
    fin_regime: date,
) -> pd.DataFrame:
    """Choose the next step of each client, the date of the law that it serves, and why.

    What the law asks first comes first: the step of ``urgence``, or asking for the VAT régime again
    where the simplified one ends before. A client of whom the law is not sure is asked for what is
    missing; one that has nothing left is seen once a year.

    Parameters
    ----------
    dossiers : DataFrame, shape (n, m)
        ``Outil de facturation``, which may lack, tells who only has to test.
    obligations, urgence : DataFrame, shape (n, …)
        See ``obligations.find_obligations`` and ``urgence.measure_urgence``; same index.
    raisons : Series of str, shape (n,)
        ``Raison de la priorité``; None for a client without rank.
    fin_regime : date
        The last day of the simplified régime.

    Returns
    -------
    DataFrame of object, shape (n, 3), same index
        ``Étape``, ``Date légale`` (None where no date waits) and ``Raison``.
    """
    legal = as_days(urgence["Date légale"])
    asked = obligations["regime_a_redemander"].to_numpy(dtype=bool)
    regime = asked & ~(legal <= np.datetime64(fin_regime))
    due = ~regime & urgence["Date légale"].notna().to_numpy()
    unsure = ~regime & ~due & urgence["Urgence"].isna().to_numpy()
    steps = np.select(
        [regime, due, unsure], [REGIME, _legal_steps(dossiers, urgence), SITUATION], POINT
    )
    ends = f"Le régime simplifié prend fin le {fin_regime:%d/%m/%Y}."
    of_regime = (ends + " " + raisons.fillna("")).str.strip()
    doubts = obligations["a_confirmer"].map(
        lambda told: f"À confirmer : {told[0]}." if told else ""
    )
    told = np.select([regime, due, unsure], [of_regime, raisons, doubts], PRET)
    dates = np.where(regime, np.array(fin_regime, dtype=object), urgence["Date légale"])
    columns = {"Étape": steps, "Date légale": dates, "Raison": told}
    return pd.DataFrame(columns, index=dossiers.index, dtype=object)


def _legal_steps(dossiers: pd.DataFrame, urgence: pd.DataFrame) -> np.ndarray:
    """Name what to do for the step of the law; anything where there is none."""
    words = {(e, s): word for e, by_statut in DEMARCHES.items() for s, word in by_statut.items()}
    statuts = urgence["Statut retenu"].where(urgence["Statut retenu"].notna(), None)
    pairs = zip(urgence["Étape légale"], statuts, strict=True)
    steps = np.array([words.get(pair, "") for pair in pairs], dtype=object)
    if OUTIL in dossiers:
        ready = parse_mots(dossiers[OUTIL], OUTILS_PRETS).notna().to_numpy()
        steps[ready & (steps == PREPARER)] = TESTER
    return steps
