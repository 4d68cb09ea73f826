"""The sheet Croisement: readiness and value side by side, and whom to see first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from segxl.domain.valeur import releve as v
from segxl.domain.valeur.croisement import (
    CLASSE,
    CLIENTS,
    ENSEMBLE,
    PREPARATIONS,
    SANS_CLASSE,
    SANS_NOTE,
    Croisement,
)
from segxl.excel.complements import A_VOIR
from segxl.excel.own_tables import make_table
from segxl.excel.port import Workbook
from segxl.excel.refusals import refuse_stranger

TABLE = SHEET = "Croisement"
METHODE = "Méthode"
WIDTHS: Mapping[str, float] = {
    CLASSE: 13,
    **dict.fromkeys((*PREPARATIONS, SANS_NOTE, CLIENTS), 11),
    "Honoraires": 13,
    "Marge (€)": 13,
    "Part des heures": 10,
    "Part de la marge": 10,
    A_VOIR: 70,
    METHODE: 11,
}
NOTE = (
    "La valeur d’un client (sa classe, en ligne) et sa préparation à la facturation électronique (sa note, en colonne) : deux questions, jamais mélangées. Chaque case compte des clients.\n"
    "Peu prêts : note sous 8 ; Prêts : à partir de 12 ; ou vos « Seuils de préparation (notes sur 20) », dans Paramètres. Sans note : rien n’a été répondu, ou hors champ.\n"
    "À voir d’abord : les peu prêts des classes A et B, la classe puis la note la plus basse d’abord ; leur rang est dans la feuille Valeur. Si vous ajoutez à Clients une colonne « Criticité » (Forte, Moyenne ou Faible), les plus critiques de chaque classe passent devant. Sans aucun coût connu, les classes sont celles d’ABC, sur les honoraires."
)
SHOWN = 8
_SUMS = {"Honoraires": v.HONORAIRES, "Marge (€)": v.MARGE_EUROS}
_SHARES = {"Part des heures": v.PART_HEURES, "Part de la marge": v.PART_MARGE}


def write_croisement(workbook: Workbook, croisement: Croisement, dossiers: Sequence[str]) -> None:
    """Put the matrix in place of the last one.

    Raises
    ------
    SaisieError
        A table of that name is not segxl's.
    """
    if workbook.has_table(TABLE):
        known = workbook.read_table(TABLE).canonical(WIDTHS)
        refuse_stranger(known, (CLASSE, CLIENTS))
    make_table(workbook, TABLE, SHEET, WIDTHS, NOTE)
    lignes = croisement.lignes
    columns: dict[str, object] = {
        **{h: lignes[h] for h in (CLASSE, *PREPARATIONS, SANS_NOTE, CLIENTS)},
        **{h: lignes[column] / 100 for h, column in _SUMS.items()},
        **{h: lignes[column] for h, column in _SHARES.items()},
        A_VOIR: [_names(croisement, dossiers, str(name)) for name in lignes[CLASSE]],
        METHODE: croisement.methode,
    }
    frame = pd.DataFrame(columns)[[*WIDTHS]].astype(object)
    workbook.replace_rows(TABLE, frame.where(frame.notna(), None))


def _names(croisement: Croisement, dossiers: Sequence[str], name: str) -> str | None:
    """Return the clients of a class to see first, the first of them when they are many."""
    if name in {SANS_CLASSE, ENSEMBLE}:
        return None
    first = croisement.list_first(dossiers, name)
    more = len(first) - SHOWN
    told = ", ".join(first[:SHOWN])
    return (f"{told} et {more} autre{'s' if more > 1 else ''}" if more > 0 else told) or None
