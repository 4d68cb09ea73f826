"""The sheet Plan as its users left it: what they typed over a proposal, what is done, what is odd."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

import numpy as np
import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.identifiants import key_of
from segxl.domain.jours_ouvres import as_days
from segxl.domain.saisie import parse_column, parse_date
from segxl.domain.tableau import Tableau
from segxl.domain.textes import fold

PROPOSES: Mapping[str, str] = {
    "Date prévue": "Date proposée",
    "Étape": "Étape proposée",
    "Responsable": "Responsable proposé",
}
"""Each column that the user may change, and the one that keeps what segxl proposed last."""
PLAN = (
    "Dossier",
    "Raison sociale",
    "Priorité",
    "Étape",
    "Responsable",
    "Date prévue",
    "Date légale",
    "Alerte",
    "Raison",
    "Fait le",
    "Remarque",
    *PROPOSES.values(),
)
"""The headers of the table Plan, in the order that its sheet shows them."""
Formules = Mapping[str, Container[int]]
"""The Excel rows that hold a formula, by header."""


def parse_plan(plan: Tableau, formules: Formules) -> pd.DataFrame:
    """Read every row of the table Plan that names a dossier.

    A cell differs from what segxl proposed when a hand changed it, or when it holds a formula;
    cleared, it asks for another proposal. A row with anything under « Fait le » is done.

    Parameters
    ----------
    plan : Tableau
        The table; a column that lacks is taken for blank.
    formules : mapping of str to container of int
        Where its cells compute.

    Returns
    -------
    DataFrame, shape (n, ≥ 23), same Excel rows
        The headers of ``PLAN`` as typed, and: ``clé``, by which a dossier is known; ``main …``,
        whether a hand holds each column of ``PROPOSES``; ``jour``, ``proposé`` and ``fait``, the
        dates read under Date prévue, Date proposée and Fait le, as ``datetime64``; ``est fait``;
        ``est premier``, the first row of its dossier that is not done.
    """
    lignes = plan.lignes.reindex(columns=[*PLAN]).astype(object)
    lignes = lignes[lignes["Dossier"].notna()]
    cle = parse_column(lignes["Dossier"], lambda value: fold(key_of(value)))
    done = lignes["Fait le"].notna()
    seen = pd.Series(cle[~done].duplicated(), index=lignes.index[~done])
    days, proposed = _days_of(lignes["Date prévue"]), _days_of(lignes["Date proposée"])
    same = {
        "Date prévue": (days == proposed) & days.notna(),
        **{h: _folded(lignes[h]) == _folded(lignes[PROPOSES[h]]) for h in ("Étape", "Responsable")},
    }
    return lignes.assign(
        clé=cle,
        **{f"main {h}": _held_by_hand(lignes[h], same[h], formules.get(h, ())) for h in PROPOSES},
        jour=days,
        proposé=proposed,
        fait=_days_of(lignes["Fait le"]),
        **{"est fait": done, "est premier": ~done & ~seen.reindex(lignes.index, fill_value=True)},
    )


def find_wrong_lignes(plan: Tableau, lignes: pd.DataFrame) -> Iterator[Anomalie]:
    """Yield the rows of the plan that segxl leaves as they are, and the dates it cannot read."""
    every = plan.lignes[plan.lignes.notna().any(axis="columns")]
    for row in every.index[every["Dossier"].isna()]:
        problem = "il manque le numéro de dossier : la ligne reste comme elle est"
        yield plan.anomalie(
            "Dossier", row, problem, "saisissez le numéro du client, ou supprimez-la"
        )
    unread = lignes["Date prévue"].notna() & lignes["jour"].isna() & ~lignes["est fait"]
    for row in lignes.index[unread]:
        problem = "« Date prévue » ne se lit pas : aucun rendez-vous n’est compté"
        yield plan.anomalie("Date prévue", row, problem, "saisissez une date, ou videz la cellule")
    doubles = ~lignes["est fait"] & ~lignes["est premier"]
    for row in lignes.index[doubles]:
        first = lignes.index[lignes["est premier"] & (lignes["clé"] == lignes.at[row, "clé"])][0]
        problem = (
            f"ce dossier a déjà une étape à faire ligne {first} : seule celle-là est tenue à jour"
        )
        remedy = "remplissez « Fait le » dans l’une des deux, ou supprimez-la"
        yield plan.anomalie("Dossier", row, problem, remedy)


def find_departed_lignes(
    plan: Tableau, lignes: pd.DataFrame, partis: Mapping[str, str]
) -> Iterator[Anomalie]:
    """Yield the rows still to do that a hand wrote for a client who is gone; they stay as they are."""
    by_hand = lignes[[f"main {h}" for h in PROPOSES]].any(axis="columns")
    typed = lignes[by_hand & lignes["est premier"]]
    for row, cle in typed["clé"].items():
        if why := partis.get(cle):
            problem = f"{why[:1].lower()}{why[1:].rstrip('.')} ; la ligne reste comme vous l’avez écrite, sans rang"
            yield plan.anomalie("Dossier", row, problem, "supprimez-la si elle n’a plus d’objet")


def _held_by_hand(typed: pd.Series, same: pd.Series, formules: Container[int]) -> pd.Series:
    """Tell where a cell is no longer what was proposed for it."""
    computed = np.fromiter((row in formules for row in typed.index), dtype=bool, count=len(typed))
    return (typed.notna() & ~same) | computed


def _folded(words: pd.Series) -> pd.Series:
    return parse_column(words, fold).where(words.notna(), "")


def _days_of(values: pd.Series) -> pd.Series:
    """Read a column of dates; NaT where blank or unreadable, or where no calendar goes."""
    days = as_days(parse_column(values, parse_date))
    return pd.Series(days.astype("datetime64[s]"), index=values.index)
