"""Facts read on invoices: how many went out and came in, with how many counterparties."""

from __future__ import annotations

import numpy as np

from segxl.domain.faits.etats import (
    FaitMesure,
    calcule_sauf,
    compte,
    non_derivable,
    pourcent,
)
from segxl.domain.faits.factures import Cote
from segxl.domain.faits.tiers import CLIENTS, FOURNISSEURS

LEAST_COUVERTURE = 0.8
"""Under this share of the turnover or purchases, invoices tell too little: a judgement."""
NOMS = {CLIENTS: "client", FOURNISSEURS: "fournisseur"}
CHIFFRE = {CLIENTS: "du chiffre d’affaires", FOURNISSEURS: "des achats"}
CONTRE = {CLIENTS: "70", FOURNISSEURS: "6 ou 2"}


def measure_factures(ventes: Cote, achats: Cote) -> dict[str, FaitMesure]:
    """Count invoices, credit notes and counterparties of both sides."""
    emises, recues = _count_factures(ventes), _count_factures(achats)
    return {
        "factures_emises": emises,
        "avoirs_emis": _count_avoirs(ventes),
        "factures_recues": recues,
        "avoirs_recus": _count_avoirs(achats),
        "factures_emises_par_mois": _per_month(ventes, emises),
        "factures_recues_par_mois": _per_month(achats, recues),
        "clients": _count_tiers(ventes),
        "fournisseurs": _count_tiers(achats),
    }


def absence_of(cote: Cote) -> str:
    """Say why nothing can be told of invoices; blank if something can."""
    nom = NOMS[cote.racine]
    if not len(cote.tiers.rows):
        return f"aucun mouvement de l’exercice sur un compte {nom} ({cote.racine})"
    if not cote.factures.factures:
        contre = CONTRE[cote.racine]
        return f"aucune écriture ne joint un compte {nom} ({cote.racine}) et un compte {contre}"
    return ""


def doute_couverture(cote: Cote) -> str:
    """Say how much bypasses the accounts of counterparties; blank if little does."""
    couverture = cote.factures.couverture
    if couverture >= LEAST_COUVERTURE:
        return ""
    reste = pourcent(min(1 - couverture, 1))
    return f"{reste} {CHIFFRE[cote.racine]} ne passe pas par un compte {NOMS[cote.racine]}"


def doute_collectif(cote: Cote) -> str:
    """Say which part is on accounts that gather many; blank if none is."""
    net = np.maximum(cote.factures.net_by_tiers(len(cote.tiers)), 0)
    gathered = cote.tiers.collectifs
    count, whole = int(gathered[cote.factures.numeros].sum()), int(net.sum())
    if not count:
        return ""
    share = int(net[gathered].sum()) / whole if whole else 0.0
    told = compte(count, "compte collectif", "comptes collectifs")
    return (
        f"{told}, {pourcent(share)} du facturé : leurs {NOMS[cote.racine]}s ne se distinguent pas"
    )


def _count_factures(cote: Cote) -> FaitMesure:
    if absent := absence_of(cote):
        return non_derivable(absent)
    motif = f"écritures qui joignent un compte {cote.racine} et un compte {CONTRE[cote.racine]}"
    return calcule_sauf(cote.factures.factures, motif, doute_couverture(cote))


def _count_avoirs(cote: Cote) -> FaitMesure:
    if absent := absence_of(cote):
        return non_derivable(absent)
    motif = f"écritures inverses d’une facture, comptes {cote.racine} et {CONTRE[cote.racine]}"
    return calcule_sauf(cote.factures.avoirs, motif, doute_couverture(cote))


def _per_month(cote: Cote, factures: FaitMesure) -> FaitMesure:
    """Divide by the months that hold entries, not by twelve."""
    if not isinstance(factures.valeur, int):
        return factures
    months = cote.lignes.count_months(cote.lignes.base)
    motif = f"{compte(factures.valeur, 'facture')} sur {compte(months, 'mois', 'mois')} d’écritures"
    return calcule_sauf(round(factures.valeur / months, 4), motif, doute_couverture(cote))


def _count_tiers(cote: Cote) -> FaitMesure:
    if absent := absence_of(cote):
        return non_derivable(absent)
    named = int((~cote.tiers.collectifs[cote.factures.numeros]).sum())
    if not named:
        return non_derivable(doute_collectif(cote))
    motif = f"comptes {NOMS[cote.racine]}s avec une facture au moins"
    return calcule_sauf(named, motif, doute_collectif(cote), doute_couverture(cote))
