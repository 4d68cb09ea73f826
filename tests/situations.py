"""The situation of a client that the law of invoices concerns, for the tests that start from one."""

from __future__ import annotations

VENTES_DE_BIENS: dict[str, object] = {
    "Redevable TVA": "Oui",
    "Régime TVA": "Réel normal mensuel",
    "Effectif": 6,
    "CA HT": 540_000,
    "Total bilan": 210_000,
    "Part B2B": 0.5,
    "Part B2C": 0.5,
    "Part secteur public": 0,
    "Part international": 0,
    "Nature": "Biens",
}
"""A workshop of six people that sells goods, half to businesses and half to private persons."""
