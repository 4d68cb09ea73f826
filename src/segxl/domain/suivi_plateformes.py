"""Which status of a platform holds for each client, of all those that vendors and the firm tell.

The newest wins. What one platform says of a client who left it, or never came to it, takes
nothing from what another one says: a firm drops the exports of several vendors, and each lists
all the clients of the firm.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
import pandas as pd

from segxl.domain.identifiants import is_siren, siren_of
from segxl.domain.normalisation import normalise
from segxl.domain.saisie import parse_column
from segxl.domain.statuts import AUCUNE, EXPIRE, JOUR, PLATEFORME, REFUSE, STATUT, SUIVI
from segxl.domain.tableau import Tableau
from segxl.domain.textes import fold

CLIENT, CONNUE = "client", "connue"
"""The client of a line, and whether the workbook told it already."""
RETENUE = "retenue"
ANCIENNE = "plus ancienne"
SANS_DATE = "sans date"
AILLEURS = "dit par une autre plateforme"
CONTREDITE = "contredite"
"""What becomes of a line."""
_REVERS = (AUCUNE, EXPIRE, REFUSE)
_UNDATED = 0


def parse_suivis(clients: Tableau) -> pd.DataFrame:
    """Read what the table Clients says of platforms, as « Noter » reads it.

    Parameters
    ----------
    clients : Tableau
        The table Clients; it may lack every column read here.

    Returns
    -------
    DataFrame of object, shape (n, 5), indexed by Excel row
        ``SIREN``, nine digits, None where it is blank or wrong; ``SUIVI``, None where blank;
        ``illisible``, the header of what was typed and cannot be read, None where all can.
    """
    typed = clients.lignes.reindex(columns=["SIREN", *SUIVI])
    numbers = parse_column(typed["SIREN"], lambda v: siren_of(v) if is_siren(v) else None)
    known = normalise(typed)
    unread = np.select(
        [typed[h].notna() & known[h].isna() for h in (STATUT, JOUR)], [STATUT, JOUR], ""
    )
    frame = known.assign(SIREN=numbers, illisible=unread).astype(object)
    return frame.where(frame.notna() & (frame != ""), None)


def pair_lignes(suivis: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """Give each client what is told of its SIREN, beside what the workbook told already.

    Parameters
    ----------
    suivis : DataFrame
        What :func:`parse_suivis` returned.
    told : DataFrame of object, shape (n, m)
        ``SIREN`` and ``SUIVI``, and any other column.

    Returns
    -------
    DataFrame of object
        ``client``, a row of Clients; ``connue``; the columns of ``told``. Dossiers that share a
        SIREN are one legal person, which has one platform: each has every line. A client of whom
        nothing is told has no line, nor has one whose cells cannot be read.
    """
    readable = suivis[suivis["illisible"].isna() & suivis["SIREN"].notna()]
    clients = pd.DataFrame({CLIENT: readable.index, "SIREN": readable["SIREN"].to_numpy()})
    new = clients.merge(told, on="SIREN").assign(**{CONNUE: False})
    known = readable.loc[readable.index.isin(new[CLIENT])]
    known = known[known[STATUT].notna() | known[PLATEFORME].notna()]
    # A day without a status dates nothing.
    days = known[JOUR].where(known[STATUT].notna(), None)
    known = known.assign(**{JOUR: days}).assign(client=known.index, connue=True)
    lignes = pd.concat([known, new], ignore_index=True)[[*new.columns]].astype(object)
    return lignes.where(lignes.notna(), None)


def judge_lignes(lignes: pd.DataFrame) -> pd.Series:
    """Say what becomes of each line.

    Parameters
    ----------
    lignes : DataFrame, shape (n, ≥ 5)
        ``client``; ``SUIVI``, None where unknown; ``connue``, true for what the workbook told
        already, one line a client at most. The order of the lines does not matter.

    Returns
    -------
    Series of str, shape (n,), same index
        ``RETENUE`` for the lines that agree on the status that holds; ``CONTREDITE`` for those
        that would hold but do not agree; ``ANCIENNE``; ``SANS_DATE`` beside dated ones;
        ``AILLEURS`` for a setback at a platform other than the one that serves the client.

    Notes
    -----
    A platform speaks by its newest day. « Aucune » says nothing of another platform; « Expiré »
    and « Refusé » say something only on the very day of what the other one says. Without any
    date, what is told now holds over what the workbook told.

    Examples
    --------
    >>> from datetime import date
    >>> told = [("Nébula", "Mandat signé", date(2026, 10, 1)), ("Orbite", "Expiré", date(2026, 11, 1))]
    >>> lignes = pd.DataFrame(told, columns=[*SUIVI]).assign(client=2, connue=False)
    >>> judge_lignes(lignes).tolist()
    ['retenue', 'dit par une autre plateforme']
    """
    frame = _codes_of(lignes)
    newest_there = frame.groupby(["client", "name"])["day"].transform("max")
    current = frame["day"] == newest_there
    elsewhere = current & _is_elsewhere(frame, frame[current])
    left = current & ~elsewhere
    tied = left & (frame["day"] == _over_clients(frame, frame["day"].where(left, -1), "max"))
    undated = frame["day"] == _UNDATED
    told_now = _over_clients(frame, tied & ~frame["known"], "any")
    tied &= ~(frame["known"] & undated & told_now)
    sides = [frame["statut"].where(tied), frame["name"].where(tied & (frame["name"] != ""))]
    contradicted = tied & np.logical_or.reduce(
        [_over_clients(frame, side, "nunique") > 1 for side in sides]
    )
    fates = np.select(
        [contradicted, tied, elsewhere, undated],
        [CONTREDITE, RETENUE, AILLEURS, SANS_DATE],
        ANCIENNE,
    )
    return pd.Series(fates, index=lignes.index, dtype=object)


def settle_suivis(lignes: pd.DataFrame, fates: pd.Series) -> pd.DataFrame:
    """Return the status that holds for each client.

    Parameters
    ----------
    lignes : DataFrame
        See :func:`judge_lignes`.
    fates : Series of str, same index
        What it returned.

    Returns
    -------
    DataFrame of object, indexed by client
        ``SUIVI``, None where no line that holds tells it; no row for a contradiction.
    """
    kept = lignes[fates == RETENUE]
    ordered = kept.sort_values([CONNUE, PLATEFORME], ascending=[False, True], kind="stable")
    settled = ordered.groupby(CLIENT)[[*SUIVI]].first().astype(object)
    return settled.where(settled.notna(), None)


def find_changements(suivis: pd.DataFrame, settled: pd.DataFrame) -> dict[int, dict[str, object]]:
    """Return the cells of Clients that take another value: Excel row → header → value.

    A platform that nobody names stays as it is, and so does one spelt otherwise, and any where
    the status is « Aucune »; a status that nobody dates has a blank date.
    """
    told = settled[settled[STATUT].notna()]
    known = suivis.loc[told.index]
    spelt = [side.map(fold, na_action="ignore") for side in (known[PLATEFORME], told[PLATEFORME])]
    differs = {
        PLATEFORME: told[PLATEFORME].notna() & (spelt[0] != spelt[1]) & (told[STATUT] != AUCUNE),
        STATUT: known[STATUT] != told[STATUT],
        JOUR: (known[JOUR] != told[JOUR]) & (known[JOUR].notna() | told[JOUR].notna()),
    }
    changed = pd.DataFrame(differs, dtype=bool)
    touched = changed.any(axis="columns")
    values = told.loc[touched, [*SUIVI]].to_dict("records")
    marks = changed[touched].to_dict("records")
    return {
        int(str(row)): {h: cells[h] for h in SUIVI if mark[h]}
        for row, cells, mark in zip(told.index[touched], values, marks, strict=True)
    }


def apply_changements(
    suivis: pd.DataFrame, changements: Mapping[int, Mapping[str, object]]
) -> pd.DataFrame:
    """Return what the table Clients says of platforms once these cells are written."""
    columns = {
        h: pd.Series(
            [changements.get(row, {}).get(h, old) for row, old in suivis[h].items()],  # type: ignore[call-overload]
            index=suivis.index,
            dtype=object,
        )
        for h in SUIVI
    }
    return suivis.assign(**columns)


def _codes_of(lignes: pd.DataFrame) -> pd.DataFrame:
    """Return the lines in a form that is quick to group."""
    ordinals = parse_column(lignes[JOUR], lambda day: day.toordinal())  # type: ignore[attr-defined]
    return pd.DataFrame(
        {
            "client": pd.factorize(lignes[CLIENT])[0],
            "name": parse_column(lignes[PLATEFORME], fold).fillna("").astype(str),
            "day": pd.to_numeric(ordinals).fillna(_UNDATED).astype("int64"),
            "statut": lignes[STATUT],
            "setback": lignes[STATUT].isin(_REVERS),
            "known": lignes[CONNUE].astype(bool),
        },
        index=lignes.index,
    )


def _is_elsewhere(frame: pd.DataFrame, current: pd.DataFrame) -> pd.Series:
    """Tell the setbacks at one platform of clients whom another one serves."""
    steps = current[~current["setback"] & (current["name"] != "")]
    pairs = steps[["client", "name"]].drop_duplicates()
    here = pd.MultiIndex.from_frame(frame[["client", "name"]]).isin(pd.MultiIndex.from_frame(pairs))
    platforms = frame["client"].map(pairs["client"].value_counts()).fillna(0)
    same_day = frame["day"] == frame["client"].map(steps.groupby("client")["day"].max())
    named = frame["setback"] & (frame["name"] != "")
    return named & (platforms > here) & ((frame["statut"] == AUCUNE) | ~same_day)


def _over_clients(
    frame: pd.DataFrame, values: pd.Series, function: Literal["max", "any", "nunique"]
) -> pd.Series:
    """Return what a function makes of the values of each client, on each of its lines."""
    found: pd.Series = values.groupby(frame["client"]).transform(function)
    return found
