"""The sheet Réponses: every answer with who gave it, when, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pandas as pd

from segxl.domain.dossiers import CLE
from segxl.domain.identifiants import key_of
from segxl.domain.provenance.origines import (
    AUTEUR,
    HEADERS,
    IMPORT,
    JOUR,
    NATURE,
    NATURES,
    ORIGINE,
    QUESTION,
    REPONSE,
)
from segxl.domain.tableau import Tableau, records_of
from segxl.domain.textes import fold
from segxl.excel.own_tables import make_table
from segxl.excel.port import Workbook
from segxl.excel.refusals import refuse_stranger

TABLE, SHEET = "Reponses", "Réponses"
WIDTHS: Mapping[str, float] = {
    CLE: 14,
    QUESTION: 30,
    REPONSE: 26,
    NATURE: 12,
    JOUR: 12,
    AUTEUR: 20,
    ORIGINE: 44,
}
NOTE = (
    f"D’où vient chaque réponse : {', '.join(NATURES).lower()}. segxl y inscrit ce qu’il mesure et ce que les clients déclarent ; ajoutez-y les avis du cabinet, une ligne par personne.\n"
    f"Auteur « {IMPORT} » : le fichier qui a rempli la case de Clients ; la ligne dit d’où vient la case tant qu’elles concordent, et ne répond à rien seule.\n"
    "Ce qui est saisi dans Clients compte toujours. Une case vide prend la réponse la plus sûre, ou la moyenne des avis ; deux avis à deux niveaux d’écart sont signalés."
)
KEYS = (CLE, QUESTION, NATURE, AUTEUR)
"""What a new answer replaces: that of the same client, question, nature and author."""
NOTHING = pd.DataFrame(columns=[*HEADERS], dtype=object)


def read_reponses(workbook: Workbook) -> Tableau | None:
    """Return the answers on record; None without a table Reponses.

    Raises
    ------
    SaisieError
        A table of that name is not segxl's.
    """
    if not workbook.has_table(TABLE):
        return None
    table = workbook.read_table(TABLE).canonical(HEADERS)
    refuse_stranger(table, (CLE, QUESTION, REPONSE))
    return table


class News(NamedTuple):
    """What some answers change on the sheet: cells by Excel row, then lines to add."""

    changes: dict[int, dict[str, object]]
    added: list[Mapping[str, object]]

    def __bool__(self) -> bool:
        """Tell whether the sheet says otherwise today."""
        return bool(self.changes or self.added)


def find_news(workbook: Workbook, lines: Iterable[Mapping[str, object]]) -> News:
    """Compare answers with those on record.

    Parameters
    ----------
    workbook : Workbook
        With or without the table.
    lines : iterable of mapping
        By header; the last of one client, question, nature and author holds.
    """
    known = read_reponses(workbook)
    shown = NOTHING if known is None else known.lignes.reindex(columns=[*HEADERS])
    rows = {_key_of(cells): (row, cells) for row, cells in records_of(shown)}
    latest = {_key_of(line): line for line in lines}
    return News(
        changes={
            rows[key][0]: dict(line)
            for key, line in latest.items()
            if key in rows and _differ(rows[key][1], line)
        },
        added=[line for key, line in latest.items() if key not in rows],
    )


def record_news(workbook: Workbook, news: News) -> None:
    """Put answers on record: one that was there is replaced, the others are added below."""
    if not news:
        return
    make_table(workbook, TABLE, SHEET, WIDTHS, NOTE)
    if news.changes:
        workbook.write_cells(TABLE, news.changes)
    if news.added:
        workbook.append_rows(TABLE, pd.DataFrame(news.added, columns=[*HEADERS], dtype=object))


def _key_of(line: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(fold(key_of(line.get(h) or "")) for h in KEYS)


def _differ(known: Mapping[str, object], line: Mapping[str, object]) -> bool:
    """Tell whether a line on record says another thing; a day reads as a moment in some files."""
    return any(
        str(known[h] or "").removesuffix(" 00:00:00") != str(line.get(h) or "")
        for h in (REPONSE, JOUR, ORIGINE)
    )
