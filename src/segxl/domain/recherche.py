"""One client found by what people call it: its number, or its raison sociale."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

import pandas as pd

from segxl.domain.anomalies import file_error
from segxl.domain.textes import fold

SUGGESTED = 3


def find_row(dossiers: pd.DataFrame, nom: str, parmi: str) -> int:
    """Return the Excel row of the client of that number or name.

    Parameters
    ----------
    dossiers : DataFrame
        ``Dossier`` and, where there is one, ``Raison sociale``, indexed by Excel row.
    nom : str
        A number, else a name that one client alone bears; accents and case do not matter.
    parmi : str
        Whom it was looked for among, in French, for the message.

    Raises
    ------
    SaisieError
        Nobody, or more than one client, answers to that name; the message suggests close ones.

    Examples
    --------
    >>> dossiers = pd.DataFrame({"Dossier": ["D1"], "Raison sociale": ["Lumo Énergie"]}, index=[5])
    >>> find_row(dossiers, "lumo energie", "les clients"), find_row(dossiers, "d1", "les clients")
    (5, 5)
    """
    for names in _namings(dossiers):
        rows = names.index[names.map(fold) == fold(nom)]
        if len(rows) == 1:
            return int(rows[0])
    known = {fold(name): str(name) for names in _namings(dossiers) for name in names}
    partial = [word for word in known if fold(nom) and fold(nom) in word][:SUGGESTED]
    close = [known[w] for w in partial or get_close_matches(fold(nom), known, n=SUGGESTED)]
    remedy = (
        f"essayez par exemple {', '.join(close)}"
        if close
        else "donnez le numéro de la colonne Dossier"
    )
    raise file_error("Clients", nom, f"ce dossier n’a pas été trouvé parmi {parmi}", remedy)


def _namings(dossiers: pd.DataFrame) -> Iterator[pd.Series]:
    """Yield what a client may be called by: its number, then its name."""
    for header in ("Dossier", "Raison sociale"):
        if header in dossiers:
            yield dossiers[header].dropna()
