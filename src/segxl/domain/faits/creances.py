"""What customers owed from one year to the next, and the day they paid it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from segxl.domain.faits.factures import VENTES
from segxl.domain.faits.lignes import codes_of
from segxl.domain.faits.perimetre import read_lignes
from segxl.domain.faits.tiers import CLIENTS

CODE, PIECE, TTC, PAYEE, AVANT = "code", "piece", "ttc", "payee", "avant"
REPORTS = (CODE, PIECE, TTC, PAYEE, AVANT)
GROUPE = [CODE, "compte", "lettre"]


def read_mouvements(ecritures: pd.DataFrame) -> pd.DataFrame:
    """List the lines on customers.

    Parameters
    ----------
    ecritures : DataFrame, shape (n, m)
        One row per line, as ``sources.fec`` reads them.

    Returns
    -------
    DataFrame
        ``code`` of the customer, ``compte``, ``lettre``, ``piece``, ``net`` in cents, ``jour``
        since 1970; ``ouverture`` on the lines carried forward from the year before, ``facture``
        on those of an entry that sells, ``paiement`` on the credits of the others.
    """
    lignes = read_lignes(ecritures)
    rows = np.flatnonzero(lignes.of_accounts(CLIENTS))
    lines = ecritures.take(rows)
    columns = {name: codes_of(lines[name]) for name in ("aux", "lettre", "piece")}
    texts = {name: words[codes] for name, (codes, words) in columns.items()}
    compte = lignes.noms[lignes.comptes[rows]]
    ouverture = ~lignes.base[rows]
    sold = np.isin(lignes.pieces[rows], np.unique(lignes.pieces[lignes.under(*VENTES)]))
    net = lignes.net[rows]
    return pd.DataFrame(
        {
            CODE: np.where(texts["aux"] == "", compte, texts["aux"]),
            "compte": compte,
            "lettre": texts["lettre"],
            PIECE: texts["piece"],
            "net": net,
            "jour": lignes.jours[rows],
            "ouverture": ouverture,
            "facture": ~ouverture & sold,
            "paiement": ~ouverture & ~sold & (net < 0),
        }
    )


def find_reports(years: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Find what was owed when years opened, and when it was paid, by the lettering.

    Parameters
    ----------
    years : sequence of DataFrame
        What ``read_mouvements`` gives of the years of one company, in their order.

    Returns
    -------
    DataFrame of object
        One row per debit: ``code`` of the customer, ``piece``, ``ttc`` in cents, ``payee``, a
        date, None where it was not paid, and ``avant``, the day before which it was invoiced.
    """
    letters = [_of_letters(before, after) for before, after in pairwise(years)]
    told = {key for frame in letters for key in _keys_of(frame)}
    openings = [_of_openings(year) for year in years]
    # The same debit, told by the letter of its own invoice, is one.
    openings = [frame[[key not in told for key in _keys_of(frame)]] for frame in openings]
    filled = [frame for frame in (*letters, *openings) if len(frame)]
    whole = pd.concat(filled) if filled else pd.DataFrame(columns=[*REPORTS])
    whole = whole.sort_values(PAYEE, kind="stable", na_position="last").astype(object)
    days = [None if pd.isna(day) else _date_of(day) for day in whole[PAYEE]]
    before = [_date_of(day) for day in whole[AVANT]]
    return whole.assign(
        **{
            PAYEE: pd.Series(days, whole.index, object),
            AVANT: pd.Series(before, whole.index, object),
        }
    ).reset_index(drop=True)


def _keys_of(reports: pd.DataFrame) -> list[tuple[object, ...]]:
    return [*zip(*(reports[c] for c in (CODE, PIECE, TTC, AVANT)), strict=True)]


def _of_openings(year: pd.DataFrame) -> pd.DataFrame:
    """Return the debits carried forward; paid where their letter balances and holds a payment."""
    opening = year[year["ouverture"] & (year["net"] > 0)]
    days = _last_payments(year)
    keys = pd.MultiIndex.from_frame(opening[GROUPE])
    told = {TTC: opening["net"], PAYEE: days.reindex(keys).array, AVANT: opening["jour"]}
    return opening.assign(**told)[[*REPORTS]]


def _of_letters(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return the invoices of a year whose letter only balances with the payments of the next.

    A letter that balances within one of the two years is another: software uses them again.
    """
    ours = _lettered(before[~before["ouverture"]])
    theirs = _lettered(after[~after["ouverture"]])
    left, right = (frame.groupby(GROUPE)["net"].sum() for frame in (ours, theirs))
    both = left[left != 0].to_frame("net").join(right[right != 0].rename("next"), how="inner")
    joined = both.index[both["net"] + both["next"] == 0]
    days = theirs[theirs["paiement"]].groupby(GROUPE)["jour"].max().reindex(joined).dropna()
    keys = pd.MultiIndex.from_frame(ours[GROUPE])
    kept = keys.isin(days.index) & (ours["net"] > 0).to_numpy()
    opened = after["jour"].min() if len(after) else None
    return ours[kept].assign(
        **{TTC: ours["net"][kept], PAYEE: days.reindex(keys[kept]).to_numpy(), AVANT: opened}
    )[[*REPORTS]]


def _last_payments(year: pd.DataFrame) -> pd.Series:
    """Return the day of the last payment of each letter that balances, by its group."""
    groups = _lettered(year)
    nets = groups.groupby(GROUPE)["net"].sum()
    days = groups[groups["paiement"]].groupby(GROUPE)["jour"].max()
    return days[days.index.isin(nets.index[nets == 0])]


def _lettered(lines: pd.DataFrame) -> pd.DataFrame:
    return lines[lines["lettre"] != ""]


def _date_of(day: object) -> object:
    return np.datetime64(int(float(str(day))), "D").item()
