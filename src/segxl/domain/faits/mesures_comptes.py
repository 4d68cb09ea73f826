"""Facts read on accounts alone: turnover, purchases, what customers owe, how late the books are."""

from __future__ import annotations

import numpy as np
import pandas as pd

from segxl.domain.faits.etats import FaitMesure, calcule, compte, non_derivable, peu_fiable
from segxl.domain.faits.factures import ACHATS, VENTES
from segxl.domain.faits.lignes import Lignes, days_of
from segxl.domain.faits.tiers import CLIENTS

BLANK_DAY = np.iinfo(np.int64).min


def measure_comptes(lignes: Lignes) -> dict[str, FaitMesure]:
    """Measure what needs neither invoices nor lettering."""
    return {
        "ca": _balance(lignes, VENTES, -1, "crédit moins débit des comptes 70"),
        "achats": _balance(lignes, ACHATS, 1, "débit moins crédit des comptes 60, 61 et 62"),
        "creances_ouvertes": _creances(lignes),
        "decalage_saisie": _decalage(lignes),
    }


def _balance(lignes: Lignes, racines: tuple[str, ...], sens: int, motif: str) -> FaitMesure:
    rows = lignes.under(*racines)
    if not rows.any():
        return non_derivable(f"aucune écriture de l’exercice dans les comptes {', '.join(racines)}")
    return calcule(sens * int(lignes.net[rows].sum()), f"{motif}, à-nouveaux écartés")


def _creances(lignes: Lignes) -> FaitMesure:
    """Balance the customers' accounts at the end of the file, what they owed before included."""
    rows = lignes.of_accounts(CLIENTS)
    if not rows.any():
        return non_derivable("aucun compte client (411) dans le fichier")
    balance = int(lignes.net[rows].sum())
    motif = "solde des comptes 411 à la fin du fichier, à-nouveaux compris"
    if balance < 0:
        return peu_fiable(balance, f"{motif} ; ce solde est créditeur (acomptes, ou écart)")
    return calcule(balance, motif)


def _decalage(lignes: Lignes) -> FaitMesure:
    """Take the median of the days between an entry and its validation: how late the books are kept.

    The file does not say who is late, the client with its papers or the firm with its entries.
    """
    validated = days_of(lignes.ecritures["valid_date"])
    known = lignes.base & (validated != BLANK_DAY)
    if not known.any():
        return non_derivable("aucune date de validation (ValidDate)")
    days = float(np.median(validated[known] - lignes.jours[known]))
    count = len(pd.unique(validated[known]))
    motif = "médiane des jours entre l’écriture et sa validation (pièces tardives du client, ou saisie tardive)"
    if days < 0:
        return peu_fiable(days, f"{motif} ; la validation précède l’écriture")
    if count == 1:
        return peu_fiable(days, f"{motif} ; tout a été validé le même jour")
    return calcule(days, f"{motif}, {compte(count, 'jour')} de validation")
