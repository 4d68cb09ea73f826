"""What a client is worth over its stay (LTV), what it costs to win one (CAC), and their ratio."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pandas as pd

from segxl.domain.honoraires.factures import DOSSIER, JOUR, MONTANT, Periode
from segxl.domain.relation.attrition import MOIS_MESURES
from segxl.domain.relation.indicateurs import Indicateur, ratio_of
from segxl.domain.textes import fold

SANS_DEPART = "aucun départ sur douze mois : la durée de vie d’un client ne se mesure pas"
SANS_VALEUR = "aucuns honoraires connus"
SANS_DEPENSE = "la dépense d’acquisition n’est pas saisie"
SANS_ENTREE = "rien ne dit quand les clients sont arrivés"
SANS_NOUVEAU = "aucun nouveau client sur douze mois"
SANS_COUT = "le coût d’acquisition est nul"
SANS_FACTURE = "aucune facture sur la période"
PAR_MISSION, PAR_MOIS = "missions différentes", "mois facturés"
SEVERAL = 2


def measure_rachat(
    factures: pd.DataFrame, missions: pd.Series, periode: Periode
) -> tuple[Indicateur, str]:
    """Measure how many clients bought a second mission over a period.

    Parameters
    ----------
    factures : DataFrame of object
        « Date », « Dossier » and « Montant HT », in cents; a credit note buys nothing.
    missions : Series of object, same index
        The kind of mission of each invoice, None where nobody said. With one kind at least,
        a client comes back when it has two kinds; without any, when two months bill it.
    periode : Periode
        The twelve months.

    Returns
    -------
    Indicateur
        The share of the clients billed that came back, 0..1.
    str
        What tells so: missions or months.
    """
    bought = [
        cents > 0 and periode.du <= jour <= periode.au
        for jour, cents in zip(factures[JOUR], factures[MONTANT], strict=True)
    ]
    within = factures[pd.Series(bought, factures.index, dtype=bool)]
    kinds = missions.loc[within.index]
    d_apres = PAR_MISSION if kinds.notna().any() else PAR_MOIS
    seen: dict[str, set[object]] = {}
    for dossier, jour, kind in zip(within[DOSSIER], within[JOUR], kinds, strict=True):
        what = (jour.year, jour.month) if d_apres == PAR_MOIS else fold(kind or "")
        seen.setdefault(fold(dossier), set()).add(what)
    again = sum(1 for found in seen.values() if len(found - {""}) >= SEVERAL)
    return ratio_of(again, len(seen), SANS_FACTURE), d_apres


def measure_cac(depense: float | None, nouveaux: int | None) -> Indicateur:
    """Return what winning a client costs, in euros.

    >>> measure_cac(3000, 4).valeur, measure_cac(3000, 0).motif
    (750.0, 'aucun nouveau client sur douze mois')
    """
    if depense is None:
        return Indicateur(motif=SANS_DEPENSE)
    if nouveaux is None:
        return Indicateur(motif=SANS_ENTREE)
    return ratio_of(depense, nouveaux, SANS_NOUVEAU)


def measure_ltv(annuels: Mapping[str, float], attrition: Indicateur) -> Indicateur:
    """Return what a client brings over its stay, in euros: a mean year over the yearly churn.

    Parameters
    ----------
    annuels : mapping
        What each client brings in a year, in euros: its margin, or its fees.
    attrition : Indicateur
        The monthly churn.

    Examples
    --------
    >>> round(measure_ltv({"d1": 1200.0, "d2": 2400.0}, Indicateur(valeur=0.0125)).valeur, 2)
    12000.0
    """
    if not annuels:
        return Indicateur(motif=SANS_VALEUR)
    years = stay_of(attrition)
    if years.valeur is None:
        return years
    mean = sum(sorted(annuels.values())) / len(annuels)
    return Indicateur(valeur=mean * years.valeur, n=len(annuels))


def stay_of(attrition: Indicateur) -> Indicateur:
    """Return how many years a client stays, as the churn says; none where nobody left."""
    if attrition.valeur is None:
        return Indicateur(motif=attrition.motif)
    return ratio_of(1, MOIS_MESURES * attrition.valeur, SANS_DEPART)


def measure_ratio(ltv: Indicateur, cac: Indicateur) -> Indicateur:
    """Return LTV over CAC, or what keeps it from being one.

    >>> measure_ratio(Indicateur(valeur=3000.0), Indicateur(valeur=0.0)).motif
    'le coût d’acquisition est nul'
    """
    for part in (ltv, cac):
        if part.valeur is None:
            return Indicateur(motif=part.motif)
    # The count of a ratio is that of its denominator: here euros, which count nothing.
    return replace(ratio_of(ltv.valeur or 0.0, cac.valeur or 0.0, SANS_COUT), n=0)


def first_invoices(factures: pd.DataFrame) -> dict[str, date]:
    """Return the folded number of each client → the day of its first invoice."""
    firsts: dict[str, date] = {}
    for dossier, jour in zip(factures[DOSSIER], factures[JOUR], strict=True):
        cle = fold(dossier)
        firsts[cle] = min(jour, firsts.get(cle, jour))
    return firsts
