"""The call that the answer to a complaint promises: due some days later, until somebody spoke."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pandas as pd

from segxl.domain.journal import is_reclamation
from segxl.domain.relation.paliers import REPONDUE, Reclamation
from segxl.domain.textes import fold

RAPPEL = "Rappeler après la réponse à la réclamation"
UNDATED = f"{RAPPEL} (« Étape le » est vide)"
COLUMNS = ("Suite le", "Dossier", "Suite", "Objet")


def find_rappels(
    registre: Mapping[int, Reclamation], journal: pd.DataFrame, au: date, delai: int
) -> pd.DataFrame:
    """Return the calls that are due on a day.

    A call is made once the Journal has an exchange of a later day than the answer; a new complaint
    is none. Closing the complaint on a later day than its answer ends it too: the firm and the
    client have settled. One closed with its answer is still to be called: the letter said so.

    Parameters
    ----------
    registre : mapping of int to Reclamation
        See ``excel.reclamations.read_registre``.
    journal : DataFrame of object
        See ``excel.journal.read_journal``.
    au : date
        The day of the question; an exchange to come is none yet.
    delai : int
        Days from the answer to the call.

    Returns
    -------
    DataFrame of object, shape (n, 4)
        ``COLUMNS``, in the order of the register; an answer without a day is due at once.
    """
    spoken = _last_exchanges(journal, au)
    rows = []
    for reclamation in registre.values():
        if reclamation.etape != REPONDUE:
            continue
        answered, closed = reclamation.etape_le, reclamation.clos_le
        if answered is None:
            if reclamation.is_open(au):
                rows.append((au, reclamation.dossier, UNDATED, reclamation.objet))
            continue
        is_due = (au - answered).days >= delai
        is_made = spoken.get(fold(reclamation.dossier), answered) > answered
        is_settled = closed is not None and answered < closed <= au
        if is_due and not (is_made or is_settled):
            due = answered + timedelta(days=delai)
            rows.append((due, reclamation.dossier, RAPPEL, reclamation.objet))
    return pd.DataFrame(rows, columns=[*COLUMNS], dtype=object)


def _last_exchanges(journal: pd.DataFrame, au: date) -> dict[str, date]:
    """Return the folded number of each client → the day of its last exchange."""
    spoken: dict[str, date] = {}
    lines = zip(journal["Dossier"], journal["Date"], journal["Type"], strict=True)
    for dossier, jour, word in lines:
        if isinstance(jour, date) and jour <= au and not is_reclamation(word):
            cle = fold(dossier)
            spoken[cle] = max(jour, spoken.get(cle, jour))
    return spoken
