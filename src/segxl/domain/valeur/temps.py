"""What a client costs: its hours, each at the rate of its line or of who worked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time, timedelta

import pandas as pd

from segxl.domain.saisie import parse_number
from segxl.domain.textes import fold

DOSSIER, JOUR, COLLABORATEUR, HEURES, TAUX, FACTURABLE, HEURES_FACTUREES, SOURCE = HEADERS = (
    "Dossier",
    "Date",
    "Collaborateur",
    "Heures",
    "Taux horaire",
    "Facturable",
    "Heures facturées",
    "Source",
)
TARIF = "Taux horaire"
"""What the name of a setting starts with: « Taux horaire AB » is the default rate of AB."""
AUCUN_TEMPS = "aucun temps saisi"
TEMPS_NEGATIF = "heures négatives au total : une correction dépasse le temps saisi"
_CLOCK = re.compile(r"([+-]?)(\d+) ?(?:h|:|heures?) ?(\d{1,2})?(?: ?(?:min|mn|m))?(?::\d{2})?")
_MINUTES = re.compile(r"([+-]?)()(\d+) ?(?:min|mn|minutes?)")
_UNITS = re.compile(r"(heures?|h)$")
_PER_HOUR = re.compile(r"\s*(/|par)\s*(heures?|h)\.?$", re.IGNORECASE)
_HOUR = 3600


def parse_heures(value: object) -> float | None:
    """Read a number of hours, however written; None where it is not one.

    >>> [parse_heures(v) for v in (1.5, "1,5", "1h30", "1:30", "2 h", "45 min", time(0, 15), "?")]
    [1.5, 1.5, 1.5, 1.5, 2.0, 0.75, 0.25, None]
    >>> parse_heures(timedelta(hours=30)), parse_heures("-1h30"), parse_heures("1,5 h")
    (30.0, -1.5, 1.5)
    """
    if isinstance(value, timedelta):
        return value.total_seconds() / _HOUR
    if isinstance(value, time):
        return value.hour + value.minute / 60
    if isinstance(value, str):
        text = fold(value)
        if found := _MINUTES.fullmatch(text) or _CLOCK.fullmatch(text):
            sign, hours, minutes = found.groups()
            whole = int(hours or 0) + int(minutes or 0) / 60
            return -whole if sign == "-" else whole
        value = _UNITS.sub("", text)
    return parse_number(value)


def parse_taux(value: object) -> float | None:
    """Read a rate in euros an hour; None where it is not one, or is below zero.

    >>> [parse_taux(v) for v in (45, "45 €/h", "62,50 € par heure", -1, "à voir")]
    [45.0, 45.0, 62.5, None, None]
    """
    text = _PER_HOUR.sub("", value.strip()) if isinstance(value, str) else value
    number = parse_number(text)
    return None if number is None or number < 0 else number


def tarifs_of(parametres: Mapping[str, object]) -> dict[str, float]:
    """Return the default rate of each collaborateur, by folded name.

    >>> tarifs_of({"Taux horaire AB": "45 €", "Taux horaire": 50, "Segments au plus": 7})
    {'ab': 45.0}
    """
    start = f"{fold(TARIF)} "
    named = {fold(n).removeprefix(start): v for n, v in parametres.items() if fold(n).startswith(start)}  # fmt: skip
    read = {nom: parse_taux(v) for nom, v in named.items() if v is not None}
    return {nom.strip(" :–-"): taux for nom, taux in read.items() if taux is not None}


def rates_of(temps: pd.DataFrame, tarifs: Mapping[str, float]) -> pd.Series[float]:
    """Return the rate of each line: its own, else that of who worked; NaN without either.

    >>> temps = pd.DataFrame({"Collaborateur": ["ab", "AB", "CD"], "Taux horaire": [60, None, None]})
    >>> rates_of(temps, {"ab": 45.0}).tolist()
    [60.0, 45.0, nan]
    """
    own = temps[TAUX].astype("float64")
    return own.fillna(temps[COLLABORATEUR].map(lambda nom: tarifs.get(fold(nom or ""))).astype("float64"))  # fmt: skip
