"""The whole book at a glance: segments, colours, families, strengths, weaknesses, warnings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from segxl.domain.couleurs import HORS_CHAMP
from segxl.domain.grille import NOTE_MAX, Grille
from segxl.domain.notation import Mesure, round_note
from segxl.domain.textes import join_words

WEAKEST_COUNT = 3
Fragile = tuple[str, str, str]
"""One finding: its code in ``shipped/diagnostic.toml``, the bare fact, and a whole sentence."""


def summarise_segments(
    resultats: pd.DataFrame, mesure: Mesure, segments: Sequence[str]
) -> pd.DataFrame:
    """Describe each segment.

    Parameters
    ----------
    resultats : DataFrame, shape (n, ≥ 3)
        ``Note FE`` (NaN without a note), ``Couleur`` and ``Segment`` of each dossier.
    mesure : Mesure
        The niveaux behind the notes, same index.
    segments : sequence of str
        In the order to print.

    Returns
    -------
    DataFrame, shape (s, 5)
        ``Segment``, ``Clients``, ``Part`` of all dossiers, ``Note moyenne`` and ``Critères les plus
        faibles``: the three lowest mean niveaux. Dossiers outside the reform count as clients but
        never in a mean; a segment without any note has NaN.

    Examples
    --------
    >>> from segxl.domain.grille import Critere, Niveau
    >>> oui = (Niveau(reponse="Non", points=0), Niveau(reponse="Oui", points=1))
    >>> grille = Grille(nom="FE", criteres=tuple(Critere(code=c, libelle=c, grille="FE", famille="",
    ...     type="Liste", poids=1, niveaux=oui) for c in "AB"))
    >>> niveaux = pd.DataFrame({"A": [1.0, 1.0], "B": [0.0, 1.0]})
    >>> mesure = Mesure(grille=grille, niveaux=niveaux, applicables=niveaux.notna())
    >>> resultats = pd.DataFrame({"Note FE": [10.0, 20.0], "Couleur": ["Jaune", "Vert"], "Segment": ["Prêt"] * 2})
    >>> summarise_segments(resultats, mesure, ["Prêt"]).to_numpy().tolist()
    [['Prêt', 2, 1.0, 15.0, 'B · A']]
    """
    in_scope = resultats["Couleur"] != HORS_CHAMP
    means = resultats["Note FE"].where(in_scope).groupby(resultats["Segment"]).mean()
    counts = resultats["Segment"].value_counts()
    levels = mesure.niveaux[in_scope].groupby(resultats["Segment"][in_scope]).mean()
    return pd.DataFrame(
        {
            "Segment": list(segments),
            "Clients": [int(counts.get(s, 0)) for s in segments],
            "Part": [counts.get(s, 0) / max(len(resultats), 1) for s in segments],
            "Note moyenne": round_note(means.reindex([*segments]).to_numpy(dtype=float)),
            "Critères les plus faibles": [_weakest_of(levels, s, mesure.grille) for s in segments],
        }
    )


def count_couleurs(couleurs: pd.Series, words: Sequence[str]) -> pd.DataFrame:
    """Count the dossiers of each colour, in the order of ``words``.

    >>> count_couleurs(pd.Series(["Vert", "Rouge", "Vert"]), ["Rouge", "Vert"]).to_numpy().tolist()
    [['Rouge', 1, 0.3333333333333333], ['Vert', 2, 0.6666666666666666]]
    """
    counts = couleurs.value_counts().reindex([*words], fill_value=0)
    return pd.DataFrame(
        {
            "Couleur": list(words),
            "Clients": counts.to_numpy(),
            "Part": counts.to_numpy() / max(len(couleurs), 1),
        }
    )


def mean_notes_of_familles(mesure: Mesure, in_scope: pd.Series) -> pd.DataFrame:
    """Give each family its mean note out of 20 over the answers of in-scope dossiers.

    Within a family the critères keep their weights; NaN where nobody answered.
    """
    rows = {f: _mean_note(mesure, in_scope, f) for f in mesure.grille.familles}
    return pd.DataFrame(
        {"Famille": list(rows), "Note moyenne": round_note(np.array([*rows.values()], dtype=float))}
    )


def rank_criteres(mesure: Mesure, in_scope: pd.Series) -> pd.Series:
    """Order the critères from the best mean note out of 20 to the worst; Series libellé → note."""
    means = mesure.niveaux[in_scope].mean() * NOTE_MAX
    libelles = {c.code: c.libelle for c in mesure.grille.criteres}
    ranked = means.dropna().sort_values(ascending=False, kind="stable").rename(libelles)
    return pd.Series(round_note(ranked.to_numpy()), index=ranked.index)


@dataclass(frozen=True, kw_only=True)
class Limites:
    """Where the firm draws the line: segments in all, clients and share of the book in each, weight of one critère."""

    segments: float = 7
    clients: float = 5
    part: float = 0.05
    poids: float = 0.5


def find_warnings(segments: pd.DataFrame, grille: Grille, limites: Limites) -> list[str]:
    """Say in French what makes the segmentation fragile.

    Parameters
    ----------
    segments : DataFrame
        From :func:`summarise_segments`, without the dossiers outside the reform.
    grille : Grille
        The grid of the main note.
    limites : Limites
        The firm's limits.

    Examples
    --------
    >>> segments = pd.DataFrame({"Segment": ["Prêt", "À voir"], "Clients": [98, 2]})
    >>> find_warnings(segments, Grille(nom="FE", criteres=()), Limites())
    ['Segment « À voir » : 2 clients seulement. Mérite-t-il une action à lui ?']
    """
    return [phrase for _, _, phrase in find_fragilites(segments, grille, limites)]


def find_fragilites(
    segments: pd.DataFrame, grille: Grille, limites: Limites
) -> tuple[Fragile, ...]:
    """Find what makes the segmentation fragile, see :func:`find_warnings`."""
    held = segments[segments["Clients"] > 0]
    small = held[
        (held["Clients"] < limites.clients)
        | (held["Clients"] / max(held["Clients"].sum(), 1) < limites.part)
    ]
    heavy = [c for c in grille.criteres if c.poids > limites.poids * sum(grille.poids)]
    weight = sum(grille.poids)
    return (
        *_tell_many(len(segments), limites.segments),
        *(_tell_small(str(s), int(n)) for s, n in zip(small["Segment"], small["Clients"], strict=True)),
        *(_tell_heavy(c.libelle, c.poids / weight, limites.poids) for c in heavy),
    )  # fmt: skip


def _tell_many(count: int, most: float) -> list[Fragile]:
    if count <= most:
        return []
    phrase = f"{count} segments : au-delà de {most:g}, l’équipe s’y perd. Réunissez-en."
    return [("trop_de_segments", f"{count} segments, {most:g} au plus voulus", phrase)]


def _tell_small(nom: str, count: int) -> Fragile:
    held = f"« {nom} » : {count} client{'s' if count > 1 else ''}"
    return ("segment_trop_petit", held, f"Segment {held} seulement. Mérite-t-il une action à lui ?")


def _tell_heavy(libelle: str, part: float, most: float) -> Fragile:
    shares = [f"{share:.0%}".replace("%", "\u00a0%") for share in (part, most)]
    phrase = f"« {libelle} » pèse plus de {most:.0%} de la note".replace("%", " %")
    constat = f"« {libelle} » fait {shares[0]} de la note, {shares[1]} au plus voulus"
    return ("critere_trop_lourd", constat, f"{phrase} : elle ne mesure presque plus que lui.")


def find_unasked(dossiers: pd.DataFrame, grille: Grille) -> list[str]:
    """Say in French which critères count for nobody because the column they depend on is blank.

    Parameters
    ----------
    dossiers : DataFrame, shape (n, m)
        In-scope dossiers, with the headers that « Applicable si » reads.
    grille : Grille
        The grid of the main note.
    """
    sentences = []
    for header in dict.fromkeys(c.applicable_si.header for c in grille.criteres if c.applicable_si):
        blank = int(dossiers[header].isna().sum())
        criteres = [
            c for c in grille.criteres if c.applicable_si and c.applicable_si.header == header
        ]
        names = join_words([f"« {c.libelle} »" for c in criteres])
        if blank:
            plural = "s" if blank > 1 else ""
            sentences.append(
                f"« {header} » est vide pour {blank} dossier{plural} : {names} ne compte"
                f"{'nt' if len(criteres) > 1 else ''} pas dans leur note."
            )
    return sentences


def _weakest_of(levels: pd.DataFrame, segment: str, grille: Grille) -> str:
    """Name the three critères of lowest mean niveau in one segment."""
    if segment not in levels.index:
        return ""
    libelles = {c.code: c.libelle for c in grille.criteres}
    weakest = pd.Series(levels.loc[segment]).dropna().sort_values(kind="stable").head(WEAKEST_COUNT)
    return " · ".join(libelles[code] for code in weakest.index)


def _mean_note(mesure: Mesure, in_scope: pd.Series, famille: str) -> float:
    """Return the weighted mean niveau of one family, out of 20."""
    criteres = [c for c in mesure.grille.criteres if c.famille == famille]
    niveaux = mesure.niveaux.loc[in_scope, [c.code for c in criteres]].to_numpy()
    poids = np.array([c.poids for c in criteres])
    known = (~np.isnan(niveaux) * poids).sum()
    return float(np.nansum(niveaux * poids) / known * NOTE_MAX) if known else float("nan")
