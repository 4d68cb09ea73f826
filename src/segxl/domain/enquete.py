"""The answers of a survey beside those on record: which are new, which come too soon.

A client is asked once in sixty days at most: what it says again sooner is kept, and counts for
nothing, so that nobody weighs twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from segxl.domain.ecoute.importance import IMPORTANT
from segxl.domain.sans_dossier import is_named
from segxl.domain.satisfaction import SCORES
from segxl.domain.textes import fold

DOSSIER, JOUR, FICHIER, SANS_DATE = "Dossier", "Date", "fichier", "sans_date"
TOLD = (*SCORES, IMPORTANT)
"""What one answer may say."""
JOURS_ENTRE = 60
"""Days between two surveys of one client."""
NOUVELLE, CONNUE, COMPLETE, DOUBLON = "nouvelle", "connue", "complète", "doublon"


@dataclass(slots=True, kw_only=True)
class _Trace:
    """One answer met before; ``row`` is its row of the sheet, or None, ``told`` its label."""

    jour: object
    fichier: str
    scores: dict[str, object] = field(default_factory=dict)
    row: int | None = None
    told: object = None


def pair_reponses(known: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """Say of each answer whether it is on record.

    Parameters
    ----------
    known : DataFrame of object
        The answers on record, index = Excel rows: ``Dossier``, ``Date``, ``CSAT``, ``NPS``, what
        matters where the table has it, and ``fichier``, the export that each came from.
    told : DataFrame of object
        Those of the exports, in their order, with ``sans_date`` as well: one without a date is
        known by its export and its scores.

    Returns
    -------
    DataFrame of object
        Same index as ``told``. ``sort`` is one of the four words; ``avec`` the Excel row of the
        answer that is known or completed, or the label of the one that it repeats.
    """
    traces: dict[str, list[_Trace]] = {}
    for row, line in zip(known.index, known.to_dict("records"), strict=True):
        trace = _trace_of(line)
        trace.row = int(row)
        traces.setdefault(fold(line[DOSSIER]), []).append(trace)
    fates = []
    for label, line in zip(told.index, told.to_dict("records"), strict=True):
        theirs = traces.setdefault(fold(line[DOSSIER]), [])
        trace = _trace_of(line)
        trace.told = label
        fate, before = _judge(trace, theirs, undated=bool(line[SANS_DATE]))
        if before is None:
            theirs.append(trace)
        fates.append((fate, None if before is None else _place_of(before)))
    return pd.DataFrame(fates, index=told.index, columns=["sort", "avec"], dtype=object)


def _trace_of(line: Mapping[object, object]) -> _Trace:
    scores = {s: line.get(s) for s in TOLD}
    return _Trace(jour=line[JOUR], fichier=fold(line[FICHIER]), scores=scores)


def _place_of(trace: _Trace) -> object:
    return trace.told if trace.row is None else trace.row


def _judge(trace: _Trace, theirs: list[_Trace], *, undated: bool) -> tuple[str, _Trace | None]:
    """Return what an answer is beside those of the same client, and the one it meets."""
    for other in theirs:
        same_day = trace.jour == other.jour or (undated and trace.fichier == other.fichier)
        if not same_day or not _agree(trace, other):
            continue
        if not [*_added(trace, other)]:
            return (DOUBLON if other.row is None else CONNUE), other
        if other.row is not None:
            other.scores |= dict(_added(trace, other))
            return COMPLETE, other
    return NOUVELLE, None


def _agree(trace: _Trace, other: _Trace) -> bool:
    """Tell whether two answers share a score and differ on none; what matters decides without any."""
    pairs = [(trace.scores[s], other.scores[s]) for s in TOLD]
    both = [(mine, its) for mine, its in pairs[:-1] if mine is not None and its is not None]
    both = both or [pair for pair in pairs[-1:] if None not in pair]
    return bool(both) and all(mine == its for mine, its in both)


def _added(trace: _Trace, other: _Trace) -> Iterator[tuple[str, object]]:
    """Yield the scores that one answer has and the other has not."""
    for score in TOLD:
        if trace.scores[score] is not None and other.scores[score] is None:
            yield score, trace.scores[score]


def find_early(reponses: pd.DataFrame) -> pd.Series:
    """Say of each answer whether its client had answered less than sixty days before.

    Parameters
    ----------
    reponses : DataFrame of object, shape (n, 2 or more)
        ``Dossier`` and ``Date``, a day; of two answers of one day, the first row counts.

    Returns
    -------
    Series of object, shape (n,)
        The day of the answer that counts, where one comes too soon after it; None elsewhere.

    Examples
    --------
    >>> told = pd.DataFrame({"Dossier": ["D1", "D1", "d1"],
    ...     "Date": [date(2026, 10, 1), date(2026, 11, 29), date(2026, 11, 30)]})
    >>> find_early(told).tolist()
    [None, datetime.date(2026, 10, 1), None]
    """
    counted: dict[str, date] = {}
    early: dict[object, date] = {}
    ordered = reponses.sort_values(JOUR, kind="stable")
    for row, dossier, jour in zip(ordered.index, ordered[DOSSIER], ordered[JOUR], strict=True):
        if not is_named(dossier):  # two of one name may well be two clients
            continue
        last = counted.get(fold(dossier))
        if last is None or (jour - last).days >= JOURS_ENTRE:
            counted[fold(dossier)] = jour
        else:
            early[row] = last
    return pd.Series([early.get(row) for row in reponses.index], reponses.index, dtype=object)


def find_asked(reponses: pd.DataFrame, au: date) -> dict[str, date]:
    """Return the folded number of each client that answered less than sixty days ago → the last day."""
    found: dict[str, date] = {}
    for dossier, jour in zip(reponses[DOSSIER], reponses[JOUR], strict=True):
        if 0 <= (au - jour).days < JOURS_ENTRE:
            key = fold(dossier)
            found[key] = max(jour, found.get(key, jour))
    return found


def latest_of(*asked: Mapping[str, date]) -> dict[str, date]:
    """Return the last day of each client among several records.

    >>> latest_of({"d1": date(2026, 11, 3)}, {"d1": date(2026, 10, 1), "d2": date(2026, 10, 2)})
    {'d1': datetime.date(2026, 11, 3), 'd2': datetime.date(2026, 10, 2)}
    """
    keys = dict.fromkeys(key for days in asked for key in days)
    return {key: max(days[key] for days in asked if key in days) for key in keys}


def merge_reponses(known: pd.DataFrame, told: pd.DataFrame, paired: pd.DataFrame) -> pd.DataFrame:
    """Return the answers on record as they will be: completed, with the new ones under them.

    Parameters
    ----------
    known, told, paired : DataFrame of object
        See :func:`pair_reponses`.

    Returns
    -------
    DataFrame of object
        « Dossier », « Date », « CSAT », « NPS », what matters; ``row``, the Excel row of an answer on record;
        ``label``, the one in ``told`` of a new answer; ``avant``, see :func:`find_early`.
    """
    headers = [DOSSIER, JOUR, *TOLD]
    told, here = told.reindex(columns=headers), known.reindex(columns=headers)
    here = (
        here.astype(object)
        .where(here.notna(), None)
        .assign(row=known.index, label=None)
        .astype(object)
    )
    completing = paired["avec"][paired["sort"] == COMPLETE]
    for score in TOLD:
        values = told[score].to_dict()
        for label, row in completing.items():
            blank = (here.index == row) & here[score].isna()
            here[score] = here[score].mask(blank, values[label])
    fresh = told.loc[paired["sort"] == NOUVELLE, headers]
    fresh = fresh.assign(row=None, label=fresh.index).astype(object)
    whole = pd.concat([f for f in (here, fresh) if len(f)] or [here], ignore_index=True)
    whole = whole.astype(object).where(whole.notna(), None)
    return whole.assign(avant=find_early(whole))
