"""The fictitious firm of `segxl demo`: its clients, its letterhead, and the books of a few of them."""

from __future__ import annotations

from segxl.sources.demonstration.clients import invent_cabinet, invent_clients, siren_number
from segxl.sources.demonstration.fec import invent_fec

__all__ = ["invent_cabinet", "invent_clients", "invent_fec", "siren_number"]
