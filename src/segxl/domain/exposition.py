"""What a client risks in fines over the twelve months to come, if nothing changes.

For the firm alone: a letter never tells it. Each fine supposes that the tax office asks; the
first offence, repaired in time, costs nothing. An amount that the law leaves unsure counts for
nothing, so the figure is the least that may be asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from segxl.domain.champ import EMISSION, PAIEMENTS, RECEPTION, TRANSACTIONS
from segxl.domain.echeances import REGIME_CODES
from segxl.domain.loi import Loi
from segxl.domain.obligations import A_CONFIRMER
from segxl.domain.saisie import parse_numbers
from segxl.domain.situation import REGIMES

FACTURES = "Factures émises par mois"
HORIZON_MONTHS = 12
DAYS_IN_MONTH = 365.25 / 12
PERIODES_PAR_MOIS = {"decade": 3.0, "mensuel": 1.0, "bimestriel": 0.5}
NEVER = date.max.toordinal()
Amounts = npt.NDArray[np.float64]
Days = npt.NDArray[np.int64]


def estimate_exposition(
    dossiers: pd.DataFrame,
    obligations: pd.DataFrame,
    prets: pd.DataFrame,
    loi: Loi,
    au: date,
) -> pd.Series:
    """Estimate the fines that each client may be asked for within twelve months.

    Parameters
    ----------
    dossiers : DataFrame, shape (n, m)
        « Factures émises par mois », « Part B2B » and « Régime TVA » where the firm has them;
        an unknown number of invoices counts none, an unknown share counts all.
    obligations : DataFrame, shape (n, ≥ 4)
        See ``obligations.find_obligations``; same index.
    prets : DataFrame of bool, shape (n, 2)
        Who receives and who issues already, columns ``recoit`` and ``emet``; same index.
    loi : Loi
        The fines and their limits.
    au : date
        The first day of the twelve months.

    Returns
    -------
    Series of float, shape (n,)
        Euros, whole; NaN where the law cannot say whether the client must receive.
    """
    window = _window_of(au)
    receives = prets["recoit"].to_numpy(dtype=bool)
    total = _fine_of_reception(_starts_of(obligations[RECEPTION], receives, au), window, loi)
    for breaches, amende, plafond, _ in _breaches_by_kind(dossiers, obligations, prets, loi, au):
        total += np.minimum(breaches * amende, plafond)
    known = obligations[RECEPTION].to_numpy() != A_CONFIRMER
    return pd.Series(np.where(known, np.floor(total), np.nan), index=dossiers.index)


def estimate_remise(
    dossiers: pd.DataFrame,
    obligations: pd.DataFrame,
    prets: pd.DataFrame,
    loi: Loi,
    au: date,
) -> pd.Series:
    """Estimate what the waiver of a first offence, repaired in time, takes off that figure.

    One fine of each kind that a client may be asked for, the dearest; the fines for reception
    come after a formal notice, which is no first offence to repair.

    Takes what :func:`estimate_exposition` takes.

    Returns
    -------
    Series of float, shape (n,)
        Euros; 0 where no such fine is to be feared.
    """
    lifted: dict[str, Amounts] = {}
    for breaches, amende, _, kind in _breaches_by_kind(dossiers, obligations, prets, loi, au):
        fine = np.where(breaches >= 1, amende, 0.0)
        lifted[kind] = np.maximum(lifted.get(kind, 0.0), fine)
    return pd.Series(sum(lifted.values(), np.zeros(len(dossiers))), index=dossiers.index)


def _window_of(au: date) -> tuple[int, int]:
    """Return the first day of the twelve months and the day after the last."""
    last = au + pd.DateOffset(months=HORIZON_MONTHS)
    return au.toordinal(), last.toordinal()


def _starts_of(answers: pd.Series, ready: npt.NDArray[np.bool_], au: date) -> Days:
    """Return the day from which each client may be fined; ``NEVER`` where none, or unknown."""
    codes, met = pd.factorize(answers)
    days = [d.toordinal() if isinstance(d, date) else NEVER for d in met]
    starts = np.maximum(np.array([*days, NEVER], dtype=np.int64)[codes], au.toordinal())
    return np.where(ready, NEVER, starts)


def _fine_of_reception(starts: Days, window: tuple[int, int], loi: Loi) -> Amounts:
    """Return the fines of whoever has no platform: one after each formal notice."""
    notice = loi.value("mise_en_demeure_reception", "mois") * DAYS_IN_MONTH
    # A day of grace: twelve months hold four notices whatever the lengths of their months.
    elapsed = np.maximum(window[1] - starts + 1, 0) // notice
    first = loi.value("amende_reception", "euros")
    following = loi.value("amende_reception_suivante", "euros")
    fines = np.where(elapsed > 0, first + (elapsed - 1) * following, 0)
    return np.asarray(fines, dtype=np.float64)


def _breaches_by_kind(
    dossiers: pd.DataFrame, obligations: pd.DataFrame, prets: pd.DataFrame, loi: Loi, au: date
) -> Iterator[tuple[Amounts, float, float, str]]:
    """Yield, kind by kind and civil year by civil year: how many breaches, the fine, its cap, the kind.

    A year whose fine or cap the law leaves unsure is left out.
    """
    window, issues = _window_of(au), prets["emet"].to_numpy(dtype=bool)
    kinds = {
        "facture": (EMISSION, _invoices_a_day(dossiers), "facture"),
        "transactions": (TRANSACTIONS, _sendings_a_day("transactions", dossiers, loi), "transmission"),
        "paiements": (PAIEMENTS, _sendings_a_day("paiements", dossiers, loi), "transmission"),
    }  # fmt: skip
    for kind, (obligation, a_day, code) in kinds.items():
        starts = _starts_of(obligations[obligation], issues, au)
        for first, after in _years_of(window):
            day = date.fromordinal(first)
            amende, plafond = loi.at(f"amende_{code}", day), loi.at(f"plafond_{code}", day)
            if amende is None or plafond is None or amende.a_confirmer or plafond.a_confirmer:
                continue
            days = np.maximum(after - np.maximum(starts, first), 0)
            yield np.floor(days * a_day + 1e-9), amende.valeur, plafond.valeur, kind


def _years_of(window: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Cut the twelve months at the ends of the civil years."""
    first, after = window
    while first < after:
        new_year = date(date.fromordinal(first).year + 1, 1, 1).toordinal()
        yield first, min(new_year, after)
        first = new_year


def _invoices_a_day(dossiers: pd.DataFrame) -> Amounts:
    """Return how many invoices to businesses each client issues a day."""
    monthly = _numbers(dossiers, FACTURES, 0)
    return np.maximum(monthly, 0) * np.clip(_numbers(dossiers, "Part B2B", 1), 0, 1) / DAYS_IN_MONTH


def _sendings_a_day(kind: str, dossiers: pd.DataFrame, loi: Loi) -> Amounts:
    """Return how many files of figures each client sends a day."""
    if "Régime TVA" not in dossiers:
        return np.zeros(len(dossiers))
    often = {
        regime: PERIODES_PAR_MOIS[loi[f"{kind}_{code}"].valeur] / DAYS_IN_MONTH
        for regime, code in zip(REGIMES, REGIME_CODES, strict=False)
    }
    return np.asarray(dossiers["Régime TVA"].map(often).fillna(0), dtype=np.float64)


def _numbers(dossiers: pd.DataFrame, header: str, missing: float) -> Amounts:
    if header not in dossiers:
        return np.full(len(dossiers), missing, dtype=np.float64)
    return np.asarray(parse_numbers(dossiers[header]).fillna(missing), dtype=np.float64)
