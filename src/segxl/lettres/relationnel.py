"""What the letters about the relation tell of each client: its complaint, what it has not paid.

A letter holds what its own client wrote, what it was billed, and nothing of another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from segxl.domain.fiche.suivi import Suite
from segxl.domain.relation.impayes import Due, total_of
from segxl.domain.relation.paliers import CONSOMMATEUR, PROFESSIONNEL, Reclamation
from segxl.domain.textes import fold
from segxl.lettres.dossier import text_of
from segxl.lettres.francais import date_en_lettres, euros, typographie
from segxl.lettres.vocations import HONORAIRES, RECLAMATION

RECOURS: Mapping[str, str] = {
    CONSOMMATEUR: "vous pouvez vous adresser à un médiateur de la consommation, dont nous vous donnerons les coordonnées ; le juge peut être saisi ensuite",
    PROFESSIONNEL: "vous pouvez demander une conciliation au président du Conseil régional de l’Ordre des experts-comptables ; le juge peut être saisi ensuite",
}
"""What comes after the firm's answer, by quality. No delay is told: none is confirmed."""
SANS_RECLAMATION = "aucune réclamation de ce client n’est ouverte"
RIEN_DU = "il ne doit rien qui soit échu, d’après la feuille Honoraires"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationnel:
    """What the sheets say of the clients, by folded number."""

    reclamations: Mapping[str, Reclamation] = field(default_factory=dict)
    """The open complaint to answer."""
    ouvertes: frozenset[str] = frozenset()
    """Who has an open complaint, be it in the Journal alone."""
    dues: Mapping[str, tuple[Due, ...]] = field(default_factory=dict)
    douteux: frozenset[str] = frozenset()
    """Whose invoices cannot all be read."""
    echanges: Mapping[str, date] = field(default_factory=dict)
    """The last exchange of the Journal."""
    suites: Mapping[str, tuple[Suite, ...]] = field(default_factory=dict)
    """The follow-ups of the Journal that are still open, those of complaints apart."""
    facturees: Mapping[str, date] = field(default_factory=dict)
    """Who had a large invoice, as the Journal says, and when the last one went."""
    rappels: Mapping[str, str] = field(default_factory=dict)
    """Who was promised a call that is due, and what its complaint was about."""
    au: date = date.max

    def exclusion(self, objet: str, dossier: str) -> str:
        """Say why a letter about something does not concern a client; "" where it does."""
        cle = fold(dossier)
        if objet == RECLAMATION and cle not in self.ouvertes:
            return SANS_RECLAMATION
        if objet == HONORAIRES and cle not in self.dues and cle not in self.douteux:
            return RIEN_DU
        return ""

    def champs(self, dossier: str) -> dict[str, Any]:
        """Return the fields of ``Champs`` on the relation with one client."""
        cle = fold(dossier)
        echange = self.echanges.get(cle)
        return {
            **_complaint(self.reclamations.get(cle, Reclamation(dossier=dossier)), self.au),
            **_fees(self.dues.get(cle, ())),
            "dernier_echange_le": date_en_lettres(echange) if echange else "",
            "suites": tuple(map(_suite, self.suites.get(cle, ()))),
        }


def _complaint(reclamation: Reclamation, au: date) -> dict[str, str]:
    written = reclamation.ecrite_le
    return {
        "reclamation_ecrite_le": date_en_lettres(written) if written and written <= au else "",
        "reclamation_objet": typographie(text_of(reclamation.objet).rstrip(".")),
        "reclamation_explication": typographie(text_of(reclamation.explication)),
        "reclamation_geste": typographie(text_of(reclamation.geste)),
        "reclamation_recours": typographie(RECOURS.get(reclamation.qualite, "")),
    }


def _fees(dues: tuple[Due, ...]) -> dict[str, Any]:
    return {
        "factures_dues": tuple(map(_line, dues)),
        "total_du": euros(total_of(dues) / 100) if dues else "",
    }


def _suite(suite: Suite) -> str:
    r"""Write one follow-up, with its day where it has one.

    >>> _suite(Suite(date(2026, 12, 3), "Envoyer le devis.", 5)), _suite(Suite(None, "Rappeler", 6))
    ('Envoyer le devis, pour le 3\xa0décembre 2026', 'Rappeler')
    """
    words = typographie(" ".join(text_of(suite.texte).split()).rstrip("."))
    return words if suite.jour is None else f"{words}, pour le {date_en_lettres(suite.jour)}"


def _line(due: Due) -> str:
    r"""Write one invoice, or one credit note, on a line.

    >>> _line((date(2026, 9, 1), "F12", 120000)), _line((date(2026, 9, 2), "A3", -5050))
    ('facture F12 du 1er\xa0septembre 2026\xa0: 1\u202f200\xa0€ hors taxes', 'avoir A3 du 2\xa0septembre 2026, à déduire\xa0: 50,50\xa0€ hors taxes')
    """
    jour, piece, cents = due
    word, taken = ("facture", "") if cents > 0 else ("avoir", ", à déduire")
    named = f"{word} {text_of(piece)} du {date_en_lettres(jour)}{taken}"
    return typographie(f"{named} : {euros(abs(cents) / 100)} hors taxes")
