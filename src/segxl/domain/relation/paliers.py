"""Where a complaint stands on its ladder, and when the next answer is due.

Two ladders: a consumer may go to the mediator, a professional to the president of the Conseil
régional, both to court. A clock starts on the day the complaint was written; one that was only
spoken starts none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from segxl.domain.relation.attrition import months_after

CONSOMMATEUR, PROFESSIONNEL = QUALITES = ("Consommateur", "Professionnel")
RECUE, REPONDUE, MEDIATION, CONSEIL, JUSTICE = ETAPES = (
    "Reçue",
    "Réponse donnée",
    "Médiation",
    "Conseil régional",
    "Justice",
)
HORS_DU_CABINET = frozenset({MEDIATION, CONSEIL, JUSTICE})
"""Where a complaint is no longer the firm's alone to settle."""
A_CONFIRMER = "délai à confirmer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delais:
    """The delays of both ladders, as the firm has set them; None where it has not.

    segxl asserts none of them: what it starts with is to be confirmed by the firm.
    """

    reponse_consommateur: int | None
    """Months to answer a consumer."""
    saisine_mediateur: int | None
    """Months after the written complaint during which a consumer may go to the mediator."""
    mediation: int | None
    """Days of a mediation."""
    reponse_professionnel: int | None
    """Months to answer a professional."""
    conseil_regional: int | None
    """Days before the Conseil régional."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reclamation:
    """One complaint of the register; days are None where blank, words "" where blank."""

    dossier: str
    recue_le: date | None = None
    ecrite_le: date | None = None
    objet: str = ""
    qualite: str = ""
    etape: str = ""
    etape_le: date | None = None
    clos_le: date | None = None
    explication: str = ""
    """What happened, written for the client."""
    geste: str = ""
    """What the firm offers in return."""

    def is_open(self, au: date) -> bool:
        """Tell whether it is still to be settled on a day."""
        return self.clos_le is None or self.clos_le > au


def next_echeance(reclamation: Reclamation, delais: Delais, au: date) -> tuple[date | None, str]:
    """Return what comes next for a complaint: the day, None where there is none, and what is to do."""
    if not reclamation.is_open(au):
        return None, f"close le {reclamation.clos_le:%d/%m/%Y}"
    written = reclamation.ecrite_le
    if written is None or written > au:
        lecture = "aucun délai ne court tant qu’elle n’est pas écrite : répondez, et notez le jour de l’écrit"
        return None, lecture
    if reclamation.etape == JUSTICE:
        return None, "devant le juge : délai variable"
    if reclamation.qualite not in QUALITES:
        lecture = (
            "consommateur ou professionnel ? Remplissez « Qualité » : le recours n’est pas le même"
        )
        return None, lecture
    of_ladder = _consumer if reclamation.qualite == CONSOMMATEUR else _professional
    return _told(*of_ladder(reclamation, delais, written), au)


def _consumer(reclamation: Reclamation, delais: Delais, written: date) -> tuple[date | None, str]:
    """Return the next day on the ladder of a consumer, and what it is for."""
    if reclamation.etape == MEDIATION:
        return _from_step(reclamation, delais.mediation), "fin de la médiation"
    if reclamation.etape in {REPONDUE, CONSEIL}:
        return _months(
            written, delais.saisine_mediateur
        ), "le client peut saisir le médiateur jusque-là"
    return _months(written, delais.reponse_consommateur), "répondre par écrit ; ensuite, médiation"


def _professional(
    reclamation: Reclamation, delais: Delais, written: date
) -> tuple[date | None, str]:
    """Return the next day on the ladder of a professional, and what it is for."""
    if reclamation.etape in {CONSEIL, MEDIATION}:
        return _from_step(
            reclamation, delais.conseil_regional
        ), "devant le président du Conseil régional"
    what = "répondre par écrit ; ensuite, président du Conseil régional de l’Ordre"
    if reclamation.etape == REPONDUE:
        return None, "le client peut saisir le président du Conseil régional de l’Ordre"
    return _months(written, delais.reponse_professionnel), what


def _months(written: date, months: int | None) -> date | None:
    return None if months is None else months_after(written, months)


def _from_step(reclamation: Reclamation, days: int | None) -> date | None:
    start = reclamation.etape_le
    return None if days is None or start is None else start + timedelta(days=days)


def _told(jour: date | None, what: str, au: date) -> tuple[date | None, str]:
    """Say what is to do and by when; every delay is still to be confirmed by the firm."""
    if jour is None:
        return None, f"{what} ({A_CONFIRMER})"
    late = (au - jour).days
    passed = f", dépassé depuis {late} jour{'s' if late > 1 else ''}" if late > 0 else ""
    return jour, f"{what} ({A_CONFIRMER}{passed})"
