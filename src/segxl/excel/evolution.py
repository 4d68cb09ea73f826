"""The sheet Évolution: each figure of the portfolio before and after, and the difference in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from segxl.domain.evolution import Move, shown, shown_move
from segxl.excel.own_tables import make_table
from segxl.excel.port import Workbook
from segxl.excel.refusals import refuse_stranger

TABLE, SHEET = "Evolution", "Évolution"
MESURE, ACTUEL, LECTURE = "Mesure", "Au dernier calcul", "Lecture"
PREMIER, AU_PREMIER, DEPUIS_PREMIER = (
    "Premier calcul le",
    "Au premier calcul",
    "Depuis le premier",
)
PRECEDENT, AU_PRECEDENT, DEPUIS_PRECEDENT = (
    "Calcul précédent le",
    "Au précédent",
    "Depuis le précédent",
)
WIDTHS: Mapping[str, float] = {
    MESURE: 18,
    PREMIER: 12,
    AU_PREMIER: 14,
    PRECEDENT: 12,
    AU_PRECEDENT: 14,
    ACTUEL: 14,
    DEPUIS_PREMIER: 14,
    DEPUIS_PRECEDENT: 14,
    LECTURE: 62,
}
NOTE = (
    "Avant, après : chaque chiffre de la feuille Historique à son premier calcul, au précédent et au dernier. Refait à chaque clic sur « Segments ».\n"
    "En vert : les couleurs Vert et Vert clair. Sans plateforme : aucune, seulement contactée, expirée, refusée ou inconnue. Tous deux, comme la note : clients présents que la réforme concerne."
)


def write_evolution(workbook: Workbook, evolutions: Iterable[Move]) -> None:
    """Put the measures in place of the last ones; the sheet appears with the first.

    Raises
    ------
    SaisieError
        A table of that name is not segxl's.
    """
    if workbook.has_table(TABLE):
        refuse_stranger(workbook.read_table(TABLE).canonical(WIDTHS), (MESURE, ACTUEL, LECTURE))
    make_table(workbook, TABLE, SHEET, WIDTHS, NOTE)
    rows = [_row_of(x) for x in evolutions]
    frame = pd.DataFrame(rows, columns=[*WIDTHS], dtype=object)
    workbook.replace_rows(TABLE, frame.where(frame.notna(), None))


def _row_of(told: Move) -> dict[str, object]:
    row: dict[str, object] = {MESURE: told.mesure, LECTURE: told.lecture}
    if told.actuel is not None:
        row[ACTUEL] = shown(told.mesure, told.actuel)
    for since, headers in (
        (told.premier, (PREMIER, AU_PREMIER, DEPUIS_PREMIER)),
        (told.precedent, (PRECEDENT, AU_PRECEDENT, DEPUIS_PRECEDENT)),
    ):
        if since:
            day, value = since
            row |= {headers[0]: day, headers[1]: shown(told.mesure, value)}
            if told.actuel is not None:
                row[headers[2]] = shown_move(told.mesure, value, told.actuel)
    return row
