"""The five steps of the method: how far the firm is in each, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from segxl.domain.couleurs import A_CONFIRMER
from segxl.domain.reglages import Reglages
from segxl.domain.resultats import Resultats
from segxl.domain.textes import fold, join_words

METHODE = (
    ("1. Préparer la grille", "Grille"),
    ("2. Collecter les réponses", "Clients"),
    ("3. Établir les profils", "Segments"),
    ("4. Agir", "Paramètres"),
    ("5. Suivre", "Tableau de bord"),
)
SHOWN = 2


@dataclass(frozen=True, slots=True)
class Etape:
    """One step: how far (0 to 1) and what is missing, in words."""

    avancement: float
    manque: str


def measure_etapes(
    resultats: Resultats, reglages: Reglages, cabinet: Mapping[str, str], courriers: int
) -> pd.DataFrame:
    """Say how far each step of the method has gone.

    Parameters
    ----------
    resultats : Resultats
        The dossiers and their results.
    reglages : Reglages
        The firm's policy.
    cabinet : mapping of str to str
        The letterhead fields; empty where nobody filled them.
    courriers : int
        How many dossiers already have a letter.

    Returns
    -------
    DataFrame, shape (5, 4)
        ``Étape``, ``Avancement`` from 0 to 1, ``Ce qui manque``, ``Où aller``.
    """
    steps = (
        _prepare(reglages, cabinet),
        _collect(resultats, reglages),
        _profile(resultats, reglages),
        _act(resultats, courriers),
        _follow(resultats, reglages),
    )
    return pd.DataFrame(
        [
            (nom, round(e.avancement, 3), e.manque, where)
            for (nom, where), e in zip(METHODE, steps, strict=True)
        ],
        columns=["Étape", "Avancement", "Ce qui manque", "Où aller"],
    )


def list_indicateurs(resultats: Resultats, today: date, partis: int = 0) -> pd.DataFrame:
    """Return the figures of the home sheet: ``Indicateur``, ``Valeur``, ``Lecture``.

    ``resultats`` has the clients who are still there; ``partis`` counts the others.
    """
    lignes, scope = resultats.lignes, resultats.in_scope
    notes = lignes["Note FE"][scope].dropna()
    unsure = int((lignes["Couleur"] == A_CONFIRMER).sum())
    out = int((~scope).sum())
    mean = round(float(notes.mean()) + 1e-9, 1) if len(notes) else None
    complete = lignes["Complétude"][scope].mean()
    rows = [
        ("Dossiers", len(lignes), f"dans le portefeuille{_tell_partis(partis)}"),
        ("Dossiers notés", len(notes), f"hors champ non compris : {out}"),
        ("Note moyenne", mean, "sur 20, dossiers dans le champ"),
        (
            "Complétude moyenne",
            round(float(complete), 3) if scope.any() else None,
            "part des réponses connues",
        ),
        ("Hors champ", out, "dossiers que la réforme ne concerne pas"),
        ("À confirmer", unsure, "dossiers sans aucune réponse"),
        ("Dernier calcul", f"{today:%d/%m/%Y}", "date du dernier « Noter »"),
    ]
    return pd.DataFrame(rows, columns=["Indicateur", "Valeur", "Lecture"], dtype=object)


def _tell_partis(partis: int) -> str:
    """Say how many clients who left are not in a count.

    >>> _tell_partis(0), _tell_partis(1), _tell_partis(12)
    ('', ', 1 parti non compris', ', 12 partis non compris')
    """
    return f", {_count(partis, 'parti')} non compris" if partis else ""


def _prepare(reglages: Reglages, cabinet: Mapping[str, str]) -> Etape:
    # A sentence that a firm leaves blank says nothing in its letters, and lacks nowhere.
    asked = [champ for champ in cabinet if not fold(champ).startswith("phrase")]
    blank = [champ for champ in asked if not cabinet[champ]]
    done = 0.5 + 0.5 * (1 - len(blank) / len(asked)) if asked else 1.0
    criteres = f"{len(reglages.criteres)} critères et {len(reglages.segments)} segments prêts."
    if not blank:
        return Etape(done, criteres)
    more = " …" if len(blank) > SHOWN else ""
    return Etape(
        done,
        f"{criteres} En-tête du cabinet : {_count(len(blank), 'champ')} à remplir ({join_words(blank[:SHOWN])}{more}).",
    )


def _collect(resultats: Resultats, reglages: Reglages) -> Etape:
    niveaux = resultats.mesure.niveaux[resultats.in_scope]
    asked = resultats.mesure.applicables[resultats.in_scope]
    if niveaux.empty:
        return Etape(0.0, "Importez votre liste de clients ou saisissez un premier dossier.")
    missing = (niveaux.isna() & asked).sum().sort_values(ascending=False, kind="stable")
    total = int(missing.sum())
    if not total:
        return Etape(1.0, "Toutes les réponses sont là.")
    libelles = {c.code: c.libelle for c in reglages.fe.criteres}
    first = f"« {libelles[str(missing.index[0])]} » ({_count(int(missing.iloc[0]), 'client')})"
    return Etape(
        1 - total / int(asked.to_numpy().sum()),
        f"{_count(total, 'réponse')} à compléter, d’abord {first}.",
    )


def _profile(resultats: Resultats, reglages: Reglages) -> Etape:
    lignes = resultats.lignes
    if lignes.empty:
        return Etape(0.0, "Les segments apparaîtront après le premier « Noter ».")
    unsure = [r.segment for r in reglages.regles if "Complétude" in r.conditions]
    waiting = int(lignes["Segment"].isin(unsure).sum())
    if not waiting:
        return Etape(1.0, "Chaque dossier a son segment.")
    return Etape(1 - waiting / len(lignes), f"{_count(waiting, 'dossier')} encore à qualifier.")


def _act(resultats: Resultats, courriers: int) -> Etape:
    scope = int(resultats.in_scope.sum())
    if not scope:
        return Etape(0.0, "Les courriers se préparent après le premier « Noter ».")
    left = max(scope - courriers, 0)
    text = (
        f"{_count(left, 'dossier')} sans courrier préparé."
        if left
        else "Chaque dossier a son courrier."
    )
    return Etape(min(courriers / scope, 1.0), text)


def _follow(resultats: Resultats, reglages: Reglages) -> Etape:
    scope = resultats.lignes[resultats.in_scope]
    best = [c.nom for c in reglages.couleurs if c.seuil is not None][-1]
    if scope.empty:
        return Etape(0.0, "Le suivi commence avec les premières notes.")
    reached = int((scope["Couleur"] == best).sum())
    return Etape(
        reached / len(scope),
        f"{_count(len(scope) - reached, 'dossier')} pas encore en {best.lower()}. Relancez « Noter » chaque mois.",
    )


def _count(number: int, noun: str) -> str:
    r"""Write a count with its noun.

    >>> _count(1, "dossier"), _count(1200, "dossier")
    ('1 dossier', '1\u202f200 dossiers')
    """
    plural = 2
    return f"{number:,} {noun}".replace(",", "\u202f") + ("s" if number >= plural else "")
