"""The sentence that a letter says of where its client stands with the firm."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from segxl.domain.parcours.irritants import ETAPES
from segxl.domain.parcours.phase import ETAPE, deduce_phase, near_phase, parse_phase
from segxl.domain.relation.attrition import ENTREE
from segxl.domain.relation.contrat import LETTRE, parse_piece
from segxl.domain.saisie import parse_date
from segxl.domain.textes import fold
from segxl.lettres.dossier import text_of
from segxl.lettres.francais import typographie
from segxl.lettres.relationnel import Relationnel
from segxl.shipped import read_toml

PHRASE = "Phrase, étape "
"""How the lines of the table Cabinet start that hold these sentences, a stage each."""
COLONNES = (ETAPE, LETTRE, ENTREE)
"""Columns of Clients that tell the stage."""


class Phase(NamedTuple):
    """The stage of one client, its sentence, and what keeps its cell from being read."""

    etape: str
    phrase: str
    refus: tuple[str, str, str] | None = None

    @property
    def champs(self) -> dict[str, Any]:
        """The fields of ``Champs`` on it."""
        return {"etape_parcours": self.etape, "phrase_etape": self.phrase}


def phase_of(
    client: Mapping[str, object],
    dossier: str,
    relationnel: Relationnel,
    phrases: Mapping[str, str],
    au: date,
) -> Phase:
    """Return the stage of one client; what is typed wins over what the facts say."""
    typed = text_of(client.get(ETAPE))
    if typed and (etape := parse_phase(typed)):
        return Phase(etape, phrases.get(etape, ""))
    if typed:
        return Phase("", "", (ETAPE, *_unknown(typed)))
    cle, paper, day = fold(dossier), client.get(LETTRE), client.get(ENTREE)
    etape = deduce_phase(
        parse_piece(paper) if text_of(paper) else None,
        relationnel.facturees.get(cle),
        parse_date(day) if text_of(day) else None,
        au,
        is_met=cle in relationnel.echanges,
    )
    return Phase(etape, phrases.get(etape, ""))


def phrases_of(cabinet: Mapping[str, str]) -> dict[str, str]:
    """Return the sentence of each stage: the firm's, or the shipped one where it has no line for it.

    >>> phrases_of({"Phrase, étape Devis": "Relisons-la."})["Devis"]
    'Relisons-la.'
    >>> phrases_of({"Phrase, étape Devis": ""}).get("Devis")
    ''
    """
    shipped = read_toml("defaults/parametres.toml")["cabinet"]
    known = {fold(line["champ"]): line["valeur"] for line in shipped}
    known |= {fold(champ): value for champ, value in cabinet.items()}
    told = {etape: known.get(fold(PHRASE + etape), "") for etape in ETAPES}
    return {etape: typographie(text_of(words)) for etape, words in told.items()}


def _unknown(typed: str) -> tuple[str, str]:
    near = near_phase(typed)
    asked = f"vouliez-vous dire « {near} » ? " if near else ""
    return (
        "courrier retenu : cette étape du parcours n’existe pas",
        f"{asked}choisissez parmi : {' · '.join(ETAPES)}, ou videz la case",
    )
