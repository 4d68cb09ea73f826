"""What a card says of the law: what applies, since when, what comes next, what is not sure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from segxl.domain.doutes import reason_of
from segxl.domain.faits.etats import compte
from segxl.domain.fiche.fiche import Fiche
from segxl.domain.loi import RYTHMES_EN_MOTS
from segxl.domain.obligations import A_CONFIRMER, SANS_OBJET
from segxl.domain.saisie import parse_date
from segxl.domain.statuts import JOUR, STATUT
from segxl.lettres.dossier import text_of

DATEES = {
    "reception": "Réception",
    "emission": "Émission",
    "ereporting_transactions": "E-reporting ventes",
    "ereporting_paiements": "E-reporting paiements",
}
"""Each answer of the law that has a day, and its short name."""
NON_CONCERNE = "non concerné"


def obligations(fiche: Fiche, au: date) -> Iterator[tuple[str, str, str]]:
    """Yield each obligation, its answer, and how long is left."""
    for code, label in DATEES.items():
        answer = fiche.obligations[code]
        if isinstance(answer, date):
            since = "depuis le" if answer <= au else "dès le"
            left = "en vigueur" if answer <= au else f"dans {_jours((answer - au).days)}"
            yield label, f"{since} {answer:%d/%m/%Y}", left
        else:
            yield label, NON_CONCERNE if answer == SANS_OBJET else str(answer), ""
    rythme = str(fiche.obligations["rythme"])
    yield (
        "Rythme",
        RYTHMES_EN_MOTS.get(rythme, "sans objet" if rythme == SANS_OBJET else rythme),
        "",
    )


def echeance(fiche: Fiche) -> str:
    """Say which step of the law the client is not ready for, and how many days are left."""
    if fiche.sortie:
        return "sans objet, client parti"
    step, left = fiche.urgence["Étape légale"], fiche.urgence["Jours restants"]
    if not isinstance(step, str):
        unsure = A_CONFIRMER in (fiche.obligations["reception"], fiche.obligations["emission"])
        return A_CONFIRMER if unsure else "aucune étape légale en attente"
    days = int(str(left))
    late = f"due depuis {_jours(-days)}" if days < 0 else f"dans {_jours(days)}"
    return f"{step} {late if days else 'due ce jour'}"


def doutes(fiche: Fiche) -> str:
    """Say what is to be confirmed, in one line of text; blank where nothing is."""
    told = fiche.obligations["a_confirmer"]
    reasons = dict.fromkeys(map(reason_of, told)) if isinstance(told, tuple) else ()
    return " ; ".join(reasons)


def plateforme(fiche: Fiche, nom: str) -> str:
    """Say how far the client is with its platform; ``nom`` is that of the platform, blank if unknown."""
    typed = text_of(fiche.client.get(STATUT))
    known = text_of(fiche.urgence["Statut retenu"])
    moment = fiche.client.get(JOUR)
    day = parse_date(moment) if text_of(moment) else None
    told = [known or typed, f"(au {day:%d/%m/%Y})" if day else ""]
    if not typed:
        told = [f"{known} d’après la grille" if known else "statut inconnu"]
    return f"{nom or 'nom inconnu'}, {' '.join(filter(None, told))}"


def _jours(count: int) -> str:
    return compte(count, "jour")
