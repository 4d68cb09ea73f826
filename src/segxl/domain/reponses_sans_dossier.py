"""Answers of a survey whose client is not known: they count for the portfolio, and for nobody.

Two clients may bear one name, and a form may be anonymous. Such an answer is put on record under
a name of its own, which the firm may replace by the number of the dossier.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import pandas as pd

from segxl.domain.enquete import DOSSIER, FICHIER, JOUR, SANS_DATE
from segxl.domain.sans_dossier import A_PRECISER, ANONYME, is_named
from segxl.domain.satisfaction import SCORES
from segxl.domain.textes import fold


def name_unnamed(reponses: pd.DataFrame, who: Iterable[str]) -> pd.Series:
    """Return a name for each answer without a client: the same ones whenever they are told again.

    Parameters
    ----------
    reponses : DataFrame of object, shape (n, 3 or more)
        « Date », ``CSAT`` and ``NPS``. Of several answers alike, the second bears a 2, and so on,
        so that an export that grew tells its first ones by the same names.
    who : iterable of str, length n
        What the answer says of who gave it, "" where it says nothing.

    Returns
    -------
    Series of str, same index

    Examples
    --------
    >>> told = pd.DataFrame({"Date": [1, 1, 2], "CSAT": [4, 4, 4], "NPS": [None, None, None]})
    >>> name_unnamed(told, ["Fania", "Fania", ""]).tolist()
    ['Fania (à préciser)', 'Fania (à préciser, 2)', '(anonyme)']
    """
    names = pd.Series([*who], reponses.index, dtype=object)
    alike = reponses[[JOUR, *SCORES]].assign(qui=names.map(fold))
    ranks = alike.groupby([*alike], dropna=False, sort=False).cumcount() + 1
    found = [
        f"{name} ({A_PRECISER if name else ANONYME}{f', {rank}' if rank > 1 else ''})".strip()
        for name, rank in zip(names, ranks, strict=True)
    ]
    return pd.Series(found, reponses.index, dtype=object)


def recognise_named(
    known: pd.DataFrame, told: pd.DataFrame, candidats: Mapping[object, Collection[str]]
) -> pd.Series:
    """Return the dossier of each answer told, that which the firm wrote since where it did.

    Parameters
    ----------
    known : DataFrame of object
        The answers on record, see ``excel.enquete.read_enquete``.
    told : DataFrame of object
        Those of the exports, with « Dossier », « Date », the scores, ``fichier`` and ``sans_date``.
    candidats : mapping
        Label of an answer without a client → the dossiers it may be of; any, where it has none.

    Returns
    -------
    Series of str, same index as ``told``
        An answer on record of the same export, day and scores, that no other line tells, is it.
    """
    named = told[[label not in candidats for label in told.index]]
    again = {_key(line) for line in named.to_dict("records")}
    free = [
        line
        for line in known.to_dict("records")
        if is_named(line[DOSSIER]) and _key(line) not in again
    ]
    dossiers = []
    for label, mine in zip(told.index, told.to_dict("records"), strict=True):
        allowed = candidats.get(label)
        same = [] if allowed is None else [x for x in free if _is_same(x, mine, allowed)]
        if same:
            free.remove(same[0])
        dossiers.append(same[0][DOSSIER] if same else mine[DOSSIER])
    return pd.Series(dossiers, told.index, dtype=object)


def _key(line: Mapping[object, object]) -> tuple[object, ...]:
    return fold(line[DOSSIER]), fold(line[FICHIER]), *(line[s] for s in SCORES)


def _is_same(
    known: Mapping[object, object], told: Mapping[object, object], allowed: Collection[str]
) -> bool:
    """Tell whether an answer on record is one told; an undated one bears the day it was read."""
    same_day = bool(told[SANS_DATE]) or known[JOUR] == told[JOUR]
    same_file = fold(known[FICHIER]) == fold(told[FICHIER])
    is_allowed = not allowed or fold(known[DOSSIER]) in allowed
    return same_day and same_file and is_allowed and all(known[s] == told[s] for s in SCORES)
