"""Settings that no default can stand in for once somebody typed something else."""

from __future__ import annotations

from collections.abc import Mapping

from segxl.domain.anomalies import file_error
from segxl.domain.reglages import Reglages
from segxl.domain.saisie import parse_number
from segxl.domain.textes import fold


def require_parametre(
    reglages: Reglages, nom: str, default: float, least: float, most: float
) -> float:
    """Return one setting, its default where it is blank or absent.

    Raises
    ------
    SaisieError
        What was typed is no number, or one outside ``least`` to ``most``.
    """
    return require_among(reglages.parametres, nom, default, least, most)


def require_among(
    parametres: Mapping[str, object], nom: str, default: float, least: float, most: float
) -> float:
    """Return one of these settings, where the rest of the policy is of no use.

    Raises
    ------
    SaisieError
        See :func:`require_parametre`.
    """
    typed = {fold(k): v for k, v in parametres.items()}.get(fold(nom))
    if typed is None or not str(typed).strip():
        return default
    number = parse_number(typed)
    if number is None or not least <= number <= most:
        remedy = f"saisissez un nombre de {least:g} à {most:g} dans la feuille Paramètres"
        raise file_error("Paramètres", typed, f"« {nom} » ne convient pas", remedy)
    return number
