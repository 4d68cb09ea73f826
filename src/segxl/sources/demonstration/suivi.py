"""What the fictitious firm types in Clients about value and relation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pandas as pd

from segxl.domain.envoi import VALIDE
from segxl.domain.parcours.phase import DECOUVERTE, DEVIS, FACTURATION
from segxl.domain.relation.attrition import ENTREE, MOTIF, SORTIE
from segxl.domain.relation.portefeuille import TEMOIGNAGE
from segxl.domain.valeur.axes import POTENTIEL
from segxl.domain.valeur.complexite import ETABLISSEMENTS, MISSIONS
from segxl.sources.demonstration.clients import invent_cabinet
from segxl.sources.demonstration.echanges import invent_temoignages
from segxl.sources.demonstration.tenue import invent_tenue
from segxl.sources.demonstration.vie import Cabinet, Suivi

MESSAGES = ("Modèle de lettre", "Étape du parcours")
CANAL, FIN, PREAVIS, PIECES = "Canal", "Fin de mission le", "Préavis", "Pièces rendues"
APPROVED = 2
"""Clients of whom a letter that needs a partner can be looked at."""
RECENT = timedelta(days=60)
"""A mission that ended since is still being closed: its letter can be written."""


def invent_suivi(vie: Sequence[Suivi], cabinet: Cabinet) -> pd.DataFrame:
    """Make up the columns of relation and value of each client, in its order."""
    mots, rng = cabinet.mots, cabinet.chance(16)
    names = mots["missions"]
    places = rng.choice(mots["etablissements"], len(vie))
    told = [str(word) or None for word in rng.choice(mots["canaux"], len(vie))]
    ending = [c.sortie if c.sortie and cabinet.au - c.sortie <= RECENT else None for c in vie]
    columns: dict[str, list[object]] = {
        POTENTIEL: [client.potentiel for client in vie],
        ENTREE: [client.entree for client in vie],
        SORTIE: [client.sortie for client in vie],
        MOTIF: [client.motif for client in vie],
        MISSIONS: [
            ", ".join([names["FA"], *[names["FJ"]] * c.juridique, *[names["FC"]] * c.conseil])
            for c in vie
        ],
        ETABLISSEMENTS: [int(count) for count in places],
        CANAL: [*told],
        TEMOIGNAGE: [*invent_temoignages(vie, cabinet)],
        FIN: [*ending],
        PREAVIS: [mots["fin_mission"]["preavis"] if day else None for day in ending],
        PIECES: ["\n".join(mots["fin_mission"]["pieces"]) if day else None for day in ending],
        VALIDE: _approvals(vie, ending),
        **_messages(vie),
        **invent_tenue(vie, cabinet),
    }
    return pd.DataFrame(columns, dtype=object)


def _approvals(vie: Sequence[Suivi], ending: Sequence[object]) -> list[object]:
    """Return who approved a letter of each client: the partner, for two of those here and who go."""
    here = [n for n, client in enumerate(vie) if client.is_present][:APPROVED]
    partner = invent_cabinet()["Signataire"]
    return [partner if n in here or day else None for n, day in enumerate(ending)]


def _messages(vie: Sequence[Suivi]) -> dict[str, list[object]]:
    """Return the letter and the stage that the firm chose by hand, for a few clients here."""
    here = [n for n, client in enumerate(vie) if client.is_present]
    chosen = dict(zip(here[APPROVED:], ("Votre avis", "À informer"), strict=False))
    stages = dict(
        zip(here[APPROVED + len(chosen) :], (DECOUVERTE, DEVIS, FACTURATION), strict=False)
    )
    told = zip(MESSAGES, (chosen, stages), strict=True)
    return {header: [by_place.get(n) for n in range(len(vie))] for header, by_place in told}
