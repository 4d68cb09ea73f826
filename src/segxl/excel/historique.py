"""The sheet Historique: the figures of the portfolio, one row a day of calculation."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

import pandas as pd

from segxl.domain.anomalies import Anomalie, Gravite
from segxl.domain.historique import JOUR, MESURES, Figures
from segxl.domain.saisie import parse_column, parse_date, parse_number
from segxl.domain.tableau import Tableau
from segxl.excel.own_tables import make_table
from segxl.excel.port import Workbook
from segxl.excel.refusals import refuse_stranger

TABLE = SHEET = "Historique"
WIDTHS: Mapping[str, float] = {JOUR: 12, **dict.fromkeys(MESURES, 14)}
NOTE = (
    "Une ligne par jour de calcul du bouton Segments : clients présents, honoraires et marge de douze mois, panier moyen de la classe A, rétention sur un an, puis la préparation à la facture électronique. « Noter » y met la seule préparation, une ligne par mois au plus.\n"
    "Gardez ces lignes : c’est en les comparant que l’on voit ce que la segmentation a changé : la feuille Évolution et la deuxième page du Tableau de bord le disent."
)


def read_historique(workbook: Workbook) -> tuple[dict[date, Figures], tuple[Anomalie, ...]]:
    """Return the figures of each day on record, and the cells that somebody typed and nobody can read.

    A row without a day is not read.

    Raises
    ------
    SaisieError
        A table of that name is not segxl's.
    """
    if not workbook.has_table(TABLE):
        return {}, ()
    table = workbook.read_table(TABLE).canonical(WIDTHS)
    refuse_stranger(table, (JOUR,))
    known = [h for h in MESURES if h in table.letters]
    read = {h: parse_column(table.lignes[h], parse_number).tolist() for h in known}
    days = parse_column(table.lignes[JOUR], parse_date)
    figures: dict[date, Figures] = {
        day: {h: _known(column[place]) for h, column in read.items()}
        for place, day in enumerate(days)
        if isinstance(day, date)
    }
    return figures, tuple(_find_unread(table, {JOUR: [*days], **read}))


def record_figures(
    workbook: Workbook, au: date, figures: Figures, instead: Collection[date] = ()
) -> None:
    """Put the figures of a day on record, in place of those of the same day; in order of days.

    ``instead`` are other days that they replace. A row whose day cannot be read stays, after the
    others.
    """
    lignes = pd.DataFrame(columns=[*WIDTHS], dtype=object)
    if workbook.has_table(TABLE):
        lignes = workbook.read_table(TABLE).canonical(WIDTHS).lignes.dropna(how="all")
    make_table(workbook, TABLE, SHEET, WIDTHS, NOTE)
    days = parse_column(lignes[JOUR], parse_date)
    new = pd.DataFrame([{JOUR: au, **figures}], columns=[*WIDTHS], dtype=object)
    gone = {au, *instead}
    rows = pd.concat([lignes[[day not in gone for day in days]], new], ignore_index=True)
    order = [_rank(day) for day in parse_column(rows[JOUR], parse_date)]
    ranked = rows.loc[pd.Series(order).sort_values(kind="stable").index, [*WIDTHS]]
    workbook.replace_rows(TABLE, ranked.astype(object))


def _find_unread(table: Tableau, read: Mapping[str, Sequence[object]]) -> Iterator[Anomalie]:
    """Yield what is no day and no figure; without a row, for a row without a day goes to the end."""
    for header, values in read.items():
        is_day = header == JOUR
        for cell, value in zip(table.lignes[header], values, strict=True):
            if pd.notna(cell) and pd.isna(value):  # type: ignore[call-overload]
                yield Anomalie(
                    sheet=table.sheet,
                    cell="",
                    value=cell,
                    problem="« Date » n’est pas une date : cette ligne n’est comparée à rien" if is_day else f"« {header} » doit être un nombre",
                    remedy="saisissez par exemple 15/09/2026" if is_day else "saisissez un nombre, ou videz la case",
                    gravite=Gravite.A_CORRIGER,
                )  # fmt: skip


def _rank(day: object) -> date:
    return day if isinstance(day, date) else date.max


def _known(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not pd.isna(value) else None
