"""The sheet Calendrier légal: every fact of law that segxl reads, with its source, to be looked at."""

from __future__ import annotations

from datetime import date

import pandas as pd

from segxl.domain.loi import RYTHMES_EN_MOTS, Fait, Loi
from segxl.domain.saisie import parse_column, parse_date
from segxl.excel.port import Workbook

TABLE, SHEET = "Loi", "Calendrier légal"
WIDTHS = {
    "Fait": 66,
    "Valeur": 34,
    "Unité": 14,
    "Valable du": 12,
    "Valable au": 12,
    "Texte": 44,
    "Source": 52,
    "Confiance": 11,
    "Vérifié le": 12,
    "À confirmer": 12,
}
WORDS = {
    "reception": "réception",
    "emission": "émission",
    "ereporting_transactions": "transmission des ventes",
    "ereporting_paiements": "transmission des encaissements",
    **RYTHMES_EN_MOTS,
}
"""How the words of the law tables are told."""


def write_loi(workbook: Workbook, loi: Loi) -> None:
    """Show the law as segxl reads it; the sheet appears at first use, then changes with the law.

    A table of the firm's that bears this name is left alone.
    """
    if not workbook.has_table(TABLE):
        workbook.add_table(TABLE, SHEET, WIDTHS, note=_note(loi))
    elif not _is_older(workbook, loi):
        return
    workbook.replace_rows(TABLE, list_faits(loi))


def list_faits(loi: Loi) -> pd.DataFrame:
    """Return one row per fact and period, the headers of ``WIDTHS``, in the order of the files."""
    rows = [_row_of(fait) for code in loi for fait in loi.periods(code)]
    return pd.DataFrame(rows, columns=list(WIDTHS), dtype=object)


def _row_of(fait: Fait) -> list[object]:
    return [
        fait.libelle,
        _shown(fait.valeur),
        fait.unite,
        fait.valable_du,
        fait.valable_au,
        fait.texte or None,
        fait.source,
        fait.confiance,
        fait.verifie_le,
        "Oui" if fait.a_confirmer else "Non",
    ]


def _shown(valeur: object) -> object:
    """Return a value as a reader expects it; a day in words of its own, as its column holds figures too."""
    if isinstance(valeur, date):
        return f"{valeur:%d/%m/%Y}"
    if valeur == ():
        return "aucune obligation"
    if isinstance(valeur, tuple):
        return " · ".join(WORDS.get(str(v), str(v)) for v in valeur)
    return WORDS.get(str(valeur), valeur)


def _note(loi: Loi) -> str:
    return (
        f"Version du {loi.version:%d/%m/%Y}. Cette feuille se lit : segxl la réécrit à chaque nouvelle version, "
        "et ce qu’on y change ne change aucun calcul.\n"
        "« Vérifié le » : jour où la source donne ce fait. segxl reprend ses sources, il n’a pas relu les textes officiels : "
        "un texte vide veut dire que la source n’en nomme pas.\n"
        "« À confirmer » : la source ne suffit pas ; aucun courrier ne cite ce fait."
    )


def _is_older(workbook: Workbook, loi: Loi) -> bool:
    """Tell whether the sheet shows other facts than these, or the same from other days."""
    shown = workbook.read_table(TABLE).canonical(WIDTHS)
    if shown.find_missing(WIDTHS):
        return False
    days = parse_column(shown.lignes["Vérifié le"], parse_date).dropna()
    ours = list_faits(loi)
    return [*days] != [*ours["Vérifié le"]] or [*shown.lignes["Fait"]] != [*ours["Fait"]]
