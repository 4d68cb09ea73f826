"""One line a client: what its segment's figures are summed from."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from segxl.domain.honoraires import factures as f
from segxl.domain.honoraires.factures import Periode, period_of
from segxl.domain.relation.attrition import (
    ENTREE,
    MOIS_MESURES,
    SORTIE,
    is_present,
    months_ago,
)
from segxl.domain.textes import fold
from segxl.domain.valeur import ventilation as ve
from segxl.domain.valeur.entrees import Entrees

PRESENT, ETAIT, RESTE = "present", "etait", "reste"
FACTURE, AVANT, MISSIONS = "facture", "avant", "missions"
OUVERTES = "ouvertes"
"""Whether the client was sold one more kind of mission, see :func:`find_openings`."""
EFFORT = "effort"
"""What was done to develop the client, see ``effort.count_efforts``."""


def follow_stays(clients: pd.DataFrame, au: date) -> pd.DataFrame:
    """Tell who is a client on a day, who was twelve months earlier, and who of those still is.

    Parameters
    ----------
    clients : DataFrame of object, shape (n, m)
        « Entrée le » and « Sortie le », days or None; whoever leaves on that day is gone.

    Examples
    --------
    >>> stays = [(None, None), (None, date(2026, 5, 1)), (date(2026, 5, 1), None), (date(2027, 1, 1), None)]
    >>> clients = pd.DataFrame(stays, columns=["Entrée le", "Sortie le"], dtype=object)
    >>> follow_stays(clients.where(clients.notna(), None), date(2026, 11, 22)).astype(int).to_numpy().tolist()
    [[1, 1, 1], [0, 1, 0], [1, 0, 0], [0, 0, 0]]
    """
    before = months_ago(au, MOIS_MESURES) + timedelta(days=1)
    stays = [*zip(clients[ENTREE], clients[SORTIE], strict=True)]
    here = [(e is None or e <= au) and (s is None or s > au) for e, s in stays]
    was = [is_present(entree, sortie, before) for entree, sortie in stays]
    columns = {PRESENT: here, ETAIT: was}
    told = pd.DataFrame(columns, index=clients.index).astype(bool)
    return told.assign(**{RESTE: told[PRESENT] & told[ETAIT]})


def compare_years(entrees: Entrees) -> pd.DataFrame | None:
    """Return the cents billed to each client over the period and the twelve months before.

    None where the invoices do not cover both years whole.
    """
    billed, periode = entrees.factures, entrees.periode
    if not len(billed):
        return None
    first, last = min(billed[f.JOUR]), max(billed[f.JOUR])
    end = periode.du - timedelta(days=1)
    before = period_of([(first, end)] if first <= end else [], end)
    if last < periode.du or not before.est_entiere:
        return None
    places = ve.places_of(billed[f.DOSSIER], entrees.dossiers)
    sums = {
        name: ve.gather_factures(
            places, billed[f.JOUR], billed[f.MONTANT], len(entrees.dossiers), year
        )[ve.HONORAIRES].fillna(0.0)
        for name, year in ((FACTURE, periode), (AVANT, before))
    }
    return pd.DataFrame(sums)


def count_missions(
    factures: pd.DataFrame, missions: pd.Series, dossiers: tuple[str, ...], periode: Periode
) -> pd.Series | None:
    """Count the kinds of missions that each client was billed over a period.

    Parameters
    ----------
    factures : DataFrame of object
        « Date », « Dossier » and « Montant HT », in cents; a credit note buys nothing.
    missions : Series of object, same index
        The kind of mission of each invoice, None where nobody said.
    dossiers : tuple of str, length n
        The clients.
    periode : Periode
        The twelve months.

    Returns
    -------
    Series of float, shape (n,), optional
        NaN for a client of which no invoice says its mission; None where none of them does.
    """
    bought = [
        kind is not None and cents > 0 and periode.du <= jour <= periode.au
        for jour, cents, kind in zip(factures[f.JOUR], factures[f.MONTANT], missions, strict=True)
    ]
    within = pd.Series(bought, factures.index, dtype=bool)
    if not within.any():
        return None
    told = pd.DataFrame(
        {
            "place": ve.places_of(factures.loc[within, f.DOSSIER], dossiers),
            "kind": missions[within].map(fold),
        }
    )
    kinds = told[told["place"] != ve.HORS_CLIENTS].drop_duplicates()
    counts = np.bincount(kinds["place"], minlength=len(dossiers)).astype(np.float64)
    return pd.Series(np.where(counts > 0, counts, np.nan))


def find_openings(
    factures: pd.DataFrame, missions: pd.Series, dossiers: tuple[str, ...], periode: Periode
) -> pd.Series | None:
    """Tell which clients were billed, over a period, a kind of mission that was not their first.

    Parameters
    ----------
    factures, missions, dossiers, periode
        See :func:`count_missions`; invoices of before the period say what is not new.

    Returns
    -------
    Series of float, shape (n,), optional
        1 for a client that opened one, 0 for another whose missions are known, NaN where they are
        not; None where no invoice of before the period says its mission: then nothing is known new.
    """
    cells = zip(factures[f.JOUR], factures[f.MONTANT], missions, strict=True)
    told = [kind is not None and cents > 0 and jour <= periode.au for jour, cents, kind in cells]
    within = pd.Series(told, factures.index, dtype=bool)
    firsts = pd.DataFrame(
        {
            "place": ve.places_of(factures.loc[within, f.DOSSIER], dossiers),
            "kind": missions[within].map(fold),
            "jour": factures.loc[within, f.JOUR],
        }
    )
    firsts = firsts[firsts["place"] != ve.HORS_CLIENTS]
    if firsts.empty or min(firsts["jour"]) >= periode.du:
        return None
    firsts = firsts.sort_values(["place", "jour"]).drop_duplicates(["place", "kind"])
    later = firsts.groupby("place").cumcount() > 0
    new = firsts.loc[later & (firsts["jour"] >= periode.du), "place"].unique()
    known = firsts["place"].unique()
    opened = pd.Series(np.nan, range(len(dossiers)))
    opened.loc[known] = 0.0
    opened.loc[new] = 1.0
    return opened


def join_clients(
    lignes: pd.DataFrame,
    stays: pd.DataFrame,
    annees: pd.DataFrame | None,
    missions: pd.Series | None,
    ouvertes: pd.Series | None,
) -> pd.DataFrame:
    """Put beside what each client is worth its stay, its two years and its missions.

    Parameters
    ----------
    lignes : DataFrame, shape (n, m)
        See ``releve.ReleveValeur``.
    stays : DataFrame, shape (n, 3)
        See :func:`follow_stays`; in the same order, whatever its index.
    annees, missions, ouvertes : optional
        See :func:`compare_years`, :func:`count_missions` and :func:`find_openings`; None adds
        nothing to any sum.
    """
    blank = pd.Series(np.nan, lignes.index)
    years = {h: 0.0 if annees is None else annees[h] for h in (FACTURE, AVANT)}
    return lignes.assign(
        **{h: stays[h].to_numpy() for h in (PRESENT, ETAIT, RESTE)},
        **years,
        **{
            MISSIONS: blank if missions is None else missions,
            OUVERTES: blank if ouvertes is None else ouvertes,
        },
    )
