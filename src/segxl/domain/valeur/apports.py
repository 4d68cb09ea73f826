"""What a client leaves the firm in a year: its margin, or its fees where nothing says what it costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from segxl.domain.anomalies import file_error
from segxl.domain.honoraires.factures import MOIS
from segxl.domain.reglages import Reglages
from segxl.domain.textes import fold
from segxl.domain.valeur import ventilation as ve
from segxl.domain.valeur.entrees import Entrees

BASE = "LTV calculée sur"
MARGE, HONORAIRES = BASES = ("Marge", "Honoraires")
SANS_MARGE = "marge inconnue : ses honoraires, ses heures ou un taux horaire manquent"
SANS_HONORAIRES = "honoraires inconnus"
_EURO = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Apports:
    """What each client is billed and leaves in a year, in euros by folded number.

    ``annuels`` is one measure for everybody, the margin or the fees: ``lecture`` says which, and
    ``manque`` why a client has none.
    """

    honoraires: Mapping[str, float]
    annuels: Mapping[str, float]
    lecture: str
    manque: str


def read_base(reglages: Reglages) -> str:
    """Return what the firm counts the worth of a client on: its margin unless it says otherwise.

    Raises
    ------
    SaisieError
        The setting is neither of the two.
    """
    typed = {fold(nom): value for nom, value in reglages.parametres.items()}.get(fold(BASE))
    word = "" if typed is None else str(typed).strip()
    if not word:
        return MARGE
    found = {fold(base): base for base in BASES}.get(fold(word))
    if found is None:
        remedy = f"écrivez {MARGE} ou {HONORAIRES}, dans la feuille Paramètres"
        raise file_error("Paramètres", word, f"« {BASE} » ne convient pas", remedy)
    return found


def costs_of(entrees: Entrees) -> dict[str, float]:
    """Return what each client cost over the twelve months, in euros, where it is known."""
    cents = entrees.sum_clients()[ve.COUT]
    pairs = zip(entrees.dossiers, cents, strict=True)
    return {fold(dossier): cost / _EURO for dossier, cost in pairs if cost == cost}  # noqa: PLR0124  NaN is the only value unlike itself


def measure_apports(
    honoraires: Mapping[str, float], couts: Mapping[str, float], mois: int, base: str = MARGE
) -> Apports:
    """Measure all clients on one base, never some on their margin and others on their fees.

    Parameters
    ----------
    honoraires, couts : mapping
        Folded number → euros a year, of who is known.
    mois : int
        How many of the twelve months the hours cover.
    base : str
        What the firm chose. Without one known margin, fees stand in.

    Examples
    --------
    >>> measure_apports({"d1": 900.0, "d2": 500.0}, {"d1": 300.0}, 12).annuels
    {'d1': 600.0}
    >>> measure_apports({"d1": 900.0}, {}, 0).lecture
    'honoraires d’une année, faute de coûts connus (feuille Temps)'
    """
    if base == HONORAIRES:
        told = f"honoraires d’une année (choisi dans Paramètres, « {BASE} »)"
        return Apports(
            honoraires=honoraires, annuels=honoraires, lecture=told, manque=SANS_HONORAIRES
        )
    marges = {cle: fees - couts[cle] for cle, fees in honoraires.items() if cle in couts}
    if not marges:
        told = "honoraires d’une année, faute de coûts connus (feuille Temps)"
        return Apports(
            honoraires=honoraires, annuels=honoraires, lecture=told, manque=SANS_HONORAIRES
        )
    told = f"marge d’une année : honoraires moins heures au taux horaire, connue pour {len(marges)} dossiers sur {len(honoraires)}"
    if mois < MOIS:
        told += f" ; les temps ne couvrent que {mois} mois sur {MOIS}"
    return Apports(honoraires=honoraires, annuels=marges, lecture=told, manque=SANS_MARGE)
