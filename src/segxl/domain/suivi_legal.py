"""What the law asks of each client, as the columns of results that « Noter » writes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from segxl.domain.champ import EMISSION, PAIEMENTS, RECEPTION, TRANSACTIONS
from segxl.domain.doutes import reason_of
from segxl.domain.exposition import estimate_exposition, estimate_remise
from segxl.domain.loi import RYTHMES_EN_MOTS, Loi
from segxl.domain.obligations import A_CONFIRMER, SANS_OBJET, find_obligations
from segxl.domain.presence import departs_of, sentence_of
from segxl.domain.priorite import rank_priorites
from segxl.domain.statuts import EMET, RECOIT
from segxl.domain.urgence import leave_out, measure_urgence, read_statuts


def follow_law(
    dossiers: pd.DataFrame, lignes: pd.DataFrame, poids: Mapping[str, float], loi: Loi, au: date
) -> pd.DataFrame:
    """Return the columns about the law.

    Parameters
    ----------
    dossiers : DataFrame, shape (n, m)
        One row per dossier, in the form that ``normalisation.normalise`` gives. « Sortie le » may
        lack: nothing presses whoever has left, nor ranks it.
    lignes : DataFrame, shape (n, ≥ 2)
        Their ``Note FE`` and ``Enjeu``, NaN where unknown; same index.
    poids : mapping of str to float
        The weight of each figure of the priority, see ``priorite.poids_of``.
    loi : Loi
        The facts of law.
    au : date
        The day of the question.

    Returns
    -------
    DataFrame of object, shape (n, 10), same index
        ``Priorité``, its reason (for a client without rank, what is to be confirmed), ``Urgence`` out of 20, ``Jours restants``; ``Réception``,
        ``Émission`` and ``E-reporting``: a date, « non » or « à confirmer »; ``Rythme``, ``Taille
        légale``; ``Exposition (€)`` over twelve months. None where there is nothing to say.
    """
    obligations = find_obligations(dossiers, loi, au)
    departs = departs_of(dossiers, au)
    urgence = leave_out(measure_urgence(dossiers, obligations, au), departs)
    gone = dossiers.index.isin(departs.index)
    doubts = obligations["a_confirmer"].map(_doubt_text)
    doubts = doubts.mask(gone, departs.map(sentence_of).reindex(dossiers.index))
    priorite = rank_priorites(
        dossiers["Dossier"], lignes["Note FE"], urgence, lignes["Enjeu"], poids
    )
    columns = {
        "Priorité": priorite["Priorité"],
        "Raison de la priorité": priorite["Raison de la priorité"].where(
            urgence["Urgence"].notna(), doubts
        ),
        "Urgence": urgence["Urgence"],
        "Jours restants": urgence["Jours restants"],
        "Réception": obligations[RECEPTION],
        "Émission": obligations[EMISSION],
        "E-reporting": _earliest(obligations[TRANSACTIONS], obligations[PAIEMENTS]),
        "Rythme": obligations["rythme"].map(lambda word: RYTHMES_EN_MOTS.get(word, word)),
        "Taille légale": obligations["taille"],
        "Exposition (€)": exposition_of(dossiers, obligations, loi, au).mask(gone),
    }
    frame = pd.DataFrame(columns, index=dossiers.index).astype(object)
    return frame.where(frame.notna(), None)


def exposition_of(
    dossiers: pd.DataFrame, obligations: pd.DataFrame, loi: Loi, au: date
) -> pd.Series:
    """Estimate the fines of twelve months, from the platform that each client has."""
    return estimate_exposition(dossiers, obligations, _prets_of(dossiers), loi, au)


def remise_of(dossiers: pd.DataFrame, obligations: pd.DataFrame, loi: Loi, au: date) -> pd.Series:
    """Estimate what the waiver of a first offence takes off those fines."""
    return estimate_remise(dossiers, obligations, _prets_of(dossiers), loi, au)


def _prets_of(dossiers: pd.DataFrame) -> pd.DataFrame:
    """Tell who receives and who issues already."""
    statuts = read_statuts(dossiers)
    return pd.DataFrame({"recoit": statuts.isin(RECOIT), "emet": statuts.isin(EMET)})


def _doubt_text(sentences: tuple[str, ...]) -> str | None:
    """Say what keeps a client without rank: the first doubt, and how many others.

    >>> _doubt_text(("Réception : « Assujetti TVA » n’est pas connu", "Rythme : …"))
    'À confirmer : « Assujetti TVA » n’est pas connu (et 1 autre point).'
    >>> _doubt_text(()) is None
    True
    """
    if not sentences:
        return None
    others = len(sentences) - 1
    s = "s" if others > 1 else ""
    more = f" (et {others} autre{s} point{s})" if others else ""
    return f"À confirmer : {reason_of(sentences[0])}{more}."


def _earliest(sales: pd.Series, payments: pd.Series) -> pd.Series:
    """Return since when figures of either kind are sent; a date wins, then a doubt.

    >>> day = date(2027, 9, 1)
    >>> list(_earliest(pd.Series([day, "non", "non"]), pd.Series(["non", "à confirmer", "non"])))
    [datetime.date(2027, 9, 1), 'à confirmer', 'non']
    """
    words = {SANS_OBJET: 2, A_CONFIRMER: 1}
    ranks = [answers.map(lambda a: words.get(a, 0)).to_numpy() for answers in (sales, payments)]
    both = (ranks[0] == 0) & (ranks[1] == 0)
    first = np.where(ranks[0] <= ranks[1], sales, payments)
    if both.any():
        dated = np.array([min(p) for p in zip(sales[both], payments[both], strict=True)])
        first[both] = dated
    return pd.Series(first, index=sales.index, dtype=object)
