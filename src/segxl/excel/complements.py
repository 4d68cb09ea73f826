"""What stands beside the value of each client: its complexity, its unbilled time, whom to see first."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from segxl.domain.dossiers import CLE
from segxl.domain.honoraires.factures import Periode
from segxl.domain.saisie import is_error
from segxl.domain.textes import fold
from segxl.domain.valeur import temps as t
from segxl.domain.valeur import ventilation as ve
from segxl.domain.valeur.complexite import INDICE, RAISON, measure_complexite
from segxl.domain.valeur.entrees import Entrees
from segxl.domain.valeur.non_facture import COLONNES, read_unbilled
from segxl.excel.port import Workbook

MISSION = "Mission"
NON_FACTURE = "Temps non facturé (€)"
A_VOIR = "À voir d’abord"
_EURO = 100


def read_missions(workbook: Workbook, lines: pd.DataFrame, table: str = "Honoraires") -> pd.Series:
    """Return the kind of mission of each line of a table, where the firm keeps a column « Mission »."""
    blank = pd.Series([None] * len(lines), lines.index, dtype=object)
    if not len(lines):
        return blank
    found = _cells(workbook, table, MISSION, lines)
    return blank if found is None else found


def add_complements(
    workbook: Workbook,
    clients: pd.DataFrame,
    factures: pd.DataFrame,
    temps: tuple[pd.DataFrame, pd.DataFrame],
    entrees: Entrees,
) -> pd.DataFrame:
    """Return the clients with their complexity, why, and their unbilled time in euros, numbered from 0.

    Parameters
    ----------
    workbook : Workbook
        Its tables Honoraires and Temps may have columns of the firm: « Mission »; in Temps,
        « Heures facturées », « Facturé » or « Facturable ».
    clients : DataFrame
        What Clients holds.
    factures : DataFrame of object
        The lines on record, by Excel row.
    temps : pair of DataFrame of object
        Those of Temps, and those that files bring.
    entrees : Entrees
        Says which twelve months count, all the hours, and their rates.
    """
    periode = entrees.periode
    told = pd.concat(
        [
            _pairs(factures, read_missions(workbook, factures), periode),
            _pairs(temps[0], read_missions(workbook, temps[0], "Temps"), periode),
        ]
    )
    people = _pairs(entrees.temps, entrees.temps[t.COLLABORATEUR], periode)
    clients = clients.reset_index(drop=True)
    complexite = measure_complexite(clients, _count(told), _count(people))
    return clients.assign(
        **{INDICE: complexite[INDICE], RAISON: complexite[RAISON]},
        **{NON_FACTURE: pd.Series(_unbilled(workbook, clients, temps, entrees), dtype=object)},
    )


def _cells(workbook: Workbook, table: str, header: str, lines: pd.DataFrame) -> pd.Series | None:
    """Return a column of a table on the rows of some lines, None where blank; None without one."""
    lignes = workbook.read_table(table).canonical([header]).lignes
    if header not in lignes:
        return None
    told = lignes[header].reindex(lines.index)
    kept = [None if v is None or v != v or is_error(v) or not str(v).strip() else v for v in told]  # noqa: PLR0124  NaN is the only value unlike itself
    return pd.Series(kept, lines.index, dtype=object)


def _pairs(lines: pd.DataFrame, words: pd.Series, periode: Periode) -> pd.DataFrame:
    """Return the client and the word of the lines of a period that have one, both folded."""
    rows = [
        (fold(dossier), fold(word))
        for dossier, jour, word in zip(lines[t.DOSSIER], lines[t.JOUR], words, strict=True)
        if word and periode.du <= jour <= periode.au
    ]
    return pd.DataFrame(rows, columns=["cle", "mot"])


def _count(pairs: pd.DataFrame) -> dict[str, int]:
    distinct = pairs.drop_duplicates().groupby("cle").size()
    return {str(cle): int(count) for cle, count in distinct.items()}


def _unbilled(
    workbook: Workbook,
    clients: pd.DataFrame,
    temps: tuple[pd.DataFrame, pd.DataFrame],
    entrees: Entrees,
) -> list[float | None]:
    """Return what the unbilled hours of each client cost, None where no line of it tells."""
    recorded, brought = temps
    cells = {h: _cells(workbook, "Temps", h, recorded) for h in COLONNES if len(recorded)}
    found = [
        _with_unbilled(recorded, cells),
        _with_unbilled(brought, {h: brought[h] for h in COLONNES if h in brought}),
    ]
    filled = [frame for frame in found if len(frame)]
    if not filled:
        return [None] * len(clients)
    known = pd.concat(filled, ignore_index=True)
    known = known.assign(**{t.TAUX: t.rates_of(known, entrees.tarifs)})
    places = ve.places_of(known[t.DOSSIER], [*clients[CLE]])
    cents = ve.gather_temps(places, known, len(clients), entrees.periode)[ve.COUT]
    return [None if pd.isna(c) else c / _EURO for c in cents]


def _with_unbilled(lines: pd.DataFrame, cells: Mapping[str, pd.Series | None]) -> pd.DataFrame:
    """Return the lines that tell, their hours the unbilled ones: the most exact cell wins."""
    hours = pd.Series([None] * len(lines), lines.index, dtype=object)
    for header, told in cells.items():
        if told is not None:
            pairs = zip(told, lines[t.HEURES], strict=True)
            read = [read_unbilled(header, value, worked) for value, worked in pairs]
            hours = hours.where(hours.notna(), pd.Series(read, lines.index, dtype=object))
    return lines.assign(**{t.HEURES: hours})[hours.notna()] if len(lines) else lines
