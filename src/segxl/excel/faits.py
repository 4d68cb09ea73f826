"""The sheet Faits: what the entries of each client measure, beside what Clients says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from segxl.excel.own_tables import replace_exercices
from segxl.excel.port import Workbook
from segxl.excel.refusals import refuse_stranger

TABLE = SHEET = "Faits"
WIDTHS = {
    "Dossier": 12,
    "Date de début": 12,
    "Date de fin": 12,
    "Fait": 36,
    "Valeur": 13,
    "Unité": 9,
    "État": 13,
    "D’après": 72,
    "Colonne": 25,
    "Valeur de Clients": 15,
    "Lecture": 20,
    "Fichier": 27,
    "Lu le": 12,
}
NOTE = (
    "Mesuré dans les écritures (FEC). Une case vide de Clients prend la mesure ; une valeur saisie n’est jamais remplacée : les deux sont ici, et la colonne Lecture les compare : filtrez-la sur « écart ».\n"
    "« Peu fiable » : un indice, à confirmer avec le client. « Non dérivable » : ces écritures ne le disent pas."
)


def write_faits(workbook: Workbook, lignes: Sequence[Mapping[str, object]]) -> None:
    """Put facts on the sheet; those of a client and an exercise that were there are replaced.

    Raises
    ------
    SaisieError
        A table of that name is not segxl's.
    """
    new = pd.DataFrame(lignes, columns=[*WIDTHS], dtype=object)
    # The unit of nothing says nothing.
    new["Unité"] = new["Unité"].where(new["Valeur"].notna(), None)
    if not workbook.has_table(TABLE):
        workbook.add_table(TABLE, SHEET, WIDTHS, note=NOTE)
    replace_exercices(workbook, TABLE, WIDTHS, new, "Date de fin")


def read_faits(workbook: Workbook) -> pd.DataFrame:
    """Return the facts on the sheet, as typed; no row without a table Faits.

    Raises
    ------
    SaisieError
        A table of that name is not segxl's.
    """
    if not workbook.has_table(TABLE):
        return pd.DataFrame(columns=[*WIDTHS], dtype=object)
    tableau = workbook.read_table(TABLE).canonical(WIDTHS)
    refuse_stranger(tableau, ("Dossier", "Date de fin", "Fait", "Valeur"))
    lignes = tableau.lignes.reindex(columns=[*WIDTHS])
    return lignes[lignes["Dossier"].notna()]
