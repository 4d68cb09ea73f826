"""What one client brings the firm and costs it, as its card tells it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from segxl.domain.tableau import records_of
from segxl.domain.textes import fold
from segxl.domain.valeur import releve as rv
from segxl.domain.valeur.rfm import F, M, R


class Apport(NamedTuple):
    """The value of one client over twelve months: euros and shares, None where unknown."""

    honoraires: float | None = None
    marge: float | None = None
    taux: float | None = None
    classe: str = ""
    """From A to D, on the four axes."""
    abc: str = ""
    rfm: tuple[int, int, int] | None = None


def apports_of(lignes: pd.DataFrame) -> dict[str, Apport]:
    """Return what each client with known fees brings, by folded number.

    Parameters
    ----------
    lignes : DataFrame
        What ``domain.valeur.releve.measure_valeur`` gives.
    """
    known = lignes[lignes[rv.HONORAIRES].notna()]
    return {fold(cells["dossier"]): _apport_of(cells) for _, cells in records_of(known)}


def _apport_of(cells: Mapping[str, object]) -> Apport:
    ranks = [int(str(cells[axis])) for axis in (R, F, M)]
    return Apport(
        honoraires=_euros(cells[rv.HONORAIRES]),
        marge=_euros(cells[rv.MARGE_EUROS]),
        taux=_number(cells[rv.TAUX]),
        classe=str(cells[rv.ABCD] or ""),
        abc=str(cells[rv.ABC] or ""),
        rfm=(ranks[0], ranks[1], ranks[2]) if all(ranks) else None,
    )


def _euros(cents: object) -> float | None:
    number = _number(cents)
    return None if number is None else number / 100


def _number(value: object) -> float | None:
    return None if pd.isna(value) else float(str(value))  # type: ignore[call-overload]
