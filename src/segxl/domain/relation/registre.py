"""The register of complaints and the Journal: each complaint typed once, in either sheet.

A line « Réclamation » of the Journal opens a complaint of the register. From then on, « Clos le »
typed in one of the two closes it in both.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from datetime import date

import pandas as pd

from segxl.domain.journal import is_reclamation
from segxl.domain.relation.paliers import PROFESSIONNEL, RECUE, REPONDUE, Reclamation
from segxl.domain.textes import fold

ECRITS = ("e-mail", "courrier")
"""Channels that are writing, folded."""
SOCIETES = frozenset(
    "sa sas sasu sarl eurl snc scs sca selarl selas selasu selca sci scm scp scea gaec earl".split()  # noqa: SIM905  a list of words reads best as a line
)
"""Forms of companies: what these persons complain about is never a consumer's matter."""


def complaints_of(journal: pd.DataFrame) -> pd.DataFrame:
    """Return the lines of the Journal that are complaints, open or not."""
    told = [is_reclamation(word) for word in journal["Type"]]
    return journal[pd.Series(told, journal.index, dtype=bool)]


def pair_journal(
    journal: pd.DataFrame, registre: Mapping[int, Reclamation], formes: Mapping[str, str]
) -> tuple[dict[int, int], dict[int, Reclamation]]:
    """Find each complaint of the Journal in the register.

    Parameters
    ----------
    journal : DataFrame of object
        See ``excel.journal.read_journal``.
    registre : mapping
        Excel row → complaint.
    formes : mapping
        Folded number of a client → its « Forme juridique ».

    Returns
    -------
    dict of int to int
        Row of the Journal → row of the register.
    dict of int to Reclamation
        The complaints to add to the register, by row of the Journal, the oldest first.
    """
    told = complaints_of(journal)
    lines = {int(str(row)): cells for row, cells in told.to_dict("index").items()}
    paires: dict[int, int] = {}
    for mine, its in _KEYS:
        taken = {*paires.values()}
        free = {row: its(r) for row, r in registre.items() if row not in taken}
        waiting = {row: mine(cells) for row, cells in lines.items() if row not in paires}
        paires |= dict(_match(waiting, free))
    added = {row: line for row, line in lines.items() if row not in paires}
    ordered = sorted(added, key=lambda row: (_day(added[row]["Date"]) or date.max, fold(added[row]["Dossier"]), _objet(added[row])))  # fmt: skip
    return paires, {row: _opened(added[row], formes) for row in ordered}


def _match(
    waiting: Mapping[int, Hashable], free: Mapping[int, Hashable]
) -> Iterator[tuple[int, int]]:
    """Pair the rows that share a key, each once."""
    places: dict[Hashable, list[int]] = {}
    for row, key in free.items():
        places.setdefault(key, []).append(row)
    for row, key in waiting.items():
        if rows := places.get(key):
            yield row, rows.pop(0)


def _day(cell: object) -> date | None:
    return cell if isinstance(cell, date) else None


def _objet(cells: Mapping[Hashable, object]) -> str:
    return fold(cells["Objet"] or "")


# Whoever corrects the day or the subject of a complaint in the register makes no second one.
_KEYS: tuple[
    tuple[Callable[[Mapping[Hashable, object]], Hashable], Callable[[Reclamation], Hashable]], ...
] = (
    (
        lambda line: (fold(line["Dossier"]), _day(line["Date"]), _objet(line)),
        lambda r: (fold(r.dossier), r.recue_le, fold(r.objet)),
    ),
    (
        lambda line: (fold(line["Dossier"]), _objet(line)),
        lambda r: (fold(r.dossier), fold(r.objet)),
    ),
    (
        lambda line: (fold(line["Dossier"]), _day(line["Date"])),
        lambda r: (fold(r.dossier), r.recue_le),
    ),
)


