"""The fictitious firm of `segxl demo`: its clients, its letterhead, its books, what clients say of it."""

from __future__ import annotations

from segxl.sources.demonstration.avis import invent_avis
from segxl.sources.demonstration.cabinet import invent_comptes
from segxl.sources.demonstration.clients import invent_cabinet, invent_clients, siren_number
from segxl.sources.demonstration.echanges import invent_echanges, invent_temoignages
from segxl.sources.demonstration.fec import invent_fec
from segxl.sources.demonstration.suivi import invent_suivi
from segxl.sources.demonstration.temps import invent_temps
from segxl.sources.demonstration.tenue import invent_demandes, invent_formations, invent_tenue
from segxl.sources.demonstration.vie import Cabinet, Suivi, invent_vie

__all__ = [
    "Cabinet",
    "Suivi",
    "invent_avis",
    "invent_cabinet",
    "invent_clients",
    "invent_comptes",
    "invent_demandes",
    "invent_echanges",
    "invent_fec",
    "invent_formations",
    "invent_suivi",
    "invent_temoignages",
    "invent_temps",
    "invent_tenue",
    "invent_vie",
    "siren_number",
]
