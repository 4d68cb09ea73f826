"""How a mission ends, as its letter tells it: the last day, the notice, what is handed back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from segxl.domain.saisie import parse_date
from segxl.lettres.dossier import text_of
from segxl.lettres.francais import date_en_lettres
from segxl.lettres.reserves import Reserve

FIN_DE_MISSION = ("Fin de mission le", "Préavis", "Pièces rendues")
"""Columns of Clients that a firm fills when it ends a mission."""


def end_fields(client: Mapping[str, object]) -> dict[str, Any]:
    """Return the fields of ``Champs`` on the end of a mission.

    What no column says stays empty, and holds the letter.

    >>> end_fields({"Préavis": 3})["preavis"], end_fields({"Préavis": "3 mois"})["preavis"]
    ('', '3 mois')
    """
    day, notice, handed = (client.get(header) for header in FIN_DE_MISSION)
    # « 3 » alone tells neither days nor months.
    words = text_of(notice)
    last = parse_date(day) if text_of(day) else None
    return {
        "fin_mission_le": date_en_lettres(last) if last else "",
        "preavis": words if any(c.isalpha() for c in words) else "",
        "pieces_rendues": items_of(handed),
    }


def end_reserves(client: Mapping[str, object]) -> dict[str, Reserve]:
    """Say what was typed of the end of a mission that no letter can print: field → why.

    >>> print(end_reserves({"Fin de mission le": "bientôt"})["fin_mission_le"].reason)
    « Fin de mission le » contient « bientôt », qui n’est pas une date
    """
    day, notice = (text_of(client.get(header)) for header in FIN_DE_MISSION[:2])
    found: dict[str, Reserve] = {}
    if day and not parse_date(client[FIN_DE_MISSION[0]]):
        told = f"« {FIN_DE_MISSION[0]} » contient « {day} », qui n’est pas une date"
        found["fin_mission_le"] = Reserve(told, "saisissez par exemple 31/12/2026")
    if notice and not any(c.isalpha() for c in notice):
        told = f"« {FIN_DE_MISSION[1]} » contient « {notice} », sans dire si ce sont des jours ou des mois"
        found["preavis"] = Reserve(told, "écrivez par exemple « trois mois »")
    return found


def items_of(cell: object) -> tuple[str, ...]:
    r"""Return the items of a cell: one a line, or parted by semicolons.

    >>> items_of("grand livre\nliasse fiscale ;bulletins"), items_of(None)
    (('grand livre', 'liasse fiscale', 'bulletins'), ())
    """
    return tuple(filter(None, (p.strip(" -•") for p in re.split(r"[\n;]", text_of(cell)))))