def _opened(line: Mapping[Hashable, object], formes: Mapping[str, str]) -> Reclamation:
    """Return the complaint that a line of the Journal opens."""
    jour, closed = _day(line["Date"]), _day(line["Clos le"])
    is_written = fold(line["Canal"] or "") in ECRITS
    return Reclamation(
        dossier=str(line["Dossier"]),
        recue_le=jour,
        ecrite_le=jour if is_written else None,
        objet=str(line["Objet"] or ""),
        qualite=qualite_of(formes.get(fold(line["Dossier"]), "")),
        etape=RECUE,
        clos_le=closed,
    )


def qualite_of(forme: str) -> str:
    """Return what the legal form alone tells of a client: a company is no consumer.

    >>> qualite_of("S.A.R.L."), qualite_of("EI")
    ('Professionnel', '')
    """
    return PROFESSIONNEL if fold(forme).replace(".", "").replace(" ", "") in SOCIETES else ""


def find_closed(
    journal: pd.DataFrame, registre: Mapping[int, Reclamation], au: date
) -> tuple[dict[int, date], dict[int, date]]:
    """Find the complaints closed in one sheet only; a day to come closes nothing yet.

    Returns
    -------
    dict of int to date
        What the register closes: row of the Journal → day.
    dict of int to date
        What the Journal closes: row of the register → day.
    """
    in_journal: dict[int, date] = {}
    in_registre: dict[int, date] = {}
    for line, row in pair_journal(journal, registre, {})[0].items():
        typed, its = _day(journal.at[line, "Clos le"]), registre[row].clos_le
        if typed is None and its is not None and its <= au:
            in_journal[line] = its
        elif typed is not None and typed <= au and its is None:
            in_registre[row] = typed
    return in_journal, in_registre


def first_open(
    registre: Mapping[int, Reclamation], closed: Collection[int], au: date
) -> dict[str, int]:
    """Return the folded number of each client with an open complaint → the row of its oldest.

    ``closed`` are the rows that the Journal closes.
    """
    still = [(_since(r), row) for row, r in registre.items() if row not in closed and r.is_open(au)]
    found: dict[str, int] = {}
    for _, row in sorted(still):
        found.setdefault(fold(registre[row].dossier), row)
    return found


def find_to_answer(
    registre: Mapping[int, Reclamation], closed: Collection[int], au: date
) -> dict[str, int]:
    """Return the folded number of each client with an open complaint → the row of the one to answer.

    The oldest without an answer yet; where all have one, the oldest. ``closed`` are the rows that
    the Journal closes.
    """
    waiting = {row: r for row, r in registre.items() if r.etape != REPONDUE}
    return first_open(registre, closed, au) | first_open(waiting, closed, au)


def find_open(
    journal: pd.DataFrame, registre: Mapping[int, Reclamation], au: date
) -> dict[str, date | None]:
    """Return the folded number of each client with an open complaint → since when, None if unknown."""
    closed = find_closed(journal, registre, au)[1]
    told = [registre[row] for row in first_open(registre, closed, au).values()]
    told += [r for r in pair_journal(journal, registre, {})[1].values() if r.is_open(au)]
    found: dict[str, date] = {}
    for r in told:
        cle = fold(r.dossier)
        found[cle] = min(_since(r), found.get(cle, date.max))
    return {cle: None if jour == date.max else jour for cle, jour in found.items()}


def find_answered(
    journal: pd.DataFrame, registre: Mapping[int, Reclamation], au: date
) -> dict[str, str]:
    """Return the folded number of each client that waits for no answer to its open complaints → their step.

    The firm has answered them all, or the oldest is before a mediator, the Conseil régional or the
    court.
    """
    closed = find_closed(journal, registre, au)[1]
    alone = {
        fold(r.dossier) for r in pair_journal(journal, registre, {})[1].values() if r.is_open(au)
    }
    steps = {cle: registre[row].etape for cle, row in find_to_answer(registre, closed, au).items()}
    return {c: e for c, e in steps.items() if e not in {"", RECUE} and c not in alone}


def _since(reclamation: Reclamation) -> date:
    return reclamation.recue_le or reclamation.ecrite_le or date.max
