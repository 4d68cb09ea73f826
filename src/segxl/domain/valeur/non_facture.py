"""Hours worked that nobody billed, where a time sheet says which."""

from __future__ import annotations

from segxl.domain.saisie import is_error, parse_yes_no
from segxl.domain.textes import fold
from segxl.domain.valeur.temps import FACTURABLE, HEURES_FACTUREES, parse_heures

FACTURE = "Facturé"
COLONNES = (HEURES_FACTUREES, FACTURE, FACTURABLE)
"""The columns of Temps that tell, the most exact first; « Facturé » is the firm's own."""
_NOT_YET = frozenset({"a facturer", "non facture", "non facturee", "non facturable", "en attente"})
_DONE = frozenset({"facture", "facturee", "facturable"})


def read_unbilled(header: str, value: object, heures: float) -> float | None:
    """Return how many of the hours of a line were not billed; None where the cell does not tell.

    >>> [read_unbilled(FACTURE, v, 2.0) for v in ("Oui", "non", "à facturer", None, "?")]
    [0.0, 2.0, 2.0, None, None]
    >>> read_unbilled(HEURES_FACTUREES, "1h30", 2.0), read_unbilled(HEURES_FACTUREES, 3, 2.0)
    (0.5, -1.0)
    """
    if value is None or value != value or is_error(value):  # noqa: PLR0124  NaN is the only value unlike itself
        return None
    if header == HEURES_FACTUREES:
        billed = parse_heures(value)
        return None if billed is None else heures - billed
    word = fold(value)
    if word in _NOT_YET or parse_yes_no(value) == "Non":
        return heures
    return 0.0 if word in _DONE or parse_yes_no(value) == "Oui" else None
