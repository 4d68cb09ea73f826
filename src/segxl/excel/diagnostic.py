"""The sheet Diagnostic: what is at risk, the fact, what it may lead to, what to do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from segxl.domain.segments.diagnostic import Diagnostic
from segxl.excel.own_tables import make_table
from segxl.excel.port import Workbook
from segxl.excel.refusals import refuse_stranger

TABLE = SHEET = "Diagnostic"
RISQUE, CONSTAT, CONSEQUENCE, SOLUTION = HEADERS = ("Risque", "Constat", "Conséquence", "Solution")
WIDTHS: Mapping[str, float] = {RISQUE: 26, CONSTAT: 52, CONSEQUENCE: 46, SOLUTION: 56}
NOTE = (
    "Ce que disent les chiffres du jour, à lire de gauche à droite, le plus pressant en haut. Le constat vient de vos feuilles ; la solution est une proposition, à vous d’en décider. Refait à chaque clic sur « Segments ».\n"
    "Limites à changer dans Paramètres, en ajoutant une ligne : « Part d’un client au plus » (10 % sans elle), « Part de clients sans marge connue au plus » (25 %)."
)
RIEN = "Aucun risque relevé"


def write_diagnostic(workbook: Workbook, diagnostic: Sequence[Diagnostic]) -> None:
    """Put the findings in place of the last ones; the sheet appears with the first.

    Raises
    ------
    SaisieError
        A table of that name is not segxl's.
    """
    if workbook.has_table(TABLE):
        refuse_stranger(workbook.read_table(TABLE).canonical(WIDTHS), HEADERS)
    make_table(workbook, TABLE, SHEET, WIDTHS, NOTE)
    rows = [(x.risque, x.constat, x.consequence, x.solution) for x in diagnostic]
    none = [(RIEN, None, None, None)]
    workbook.replace_rows(TABLE, pd.DataFrame(rows or none, columns=[*HEADERS], dtype=object))
