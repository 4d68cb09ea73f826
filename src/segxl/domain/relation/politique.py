"""The firm's settings about the relation; a blank one is not invented."""

from __future__ import annotations

from segxl.domain.parametres import require_parametre
from segxl.domain.reglages import Reglages
from segxl.domain.relation.paliers import Delais
from segxl.domain.relation.signaux import Seuils
from segxl.domain.textes import fold

CONTACT, MOIS_SANS_CONTACT = "Sans contact depuis (mois)", 6
RETARD, JOURS_DE_RETARD = "Retard de paiement à signaler (jours)", 30
BAISSE, PART_DE_BAISSE = "Baisse d’honoraires à signaler", 0.2
APRES, JOURS_AVANT_RELANCE = "Relance après l’échéance (jours)", 8
LETTRE, ANNEES_DE_LETTRE = "Lettre de mission à revoir après (ans)", 3
REPONSE, JOURS_DE_REPONSE = "Réponse d’un client à signaler (jours)", 15
DEPENSE = "Dépense d’acquisition sur douze mois (€)"
REPONSE_CONSOMMATEUR, MOIS_DE_REPONSE = "Réclamation d’un consommateur : réponse (mois)", 2
SAISINE, MOIS_DE_SAISINE = "Réclamation d’un consommateur : médiateur (mois)", 12
MEDIATION, JOURS_DE_MEDIATION = "Durée d’une médiation (jours)", 90
REPONSE_PROFESSIONNEL = "Réclamation d’un professionnel : réponse (mois)"
CONSEIL_REGIONAL = "Durée devant le Conseil régional (jours)"
MOST_MONTHS, MOST_DAYS, MOST_YEARS, MOST_EUROS = 120, 3650, 50, 1e9
LEAST_SHARE, PERCENT = 0.01, 100


def seuils_of(reglages: Reglages) -> Seuils:
    """Return from when a fact says that a client may leave.

    Raises
    ------
    SaisieError
        What was typed is no number that can be.
    """
    return Seuils(
        sans_contact=int(require_parametre(reglages, CONTACT, MOIS_SANS_CONTACT, 1, MOST_MONTHS)),
        retard=int(require_parametre(reglages, RETARD, JOURS_DE_RETARD, 0, MOST_DAYS)),
        baisse=_share(reglages, BAISSE, PART_DE_BAISSE),
        lettre=int(require_parametre(reglages, LETTRE, ANNEES_DE_LETTRE, 1, MOST_YEARS)),
        reponse=int(require_parametre(reglages, REPONSE, JOURS_DE_REPONSE, 0, MOST_DAYS)),
    )


def delais_of(reglages: Reglages) -> Delais:
    """Return the delays of complaints.

    A setting that the workbook lacks takes the value that it starts with; one left blank stays
    unknown. No delay is known to start with for a professional.

    Raises
    ------
    SaisieError
        What was typed is no number that can be.
    """
    return Delais(
        reponse_consommateur=_whole(reglages, REPONSE_CONSOMMATEUR, MOIS_DE_REPONSE, MOST_MONTHS),
        saisine_mediateur=_whole(reglages, SAISINE, MOIS_DE_SAISINE, MOST_MONTHS),
        mediation=_whole(reglages, MEDIATION, JOURS_DE_MEDIATION, MOST_DAYS),
        reponse_professionnel=_whole(reglages, REPONSE_PROFESSIONNEL, None, MOST_MONTHS),
        conseil_regional=_whole(reglages, CONSEIL_REGIONAL, None, MOST_DAYS),
    )


def optional_parametre(
    reglages: Reglages, nom: str, most: float = MOST_EUROS, least: float = 0
) -> float | None:
    """Return one setting, None where it is blank or absent.

    Raises
    ------
    SaisieError
        What was typed is no number from ``least`` to ``most``.
    """
    if _is_blank(reglages, nom):
        return None
    return require_parametre(reglages, nom, 0, least, most)


def _share(reglages: Reglages, nom: str, default: float) -> float:
    """Return a share of the whole, typed as 0,2 or as 20: above one, it is in percent."""
    number = require_parametre(reglages, nom, default, LEAST_SHARE, PERCENT)
    return number / PERCENT if number > 1 else number


def _whole(reglages: Reglages, nom: str, default: int | None, most: int) -> int | None:
    if default is not None and fold(nom) not in map(fold, reglages.parametres):
        return default
    number = optional_parametre(reglages, nom, most, 1)
    return None if number is None else int(number)


def _is_blank(reglages: Reglages, nom: str) -> bool:
    typed = {fold(k): v for k, v in reglages.parametres.items()}.get(fold(nom))
    return typed is None or not str(typed).strip()
