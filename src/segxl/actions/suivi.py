"""What a calculation puts on record: who moved, and how ready the portfolio is; part of « Noter »."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from segxl.actions.avancement import measure_readiness, record_readiness
from segxl.actions.mouvements import calcul_of, follow_notes
from segxl.domain.anomalies import Anomalie
from segxl.domain.mouvements.suites import Mouvement
from segxl.domain.reglages import Reglages
from segxl.domain.resultats import Resultats
from segxl.domain.tableau import Tableau
from segxl.excel.departs import find_departs, find_to_come
from segxl.excel.port import Workbook

_DECIMALS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Suivi:
    """Who moved since the calculation before, and what could not be put on record."""

    mouvements: tuple[Mouvement, ...] = ()
    couleurs: tuple[str, ...] = ()
    """From the lowest up."""
    anomalies: tuple[Anomalie, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Notation:
    """One calculation: the table Clients before it, and what is written there, by Excel row."""

    clients: Tableau
    resultats: Resultats
    reglages: Reglages
    written: pd.DataFrame


def follow(workbook: Workbook, notation: Notation, today: date) -> Suivi:
    """Put a calculation on record, unless Clients shows these very results of that day already.

    Looking whether the record says so would cost round trips to Excel at each click; what
    Clients showed is known.
    """
    clients, resultats, reglages = notation.clients, notation.resultats, notation.reglages
    if not is_news(clients, notation.written):
        return Suivi()
    departs = find_departs(clients, today)
    presents = len(resultats.without(departs.index).lignes)
    calcul = calcul_of(reglages, today, presents)
    moves, unwritten = follow_notes(workbook, clients, resultats.lignes, departs, calcul)
    away = departs.index.union(find_to_come(clients, today))
    here = pd.Series(~resultats.lignes.index.isin(away), resultats.lignes.index)
    ready = measure_readiness(resultats, here, reglages)
    undrawn = record_readiness(workbook, today, ready)
    return Suivi(
        mouvements=moves, couleurs=tuple(calcul.couleurs), anomalies=(*unwritten, *undrawn)
    )


def is_news(clients: Tableau, written: pd.DataFrame) -> bool:
    """Tell whether some results are not those that Clients shows."""
    shown = clients.lignes
    headers = [h for h in written.columns if h in shown]
    return any(
        new != old and _plain(new) != _plain(old)
        for h in reversed(headers)
        for new, old in zip(written[h], shown.loc[written.index, h], strict=True)
    )


def _plain(value: object) -> object:
    """Return a value as a cell gives it back."""
    if value is None or value != value:  # noqa: PLR0124  NaN is the only value unlike itself
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, int | float):
        return round(float(value), _DECIMALS)
    return value or None
