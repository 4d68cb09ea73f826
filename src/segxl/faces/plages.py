"""Ranges of a worksheet, as Excel hands them over to a formula, read as tables.

A formula receives values and not where they lie: what is wrong in a table is placed in words, its
header row being row 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from segxl.domain.anomalies import file_error, require
from segxl.domain.tableau import Tableau
from segxl.excel.com.cells import read_columns

Rows = tuple[tuple[object, ...], ...]


@dataclass(frozen=True, slots=True)
class Plage:
    """A range that a cache can take for key: VRAI and 1 are equal there, ``kinds`` tells them apart."""

    rows: Rows
    kinds: tuple[type, ...]

    @classmethod
    def of(cls, raw: object) -> Plage:
        """Keep the values of a range as they came."""
        rows = rows_of(raw)
        return cls(rows, tuple(type(value) for row in rows for value in row))


def rows_of(raw: object) -> Rows:
    """Return the rows of a range; Excel hands over a lone cell bare.

    >>> rows_of(12.0), rows_of(((1.0, None), ("a", "b")))
    (((12.0,),), ((1.0, None), ('a', 'b')))
    """
    if not isinstance(raw, list | tuple):
        return ((raw,),)
    is_block = bool(raw) and isinstance(raw[0], list | tuple)
    return tuple(map(tuple, raw)) if is_block else (tuple(raw),)


def cell_of(raw: object, name: str) -> object:
    """Return the value of one cell: None where blank, the word of an error.

    Raises
    ------
    SaisieError
        The range holds several cells.
    """
    columns = read_columns(rows_of(raw))
    if len(columns) != 1 or len(columns[0]) != 1:
        raise file_error(
            name, None, "la plage compte plusieurs cellules", "donnez une seule cellule"
        )
    return columns[0][0]


def row_of(raw: object) -> Rows:
    """Return the only row of a range.

    Raises
    ------
    SaisieError
        The range has several.
    """
    rows = rows_of(raw)
    if len(rows) != 1:
        raise file_error(
            "Réponses", None, f"la plage compte {len(rows)} lignes",
            "donnez la ligne d’un seul client, comme Clients[@] ; SEG_NOTES note toute la colonne",
        )  # fmt: skip
    return rows


def headers_of(intitules: Plage) -> tuple[str, ...]:
    """Return the headers of Clients as a formula was given them.

    Raises
    ------
    SaisieError
        They are not one row, or one of them comes twice.
    """
    if len(intitules.rows) != 1:
        raise file_error(
            "Intitulés", None, f"la plage compte {len(intitules.rows)} lignes",
            "donnez la seule ligne d’intitulés, comme Clients[#En-têtes]",
        )  # fmt: skip
    headers = _named(intitules.rows[0])
    for i, header in enumerate(headers):
        if header in headers[:i]:
            raise file_error(
                "Intitulés", None, f"l’intitulé « {header} » figure deux fois",
                "donnez chaque colonne une seule fois",
            )  # fmt: skip
    return headers


def require_same_width(reponses: Rows, intitules: Rows) -> None:
    """Refuse answers that do not stand under the headers.

    Raises
    ------
    SaisieError
        Another number of columns, or the header row among the answers.
    """
    width, expected = len(reponses[0]), len(intitules[0])
    if width != expected:
        raise file_error(
            "Réponses", None, f"la plage compte {width} colonnes et celle des intitulés {expected}",
            "donnez deux plages de même largeur, comme Clients[@] et Clients[#En-têtes]",
        )  # fmt: skip
    if reponses[0] == intitules[0]:
        raise file_error(
            "Réponses", None, "la plage commence par la ligne d’intitulés",
            "donnez les clients seuls, comme Clients[@] ou Clients[#Données]",
        )  # fmt: skip


def table_of(plage: Plage, name: str, wanted: Sequence[str]) -> Tableau:
    """Read a whole table, header row included, without its blank rows.

    Raises
    ------
    SaisieError
        It lacks some of the headers ``wanted``.
    """
    headers, rows = _named(plage.rows[0]), plage.rows[1:]
    columns = read_columns(rows) or [[] for _ in headers]
    lignes = pd.DataFrame(
        dict(zip(headers, columns, strict=True)), index=pd.RangeIndex(2, 2 + len(rows)), dtype=object
    )  # fmt: skip
    table = Tableau(
        name=name,
        sheet=name,
        lignes=lignes[lignes.notna().any(axis="columns")],
        letters={h: f"colonne « {h} », ligne " for h in headers},
    ).canonical(wanted)
    if not any(h in table.letters for h in wanted):
        raise file_error(
            name, None, "la plage ne commence pas par les intitulés du tableau",
            f"donnez le tableau entier : {name}[#Tout]",
        )  # fmt: skip
    require(table.find_missing(wanted))
    return table


def _named(cells: Sequence[object]) -> tuple[str, ...]:
    """Return the texts of a header row."""
    shown = [column[0] for column in read_columns([cells])]
    return tuple(
        f"Colonne {n}" if header is None else str(header) for n, header in enumerate(shown, 1)
    )
