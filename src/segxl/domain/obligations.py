"""For each client: what applies, since when, how often, and why; « à confirmer » is an answer.

Dossiers in the same situation get the same answer, so each situation is decided once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from segxl.domain.champ import (
    AFTER_SALES,
    EMISSION,
    PAIEMENTS,
    RECEPTION,
    TRANSACTIONS,
    apply_obligations,
    find_contradictions,
)
from segxl.domain.doutes import explain_doutes
from segxl.domain.echeances import (
    REGIME_CODES,
    Periode,
    bound_dates,
    next_periode,
    ordinals_of,
    rythmes_at,
)
from segxl.domain.loi import RYTHMES, Loi
from segxl.domain.motifs import explain_motifs
from segxl.domain.situation import INCONNUE, SIMPLIFIE, group_situations
from segxl.domain.tailles import TAILLES
from segxl.domain.ternary import INCONNU, NON, OUI, Codes

A_CONFIRMER, SANS_OBJET = "à confirmer", "non"
SANS_RYTHME = -2
"""Nothing to send, where -1 says that the rhythm is unknown."""
NO_PERIODE = (None, None, None)


def find_obligations(dossiers: pd.DataFrame, loi: Loi, au: date) -> pd.DataFrame:
    """Say what the law asks of each dossier.

    Parameters
    ----------
    dossiers : DataFrame, shape (n, m)
        Headers of Clients, in the form that ``normalisation.normalise`` gives; ``ENTREES`` of
        ``situation`` lists those that count. A column that lacks is unknown, save
        « Assujetti unique » (no) and the place (the mainland).
    loi : Loi
        The facts of law.
    au : date
        The day of the question.

    Returns
    -------
    DataFrame of object, shape (n, 13), same index
        ``taille``; ``reception``, ``emission``, ``ereporting_transactions``,
        ``ereporting_paiements`` and ``mentions``: a date (applies from), « non » or
        « à confirmer »; ``rythme``; ``periode_du``, ``periode_au`` and ``a_transmettre_avant``:
        the next period to send, None where there is none or the law is unsure of it;
        ``regime_a_redemander``; ``a_confirmer``, sentences; ``motifs``, of text, source and
        confidence.

    Raises
    ------
    LoiError
        The law lacks a fact, or tells it in another unit.
    """
    met, positions = group_situations(dossiers, loi)
    decided = decide_situations(met, loi, au)
    answers = word_answers(met, decided, loi)
    return answers.take(positions).set_axis(dossiers.index, axis="index")


def decide_situations(met: pd.DataFrame, loi: Loi, au: date) -> pd.DataFrame:
    """Decide each situation, in codes.

    Parameters
    ----------
    met : DataFrame of int, shape (k, m)
        The distinct situations, see ``situation.group_situations``.
    loi : Loi
        The facts of law.
    au : date
        The day of the question.

    Returns
    -------
    DataFrame, shape (k, 13)
        Yes, no or unknown for each of ``OBLIGATIONS``; ``fait``, rank in ``echeances.DATES`` of
        what dates them; ``date_min`` and ``date_max``, ordinals; ``rythme``, rank in ``RYTHMES``,
        -1 unknown, -2 without object; ``paiements_seuls``, where payments are all there is to
        send; the next period.
    """
    earliest, latest = bound_dates(met, loi)
    days = ordinals_of(loi)
    decided = pd.DataFrame(apply_obligations(met, loi)).assign(
        fait=latest, date_min=days[earliest], date_max=days[latest]
    )
    decided["paiements_seuls"] = decided[TRANSACTIONS] != OUI
    decided["rythme"] = _rythmes_of(met, decided, loi, au)
    periodes = _periodes_of(met, decided, loi, au)
    for i, header in enumerate(("periode_du", "periode_au", "a_transmettre_avant")):
        decided[header] = _objects([periode[i] for periode in periodes])
    return decided


def word_answers(met: pd.DataFrame, decided: pd.DataFrame, loi: Loi) -> pd.DataFrame:
    """Put the decisions into the words and dates that people read; see :func:`find_obligations`."""
    small, large = met["taille_min"].to_numpy(), met["taille_max"].to_numpy()
    reception = np.full(len(met), loi.value(RECEPTION, "date").toordinal())
    day = decided["date_min"].to_numpy()
    unsure = day != decided["date_max"].to_numpy()
    answers = {
        "taille": np.where(small == large, np.array(TAILLES, dtype=object)[small], A_CONFIRMER),
        RECEPTION: _answers_of(decided[RECEPTION].to_numpy(), reception),
    }
    for o in AFTER_SALES:
        truth = decided[o].to_numpy()
        answers[o] = _answers_of(np.where(unsure, np.minimum(truth, INCONNU), truth), day)
    # The last two stand for -2, nothing to send, and -1, unknown.
    words = np.array([*RYTHMES, SANS_OBJET, A_CONFIRMER], dtype=object)
    frame = pd.DataFrame(answers, dtype=object).assign(
        rythme=words[decided["rythme"].to_numpy()],
        mentions=answers[EMISSION],
        **{h: decided[h] for h in ("periode_du", "periode_au", "a_transmettre_avant")},
        regime_a_redemander=met["Régime TVA"].to_numpy() == SIMPLIFIE,
    )
    frame["a_confirmer"] = explain_doutes(met, decided, loi)
    frame["motifs"] = explain_motifs(met, decided, loi)
    return frame


def _rythmes_of(met: pd.DataFrame, decided: pd.DataFrame, loi: Loi, au: date) -> Codes:
    """Return how often figures are sent once they are; where the dates differ, if both agree."""
    sales, payments = decided[TRANSACTIONS].to_numpy(), decided[PAIEMENTS].to_numpy()
    wrong = find_contradictions(met)
    contradictory = wrong["redevable"] | wrong["exoneree"]
    ranks = []
    for kind in ("transactions", "paiements"):
        first, last = (
            rythmes_at(kind, met, np.maximum(decided[bound].to_numpy(), au.toordinal()), loi)
            for bound in ("date_min", "date_max")
        )
        ranks.append(np.where((first == last) & ~contradictory, first, INCONNUE))
    of_sales, of_payments = ranks
    return np.select(
        [
            (sales == NON) & (payments == NON),
            sales == OUI,
            (payments == OUI) & ((sales == NON) | (of_sales == of_payments)),
        ],
        [SANS_RYTHME, of_sales, of_payments],
        INCONNUE,
    )


def _periodes_of(
    met: pd.DataFrame, decided: pd.DataFrame, loi: Loi, au: date
) -> list[Periode | tuple[None, None, None]]:
    """Return the next period to send of each situation that has a known rhythm and date."""
    found: dict[tuple[int, int, int], Periode | tuple[None, None, None]] = {}
    keys = list(
        zip(decided["rythme"], decided["date_min"], met["Régime TVA"], strict=True)
    )  # fmt: skip
    for key in set(keys):
        rythme, start, regime = map(int, key)
        if rythme < 0:
            found[key] = NO_PERIODE
            continue
        first = date.fromordinal(start)
        delai = loi.at(f"delai_{REGIME_CODES[regime]}", max(first, au))
        found[key] = next_periode(rythme, first, au, delai)
    known = decided["date_min"] == decided["date_max"]
    return [found[key] if sure else NO_PERIODE for key, sure in zip(keys, known, strict=True)]


def _answers_of(truth: Codes, days: Codes) -> np.ndarray:
    """Return a date where an obligation applies, else one of the two words."""
    numbers, places = np.unique(days, return_inverse=True)
    dates = _objects([date.fromordinal(int(n)) for n in numbers])
    words = _objects([SANS_OBJET, A_CONFIRMER])
    return np.where(truth == OUI, dates[places], words[np.minimum(truth, INCONNU)])


def _objects(values: Sequence[object]) -> np.ndarray:
    """Return an array of objects, dates left as they are."""
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array
