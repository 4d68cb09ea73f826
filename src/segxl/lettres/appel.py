"""What the call sheet tells whoever calls a client: why, what is known, what to leave alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from segxl.domain.canaux import TELEPHONE
from segxl.domain.segmentation import Regle
from segxl.domain.textes import fold
from segxl.lettres.champs import Champs
from segxl.lettres.choix import Choix
from segxl.lettres.dossier import text_of
from segxl.lettres.fiche_mots import WIDE, told
from segxl.lettres.francais import typographie
from segxl.lettres.gardes import opposition_reason
from segxl.lettres.relationnel import Relationnel

PERSONNE = "ni canal « Téléphone », ni rappel à faire"
"""Why a client gets no call sheet where the firm asks for those of everybody."""
NOUVELLES = "Prendre de ses nouvelles, et savoir ce qu’il attend de nous."
MOST = 2
"""Follow-ups told: more would not be read before a call."""
LINE, TWO = WIDE * 0.88, 2
"""Width of a line, whose letters are larger than those of the client card: the sheet is one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appel:
    """What is known of one client before it is called."""

    champs: Champs
    """Its fields so far: the result, the follow-ups, what it owes."""
    client: Mapping[str, object]
    regle: Regle | None
    definition: str
    relationnel: Relationnel

    @property
    def _is_open(self) -> bool:
        return fold(self.champs.dossier) in self.relationnel.ouvertes

    @property
    def _is_opposed(self) -> bool:
        return opposition_reason(self.client.get("Opposition")) is not None

    @property
    def _promised(self) -> str | None:
        """What the complaint was about that was answered, and after which a call was promised."""
        return self.relationnel.rappels.get(fold(self.champs.dossier))

    def fields(self) -> dict[str, Any]:
        """Return the fields of ``Champs`` on the call."""
        return {
            "telephone": text_of(self.client.get("Téléphone")),
            "definition_segment": typographie(self.definition),
            "raisons_appel": tuple(told(x, LINE, TWO) for x in self._motifs()) or (NOUVELLES,),
            "connu_profil": told(self._profile(), LINE - 36, TWO),
            "connu_attente": told(" ; ".join(self._pending()), LINE - 20, TWO),
            "reserve_appel": typographie(" ".join(self._reserves())),
            "ecoute": "oui" if self._is_open or self._promised is not None else "",
        }

    def _motifs(self) -> Iterator[str]:
        """Yield why the client is called; a complaint leaves no room for a proposal."""
        object_ = (self.champs.reclamation_objet if self._is_open else self._promised) or ""
        short = told(object_.strip().rstrip("."), LINE - 45)
        about = f" (« {short} »)" if short else ""
        if self._is_open:
            yield f"Sa réclamation{about} : l’écouter jusqu’au bout, puis lui dire qui répond, et quand."
        elif self._promised is not None:
            yield f"Le rappel promis après notre réponse à sa réclamation{about} : lui demander si elle lui convient."
        suites = self.champs.suites[:MOST]
        yield from (told(f"Une suite à donner : {suite}.", LINE) for suite in suites)
        action = self.regle.action.strip().rstrip(".") if self.regle else ""
        if action and not (self._is_open or self._is_opposed or self._promised is not None):
            yield f"{action}."

    def _profile(self) -> str:
        champs, words = self.champs, self.definition.strip().rstrip(".")
        note = f"{champs.note} sur 20, " if champs.note else ""
        who = f" : {words[:1].lower()}{words[1:]}" if words else ""
        return f"{note}{champs.couleur.lower()} ; segment « {champs.segment} »{who}."

    def _pending(self) -> Iterator[str]:
        """Yield what is still open with the client."""
        count = len(self.champs.suites)
        if self._is_open:
            yield "une réclamation ouverte"
        if count:
            yield f"{count} suite{'s' if count > 1 else ''} à donner (feuille Journal)"
        if self.champs.total_du:
            yield f"{self.champs.total_du} hors taxes échus, à ne pas réclamer dans cet appel"

    def _reserves(self) -> Iterator[str]:
        if self._is_open:
            yield "Une réclamation est ouverte : aucune proposition dans cet appel."
        if self._is_opposed:
            yield "Ce client s’est opposé à nos propositions : ne lui en faire aucune."


def call_exclusion(choix: Choix, dossier: str, relationnel: Relationnel) -> str:
    """Say why nobody has to call a client; "" where somebody does."""
    asked = choix.canal == TELEPHONE or fold(dossier) in relationnel.rappels
    return "" if asked else PERSONNE
