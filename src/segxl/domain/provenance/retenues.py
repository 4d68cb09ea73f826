"""Which answers on record count, what they make of a blank cell, and where they disagree."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.dossiers import CLE
from segxl.domain.grille import Critere
from segxl.domain.normalisation import NOMBRES
from segxl.domain.notation import Mesure
from segxl.domain.provenance.origines import NATURES, REPONSE, RESSENTI, Line, lines_of
from segxl.domain.reglages import Reglages
from segxl.domain.saisie import parse_number, whole_months
from segxl.domain.tableau import Tableau, records_of
from segxl.domain.textes import fold

TOLERANCE = 0.2
"""A typed figure within a fifth of the measure says the same: years differ, and so do exercises."""
WIDE = 2
"""Levels between two people from which their mean hides a disagreement."""
_DUST = 1e-9


def mark_stale(told: pd.DataFrame, reglages: Reglages, au: pd.Timestamp) -> pd.Series:
    """Tell which answers are older than « Périmé après » of their question; an undated one never is."""
    stale = pd.Series(data=False, index=told.index)
    for critere in reglages.criteres:
        if critere.peremption_mois is not None:
            asked = told["question"] == critere.libelle
            months = pd.DateOffset(months=whole_months(critere.peremption_mois))
            stale |= asked & (told["jour"] + months < au)
    return stale


def retain(told: pd.DataFrame) -> pd.DataFrame:
    """Keep the answers that count for each client and question.

    Of one author and nature the latest; of several natures the surest, whatever is stale coming
    after whatever is not.

    Parameters
    ----------
    told : DataFrame
        See ``origines.parse_reponses``, with ``perime``.
    """
    ordered = told.sort_values("jour", kind="stable", na_position="first")
    latest = ordered.drop_duplicates(["row", "question", "rang", "auteur"], keep="last")
    places = latest["rang"] + latest["perime"] * len(NATURES)
    best = places.groupby([latest["row"], latest["question"]]).transform("min")
    return latest[places == best].sort_index()


def fill_blanks(dossiers: pd.DataFrame, retained: pd.DataFrame) -> pd.DataFrame:
    """Answer the blank cells of which the answers that count say one thing.

    Parameters
    ----------
    dossiers : DataFrame, shape (n, m)
        The clients as the scorers read them.
    retained : DataFrame
        See :func:`retain`.

    Returns
    -------
    DataFrame, shape (n, m)
        A copy; what was typed stays.
    """
    asked = retained[retained["niveau"].notna()]
    spread = asked.groupby(["row", "question"])["niveau"].agg(["min", "max"])
    single = spread.index[spread["max"] - spread["min"] < _DUST]
    said = asked.drop_duplicates(["row", "question"], keep="last").set_index(["row", "question"])
    columns: dict[str, pd.Series] = {}
    for question, answers in said.loc[single].reset_index().groupby("question"):
        column = columns.setdefault(str(question), dossiers[str(question)].astype(object))
        blank = answers[answers["row"].isin(column.index[column.isna()])]
        column.loc[blank["row"]] = blank["reponse"].to_numpy()
    return dossiers.assign(**columns)


def average_blanks(mesure: Mesure, retained: pd.DataFrame) -> Mesure:
    """Give the blank answers of which people disagree the mean of their levels."""
    codes = {c.libelle: c.code for c in mesure.grille.criteres}
    asked = retained[retained["niveau"].notna() & retained["question"].isin(codes)]
    if asked.empty:
        return mesure
    means = asked.groupby(["row", "question"])["niveau"].mean().unstack().rename(columns=codes)  # noqa: PD010  one value each
    means = means.reindex(index=mesure.niveaux.index, columns=mesure.niveaux.columns)
    blank = mesure.niveaux.isna() & mesure.applicables
    niveaux = mesure.niveaux.where(~blank, means)
    return Mesure(grille=mesure.grille, niveaux=niveaux, applicables=mesure.applicables)


def find_gaps(
    clients: Tableau, typed: pd.DataFrame, retained: pd.DataFrame, reglages: Reglages
) -> Iterator[Anomalie]:
    """Yield the cells of Clients that say another thing than a surer answer on record."""
    criteres = {c.libelle: c for c in reglages.criteres}
    compared = retained["question"].isin([*criteres, *NOMBRES])
    surer = retained[compared & (retained["rang"] < NATURES.index(RESSENTI))]
    records = _records_of(typed, surer["row"])
    for line in lines_of(surer.drop_duplicates(["row", "question"], keep="last")):
        cell = records[line.row][line.question]
        if cell is None or says_the_same(cell, line.reponse, criteres.get(line.question)):
            continue
        source = f" ({line.origine})" if line.origine else ""
        yield clients.anomalie(
            line.question,
            line.row,
            f"« {line.question} » : {line.dated}, « {line.shown} »{source} ; la saisie est gardée",
            "corrigez la cellule, ou la ligne de la feuille Réponses si c’est elle qui se trompe",
        )


def find_disagreements(
    table: Tableau, typed: pd.DataFrame, retained: pd.DataFrame, reglages: Reglages
) -> Iterator[Anomalie]:
    """Yield the questions that two people answer two levels apart, or more."""
    criteres = {c.libelle: c for c in reglages.criteres}
    felt = retained[
        (retained["rang"] == NATURES.index(RESSENTI)) & retained["question"].isin(criteres)
    ]
    several = felt[felt.duplicated(["row", "question"], keep=False)]
    records = _records_of(typed, several["row"])
    for _, answers in several.groupby(["row", "question"], sort=False):
        lines = sorted(lines_of(answers), key=lambda line: line.niveau)
        question = lines[0].question
        steps = np.searchsorted(criteres[question].echelons, [n.niveau - _DUST for n in lines])
        if steps[-1] - steps[0] < WIDE:
            continue
        client = records[lines[0].row]
        kept = (
            "la moyenne est retenue"
            if client[question] is None
            else "la saisie de Clients est gardée"
        )
        yield table.anomalie(
            REPONSE,
            answers.index[-1],
            f"désaccord sur « {question} » ({client[CLE]}) : {_said(lines[0])}, {_said(lines[-1])} ; {kept}",
            "parlez-en, puis saisissez la réponse dans Clients ou corrigez une des lignes",
        )


def says_the_same(typed: object, told: object, critere: Critere | None) -> bool:
    """Tell whether two answers say one thing: the same level, the same word, a figure close to it.

    >>> says_the_same("1 150 €", 1000, None), says_the_same(600, 1000, None), says_the_same("Oui", "OUI", None)
    (True, False, True)
    """
    if fold(typed) == fold(told):
        return True
    if critere is not None and critere.type == "Liste":
        return False
    left, right = parse_number(typed), parse_number(told)
    if left is None or right is None:
        return False
    return abs(left - right) <= max(1.0, TOLERANCE * abs(right))


def _said(line: Line) -> str:
    return f"{line.nom or 'quelqu’un'} répond « {line.shown} »"


def _records_of(typed: pd.DataFrame, rows: pd.Series) -> dict[int, dict[str, object]]:
    """Return the cells of some clients; all of them would fill the memory of a large portfolio."""
    asked = typed.loc[[*dict.fromkeys(rows)]].astype(object)
    return dict(records_of(asked.where(asked.notna(), None)))
