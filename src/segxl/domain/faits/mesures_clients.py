"""Facts read on what each customer was invoiced: concentration, dependency, nature."""

from __future__ import annotations

import numpy as np

from segxl.domain.faits.concentration import hhi, is_dependent
from segxl.domain.faits.etats import (
    FaitMesure,
    calcule_sauf,
    compte,
    non_derivable,
    peu_fiable,
    pourcent,
)
from segxl.domain.faits.factures import Cote
from segxl.domain.faits.mesures_factures import absence_of, doute_collectif, doute_couverture
from segxl.domain.faits.natures import Nature, nature_of
from segxl.domain.ternary import Codes

CONCENTRATION = ("part_premier_client", "hhi", "dependance")
PRECISION_PART, PRECISION_HHI = 6, 9
OUI, NON = "Oui", "Non"


def measure_clients(ventes: Cote) -> dict[str, FaitMesure]:
    """Measure what hangs on whom, on the TTC invoiced net of credit notes."""
    net = np.maximum(ventes.factures.net_by_tiers(len(ventes.tiers)), 0)
    return _measure_concentration(ventes, net) | _measure_natures(ventes, net)


def _measure_concentration(ventes: Cote, net: Codes) -> dict[str, FaitMesure]:
    """Measure shares of the whole invoiced; what is on collective accounts is nobody's."""
    named = net[(net > 0) & ~ventes.tiers.collectifs].tolist()
    absent = absence_of(ventes) or ("" if named else doute_collectif(ventes) or _cancelled())
    if absent:
        return dict.fromkeys(CONCENTRATION, non_derivable(absent))
    total, premier = int(net.sum()), max(named)
    part = round(premier / total, PRECISION_PART)
    doubts = doute_collectif(ventes), doute_couverture(ventes)
    motif = f"facturé TTC net d’avoirs, {compte(len(named), 'client')}"
    dependent = OUI if is_dependent(premier, total) else NON
    told = f"le premier client fait {pourcent(part)} du facturé, sur {compte(len(named), 'client')}"
    return {
        "part_premier_client": calcule_sauf(part, motif, *doubts),
        "hhi": calcule_sauf(round(hhi(named, total), PRECISION_HHI), f"{motif}, de 0 à 1", *doubts),
        "dependance": calcule_sauf(dependent, told, *doubts),
    }


def _cancelled() -> str:
    return "les avoirs annulent toutes les factures"


def _measure_natures(ventes: Cote, net: Codes) -> dict[str, FaitMesure]:
    """Share the invoiced between public, foreign, private and unknown: a hint to confirm."""
    codes = {nature: f"part_{nature.value}" for nature in Nature}
    total = int(net.sum())
    absent = absence_of(ventes) or ("" if total else _cancelled())
    sold = np.flatnonzero(net).tolist()
    if absent or not any(ventes.tiers.libelles[n] for n in sold):
        motif = absent or "aucun libellé ne nomme un client"
        return dict.fromkeys(codes.values(), non_derivable(motif))
    amounts = dict.fromkeys(Nature, 0)
    for numero in sold:
        nature = nature_of(ventes.tiers.libelles[numero])
        amounts[nature] += int(net[numero])
    motif = "indice tiré des libellés des clients (forme juridique, mots publics), à confirmer"
    return {
        codes[nature]: peu_fiable(round(montant / total, PRECISION_PART), motif)
        for nature, montant in amounts.items()
    }
