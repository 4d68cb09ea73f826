"""« Expliquer » : why one client has this note, this colour and this segment."""

from __future__ import annotations

from difflib import get_close_matches

from segxl.domain.anomalies import file_error
from segxl.domain.justification import Justification, justify_note
from segxl.domain.resultats import rate_dossiers
from segxl.domain.textes import fold
from segxl.excel.port import Workbook
from segxl.excel.reglages import read_portefeuille


def run(workbook: Workbook, dossier: str) -> Justification:
    """Explain the note of one dossier, found by its number or by its raison sociale.

    Raises
    ------
    SaisieError
        The workbook cannot be scored, or no dossier answers to that name.
    """
    clients, reglages, _ = read_portefeuille(workbook)
    resultats = rate_dossiers(clients, reglages)
    keys = resultats.dossiers["Dossier"].map(fold)
    names = (
        resultats.dossiers["Raison sociale"].map(fold, na_action="ignore")
        if "Raison sociale" in resultats.dossiers
        else keys
    )
    for words in (keys, names):
        if (words == fold(dossier)).sum() == 1:
            return justify_note(resultats, reglages, int(words.index[words == fold(dossier)][0]))
    close = get_close_matches(fold(dossier), [*keys, *names.dropna()], n=3)
    remedy = (
        f"essayez par exemple {', '.join(close)}"
        if close
        else "donnez le numéro de la colonne Dossier"
    )
    raise file_error(
        "Clients", dossier, "ce dossier n’a pas été trouvé parmi les dossiers notés", remedy
    )
