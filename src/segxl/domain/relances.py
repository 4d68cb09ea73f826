"""Whom to call about their platform, why, and since how many days."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import numpy as np
import pandas as pd

from segxl.domain.obligations import A_CONFIRMER, SANS_OBJET
from segxl.domain.statuts import AUCUNE, EXPIRE, JOUR, MANDAT_A_SIGNER, REFUSE, STATUT

JOURS_SANS_SIGNATURE = 30
"""Days after which a mandate that is not signed is worth a call."""
JOURS_EXPIRE = 60
"""Days after which an expired mandate is worth a call."""
SANS_PLATEFORME, NON_SIGNE, EXPIREE, A_DIRE = range(4)
CAS: Mapping[int, str] = {
    SANS_PLATEFORME: "aucune plateforme, alors que la réception est due",
    NON_SIGNE: f"mandat à signer depuis {JOURS_SANS_SIGNATURE} jours ou plus",
    EXPIREE: f"expiré depuis {JOURS_EXPIRE} jours ou plus",
    A_DIRE: "à confirmer d’abord",
}
"""Why a client is called, in the order of the list; the last is a question to settle first."""
_NONE = -1


def find_relances(dossiers: pd.DataFrame, au: date) -> pd.DataFrame:
    """List the clients to call.

    Parameters
    ----------
    dossiers : DataFrame of object, shape (n, m)
        ``Dossier``; ``reception``, see ``obligations.find_obligations``; « Statut plateforme »
        and « Date statut », None where blank or unsettledable; ``doute``, a French sentence where
        the status itself must be settled first, else None. « Raison sociale » and
        « Collaborateur » may lack.
    au : date
        The day of the list.

    Returns
    -------
    DataFrame of object, shape (k, 6), index among that of ``dossiers``
        ``Dossier``, ``Raison sociale``, ``Collaborateur``, ``cas`` (a key of ``CAS``), ``jours``
        (None where nothing dates it) and ``raison``, a French sentence. By case, the longest
        wait first, then in the order of the sheet.

    Examples
    --------
    >>> typed = {"Dossier": "D1", "reception": date(2026, 9, 1), "doute": None,
    ...          "Statut plateforme": "Mandat à signer", "Date statut": date(2026, 10, 12)}
    >>> find_relances(pd.DataFrame([typed], dtype=object), date(2026, 11, 22))["raison"].tolist()
    ['mandat à signer depuis 41 jours']
    """
    today = au.toordinal()
    due = _days_since(dossiers["reception"], today)
    age = _days_since(dossiers[JOUR], today)
    statut = dossiers[STATUT]
    unsettled = dossiers["doute"].notna()
    without = (statut.isna() | statut.isin((AUCUNE, REFUSE))) & ~unsettled
    unsigned, expired = ((statut == s) & ~unsettled for s in (MANDAT_A_SIGNER, EXPIRE))
    unsure = without & (dossiers["reception"] == A_CONFIRMER)
    undated = (unsigned | expired) & age.isna()
    asked = unsure | undated | (unsettled & (dossiers["reception"] != SANS_OBJET))
    cas = np.select(
        [without & (due >= 0), unsigned & (age >= JOURS_SANS_SIGNATURE), expired & (age >= JOURS_EXPIRE), asked],
        [SANS_PLATEFORME, NON_SIGNE, EXPIREE, A_DIRE],
        _NONE,
    )  # fmt: skip
    days = due.where(cas == SANS_PLATEFORME, age).where(cas != A_DIRE)
    found = dossiers.reindex(columns=["Dossier", "Raison sociale", "Collaborateur"]).assign(
        cas=cas, jours=days, statut=statut.where(~unsettled, dossiers["doute"])
    )
    called = found[cas != _NONE].sort_values(
        ["cas", "jours"], ascending=[True, False], kind="stable"
    )
    return _worded(called)


def _days_since(days: pd.Series, today: int) -> pd.Series:
    """Return how many days have passed since each day; NaN for a word or a blank."""
    ordinals = days.map(lambda d: d.toordinal() if isinstance(d, date) else np.nan)
    return today - ordinals.astype("float64")


def _worded(called: pd.DataFrame) -> pd.DataFrame:
    """Give each call its reason in words, each distinct one written once."""
    keys = [*zip(called["cas"], called["statut"], called["jours"].fillna(_NONE), strict=True)]
    told = {key: _RAISONS[key[0]](key[1], _since(int(key[2]))) for key in dict.fromkeys(keys)}
    days = called["jours"].astype("Int64").astype(object)
    return called.drop(columns="statut").astype(object).assign(
        jours=days.where(days.notna(), None),
        raison=pd.Series([told[key] for key in keys], index=called.index, dtype=object),
    )  # fmt: skip


def _since(days: int) -> str:
    """Say how long ago something began.

    >>> _since(0), _since(1), _since(82)
    ('depuis aujourd’hui', 'depuis 1 jour', 'depuis 82 jours')
    """
    if days == 0:
        return "depuis aujourd’hui"
    return f"depuis {days} jour{'s' if days > 1 else ''}"


def _a_dire(statut: object, _: str) -> str:
    if statut in {MANDAT_A_SIGNER, EXPIRE}:
        return f"« {statut} » sans date qui se lise : depuis quand ?"
    if statut in {None, AUCUNE, REFUSE}:
        return f"{_lost(statut)}, réception à confirmer"
    return str(statut)


def _lost(statut: object) -> str:
    return "plateforme refusée" if statut == REFUSE else "aucune plateforme"


_RAISONS: Mapping[int, Callable[[object, str], str]] = {
    SANS_PLATEFORME: lambda statut, since: f"{_lost(statut)}, réception due {since}",
    NON_SIGNE: lambda _, since: f"mandat à signer {since}",
    EXPIREE: lambda _, since: f"expiré {since}",
    A_DIRE: _a_dire,
}
