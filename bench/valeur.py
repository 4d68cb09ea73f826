"""Value: a million fee lines of 100,000 clients, beside the bare sum of the same lines."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from mesure import Mesure, Mesures, best_of
from segxl.domain.honoraires.factures import Periode
from segxl.domain.valeur import releve as v
from segxl.domain.valeur.axes import default_axes
from segxl.domain.valeur.concentration import curve_of
from segxl.domain.valeur.politique import Politique
from segxl.domain.valeur.ventilation import gather_factures, places_of

CLIENTS, LINES = 100_000, 1_000_000
YEAR = Periode(du=date(2026, 1, 1), au=date(2026, 12, 31), est_entiere=True)


def run() -> Mesures:
    """Compare everything that value says of a client with the sum of its fees alone."""
    rng = np.random.default_rng(1)
    names = [f"D{i:06}" for i in range(CLIENTS)]
    who = rng.integers(0, CLIENTS, LINES)
    lines = pd.DataFrame(
        {
            "Dossier": pd.Series(names)[who].to_numpy(),
            "Date": np.datetime64("2026-01-01") + rng.integers(0, 365, LINES),
            "cents": rng.integers(-5_000, 200_000, LINES),
        }
    )
    hours = rng.integers(1, 200, CLIENTS).astype(float)
    cost = hours * 5_000
    axes, politique = default_axes(), Politique()

    def segxl() -> v.ReleveValeur:
        places = places_of(lines["Dossier"], names)
        billed = gather_factures(places, lines["Date"], lines["cents"], CLIENTS, YEAR)
        mesures = billed.assign(heures=hours, cout=cost, potentiel=-1)
        releve = v.measure_valeur(names, mesures, axes, politique)
        curve_of(releve.lignes[v.HONORAIRES].to_numpy())
        return releve

    def groupby() -> pd.Series:
        return lines.groupby("Dossier")["cents"].sum()

    ours = segxl().lignes.set_index("dossier")[v.HONORAIRES].dropna()
    if not ours.sort_index().astype("int64").equals(groupby().rename(v.HONORAIRES)):
        msg = "the two sides sum different fees"
        raise AssertionError(msg)
    mine, theirs = best_of(5, segxl, groupby)
    yield Mesure(
        subject="Pareto, RFM et A→D, 1 000 000 lignes, 100 000 clients",
        ours=mine,
        theirs=theirs,
        against="groupby-sum seul",
        sign="<=",
        bound=4,
    )
