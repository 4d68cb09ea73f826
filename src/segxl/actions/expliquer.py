"""« Expliquer » : why one client has this note, this colour and this segment."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

import pandas as pd

from segxl.domain.anomalies import file_error
from segxl.domain.justification import Justification, justify_note
from segxl.domain.resultats import rate_dossiers
from segxl.domain.textes import fold
from segxl.excel.explication import TABLE, write_explication
from segxl.excel.port import Workbook
from segxl.excel.reglages import read_portefeuille

__all__ = ["TABLE", "run", "show"]


def run(workbook: Workbook, dossier: str) -> Justification:
    """Explain the note of one dossier, found by its number or by its raison sociale.

    Raises
    ------
    SaisieError
        The workbook cannot be scored, or no dossier answers to that name.
    """
    clients, reglages, _ = read_portefeuille(workbook)
    resultats = rate_dossiers(clients, reglages)
    for names in _namings(resultats.dossiers):
        rows = names.index[names.map(fold) == fold(dossier)]
        if len(rows) == 1:
            return justify_note(resultats, reglages, int(rows[0]))
    known = {fold(name): str(name) for names in _namings(resultats.dossiers) for name in names}
    close = [known[word] for word in get_close_matches(fold(dossier), known, n=3)]
    remedy = (
        f"essayez par exemple {', '.join(close)}"
        if close
        else "donnez le numéro de la colonne Dossier"
    )
    raise file_error(
        "Clients", dossier, "ce dossier n’a pas été trouvé parmi les dossiers notés", remedy
    )


def show(workbook: Workbook, dossier: str) -> Justification:
    """Explain the note of one dossier on a sheet of the workbook too."""
    justification = run(workbook, dossier)
    write_explication(workbook, justification)
    return justification


def _namings(dossiers: pd.DataFrame) -> Iterator[pd.Series]:
    """Yield what a client may be called by: its number, then its name."""
    for header in ("Dossier", "Raison sociale"):
        if header in dossiers:
            yield dossiers[header].dropna()
