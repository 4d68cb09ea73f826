"""What clients think of the firm: CSAT from 1 to 5, NPS from 0 to 10, never on a handful of answers.

CSAT is the « top-2-box »: the share of 4 and 5. NPS is the share of promoters (9 and 10) minus
that of detractors (0 to 6), from -100 to 100.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from numbers import Real

import pandas as pd

CSAT, NPS = SCORES = ("CSAT", "NPS")
ECHELLES = {CSAT: (1, 5), NPS: (0, 10)}
"""The lowest and the highest answer of each scale, both included."""
LEAST = 5
"""Under five answers one client moves the figure by 20 points or more, and can be recognised."""
PORTEFEUILLE, SANS_SEGMENT = "Portefeuille", "Sans segment"
AUCUNE, TROP_PEU = "aucune réponse", "trop peu de réponses"
_SATISFIED, _PROMOTER, _DETRACTOR = 4, 9, 6
_PERCENT = 100.0


def is_on_scale(value: object, score: str) -> bool:
    """Tell whether a value is an answer of one scale: whole, between its ends.

    >>> [is_on_scale(v, "CSAT") for v in (5, 1.0, 0, 6, 4.5, None, True)]
    [True, True, False, False, False, False, False]
    """
    if isinstance(value, bool) or not isinstance(value, Real):
        return False
    least, most = ECHELLES[score]
    number = float(value)
    return number.is_integer() and least <= number <= most


def csat(notes: Iterable[object]) -> float | None:
    """Return the share of 4 and 5 among the answers, from 0 to 100; None without any.

    Blanks and answers off the scale count for nothing, nor in the number of answers.

    >>> csat([5, 4, 3, None, 6])
    66.66666666666667
    """
    answers = _answers(notes, CSAT)
    satisfied = sum(1 for note in answers if note >= _SATISFIED)
    return _PERCENT * satisfied / len(answers) if answers else None


def nps(notes: Iterable[object]) -> float | None:
    """Return the share of 9 and 10 minus that of 0 to 6, from -100 to 100; None without any answer.

    >>> nps([10, 9, 10, 4]), nps([11, None])
    (50.0, None)
    """
    answers = _answers(notes, NPS)
    balance = sum((note >= _PROMOTER) - (note <= _DETRACTOR) for note in answers)
    return _PERCENT * balance / len(answers) if answers else None


def _answers(notes: Iterable[object], score: str) -> list[float]:
    """Keep the answers of one scale."""
    return [float(n) for n in notes if isinstance(n, Real) and is_on_scale(n, score)]


def measure_satisfaction(
    reponses: pd.DataFrame, groupes: pd.Series, least: int = LEAST
) -> pd.DataFrame:
    """Measure each group of answers: a client, a segment, the whole portfolio.

    Parameters
    ----------
    reponses : DataFrame of object, shape (n, 2 or more)
        ``CSAT`` and ``NPS``, None where not answered.
    groupes : Series, shape (n,)
        The group of each answer, same index; an answer without a group is left out.
    least : int, optional
        Under this many answers nothing is told. One client by itself needs a single one.

    Returns
    -------
    DataFrame
        One row per group, in the order they first appear, and three columns per score: its value,
        None where it is not told; ``n CSAT``, the number of answers; ``motif CSAT``, why the value
        is not told, blank where it is.

    Examples
    --------
    >>> told = pd.DataFrame({"CSAT": [5, 4, 5, 1, 4, 3], "NPS": [9, 9, 2, 10, None, None]})
    >>> measure_satisfaction(told, pd.Series("Portefeuille", told.index)).loc["Portefeuille"].tolist()
    [66.66666666666667, 6, '', None, 4, 'trop peu de réponses']
    """
    rules = {CSAT: csat, NPS: nps}
    rows: dict[object, list[object]] = {}
    for groupe, theirs in reponses.groupby(groupes, sort=False):
        cells: list[object] = []
        for score, rule in rules.items():
            count = len(_answers(theirs[score], score))
            motif = "" if count >= least else TROP_PEU if count else AUCUNE
            cells += [None if motif else rule(theirs[score]), count, motif]
        rows[groupe] = cells
    headers = [h for score in SCORES for h in (score, f"n {score}", f"motif {score}")]
    return pd.DataFrame.from_dict(rows, orient="index", columns=headers, dtype=object)


def measure_portefeuille(
    reponses: pd.DataFrame, segments: pd.Series, order: Sequence[str]
) -> pd.DataFrame:
    """Measure the whole portfolio, then each segment, in the order of the rules.

    ``segments`` gives that of each answer; those of clients without one come last, together. An
    answer that is not in its index is nobody's: it counts for the portfolio alone.
    """
    whole = pd.Series(PORTEFEUILLE, reponses.index, dtype=object)
    named = segments.astype(object).where(segments.notna(), SANS_SEGMENT)
    each = measure_satisfaction(reponses, named)
    known = dict.fromkeys([*order, *each.index.drop(SANS_SEGMENT, errors="ignore"), SANS_SEGMENT])
    rows = [measure_satisfaction(reponses, whole), each.loc[[s for s in known if s in each.index]]]
    return pd.concat([frame for frame in rows if len(frame)] or rows[:1])
