"""The sheet Analyse croisée: two fields to type, and the table that answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from segxl.domain.analyse.croisee import (
    CLIENTS,
    FIXED,
    MESURES,
    NOTE,
    PART,
    SPARE,
    TOTAL,
    TYPED,
    Croisee,
)
from segxl.domain.analyse.demande import Analyse, Demande
from segxl.domain.faits.etats import pourcent
from segxl.domain.saisie import is_error
from segxl.domain.tableau import Tableau
from segxl.domain.textes import fold
from segxl.excel.port import Workbook
from segxl.excel.refusals import refuse_stranger

TABLE, SHEET = "AnalyseCroisee", "Analyse croisée"
ENSEMBLE = "Ensemble"
LU = "Lu : "
WIDTHS: Mapping[str, float] = {
    **dict.fromkeys(TYPED, 17),
    **dict(zip(FIXED, (26, 11, 10), strict=True)),
    **dict.fromkeys(SPARE, 13),
}
NOTE_OF_SHEET = (
    "Croisez deux champs : écrivez leurs noms sous « En ligne » et « En colonne », puis cliquez sur « Valeur ». Le tableau est refait, ce que vous avez écrit reste.\n"
    "Champs : tout intitulé de la feuille Clients (la flèche en propose) ; et de la feuille Valeur : ABC, A→D, PMG, Honoraires, Marge (€), Taux de marge, Complexité. Des chiffres sont coupés en tranches, des dates en années.\n"
    f"Mesure : {', '.join(MESURES)}. Honoraires et Marge s’additionnent, en euros, sur douze mois ; Note moyenne est celle de la facturation électronique, sur 20.\n"
    "Laissez libres les colonnes à droite du tableau : il en prend autant que le second champ a de mots."
)
LONGEST = 60
"""Characters of a title: a table takes more, a reader does not."""


def read_demande(workbook: Workbook) -> Demande | None:
    """Return what was typed on the sheet, a default for what was not; None before there is a sheet.

    Raises
    ------
    SaisieError
        A table of that name is not segxl's.
    """
    if not workbook.has_table(TABLE):
        return None
    table = workbook.read_table(TABLE).canonical(TYPED)
    refuse_stranger(table, TYPED)
    default = Demande()
    told = {h: [*_typed(table, h)] for h in TYPED}
    words = [told[h][0][1] if told[h] else default.typed[h] for h in TYPED]
    cells = tuple((h, table.cell(h, told[h][0][0])) for h in TYPED if told[h])
    return Demande(ligne=words[0], colonne=words[1], mesure=words[2], cellules=cells)


def write_analyse(workbook: Workbook, analyse: Analyse) -> None:
    """Put a crossing in place of the last one; what was typed further down stays.

    Raises
    ------
    SaisieError
        The table has no room to grow.
    """
    told = " ".join(analyse.phrases)
    older: dict[str, list[str]] = {}
    if workbook.has_table(TABLE):
        table = workbook.read_table(TABLE).canonical(TYPED)
        older = {h: [word for _, word in _typed(table, h)][1:] for h in TYPED}
        workbook.write_above(TABLE, {LU: told})
    else:
        workbook.add_table(TABLE, SHEET, WIDTHS, note=f"{NOTE_OF_SHEET}\n{LU}{told}")
    headers = _headers_of(analyse.croisee)
    typed = [analyse.demande.typed, *_rows(older)]
    answers = _answers(analyse.croisee) if analyse.croisee else []
    count = max(len(typed), len(answers))
    rows = [
        [*((typed[i].get(h) for h in TYPED) if i < len(typed) else [None] * len(TYPED)), *(answers[i] if i < len(answers) else [None] * (len(headers) - len(TYPED)))]
        for i in range(count)
    ]  # fmt: skip
    workbook.retitle(TABLE, headers)
    frame = pd.DataFrame(rows, columns=headers, dtype=object)
    workbook.replace_rows(TABLE, frame.where(frame.notna(), None))


def _typed(table: Tableau, header: str) -> Iterable[tuple[int, str]]:
    """Yield the rows and the words of a column that people type in."""
    for row, value in table.lignes[header].items():
        if value is not None and value == value and not is_error(value) and str(value).strip():  # noqa: PLR0124  NaN is the only value unlike itself
            yield int(str(row)), str(value).strip()


def _rows(columns: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    """Return rows from columns of unequal lengths."""
    height = max(map(len, columns.values()), default=0)
    return [{h: words[i] for h, words in columns.items() if i < len(words)} for i in range(height)]


def _headers_of(croisee: Croisee | None) -> list[str]:
    """Return the titles of the table, no two alike for a reader."""
    if croisee is None:
        return [*TYPED, *FIXED]
    headers = [*TYPED]
    for wanted in (croisee.ligne, TOTAL, PART, *croisee.colonnes):
        taken, short = {*map(fold, headers)}, wanted.replace("\n", " ")[:LONGEST].strip() or "–"
        tries = (short, *(f"{short} ({n})" for n in range(2, len(headers) + 3)))
        headers.append(next(name for name in tries if fold(name) not in taken))
    return headers


def _answers(croisee: Croisee) -> list[list[object]]:
    """Return the rows of the table: each group, the whole, then the share of each column."""
    figures = [
        *zip(croisee.lignes, croisee.total_lignes, croisee.parts_lignes, croisee.valeurs, strict=True),
        (ENSEMBLE, croisee.total, 1.0 if croisee.mesure != NOTE else None, croisee.total_colonnes),
    ]  # fmt: skip
    rows: list[list[object]] = [
        [name, _told(croisee, total), part, *(_told(croisee, x) for x in values)]
        for name, total, part, values in figures
    ]
    if croisee.mesure != NOTE:
        shares = [None if part != part else pourcent(part) for part in croisee.parts_colonnes]  # noqa: PLR0124  NaN is the only value unlike itself
        rows.append([PART, None, None, *shares])
    return rows


def _told(croisee: Croisee, figure: float) -> float | None:
    """Return a figure as a reader wants it: whole clients and euros, a note with its tenths."""
    if figure != figure:  # noqa: PLR0124  NaN is the only value unlike itself
        return None
    if croisee.mesure == CLIENTS:
        return figure or None
    return round(figure, 1) if croisee.mesure == NOTE else round(figure)
