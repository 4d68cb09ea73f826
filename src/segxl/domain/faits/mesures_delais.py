"""Facts about how long customers take to pay."""

from __future__ import annotations

from segxl.domain.faits.etats import (
    FaitMesure,
    calcule_sauf,
    compte,
    non_derivable,
    peu_fiable,
    pourcent,
)
from segxl.domain.faits.factures import Cote
from segxl.domain.faits.mesures_factures import absence_of
from segxl.domain.faits.reglements import Reglements, read_reglements

DELAIS = ("delai_client_pondere", "delai_client_median", "delai_client_moyen")
PRECISION = 4
LEAST_PART = 0.5
"""Under this share of groups balanced, or of invoices lettered, a delay tells too little."""
LEAST_GROUPS = 5


def measure_delais(ventes: Cote, creances: FaitMesure) -> dict[str, FaitMesure]:
    """Measure delays on the lettering, and beside them an estimate that does without it."""
    estimate = _estimate(ventes, creances)
    if not len(ventes.tiers.rows):
        return dict.fromkeys((*DELAIS, "part_groupes_lettres"), estimate) | {
            "delai_client_estime": estimate
        }
    found = read_reglements(ventes.lignes, ventes.tiers)
    return _measure_lettered(found, estimate) | {"delai_client_estime": estimate}


def _measure_lettered(found: Reglements, estimate: FaitMesure) -> dict[str, FaitMesure]:
    if not len(found.montants):
        told = _no_group(found)
        if estimate.valeur is not None:
            told += f" ; ordre de grandeur par le solde des clients : {estimate.valeur:.0f} jours"
        return dict.fromkeys((*DELAIS, "part_groupes_lettres"), non_derivable(told))
    used, part = len(found.montants), pourcent(found.part_groupes)
    motif = f"{compte(used, 'groupe lettré', 'groupes lettrés')}, {part} des groupes, {pourcent(found.part_lettree)} du facturé"
    doubts = doutes(found)
    days = {
        "delai_client_pondere": found.pondere,
        "delai_client_median": found.median,
        "delai_client_moyen": found.moyen,
    }
    return {
        code: calcule_sauf(round(value, PRECISION), motif, *doubts) for code, value in days.items()
    } | {"part_groupes_lettres": calcule_sauf(round(found.part_groupes, PRECISION), motif)}


def _no_group(found: Reglements) -> str:
    if not found.groupes:
        return "aucun lettrage sur les comptes clients (411)"
    return f"aucun des {found.groupes} groupes lettrés n’est équilibré dans l’exercice"


def doutes(found: Reglements) -> tuple[str, ...]:
    """Say what makes a delay shaky."""
    few = len(found.montants) < LEAST_GROUPS
    return (
        f"moins de {LEAST_GROUPS} groupes" if few else "",
        "la plupart des groupes ne sont pas équilibrés" if found.part_groupes < LEAST_PART else "",
        "moins de la moitié du facturé est lettrée" if found.part_lettree < LEAST_PART else "",
    )


def _estimate(ventes: Cote, creances: FaitMesure) -> FaitMesure:
    """Turn what is owed at the end into days of sales."""
    if absent := absence_of(ventes):
        return non_derivable(absent)
    sales = int(ventes.factures.montants.sum())
    if not isinstance(creances.valeur, int) or creances.valeur < 0 or sales <= 0:
        return non_derivable("le solde des clients ou le facturé n’est pas positif")
    jours = ventes.lignes.jours
    covered = int(jours.max() - jours.min()) + 1
    motif = f"solde des clients sur facturé TTC, {covered} jours : une estimation, sans lettrage"
    return peu_fiable(round(creances.valeur / sales * covered, PRECISION), motif)
