"""The sheet Temps: who worked how long for whom, typed by hand or brought by a time sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.identifiants import key_of
from segxl.domain.saisie import is_error, parse_column, parse_date
from segxl.domain.tableau import Tableau
from segxl.domain.valeur.non_facture import read_unbilled
from segxl.domain.valeur.temps import (
    COLLABORATEUR,
    DOSSIER,
    FACTURABLE,
    HEADERS,
    HEURES,
    HEURES_FACTUREES,
    JOUR,
    SOURCE,
    TAUX,
    parse_heures,
    parse_taux,
)
from segxl.excel.own_tables import make_table, read_lines
from segxl.excel.port import Workbook

TABLE = SHEET = "Temps"
WIDTHS: Mapping[str, float] = {
    DOSSIER: 14,
    JOUR: 12,
    COLLABORATEUR: 20,
    HEURES: 10,
    TAUX: 14,
    FACTURABLE: 11,
    HEURES_FACTUREES: 11,
    SOURCE: 34,
}
NOTE = (
    "Une ligne par temps passé : à la main, ou par l’export de votre logiciel de temps. Heures : 1,5 ou 1h30.\n"
    "Taux horaire : ce qu’une heure coûte au cabinet. Vide, c’est celui du collaborateur :\n"
    "donnez-le dans la feuille Paramètres, sous le nom « Taux horaire AB » pour AB. Sans taux, pas de coût.\n"
    "Facturable (Oui ou Non) ou Heures facturées : l’un des deux suffit pour mesurer le temps non facturé."
)


_TELLING = {FACTURABLE: "écrivez Oui ou Non", HEURES_FACTUREES: "écrivez 1,5 ou 1h30"}


def read_temps(workbook: Workbook) -> tuple[pd.DataFrame, tuple[Anomalie, ...]]:
    """Return the lines on record, and what cannot be read of them.

    Returns
    -------
    DataFrame of object
        Indexed by Excel row, the columns of ``HEADERS``; a rate is None where blank. No row without
        a table Temps.

    Raises
    ------
    SaisieError
        A table of that name is not segxl's.
    """
    found = read_lines(workbook, TABLE, HEADERS, (DOSSIER, JOUR, HEURES))
    if found is None:
        return pd.DataFrame(columns=[*HEADERS], dtype=object), ()
    table, filled = found
    columns: dict[str, pd.Series] = {
        DOSSIER: parse_column(filled[DOSSIER], key_of),
        JOUR: parse_column(filled[JOUR], parse_date),
        HEURES: parse_column(filled[HEURES], parse_heures),
        TAUX: parse_column(filled[TAUX], parse_taux),
        **{h: filled[h].map(_text).astype(object) for h in (COLLABORATEUR, SOURCE)},
    }
    read = filled.assign(**columns).astype(object)
    read = read.where(read.notna(), None)
    lost = table.lignes.index[table.lignes[DOSSIER].isna() & table.lignes[HEURES].notna()]
    problem, remedy = "ces heures n’ont pas de dossier", "écrivez le numéro du dossier"
    anomalies = (
        *(table.anomalie(DOSSIER, row, problem, remedy) for row in lost),
        *_find_unread(table, filled, read),
    )
    return read[read[JOUR].notna() & read[HEURES].notna()][[*HEADERS]], anomalies


def prepare_temps(workbook: Workbook, added: pd.DataFrame) -> None:
    """Make the sheet where it is not there yet, and add lines to it.

    ``added`` has the headers of the sheet.
    """
    if len(added) or not workbook.has_table(TABLE):
        make_table(workbook, TABLE, SHEET, WIDTHS, NOTE)
    if len(added):
        rows = added.reindex(columns=[*HEADERS]).astype(object)
        workbook.append_rows(TABLE, rows.where(rows.notna(), None))


def _text(value: object) -> str:
    return "" if value is None or value != value or is_error(value) else key_of(value)  # noqa: PLR0124  NaN is the only value unlike itself


def _find_unread(table: Tableau, typed: pd.DataFrame, read: pd.DataFrame) -> Iterator[Anomalie]:
    """Yield the cells that somebody typed and that count for nothing."""
    for row in typed.index[read[JOUR].isna()]:
        problem = "la date de ce temps ne se lit pas : la ligne ne compte pas"
        yield table.anomalie(JOUR, row, problem, "écrivez-la JJ/MM/AAAA")
    for row in typed.index[read[HEURES].isna()]:
        problem = "ces heures ne se lisent pas : la ligne ne compte pas"
        yield table.anomalie(HEURES, row, problem, "écrivez 1,5 ou 1h30")
    # An export corrects an entry so, and was told when it was read; a hand rarely means it.
    by_hand = read[HEURES].map(lambda h: h is not None and h < 0) & (read[SOURCE] == "")
    for row in typed.index[by_hand]:
        problem = "ces heures sont négatives : elles sont ôtées de celles du client"
        yield table.anomalie(
            HEURES, row, problem, "si ce n’est pas une correction, retirez le signe"
        )
    for row in typed.index[typed[TAUX].notna() & read[TAUX].isna()]:
        problem = "ce taux horaire ne se lit pas"
        yield table.anomalie(TAUX, row, problem, "saisissez un nombre d’euros, ou videz la cellule")
    for header, remedy in _TELLING.items():
        told = parse_column(typed[header], partial(_unbilled, header))
        for row in typed.index[typed[header].notna() & told.isna()]:
            yield table.anomalie(header, row, f"« {header} » ne se lit pas", remedy)


def _unbilled(header: str, value: object) -> float | None:
    return read_unbilled(header, value, 0.0)
