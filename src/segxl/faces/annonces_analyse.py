"""Two fields crossed, as a table in a terminal and as one object."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from segxl.domain.analyse.croisee import CLIENTS, NOTE, PART, TOTAL, Croisee
from segxl.domain.analyse.demande import Analyse
from segxl.domain.faits.etats import pourcent
from segxl.excel.analyse import ENSEMBLE
from segxl.lettres.francais import nombre

_ND, _NOBODY = "n.d.", "·"
_SHARES = 6
"""Decimals of a share in an object."""
_WIDEST, _LONGEST = 28, 16
"""Letters that a terminal has room for: of a row, of a column."""


def announce_analyse(console: Console, analyse: Analyse) -> None:
    """Print what was read of the fields, then the table."""
    console.print(escape(" ".join(analyse.phrases)))
    if analyse.croisee:
        console.print(_table(analyse.croisee))


def json_of_analyse(analyse: Analyse) -> dict[str, Any] | None:
    """Return the table as plain records; amounts in euros, shares 0..1, null where nobody has a figure."""
    croisee = analyse.croisee
    if croisee is None:
        return None
    groups = zip(croisee.lignes, croisee.valeurs, croisee.total_lignes, croisee.parts_lignes, strict=True)  # fmt: skip
    return {
        "en_ligne": croisee.ligne,
        "en_colonne": croisee.colonne,
        "mesure": croisee.mesure,
        "colonnes": [*croisee.colonnes],
        "lignes": [
            {"groupe": name, "valeurs": [*map(_figure, values)], "total": _figure(total), "part": _figure(part, _SHARES)}
            for name, values, total, part in groups
        ],
        "total_colonnes": [*map(_figure, croisee.total_colonnes)],
        "part_colonnes": [_figure(part, _SHARES) for part in croisee.parts_colonnes],
        "total": _figure(croisee.total),
        "remarques": [*analyse.phrases],
    }  # fmt: skip


def _figure(value: float, decimals: int = 2) -> float | None:
    return None if value != value else round(float(value), decimals)  # noqa: PLR0124  NaN is the only value unlike itself


def _table(croisee: Croisee) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(escape(croisee.ligne), no_wrap=True, max_width=_WIDEST)
    for header in (*croisee.colonnes, TOTAL, *([] if croisee.mesure == NOTE else [PART])):
        short = header if len(header) <= _LONGEST else f"{header[:_LONGEST]}…"
        table.add_column(escape(short), justify="right", overflow="fold")
    groups = zip(croisee.lignes, croisee.valeurs, croisee.total_lignes, croisee.parts_lignes, strict=True)  # fmt: skip
    for name, values, total, part in groups:
        table.add_row(escape(name), *(_told(croisee, x) for x in values), _told(croisee, total), *_share(croisee, part))  # fmt: skip
    totals = [_told(croisee, x) for x in croisee.total_colonnes]
    table.add_row(ENSEMBLE, *totals, _told(croisee, croisee.total), style="bold")
    if croisee.mesure != NOTE:
        table.add_row(PART, *(_share(croisee, x)[0] for x in croisee.parts_colonnes), "")
    return table


def _share(croisee: Croisee, part: float) -> list[str]:
    if croisee.mesure == NOTE:
        return []
    return [_ND if part != part else pourcent(part)]  # noqa: PLR0124  NaN is the only value unlike itself


def _told(croisee: Croisee, figure: float) -> str:
    if figure != figure or (croisee.mesure == CLIENTS and not figure):  # noqa: PLR0124  NaN is the only value unlike itself
        return _NOBODY
    return nombre(figure, 1) if croisee.mesure == NOTE else nombre(round(figure))
