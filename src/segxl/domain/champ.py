"""Who is in: which obligations apply to a situation, and what is not known well enough to say.

NAF codes decide nothing. A contradiction between two columns is never decided: both are taken
as unknown, and the contradiction is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from segxl.domain.loi import OBLIGATIONS, Loi
from segxl.domain.situation import EXONERE, FAUSSES, FRANCHISE, INCONNUE, LIEU, SIMPLIFIE, yes_no
from segxl.domain.ternary import (
    INCONNU,
    NON,
    OUI,
    Codes,
    Masque,
    both,
    either,
    opposite,
    ternary_of,
)

TOTALE, PARTIELLE, AUCUNE = range(3)
BIENS = 0
RECEPTION, EMISSION, TRANSACTIONS, PAIEMENTS = OBLIGATIONS
AFTER_SALES = (EMISSION, TRANSACTIONS, PAIEMENTS)
VENTES = {
    "ventes_b2b": "Part B2B",
    "ventes_b2c": "Part B2C",
    "ventes_international": "Part international",
    "encaissements_international": "Part international",
    "ventes_secteur_public": "Part secteur public",
    "encaissements_secteur_public": "Part secteur public",
}
"""Each fact that says what one kind of sale brings, and the column that tells of such sales."""
CONTRADICTIONS = {
    "vendeur": "« Assujetti TVA » dit Non, mais « Part B2B » dit des ventes à des professionnels",
    "non_assujetti": "« Assujetti TVA » dit Non, mais « Régime TVA » ou « Redevable TVA » dit le contraire",
    "redevable": "« Redevable TVA » et « Régime TVA » se contredisent",
    "exoneree": "« Activité exonérée » contredit « Régime TVA » ou « Redevable TVA »",
    "parts": "les parts de la clientèle ne font pas 100 %",
}

REACH = {
    "vendeur": OBLIGATIONS,
    "non_assujetti": OBLIGATIONS,
    "redevable": (*AFTER_SALES, "rythme"),
    "exoneree": (*AFTER_SALES, "rythme"),
    "parts": AFTER_SALES,
}
"""The answers that each contradiction may leave open."""


def find_contradictions(met: pd.DataFrame) -> dict[str, Masque]:
    """Find the situations whose columns cannot be true together; keys of ``CONTRADICTIONS``."""
    assujetti, redevable = yes_no(met, "Assujetti TVA"), yes_no(met, "Redevable TVA")
    regime, exoneree = met["Régime TVA"].to_numpy(), met["Activité exonérée"].to_numpy()
    taxed = (regime != INCONNUE) & (regime != EXONERE)
    reel = taxed & (regime <= SIMPLIFIE)
    exempt = (regime == EXONERE) & (exoneree != PARTIELLE)
    return {
        "vendeur": (assujetti == NON) & (met["Part B2B"].to_numpy() == OUI),
        "non_assujetti": (assujetti == NON) & (taxed | (redevable == OUI)),
        "redevable": ((redevable == NON) & reel)
        | ((redevable == OUI) & ((regime == FRANCHISE) | exempt)),
        "exoneree": ((exoneree == TOTALE) & (taxed | (redevable == OUI)))
        | ((exoneree == AUCUNE) & (regime == EXONERE)),
        "parts": met[FAUSSES].to_numpy() == 1,
    }


def assujetti_of(met: pd.DataFrame, wrong: Mapping[str, Masque]) -> Codes:
    """Tell who is a taxable person; unknown where the columns contradict one another."""
    typed = yes_no(met, "Assujetti TVA")
    return np.where(wrong["vendeur"] | wrong["non_assujetti"], INCONNU, typed)


def taxed_of(met: pd.DataFrame, wrong: Mapping[str, Masque]) -> Codes:
    """Tell who has taxed income, under the franchise too; unknown where the columns disagree."""
    regime, exoneree = met["Régime TVA"].to_numpy(), met["Activité exonérée"].to_numpy()
    yes = (regime != INCONNUE) | (yes_no(met, "Redevable TVA") == OUI)
    by_regime = ternary_of(yes & (regime != EXONERE), regime == EXONERE)
    told = np.select([exoneree == TOTALE, exoneree == INCONNUE], [NON, by_regime], OUI)
    either_way = wrong["redevable"] & (regime != FRANCHISE)
    return np.where(wrong["exoneree"] | either_way, INCONNU, told)


def apply_obligations(met: pd.DataFrame, loi: Loi) -> dict[str, Codes]:
    """Tell which obligations apply, whatever their dates.

    Parameters
    ----------
    met : DataFrame of int, shape (k, m)
        The situations, see ``situation.group_situations``.
    loi : Loi
        What each kind of sale brings.

    Returns
    -------
    dict of str to array of int, shape (k,)
        Yes, no or unknown for each of ``OBLIGATIONS``.
    """
    # Whoever is established where the law is unsure gets no answer, save one who is not concerned.
    unsure = (met[LIEU].to_numpy() > 0) & (assujetti_of(met, find_contradictions(met)) != NON)
    return {o: np.where(unsure, INCONNU, truth) for o, truth in apply_anywhere(met, loi).items()}


def apply_anywhere(met: pd.DataFrame, loi: Loi) -> dict[str, Codes]:
    """Tell which obligations would apply to a client of the mainland."""
    wrong = find_contradictions(met)
    assujetti, taxed = assujetti_of(met, wrong), taxed_of(met, wrong)
    sales = {o: _sales_of(met, o, loi) for o in AFTER_SALES}
    applies = {RECEPTION: assujetti} | {o: both(assujetti, taxed, sales[o]) for o in AFTER_SALES}
    return applies | {PAIEMENTS: both(applies[PAIEMENTS], _on_receipts(met))}


def find_doutes(met: pd.DataFrame, loi: Loi) -> Iterator[tuple[Masque, str, tuple[str, ...]]]:
    """Yield what is not known: where, in French words, and which answers it may leave open."""
    wrong = find_contradictions(met)
    regime = met["Régime TVA"].to_numpy()
    for name, sentence in CONTRADICTIONS.items():
        yield wrong[name], sentence, REACH[name]
    unknown = yes_no(met, "Assujetti TVA") == INCONNU
    yield unknown, _missing("Assujetti TVA"), OBLIGATIONS
    open_regime = (regime == INCONNUE) & (taxed_of(met, wrong) == INCONNU)
    yield open_regime & ~wrong["exoneree"], _missing("Régime TVA"), AFTER_SALES
    yield from _find_doutes_of_sales(met, wrong, loi)
    nature = met["Nature"].to_numpy()
    yield nature == INCONNUE, _missing("Nature"), (PAIEMENTS,)
    yield (_debits_of(met) == INCONNU) & (nature != BIENS), _missing("Option débits"), (PAIEMENTS,)


def _missing(header: str) -> str:
    return f"« {header} » n’est pas connu"


def _find_doutes_of_sales(
    met: pd.DataFrame, wrong: Mapping[str, Masque], loi: Loi
) -> Iterator[tuple[Masque, str, tuple[str, ...]]]:
    """Yield the kinds of sale that are not known, or whose law is unsure, where no other decides."""
    for obligation in AFTER_SALES:
        is_open = _sales_of(met, obligation, loi) == INCONNU
        for fact, header in VENTES.items():
            part, fait = met[header].to_numpy(), loi[fact]
            if obligation not in fait.valeur:
                continue
            yield is_open & (part == INCONNU) & ~wrong["parts"], _missing(header), (obligation,)
            if fait.a_confirmer:
                yield is_open & (part == OUI), f"{fait.libelle}, à confirmer", (obligation,)


def _sales_of(met: pd.DataFrame, obligation: str, loi: Loi) -> Codes:
    """Tell whether some sale brings an obligation; at best unknown where the law is unsure of it."""
    truths = [
        np.minimum(met[header].to_numpy(), INCONNU if loi[fact].a_confirmer else OUI)
        for fact, header in VENTES.items()
        if obligation in loi.value(fact, "obligations")
    ]
    return either(np.full(len(met), NON), *truths)


def _on_receipts(met: pd.DataFrame) -> Codes:
    """Tell whether VAT waits for the payment of some sales: services, without « option débits »."""
    nature = met["Nature"].to_numpy()
    services = ternary_of(nature > BIENS, nature == BIENS)
    return both(services, opposite(_debits_of(met)))


def _debits_of(met: pd.DataFrame) -> Codes:
    """Tell who chose to pay on invoices; nobody does under the franchise, where no VAT is due."""
    return np.where(met["Régime TVA"].to_numpy() == FRANCHISE, NON, yes_no(met, "Option débits"))
