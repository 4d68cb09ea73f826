"""When each client was last spoken or written to, and where that stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import pandas as pd

from segxl.domain.enquete import DOSSIER, JOUR
from segxl.domain.journal import exchanges_of
from segxl.domain.saisie import parse_date
from segxl.domain.textes import fold

ORIGINES = ("Journal", "Réclamations", "Enquête", "Courriers")
"""Where a contact may stand; of two on one day, the first of these is told."""
INTERNE = "usage interne"
"""What « Statut » says of a sheet that never leaves the firm."""
Contact = tuple[date, str]


def gather_traces(
    journal: pd.DataFrame,
    reclamations: Iterable[tuple[str, date | None]],
    reponses: pd.DataFrame,
    envois: Iterable[tuple[str, date | None]],
) -> dict[str, list[tuple[object, object]]]:
    """Return the contacts of each sheet, pairs (dossier, day), under its place in ``ORIGINES``."""
    journal = exchanges_of(journal)
    sheets = (
        zip(journal[DOSSIER], journal[JOUR], strict=True),
        reclamations,
        zip(reponses[DOSSIER], reponses[JOUR], strict=True),
        envois,
    )
    return {name: [*pairs] for name, pairs in zip(ORIGINES, sheets, strict=True)}


def last_contacts(
    traces: Mapping[str, Iterable[tuple[object, object]]], au: date
) -> dict[str, Contact]:
    """Return the folded number of each client → its last contact, and where it stands.

    Parameters
    ----------
    traces : mapping of str to iterable
        One of ``ORIGINES`` → pairs (dossier, day); a pair without a day counts for nothing.
    au : date
        What is dated later has not happened.

    Examples
    --------
    >>> told = {"Courriers": [("D1", date(2026, 5, 2))], "Journal": [("d1", date(2026, 5, 2))]}
    >>> last_contacts(told, date(2026, 11, 22))
    {'d1': (datetime.date(2026, 5, 2), 'Journal')}
    """
    found: dict[str, Contact] = {}
    for origine in ORIGINES:
        for dossier, jour in traces.get(origine, ()):
            if not isinstance(jour, date) or jour > au:
                continue
            cle = fold(dossier)
            if cle not in found or jour > found[cle][0]:
                found[cle] = (jour, origine)
    return found


def sent_day(jour: date | None, statut: object) -> date | None:
    """Return the day a letter left, None for a draft: only one marked « envoyé » was sent.

    >>> sent_day(date(2026, 5, 2), "Envoyé le 04/05/2026"), sent_day(date(2026, 5, 2), "À valider")
    (datetime.date(2026, 5, 4), None)
    """
    words = fold(statut or "")
    if not words.startswith("envoye"):
        return None
    return parse_date(words.rpartition(" ")[2]) or jour


def is_internal(statut: object) -> bool:
    """Tell whether the « Statut » of a draft says that it stays in the firm: it is no letter.

    >>> is_internal("Usage interne"), is_internal("à valider"), is_internal(None)
    (True, False, False)
    """
    return fold(statut or "") == fold(INTERNE)
