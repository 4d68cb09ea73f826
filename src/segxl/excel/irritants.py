"""The sheet Irritants: what rubs along the client's journey, typed; what it costs, computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.parcours.irritants import (
    ACTION,
    DOSSIERS,
    ETAPE,
    FAIT,
    FOIS,
    IRRITANT,
    MINUTES,
    RESPONSABLE,
    VALEUR,
    Irritant,
    parse_irritants,
)
from segxl.excel.own_tables import make_table
from segxl.excel.port import Workbook
from segxl.excel.refusals import refuse_stranger

TABLE = SHEET = "Irritants"
RESULTS = COUT, RANG, LECTURE = "Coût mensuel (€)", "Rang", "Lecture"
WIDTHS: Mapping[str, float] = {
    ETAPE: 20,
    VALEUR: 11,
    IRRITANT: 44,
    MINUTES: 10,
    FOIS: 10,
    DOSSIERS: 20,
    RESPONSABLE: 14,
    ACTION: 36,
    FAIT: 12,
    COUT: 12,
    RANG: 7,
    LECTURE: 30,
}
NOTE = (
    "Ce qui gêne les clients, ou vous, le long du parcours : une ligne par irritant, ce qu’il coûte de temps chaque fois, et combien de fois par mois (tous dossiers ensemble).\n"
    "Coût mensuel = minutes × fois par mois × taux horaire moyen (feuille Temps, sinon les « Taux horaire » de Paramètres). « Valeur de l’étape » : ce qu’elle apporte au client (faible, moyenne, forte), une fois par étape suffit.\n"
    "Rang : ce qui gêne à une étape de forte valeur d’abord, puis ce qui prend le plus de temps. « Fait le » le sort du classement.\n"
    "Le premier irritant est rappelé dans la feuille Bilan relationnel : commencez par lui."
)


def read_irritants(workbook: Workbook) -> tuple[tuple[Irritant, ...], tuple[Anomalie, ...]]:
    """Return what was typed, and what cannot be read of it.

    Raises
    ------
    SaisieError
        A table of that name is not segxl's.
    """
    if not workbook.has_table(TABLE):
        return (), ()
    table = workbook.read_table(TABLE).canonical(WIDTHS)
    refuse_stranger(table, (IRRITANT, MINUTES, FOIS))
    return parse_irritants(table)


def write_irritants(workbook: Workbook, irritants: Sequence[Irritant]) -> None:
    """Write costs and ranks beside what was typed; the sheet appears empty, to be filled."""
    is_new = not workbook.has_table(TABLE)
    make_table(workbook, TABLE, SHEET, WIDTHS, NOTE)
    if is_new:
        return
    known = {x.ligne: x for x in irritants}
    index = workbook.read_table(TABLE).lignes.index
    rows = [_cells(known.get(int(str(row)))) for row in index]
    workbook.write_columns(TABLE, pd.DataFrame(rows, index, [*RESULTS], dtype=object))


def _cells(irritant: Irritant | None) -> tuple[float | None, int | None, str | None]:
    """Return the results of a row; none for one that says nothing any more."""
    if irritant is None:
        return None, None, None
    cout = None if irritant.cout is None else round(irritant.cout, 2)
    return cout, irritant.rang, irritant.lecture or None
