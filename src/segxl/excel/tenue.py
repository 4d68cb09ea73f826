"""Columns of Clients about papers and portal, where the firm keeps track of them."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.relation.contrat import PIECES, parse_piece
from segxl.domain.relation.portail import MOTS, PORTAIL, parse_portail
from segxl.domain.saisie import parse_column
from segxl.domain.tableau import Tableau


def read_tenue(clients: Tableau, rows: pd.Index) -> tuple[pd.DataFrame, tuple[Anomalie, ...]]:
    """Return the papers and the portal of each client, and what cannot be read.

    Returns
    -------
    DataFrame of object
        Indexed by ``rows``; only the columns where the firm typed something: ``contrat.Piece`` for a paper, a
        word of ``portail.MOTS`` for the portal, None where blank.
    """
    clients = clients.canonical([*PIECES, PORTAIL])
    known = [h for h in (*PIECES, PORTAIL) if h in clients.letters]
    cells = clients.lignes.loc[rows, known]
    typed = cells.map(_without_blanks).astype(object)
    # pandas makes a column of words its own kind, where None is NaN.
    typed = typed.where(typed.notna(), None)
    # A wholly blank column is one that the firm does not keep.
    known = [h for h in known if typed[h].notna().any()]
    typed = typed[known]
    readers = dict.fromkeys(PIECES, parse_piece) | {PORTAIL: parse_portail}
    read = pd.DataFrame({h: parse_column(typed[h], readers[h]) for h in known}, index=rows, dtype=object)  # fmt: skip
    read = read.where(read.notna(), None)
    return read, tuple(_find_unread(clients, typed, read))


def _without_blanks(cell: object) -> object:
    """Return a cell, None where it holds nothing that shows."""
    return cell if str(cell).strip() and pd.notna(cell) else None  # type: ignore[call-overload]


def _find_unread(clients: Tableau, typed: pd.DataFrame, read: pd.DataFrame) -> Iterator[Anomalie]:
    for header in typed.columns:
        is_portal = header == PORTAIL
        remedy = f"choisissez parmi : {' · '.join(MOTS)}" if is_portal else "tapez la date du document, oui ou non"  # fmt: skip
        for row, cell in typed[header].items():
            value = read.at[row, header]
            if cell is not None and (value is None if is_portal else isinstance(value, str)):
                yield clients.anomalie(header, row, f"« {header} » ne se lit pas", remedy)
