"""What a client is worth over its stay (LTV), what it costs to win one (CAC), and their ratio."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from segxl.domain.honoraires.factures import DOSSIER, JOUR, MONTANT, Periode
from segxl.domain.presence import find_here
from segxl.domain.relation.attrition import MOIS_MESURES, Attrition, find_arrivals
from segxl.domain.relation.indicateurs import Indicateur, ratio_of
from segxl.domain.textes import fold
from segxl.domain.valeur.apports import Apports

SANS_DEPART = "aucun départ sur douze mois : la durée de vie d’un client ne se mesure pas"
SANS_VALEUR = "aucuns honoraires connus"
SANS_DEPENSE = "la dépense d’acquisition n’est pas saisie"
SANS_ENTREE = "rien ne dit quand les clients sont arrivés"
SANS_NOUVEAU = "aucun nouveau client sur douze mois"
SANS_COUT = "le coût d’acquisition est nul"
SANS_FACTURE = "aucune facture sur la période"
PAR_MISSION, PAR_MOIS = "missions différentes", "mois facturés"
SEVERAL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Valeur:
    """What clients of a group are worth over their stay, and what winning one costs."""

    ltv: Indicateur
    d_apres: str
    """What a year of a client is counted on: its margin or its fees."""
    annee: Indicateur
    """What keeping a client one more year leaves, in euros."""
    cac: Indicateur
    ratio: Indicateur
    nouveaux: int | None
    honoraires: float
    """What the clients still there bring in a year, in euros."""


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


def measure_ltv(
    annuels: Mapping[str, float], attrition: Indicateur, manque: str = SANS_VALEUR
) -> Indicateur:
    """Return what a client brings over its stay, in euros: a mean year over the yearly churn.

    Parameters
    ----------
    annuels : mapping
        What each client brings in a year, in euros: its margin, or its fees.
    attrition : Indicateur
        The monthly churn.
    manque : str, optional
        What to say where no client is known.

    Examples
    --------
    >>> round(measure_ltv({"d1": 1200.0, "d2": 2400.0}, Indicateur(valeur=0.0125)).valeur, 2)
    12000.0
    """
    if not annuels:
        return Indicateur(motif=manque)
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


def measure_valeur(
    clients: pd.DataFrame,
    apports: Apports,
    attrition: Attrition,
    depense: float | None,
    au: date,
) -> Valeur:
    """Measure LTV, CAC and their ratio over the clients still there; ``depense`` is in euros a year."""
    here = find_here(clients, au)
    years = {cle: year for cle, year in apports.annuels.items() if cle in here}
    ltv = measure_ltv(years, attrition.taux, apports.manque)
    nouveaux = find_arrivals(clients, au)
    cac = measure_cac(depense, nouveaux)
    return Valeur(
        ltv=ltv,
        d_apres=apports.lecture,
        annee=ratio_of(sum(sorted(years.values())), len(years), apports.manque),
        cac=cac,
        ratio=measure_ratio(ltv, cac),
        nouveaux=nouveaux,
        honoraires=sum(sorted(fees for cle, fees in apports.honoraires.items() if cle in here)),
    )
