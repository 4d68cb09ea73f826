"""What keeps an answer « à confirmer »: the column to fill, the contradiction, the unsure text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np
import pandas as pd

from segxl.domain.champ import (
    AFTER_SALES,
    CONTRADICTIONS,
    PAIEMENTS,
    RECEPTION,
    TRANSACTIONS,
    VENTES,
    apply_anywhere,
    find_contradictions,
    find_doutes,
)
from segxl.domain.gathering import gather
from segxl.domain.loi import Loi
from segxl.domain.motifs import find_motifs
from segxl.domain.situation import EXONERE, INCONNUE, SIMPLIFIE
from segxl.domain.tailles import FIGURES
from segxl.domain.ternary import INCONNU, NON, Codes, Masque

LABELS = {
    "taille": "Taille",
    "reception": "Réception",
    "emission": "Émission",
    "ereporting_transactions": "E-reporting des ventes",
    "ereporting_paiements": "E-reporting des paiements",
    "rythme": "Rythme",
}
ALONE = ""
AT_THE_EARLIEST = "au plus tôt le"
Piece = tuple[Masque, tuple[str, str]]
"""Where, and what is told there: the answer it leaves open, or none; the sentence."""


def explain_doutes(met: pd.DataFrame, decided: pd.DataFrame, loi: Loi) -> np.ndarray:
    """Say for each situation what is to be confirmed, as ``motifs.explain_motifs`` says why.

    Returns
    -------
    array of tuple of str, shape (k,)
        One sentence per doubt, led by the answers that it leaves open.
    """
    pieces = [
        *_about_answers(met, decided, loi),
        *_about_size(met, decided, loi),
        *_about_rythme(met, decided, loi),
        *_earliest_days(decided, loi),
        *_about_the_law(met, decided, loi),
    ]
    return gather(pieces, _sentences_of)


def reason_of(sentence: str) -> str:
    """Return a doubt without the answers that it leaves open.

    >>> reason_of("Taille, Émission : « CA HT » n’est pas connu"), reason_of("Mayotte : à voir")
    ('« CA HT » n’est pas connu', 'Mayotte : à voir')
    """
    heads, _, reason = sentence.partition(" : ")
    return reason if set(heads.split(", ")) <= set(LABELS.values()) else sentence


def _sentences_of(held: list[tuple[str, str]]) -> tuple[str, ...]:
    """Write each doubt once, after the answers that it leaves open.

    >>> _sentences_of([("Taille", "Effectif manque"), ("Émission", "Effectif manque"), ("", "seul")])
    ('Taille, Émission : Effectif manque', 'seul')
    """
    told: dict[str, list[str]] = {}
    for label, sentence in held:
        told.setdefault(sentence, []).append(label)
    return tuple(
        f"{heads} : {sentence}" if (heads := ", ".join(filter(None, labels))) else sentence
        for sentence, labels in told.items()
    )


def _about_answers(met: pd.DataFrame, decided: pd.DataFrame, loi: Loi) -> Iterator[Piece]:
    """Yield what leaves open whether an obligation applies; contradictions wherever they are."""
    applies = apply_anywhere(met, loi)
    unknown = {o: truth == INCONNU for o, truth in applies.items()}
    unknown["rythme"] = _is_open_rythme(decided, applies)
    for mask, sentence, reach in find_doutes(met, loi):
        for answer in reach:
            yield mask & unknown[answer], (LABELS[answer], sentence)
    for name, mask in find_contradictions(met).items():
        yield mask, (ALONE, CONTRADICTIONS[name])


def _is_open_rythme(decided: pd.DataFrame, applies: Mapping[str, Codes]) -> Masque:
    """Tell where the rhythm is unknown though there may be something to send."""
    sends = (applies[TRANSACTIONS] != NON) | (applies[PAIEMENTS] != NON)
    return np.asarray(sends & (decided["rythme"].to_numpy() == INCONNUE))


def _about_size(met: pd.DataFrame, decided: pd.DataFrame, loi: Loi) -> Iterator[Piece]:
    """Yield the figures that leave open a category, and through it a date."""
    applies = apply_anywhere(met, loi)
    undated = decided["date_min"].to_numpy() != decided["date_max"].to_numpy()
    open_size = met["taille_min"].to_numpy() != met["taille_max"].to_numpy()
    for header in FIGURES:
        blank, sentence = met[header].to_numpy() == 1, f"« {header} » n’est pas connu"
        yield blank & open_size, (LABELS["taille"], sentence)
        for obligation in AFTER_SALES:
            yield blank & undated & (applies[obligation] != NON), (LABELS[obligation], sentence)


def _about_rythme(met: pd.DataFrame, decided: pd.DataFrame, loi: Loi) -> Iterator[Piece]:
    """Yield what leaves the rhythm open besides the obligations themselves."""
    unknown = _is_open_rythme(decided, apply_anywhere(met, loi))
    regime = met["Régime TVA"].to_numpy()
    end = loi.value("fin_regime_simplifie", "date")
    label = LABELS["rythme"]
    yield unknown & (regime == INCONNUE), (label, "« Régime TVA » n’est pas connu")
    yield unknown & (regime == EXONERE), (label, "le régime de la part taxée n’est pas connu")
    yield (
        unknown & (regime == SIMPLIFIE),
        (label, f"le régime simplifié finit le {end:%d/%m/%Y}, demandez celui qui le remplace"),
    )


def _earliest_days(decided: pd.DataFrame, loi: Loi) -> Iterator[Piece]:
    """Yield the first day from which an open obligation may apply."""
    first = loi.value(RECEPTION, "date")
    yield decided[RECEPTION].to_numpy() == INCONNU, (LABELS[RECEPTION], _at_the_earliest(first))
    low, high = decided["date_min"].to_numpy(), decided["date_max"].to_numpy()
    for day in np.unique(low):
        sentence = _at_the_earliest(date.fromordinal(int(day)))
        for obligation in AFTER_SALES:
            truth = decided[obligation].to_numpy()
            is_open = (truth == INCONNU) | ((truth != NON) & (low != high))
            yield is_open & (low == day), (LABELS[obligation], sentence)


def _about_the_law(met: pd.DataFrame, decided: pd.DataFrame, loi: Loi) -> Iterator[Piece]:
    """Yield the texts that an answer rests on and that are not sure themselves."""
    for mask, _, fait in find_motifs(met, decided, loi):
        # What is sold is told with the answers that it leaves open.
        if fait.a_confirmer and fait.code not in VENTES:
            yield mask, (ALONE, f"{fait.libelle}, à confirmer")


def _at_the_earliest(day: date) -> str:
    return f"{AT_THE_EARLIEST} {day:%d/%m/%Y}"
