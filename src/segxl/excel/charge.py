"""The sheet Charge: the work of each person, segment by segment, against what they can hold."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from segxl.domain.repartition import (
    ALERTE,
    CAPACITE,
    CLIENTS,
    ECART,
    EFFORT,
    HEADERS,
    HEURES,
    PREVUS,
    QUI,
    SEGMENT,
    SURCHARGE,
    TOTAL,
)
from segxl.excel.own_tables import make_table
from segxl.excel.plan import RED
from segxl.excel.port import Workbook
from segxl.excel.refusals import refuse_stranger

TABLE, SHEET = "ChargeEquipe", "Charge"
WIDTHS: Mapping[str, float] = {
    QUI: 24,
    SEGMENT: 18,
    CLIENTS: 9,
    HEURES: 12,
    EFFORT: 12,
    PREVUS: 13,
    CAPACITE: 13,
    ECART: 14,
    ALERTE: 36,
}
PALE = ("#DCE6F1", "#1F1F1F")
"""What makes the line of each person stand out from those of its segments."""
NOTE = (
    "Qui porte quoi, pour répartir les dossiers : ce n’est pas une évaluation. Refait à chaque clic sur « Plan ».\n"
    "Clients : « Collaborateur » de Clients, présents. Heures : feuille Temps, douze mois. Effort des étapes : de 1 (facile) à 5 (long) par client, d’après la Grille. Rendez-vous prévus : tous ceux du plan, encore à tenir.\n"
    "Capacité : douze fois « Rendez-vous par mois et par collaborateur » de Paramètres, ou « Capacité AB » pour AB seul ; vide pour qui ne suit aucun client. Marge négative : il faut déplacer des dossiers, ou du temps."
)


def write_charge(workbook: Workbook, rows: pd.DataFrame) -> None:
    """Put the work in place of the last one; the sheet appears with the first plan.

    Raises
    ------
    SaisieError
        A table of that name is not segxl's.
    """
    if workbook.has_table(TABLE):
        refuse_stranger(workbook.read_table(TABLE).canonical(WIDTHS), (QUI, SEGMENT, ECART))
    make_table(workbook, TABLE, SHEET, WIDTHS, NOTE)
    workbook.replace_rows(TABLE, rows[[*HEADERS]].where(rows.notna(), None))
    workbook.paint_words(TABLE, SEGMENT, [*HEADERS[: HEADERS.index(ECART)]], {TOTAL: PALE})
    workbook.paint_words(TABLE, ALERTE, [ECART, ALERTE], {SURCHARGE: RED})
