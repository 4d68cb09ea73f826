"""The answers that an import writes in Clients, as lines on record: which file said it, of which day.

A value that the file repeats gets no line: that software still holds it tells nothing new, and a
line of today would make an old answer look fresh.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from segxl.domain.dossiers import CLE
from segxl.domain.identifiants import key_of
from segxl.domain.provenance.origines import (
    AUTEUR,
    DECLARE,
    DEDUIT,
    IMPORT,
    JOUR,
    NATURE,
    ORIGINE,
    PLUSIEURS,
    QUESTION,
    REPONSE,
)
from segxl.domain.tableau import records_of
from segxl.domain.textes import fold
from segxl.sources.correspondance import Correspondance
from segxl.sources.fusion_clients import Changements
from segxl.sources.sirene import EFFECTIF, TRANCHE
from segxl.sources.textes_bruts import is_blank

MIDDLE_OF = "milieu de la tranche de l’INSEE, à confirmer"
"""Why a number of staff is a deduction: the register gives a band."""
MOST = 20_000
"""Lines of the table beyond which an import tells a column a line: twice as many would double the time of a scoring."""


def declare_reponses(
    changements: Changements, correspondance: Correspondance, path: Path, asked: Collection[str]
) -> Iterator[dict[str, object]]:
    """Yield one line for each answer that an import fills or changes.

    Parameters
    ----------
    changements : Changements
        What the import does to Clients.
    correspondance : Correspondance
        Which column of the file feeds what.
    path : Path
        The file: its day is that of its last change.
    asked : collection of str
        The columns of Clients that are answers.
    """
    jour = day_of_file(path)
    is_band = fold(correspondance.source_of(EFFECTIF) or "") == TRANCHE
    told = [(c.dossier, c.header, c.new) for c in changements.updates]
    for _, cells in records_of(changements.nouveaux):
        told += [(str(cells[CLE]), header, value) for header, value in cells.items()]
    for dossier, header, value in told:
        if header not in asked or is_blank(value) or is_blank(dossier):
            continue
        is_deduced = header == EFFECTIF and is_band
        yield {
            CLE: key_of(dossier),
            QUESTION: header,
            REPONSE: value,
            NATURE: DEDUIT if is_deduced else DECLARE,
            JOUR: jour,
            AUTEUR: IMPORT,
            ORIGINE: f"{path.name}, {MIDDLE_OF}" if is_deduced else path.name,
        }


def sum_by_column(lines: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """Return one line for each column, nature and file, which counts the cells.

    >>> line = {"Dossier": "D1", "Question": "CA HT", "Réponse": 9, "Nature": "Déclaré", "Origine": "e.csv"}
    >>> [told] = sum_by_column([line, {**line, "Dossier": "D2"}])
    >>> told["Dossier"], told["Réponse"]
    ('(plusieurs)', 'cases remplies ou changées : 2')
    """
    found: dict[tuple[object, ...], dict[str, object]] = {}
    counts: dict[tuple[object, ...], int] = {}
    for line in lines:
        key = (line[QUESTION], line[NATURE], line[ORIGINE])
        counts[key] = counts.get(key, 0) + 1
        found.setdefault(key, {**line, CLE: PLUSIEURS})
    return [
        {**line, REPONSE: f"cases remplies ou changées : {counts[key]}"}
        for key, line in found.items()
    ]


def day_of_file(path: Path) -> date:
    """Return the day of the last change of a file, on this machine's clock."""
    return datetime.fromtimestamp(path.stat().st_mtime).date()  # noqa: DTZ006  the day that the user sees in a folder
