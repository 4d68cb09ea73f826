"""Whom to see first: one rank out of three figures that stay three, and the reason in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from segxl.domain.anomalies import file_error
from segxl.domain.grille import NOTE_MAX
from segxl.domain.notation import round_note
from segxl.domain.parametres import require_parametre
from segxl.domain.reglages import Reglages
from segxl.domain.statuts import (
    AUCUNE,
    CONTACTEE,
    EMISSION,
    EXPIRE,
    MANDAT_A_SIGNER,
    MANDAT_SIGNE,
    RECEPTION,
    REFUSE,
)
from segxl.domain.textes import fold
from segxl.domain.urgence import CHOISIE

URGENCE, PREPARATION, ENJEU = "Urgence", "Préparation", "Enjeu"
POIDS: Mapping[str, tuple[str, float]] = {
    URGENCE: ("Poids de l’urgence", 3),
    PREPARATION: ("Poids de la préparation", 2),
    ENJEU: ("Poids de l’enjeu", 1),
}
"""The setting that weighs each figure, and its weight where the setting is blank."""
MOST_POIDS = 100
SITUATIONS: Mapping[str, str] = {
    AUCUNE: "sans plateforme",
    CONTACTEE: "plateforme contactée",
    CHOISIE: "plateforme choisie, à activer",
    MANDAT_A_SIGNER: "mandat à signer",
    MANDAT_SIGNE: "mandat signé, plateforme à activer",
    RECEPTION: "réception active",
    EMISSION: "réception et émission actives",
    EXPIRE: "plateforme expirée",
    REFUSE: "plateforme refusée",
}
INCONNUE = "plateforme inconnue"
MIDDLE, HIGH = 7, 13
"""Where a mark out of 20 stops being low, and starts being high."""
NIVEAUX: Mapping[str, Sequence[str]] = {
    "préparation": ("faible", "moyenne", "avancée"),
    "enjeu": ("faible", "moyen", "élevé"),
}
FORMULE = (
    "Priorité : rang du score ({} × urgence + {} × (20 – note FE) + {} × enjeu) ÷ {} ; un chiffre inconnu ne compte pas, ni son poids.",
    "À égalité : la date légale la plus proche, puis l’enjeu le plus élevé, puis le numéro de dossier.",
    "Urgence : 20 à la date légale et après, un point de moins par 20 jours d’avance, 0 quand il ne reste rien à faire.",
)
"""How the rank is found, its weights left open."""
_DIGITS = re.compile(r"\d+")
_WIDTH = 20


def poids_of(reglages: Reglages) -> dict[str, float]:
    """Return the weight of each figure: ``Urgence``, ``Préparation``, ``Enjeu``.

    Raises
    ------
    SaisieError
        A weight is no number from 0 to 100, or all three are zero.
    """
    poids = {
        figure: require_parametre(reglages, nom, default, 0, MOST_POIDS)
        for figure, (nom, default) in POIDS.items()
    }
    if not any(poids.values()):
        names = ", ".join(f"« {nom} »" for nom, _ in POIDS.values())
        raise file_error(
            "Paramètres", 0, f"{names} sont tous à zéro", "donnez un poids à l’un d’eux au moins"
        )
    return poids


def rank_priorites(
    dossiers: pd.Series,
    note_fe: pd.Series,
    urgence: pd.DataFrame,
    enjeu: pd.Series,
    poids: Mapping[str, float],
) -> pd.DataFrame:
    """Rank the clients that have a dated step of the law left.

    The score is the weighted mean of urgency, of what readiness lacks (20 – note FE) and of the
    stake, rounded to 0.1; a figure that is unknown is left out with its weight. Equal scores are
    ranked by fewer days left, then by the higher stake, then by the number of the dossier, so
    that the order of the sheet never counts.

    Parameters
    ----------
    dossiers : Series of str, shape (n,)
        The keys of the clients, no two alike.
    note_fe, enjeu : Series of float, shape (n,)
        Out of 20; NaN where unknown.
    urgence : DataFrame, shape (n, 5)
        See ``urgence.measure_urgence``; same index.
    poids : mapping of str to float
        See :func:`poids_of`.

    Returns
    -------
    DataFrame, shape (n, 3), same index
        ``Priorité``, 1 first, missing for who is out of scope, has nothing left or awaits an
        answer on the law; ``Score`` out of 20; ``Raison de la priorité``. The last two go with it.
    """
    left = urgence["Jours restants"].notna().to_numpy()
    figures = {
        URGENCE: urgence["Urgence"].to_numpy(),
        PREPARATION: NOTE_MAX - note_fe.to_numpy(dtype=float),
        ENJEU: enjeu.to_numpy(dtype=float),
    }
    scores = np.where(left, _weigh(figures, poids), np.nan)
    rows = left.nonzero()[0]
    days = urgence["Jours restants"].to_numpy(dtype=float, na_value=np.nan)
    order = _order_of(dossiers.iloc[rows], scores[rows], days[rows], figures[ENJEU][rows])
    ranks = np.full(len(left), np.nan)
    ranks[rows[order]] = np.arange(1, len(rows) + 1)
    reasons = np.full(len(left), None, dtype=object)
    reasons[rows] = _reasons_of(urgence.iloc[rows], note_fe.iloc[rows], enjeu.iloc[rows])
    return pd.DataFrame(
        {
            "Priorité": pd.array(ranks, dtype="Int64"),
            "Score": scores,
            "Raison de la priorité": reasons,
        },
        index=dossiers.index,
    ).astype({"Raison de la priorité": object})


def _order_of(
    dossiers: pd.Series, scores: np.ndarray, days: np.ndarray, stakes: np.ndarray
) -> np.ndarray:
    """Return the places of clients, the first to see first; what is unknown comes last."""
    lowest = [np.nan_to_num(figure, nan=-1) for figure in (stakes, scores)]
    return np.lexsort((natural_ranks(dossiers), -lowest[0], days, -lowest[1]))


def explain_formule(poids: Mapping[str, float]) -> str:
    """Say how the rank is found, with the weights of the firm, in three lines.

    >>> print(explain_formule({"Urgence": 3, "Préparation": 2, "Enjeu": 1}).split(" ; ")[0])
    Priorité : rang du score (3 × urgence + 2 × (20 – note FE) + 1 × enjeu) ÷ 6
    """
    weights = [poids[URGENCE], poids[PREPARATION], poids[ENJEU]]
    told = [f"{w:g}".replace(".", ",") for w in (*weights, sum(weights))]
    return "\n".join(FORMULE).format(*told)


def name_formule() -> str:
    """Say how the rank is found, each weight by the name of its setting, in three lines.

    >>> print(name_formule().split(" ; ")[0])
    Priorité : rang du score (poids de l’urgence × urgence + poids de la préparation × (20 – note FE) + poids de l’enjeu × enjeu) ÷ somme des poids (feuille Paramètres)
    """
    names = [nom[:1].lower() + nom[1:] for nom, _ in POIDS.values()]
    return "\n".join(FORMULE).format(*names, "somme des poids (feuille Paramètres)")


def _weigh(figures: Mapping[str, np.ndarray], poids: Mapping[str, float]) -> np.ndarray:
    """Return the weighted mean of the figures that are known, NaN where none counts."""
    values = np.column_stack([figures[f] for f in POIDS])
    weights = np.where(np.isnan(values), 0.0, [poids[f] for f in POIDS])
    total = weights.sum(axis=1)
    mean = np.full(len(values), np.nan)
    np.divide((np.nan_to_num(values) * weights).sum(axis=1), total, out=mean, where=total > 0)
    return round_note(mean)


def natural_key(dossier: object) -> tuple[str, str]:
    """Return what sorts D2 before D10, and tells « 01 » from « 1 ».

    >>> sorted(["D10", "d2", "D1"], key=natural_key)
    ['D1', 'd2', 'D10']
    """
    text = str(dossier)
    return _DIGITS.sub(lambda digits: digits[0].zfill(_WIDTH), fold(text)), text


def natural_ranks(dossiers: pd.Series) -> np.ndarray:
    """Return the place of each dossier in their natural order."""
    keys = [*map(natural_key, dossiers)]
    ranks = np.empty(len(keys), dtype=np.int64)
    ranks[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
    return ranks


def _reasons_of(urgence: pd.DataFrame, note_fe: pd.Series, enjeu: pd.Series) -> pd.Series:
    """Say in words what makes each rank."""
    codes = urgence.groupby(
        ["Étape légale", "Jours restants", "Statut retenu"], dropna=False, sort=False
    ).ngroup()
    firsts = urgence[~codes.duplicated().to_numpy()]
    told = np.array(
        [
            _due_text(str(e), int(j), SITUATIONS.get(str(s), INCONNUE))
            for e, j, s in zip(
                firsts["Étape légale"],
                firsts["Jours restants"],
                firsts["Statut retenu"],
                strict=True,
            )
        ],
        dtype=object,
    )
    due = pd.Series(told[codes.to_numpy()] if len(codes) else told, index=urgence.index)
    return due + " ; " + _marks_of("préparation", note_fe) + " ; " + _marks_of("enjeu", enjeu) + "."


def _due_text(etape: str, days: int, situation: str) -> str:
    """Say what is due, since or until when.

    >>> _due_text("réception", -82, "sans plateforme"), _due_text("émission", 1, "réception active")
    ('Réception due depuis 82 jours, sans plateforme', 'Émission due dans 1 jour, réception active')
    >>> _due_text("émission", 0, "réception active")
    'Émission due aujourd’hui, réception active'
    """
    if not days:
        return f"{etape.capitalize()} due aujourd’hui, {situation}"
    when = "depuis" if days < 0 else "dans"
    plural = "s" if abs(days) > 1 else ""
    return f"{etape.capitalize()} due {when} {abs(days)} jour{plural}, {situation}"


def _marks_of(figure: str, marks: pd.Series) -> pd.Series:
    """Say how high each mark out of 20 is, in the words of its figure."""
    low, middle, high = NIVEAUX[figure]
    texts = {
        mark: f"{figure} {high if mark >= HIGH else middle if mark >= MIDDLE else low} "
        f"({f'{mark:.1f}'.replace('.', ',')}/20)"
        for mark in marks.dropna().unique()
    }
    unknown = f"{figure} inconnue" if figure == "préparation" else f"{figure} inconnu"
    return marks.map(texts).astype(object).where(marks.notna(), unknown)
