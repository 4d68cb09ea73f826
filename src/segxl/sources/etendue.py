"""How far a client list reaches on its sheet: its columns, its last client."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from segxl.sources.export import Row, score_header

_SURE = 2
_GAP = 10
"""Blank rows after which another thing begins on the sheet."""
_FEW, _NEARLY_ALL = 4, 0.8
"""Clients from which a column filled beside them counts, and on what share of them."""
_THIN = 3
"""A block of rows that fill less than a third of what clients fill is a note or a summary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Etendue:
    """The block of cells of one list; rows and columns are numbered as Excel does, bounds included."""

    header_row: int
    last_row: int
    first_column: int
    last_column: int


def find_columns(
    rows: Sequence[Row], position: int, names: Collection[str] = ()
) -> tuple[int, int]:
    """Return the first and last column, from 1, of the list whose titles stand at ``position``.

    A blank column ends the list, unless titles of a client list go on beyond it, or values on
    nearly every row of the list.

    >>> find_columns([["Nom", "SIREN", None, "Note", None, "Légende"], ["Lumo", 1, "à revoir"]], 0)
    (1, 4)
    >>> find_columns([["Nom", None, "SIREN", "Ville"], *[["Lumo", None, 1, "Bron"]] * 4], 0)
    (1, 4)
    """
    header = rows[position]
    runs = _runs_of(_used_columns(rows, position))
    scores = [score_header(header[first : last + 1], names) for first, last in runs]
    best = scores.index(max(scores))
    first, last = runs[best]
    for step in (-1, 1):
        other = best + step
        while 0 <= other < len(runs) and (
            scores[other] >= _SURE or _goes_on(rows[position + 1 :], runs[best], runs[other])
        ):
            first, last = min(first, runs[other][0]), max(last, runs[other][1])
            other += step
    return first + 1, last + 1


def find_last_row(rows: Sequence[Row], columns: tuple[int, int], clients: Iterable[int]) -> int:
    """Return the row, from 1, of the last client; 0 where there is none.

    Parameters
    ----------
    clients : iterable of int
        The rows, from 1, that look like clients, in order.

    Notes
    -----
    A wide gap ends the list; so does a blank row, when what follows is a note or a small table.
    """
    first, last = columns[0] - 1, columns[1]
    counts = {row: _filled(rows[row - 1][first:last]) for row in clients}
    blocks = _blocks_of([*counts], rows, slice(first, last))
    usual = median(counts.values()) if counts else 0
    while len(blocks) > 1 and max(counts[r] for r in blocks[-1]) <= max(1, usual // _THIN):
        blocks.pop()
    return blocks[-1][-1] if blocks else 0


def _goes_on(rows: Sequence[Row], run: tuple[int, int], other: tuple[int, int]) -> bool:
    """Tell whether columns beyond a blank one are filled on nearly every row of the list."""
    here, there = (slice(first, last + 1) for first, last in (run, other))
    clients = [row for row in rows if _filled(row[here]) > 1]
    both = sum(1 for row in clients if _filled(row[there]))
    return len(clients) >= _FEW and both >= _NEARLY_ALL * len(clients)


def _used_columns(rows: Sequence[Row], position: int) -> list[int]:
    """Return the columns, from 0, that have a title, or values beside rows under titles."""
    titled = [i for i, cell in enumerate(rows[position]) if not _is_empty(cell)]
    below = [row for row in rows[position + 1 :] if any(_has(row, i) for i in titled)]
    used = {i for row in below for i, cell in enumerate(row) if not _is_empty(cell)}
    return sorted({*titled, *used})


def _runs_of(columns: Sequence[int]) -> list[tuple[int, int]]:
    """Return columns that touch as pairs, first and last.

    >>> _runs_of([0, 1, 4])
    [(0, 1), (4, 4)]
    """
    groups = ([*group] for _, group in groupby(enumerate(columns), lambda pair: pair[1] - pair[0]))
    return [(group[0][1], group[-1][1]) for group in groups]


def _blocks_of(clients: Sequence[int], rows: Sequence[Row], columns: slice) -> list[list[int]]:
    """Return rows of clients in blocks that blank rows separate, up to the first wide gap."""
    blocks: list[list[int]] = []
    for row in clients:
        previous = blocks[-1][-1] if blocks else row
        between = rows[previous : row - 1]
        blank = sum(1 for other in between if not _filled(other[columns]))
        if blank >= _GAP:
            break
        if blank or not blocks:
            blocks.append([row])
        else:
            blocks[-1].append(row)
    return blocks


def _filled(row: Row) -> int:
    return sum(1 for cell in row if not _is_empty(cell))


def _has(row: Row, column: int) -> bool:
    return column < len(row) and not _is_empty(row[column])


def _is_empty(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
