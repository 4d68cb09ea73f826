"""A client list as a file holds it: its header row found, its row numbers kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from segxl.domain.anomalies import SaisieError, file_error
from segxl.domain.tableau import column_letter
from segxl.domain.textes import fold
from segxl.sources.correspondance import KEYS, target_of
from segxl.sources.textes_bruts import cell_of, text_of

MAX_ROWS = 200_000
HEADER_DEPTH = 60
_SHOWN = 8
_SURE = 2

Row = Sequence[object]


class Lexique(frozenset[str]):
    """Titles of a kind of list; where they are whole questions, a subclass recognises more of them."""


class NoHeaderError(SaisieError):
    """No row of a file looks like a header row; who reads another kind of list says so otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """The rows under the header row of one file.

    ``lignes`` is a DataFrame of objects indexed by row number of the file, ``None`` where a
    cell is blank, one column per title as the file writes it. ``sheet`` is empty for a text.
    """

    name: str
    sheet: str = ""
    header_row: int
    lignes: pd.DataFrame
    letters: Mapping[str, str]

    def cell(self, header: str, row: object) -> str:
        """Return the place of one value: a cell of a workbook, a line of a text."""
        return f"{self.letters[header]}{row}" if self.sheet else f"ligne {row}"


def score_header(row: Row, names: Collection[str] = ()) -> int:
    """Count the columns of Clients that the cells of a row designate; a key counts twice.

    >>> score_header(["Code dossier", "Nom", "Humeur", 12.0]), score_header(["Nom", "Humeur"])
    (3, 1)
    """
    known = names if isinstance(names, Lexique) else {fold(name) for name in names}
    texts = [cell for cell in row if isinstance(cell, str) and cell.strip()]
    found = {target_of(t) or fold(t) for t in texts if target_of(t) or fold(t) in known}
    return len(found) + bool(found & KEYS)


def find_header(rows: Sequence[Row], names: Collection[str] = ()) -> tuple[int, int]:
    """Return the position and the score of the row that looks most like a header row."""
    scores = [score_header(row, names) for row in rows[:HEADER_DEPTH]]
    best = max(scores, default=0)
    return (scores.index(best) if scores else 0), best


def export_of(
    name: str, rows: Sequence[Row], *, sheet: str = "", names: Collection[str] = ()
) -> Export:
    """Build an export from all the rows of a file, titles and blank lines included.

    Raises
    ------
    SaisieError
        The file is empty or too long, or no row looks like a header row.
    """
    if not any(text_of(cell) for row in rows[:HEADER_DEPTH] for cell in row):
        problem = "ce fichier est vide"
        raise file_error(name, "", problem, "exportez-le de nouveau")
    if len(rows) > MAX_ROWS:
        problem = f"ce fichier dépasse {MAX_ROWS} lignes"
        raise file_error(name, len(rows), problem, "exportez la liste des clients seule")
    position, score = find_header(rows, names)
    if score < min(_SURE, _filled(rows[position])):
        raise _no_header(name, rows)
    return export_under(position, name=name, sheet=sheet, rows=rows)


def _filled(row: Row) -> int:
    return max(1, sum(1 for cell in row if text_of(cell)))


def _no_header(name: str, rows: Sequence[Row]) -> Exception:
    firsts = [text_of(cell) for row in rows[:HEADER_DEPTH] for cell in row if text_of(cell)]
    told = file_error(
        name,
        " | ".join(firsts[:_SHOWN]),
        "aucune ligne de titres n’est reconnue",
        "attendu : une ligne avec des titres comme « Code dossier », « Raison sociale », "
        "« SIREN », « CA HT » ; ou donnez vos titres dans un fichier de correspondance",
    )
    return NoHeaderError(told.anomalies)


def export_under(position: int, *, name: str, sheet: str, rows: Sequence[Row]) -> Export:
    """Build an export whose titles are known to stand at a position, counted from 0."""
    width = max(len(row) for row in rows)
    body = [[cell_of(cell) for cell in row] + [None] * (width - len(row)) for row in rows]
    while len(body) > position + 1 and not any(cell is not None for cell in body[-1]):
        body.pop()
    titles = _unique_titles([text_of(c) for c in body[position]], rows[position])
    frame = pd.DataFrame(
        body[position + 1 :],
        index=pd.RangeIndex(position + 2, len(body) + 1),
        columns=pd.Index(titles, dtype=object),
        dtype=object,
    )
    frame = frame.astype(object).where(frame.notna(), None)
    letters = {title: column_letter(i) for i, title in enumerate(titles, start=1)}
    kept = [t for t, clean in zip(titles, body[position], strict=True) if clean or _any(frame[t])]
    return Export(
        name=name, sheet=sheet, header_row=position + 1, lignes=frame[kept], letters=letters
    )


def _any(values: pd.Series) -> bool:
    return bool(values.notna().any())


def _unique_titles(clean: Iterable[str], row: Row) -> list[str]:
    """Name each column: its title as written, numbered when repeated, its letter when blank."""
    titles: list[str] = []
    for number, text in enumerate(clean, start=1):
        written = row[number - 1] if text and isinstance(row[number - 1], str) else text
        base = str(written) or f"Colonne {column_letter(number)}"
        seen = {fold(title) for title in titles}
        numbered = (f"{base} ({n})" for n in range(2, number + 2))
        titles.append(base if fold(base) not in seen else _first_free(numbered, seen))
    return titles


def _first_free(titles: Iterable[str], seen: set[str]) -> str:
    return next(title for title in titles if fold(title) not in seen)
