"""Who carries what: clients, hours and meetings of each person, segment by segment, against what they can hold."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from segxl.domain.capacite import Capacity
from segxl.domain.planning import A_ATTRIBUER
from segxl.domain.saisie import parse_column
from segxl.domain.textes import fold

HEADERS = QUI, SEGMENT, CLIENTS, HEURES, EFFORT, PREVUS, CAPACITE, ECART, ALERTE = (
    "Collaborateur",
    "Segment",
    "Clients",
    "Heures, 12 mois",
    "Effort des étapes",
    "Rendez-vous prévus",
    "Capacité, 12 mois",
    "Marge de rendez-vous",
    "Alerte",
)
TOTAL, TOUS = "Total", "Tous"
SURCHARGE = "Trop de rendez-vous pour douze mois"
MOIS = 12
COMPTES = (CLIENTS, HEURES, EFFORT, PREVUS)


def share_work(
    suivis: pd.DataFrame,
    temps: pd.DataFrame,
    prevus: pd.DataFrame,
    capacite: Capacity,
    segments: Sequence[str],
) -> pd.DataFrame:
    """Add up the work of each person by segment.

    Parameters
    ----------
    suivis : DataFrame, shape (n, 4)
        The clients: ``QUI``, ``SEGMENT``, ``CLIENTS``, 1 for one who is still there and 0 for one
        who left, ``EFFORT``, from 1 to 5 for the next step, 0 without one; indexed by folded dossier.
    temps : DataFrame
        ``Dossier``, folded, ``QUI`` and ``HEURES`` of a year; hours without a name are those of
        whoever follows the client, and those of an unknown dossier are left out.
    prevus : DataFrame
        ``Dossier``, folded, and ``QUI`` of each meeting to come, with a day or not.
    capacite : Capacity
        Meetings a month of each person.
    segments : sequence of str
        In the order to tell.

    Returns
    -------
    DataFrame of object, columns ``HEADERS``
        First the total of everybody, then each person by name, whoever is nobody last: a total,
        with what they can hold in a year, then their segments. Whoever only works on files,
        without a client of their own nor a meeting, is asked to hold none.
    """
    facts = pd.concat(
        [
            suivis.reset_index(drop=True),
            _beside(temps, suivis),
            _beside(prevus.assign(**{PREVUS: 1.0}), suivis),
        ]
    ).reindex(columns=[QUI, SEGMENT, *COMPTES])
    facts[list(COMPTES)] = facts[list(COMPTES)].astype("float64").fillna(0.0)
    names = facts[QUI].where(facts[QUI].notna(), "")
    named = names.map(lambda nom: " ".join(str(nom).split()) or A_ATTRIBUER)
    keys = parse_column(named, fold)
    facts[QUI] = keys.map(named.groupby(keys).agg(lambda spelt: spelt.mode().iloc[0]))
    facts = facts[facts[list(COMPTES)].gt(0).any(axis="columns")]
    by_segment = facts.groupby([QUI, SEGMENT])[list(COMPTES)].sum()
    rows: list[dict[str, object]] = []
    for nom in sorted(by_segment.index.unique(QUI), key=_rank):
        lines = by_segment.loc[nom].reindex([s for s in segments if (nom, s) in by_segment.index])
        meets = nom != A_ATTRIBUER and bool(lines[[CLIENTS, PREVUS]].to_numpy().any())
        rows.append(_total_of(nom, lines.sum(), MOIS * capacite.of(nom) if meets else None))
        rows += [
            {QUI: nom, SEGMENT: segment, **_counts(line)} for segment, line in lines.iterrows()
        ]
    everybody = [row for row in rows if row[SEGMENT] == TOTAL]
    known = [held for row in everybody if isinstance(held := row[CAPACITE], int)]
    total = _total_of(TOUS, by_segment.sum(), sum(known) if known else None)
    told = pd.DataFrame([total, *rows] if rows else [], columns=[*HEADERS], dtype=object)
    return told.where(told.notna(), None)


def find_overloaded(told: pd.DataFrame) -> list[str]:
    """Say who has more meetings to hold than twelve months can take; see :func:`share_work`."""
    over = told[told[ALERTE].notna()]
    return [
        f"{row[QUI]} : {row[PREVUS]} rendez-vous prévus, {row[CAPACITE]} possibles en douze mois"
        for row in over.to_dict("records")
    ]


def _beside(lines: pd.DataFrame, suivis: pd.DataFrame) -> pd.DataFrame:
    """Give each line the segment of its client, and whoever follows it where nobody is named."""
    kept = lines[lines["Dossier"].isin(suivis.index)]
    theirs = suivis.loc[kept["Dossier"]].set_axis(kept.index)
    blank = kept[QUI].isna() | (kept[QUI].astype(str).str.strip() == "")
    return kept.assign(**{QUI: kept[QUI].where(~blank, theirs[QUI]), SEGMENT: theirs[SEGMENT]})


def _total_of(nom: str, sums: pd.Series, room: int | None) -> dict[str, object]:
    counts = _counts(sums)
    left = None if room is None else room - int(sums[PREVUS])
    over = left is not None and left < 0
    alerte = SURCHARGE if over and nom != TOUS else None
    return {QUI: nom, SEGMENT: TOTAL, **counts, CAPACITE: room, ECART: left, ALERTE: alerte}


def _counts(sums: pd.Series) -> dict[str, object]:
    """Return counts as cells show them: nothing rather than a grid of zeros."""
    whole = {h: int(sums[h]) or None for h in (CLIENTS, EFFORT, PREVUS)}
    return {**whole, HEURES: round(float(sums[HEURES]), 2) or None}


def _rank(nom: str) -> tuple[bool, str]:
    return nom == A_ATTRIBUER, fold(nom)
