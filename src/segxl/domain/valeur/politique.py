"""The thresholds of a firm about value, as the sheet Paramètres holds them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from segxl.domain.anomalies import SaisieError, file_error
from segxl.domain.reglages import Reglages
from segxl.domain.saisie import parse_number
from segxl.domain.textes import fold, join_words
from segxl.domain.valeur.axes import AXES, COUT, MARGE, POTENTIEL, VALEUR
from segxl.domain.valeur.concentration import SEUIL_A, SEUIL_B
from segxl.domain.valeur.rfm import NOTES, Bornes
from segxl.domain.valeur.signaux import MOTS
from segxl.domain.valeur.temps import tarifs_of

PART_A, PART_B = "Part cumulée des clients A", "Part cumulée des clients B"
PARTAGE_BC = "Séparation B/C"
MESURE = "Valeur mesurée par"
PAR_HONORAIRES, PAR_RECURRENCE = MESURES = ("Honoraires", "Volume et récurrence")
"""Services live on what each client pays, trade and industry on how much and how often it buys."""
MATRICE = "Niveaux de la matrice valeur et marge"
MATRICE_VALEUR = "Seuils de valeur de la matrice (€)"
MATRICE_MARGE = "Seuils de taux de marge de la matrice"
RECENCE, FREQUENCE, MONTANT = (
    "Seuils de récence (jours)",
    "Seuils de fréquence (jours facturés)",
    "Seuils de montant (€)",
)
SEUILS_AXES: Mapping[str, str] = {
    VALEUR: "Seuils de valeur (€)",
    MARGE: "Seuils de marge (€)",
    COUT: "Seuils de coût de service (part des honoraires)",
}
PMG = "Seuils des moyens et des gros clients (€)"
PREPARATION = "Seuils de préparation (notes sur 20)"
_LEVELS = 3
_PERCENTS_ABOVE = 3.0
"""Shares of fees rarely reach three times the fees: larger figures are percentages."""
_BETWEEN = re.compile(r"[;/|]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Politique:
    """What the firm chose; where it chose nothing, levels are quantiles of its own portfolio.

    ``axes``, ``tailles`` and ``seuils_valeur`` are in euros, ``preparation`` in notes, ``seuils_marge`` and the axis of the cost in shares.
    """

    part_a: float = SEUIL_A
    part_b: float = SEUIL_B
    partage: str = POTENTIEL
    mesure: str = PAR_HONORAIRES
    matrice: int = 2
    seuils_valeur: Sequence[float] = ()
    seuils_marge: Sequence[float] = ()
    tailles: Sequence[float] = ()
    preparation: Sequence[float] = ()
    bornes: Bornes = field(default_factory=Bornes)
    axes: Mapping[str, Sequence[float]] = field(default_factory=dict)
    tarifs: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, reglages: Reglages) -> Politique:
        """Read the settings.

        Raises
        ------
        SaisieError
            One of them cannot be used.
        """
        typed = {fold(nom): value for nom, value in reglages.parametres.items()}
        part_a, part_b = _parts(typed)
        matrice = _matrice(typed)
        return cls(
            part_a=part_a,
            part_b=part_b,
            partage=_word(typed, PARTAGE_BC, AXES, POTENTIEL),
            mesure=_word(typed, MESURE, MESURES, PAR_HONORAIRES),
            matrice=matrice,
            seuils_valeur=_seuils(typed, MATRICE_VALEUR, matrice - 1),
            seuils_marge=_seuils(typed, MATRICE_MARGE, matrice - 1, is_share=True),
            tailles=_seuils(typed, PMG, _LEVELS - 1),
            preparation=_seuils(typed, PREPARATION, _LEVELS - 1),
            bornes=Bornes(
                recence=_seuils(typed, RECENCE, NOTES - 1),
                frequence=_seuils(typed, FREQUENCE, NOTES - 1),
                montant=_seuils(typed, MONTANT, NOTES - 1),
            ),
            axes={
                axis: _seuils(typed, nom, _LEVELS - 1, is_share=axis == COUT)
                for axis, nom in SEUILS_AXES.items()
            },
            tarifs=tarifs_of(reglages.parametres),
        )


def _read(typed: Mapping[str, object], nom: str) -> str:
    value = typed.get(fold(nom))
    return "" if value is None else str(value).strip()


def _parts(typed: Mapping[str, object]) -> tuple[float, float]:
    """Return the shares where A and B end, 80 % and 95 % however they are typed."""
    parts = []
    for nom, default in ((PART_A, SEUIL_A), (PART_B, SEUIL_B)):
        read = _seuils(typed, nom, 1, is_share=True)
        parts.append(read[0] if read else default)
    part_a, part_b = parts
    if not 0 < part_a <= part_b <= 1:
        told = f"{part_a:g} et {part_b:g}"
        remedy = "saisissez deux parts, la première plus petite, 80 % et 95 % par exemple"
        both = f"{PART_A} et {PART_B}"
        raise _refusal(both, told, remedy)
    return part_a, part_b


def _word(typed: Mapping[str, object], nom: str, words: Sequence[str], default: str) -> str:
    """Return the word of the list that was typed, however it is spelt."""
    word = _read(typed, nom)
    spelt = {fold(w): w for w in (*words, "")}
    if fold(word) not in spelt:
        raise _refusal(nom, word, f"écrivez {join_words(words, 'ou')}")
    return spelt[fold(word)] or default


def _matrice(typed: Mapping[str, object]) -> int:
    word = _read(typed, MATRICE)
    number = parse_number(word) if word else 2
    if number not in MOTS:
        raise _refusal(MATRICE, word, "écrivez 2 ou 3")
    return int(number)


def _seuils(
    typed: Mapping[str, object], nom: str, count: int, *, is_share: bool = False
) -> tuple[float, ...]:
    """Read thresholds in rising order, « 30 ; 90 ; 180 ; 365 »; none where the cell is blank."""
    word = _read(typed, nom)
    if not word:
        return ()
    read = [parse_number(part) for part in _BETWEEN.split(word)]
    numbers = [number for number in read if number is not None]
    if len(numbers) < len(read) or len(read) != count or numbers != sorted({*numbers}):
        example = "un nombre" if count == 1 else f"{count} nombres croissants, séparés par des points-virgules"  # fmt: skip
        raise _refusal(nom, word, f"saisissez {example}")
    if is_share and max(numbers) > _PERCENTS_ABOVE:
        return tuple(number / 100 for number in numbers)
    return tuple(numbers)


def _refusal(nom: str, value: str, remedy: str) -> SaisieError:
    problem = f"« {nom} » ne convient pas"
    return file_error("Paramètres", value, problem, f"{remedy}, dans la feuille Paramètres")
