"""The law for a whole portfolio: what applies to each client, with the reasons."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from mesure import Mesure, Mesures, best_of
from segxl.domain.normalisation import normalise
from segxl.domain.obligations import find_obligations
from segxl.excel.file import FileWorkbook
from segxl.sources.loi import read_loi
from sujets import SEED, invent_dossiers, make_workbook, shipped_reglages

CLIENTS, READ = 100_000, 10_000
MOST_SECONDS, MOST_OF_READING = 3, 0.3
AU = date(2026, 11, 22)


def run() -> Mesures:
    """Time the demonstration's clients, then clients of whom no two are alike."""
    loi = read_loi()
    plain = normalise(invent_dossiers(CLIENTS, *shipped_reglages().grilles))
    unlike = normalise(_invent_unlike(CLIENTS))
    ours, worst = best_of(
        3,
        lambda: find_obligations(plain, loi, AU),
        lambda: find_obligations(unlike, loi, AU),
    )
    yield Mesure(subject="Obligations, 100 000 clients", ours=ours, sign="<=", bound=MOST_SECONDS)
    yield Mesure(
        subject="  les mêmes, tous de situations différentes",
        ours=worst,
        sign="<=",
        bound=MOST_SECONDS,
    )
    yield _beside_reading(plain.head(READ))


def _beside_reading(dossiers: pd.DataFrame) -> Mesure:
    """Compare with reading a workbook of as many clients."""
    loi = read_loi()
    with tempfile.TemporaryDirectory() as name:
        path = make_workbook(Path(name) / "clients.xlsx", len(dossiers))
        ours, theirs = best_of(
            3,
            lambda: find_obligations(dossiers, loi, AU),
            lambda: FileWorkbook(path, to_write=False).read_table("Clients"),
        )
    return Mesure(
        subject="Obligations, 10 000 clients",
        ours=ours,
        theirs=theirs,
        against="lire leur classeur",
        sign="<=",
        bound=MOST_OF_READING,
    )


def _invent_unlike(count: int) -> pd.DataFrame:
    """Make up clients from every answer of every question, blanks included."""
    rng = np.random.default_rng(SEED)
    answers: dict[str, list[object]] = {
        "Assujetti TVA": ["Oui", "Oui", "Non", None],
        "Redevable TVA": ["Oui", "Non", None],
        "Régime TVA": ["Réel normal mensuel", "Réel simplifié", "Franchise en base", "Exonéré", None],
        "Assujetti unique": ["Oui", None],
        "Activité exonérée": ["Totale", "Partielle", "Non", None],
        "Nature": ["Biens", "Services", "Mixte", None],
        "Option débits": ["Oui", "Non", None],
        "Effectif": [1, 9, 300, 6_000, None],
        "CA HT": [1e5, 5e6, 9e7, None],
        "Total bilan": [1e5, 5e6, 9e7, None],
        "Part B2B": [0, 0.5, 0.9, None],
        "Part B2C": [0, 0.1, 0.5, None],
        "Part secteur public": [0, 0.1, None],
        "Part international": [0, 0.2, None],
        "Code postal": ["69003", "97600", "97133"],
    }  # fmt: skip
    drawn = {
        h: np.array(a, dtype=object)[rng.integers(len(a), size=count)] for h, a in answers.items()
    }
    return pd.DataFrame(drawn, dtype=object)
