"""The figures of the whole portfolio, and how its fees are spread, that give nobody away."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pandas as pd

from segxl.domain.anonymat.groupes import LEAST
from segxl.domain.valeur.concentration import Concentration, curve_of
from segxl.domain.valeur.rangs import Nombres

CHIFFRE, VALEUR, LECTURE = "Chiffre", "Valeur", "Lecture"
COURBE = ("Part des clients", "Part des honoraires", "Part de la marge")
MOST_POINTS = 20
CENTS = 100
SANS_TOTAL = f"moins de {LEAST} clients : tu"


def list_chiffres(clients: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of the portfolio, one a row, with how to read each.

    Parameters
    ----------
    clients : DataFrame
        ``honoraires`` and ``marge`` in cents, ``note`` out of 20 of those the reform concerns;
        NaN where unknown.

    Notes
    -----
    A sum of fewer than five clients is not told. Shares are whole percents: a finer share of an
    exact total would give the exact fees of the first client.
    """
    return pd.DataFrame([*_chiffres(clients)], columns=[CHIFFRE, VALEUR, LECTURE], dtype=object)


def draw_courbe(honoraires: Nombres, marges: Nombres) -> pd.DataFrame:
    """Return points of the Pareto curve, five clients apart at least, in whole percents.

    Blank where fewer than five clients are known. Two neighbouring points are what five clients or
    more make together: never what one does.
    """
    known = [v[~np.isnan(v)] for v in (honoraires, marges)]
    usable = [len(v) for v in known if len(v) >= LEAST]
    steps = min([MOST_POINTS, *(count // LEAST for count in usable)])
    shares = [i / steps for i in range(steps + 1)] if usable else []
    curves = [_points(v, steps) if len(v) >= LEAST else [] for v in known]
    columns = [curve or [math.nan] * len(shares) for curve in curves]
    return pd.DataFrame(dict(zip(COURBE, (shares, *columns), strict=True)), dtype=object)


def _points(amounts: Nombres, steps: int) -> list[float]:
    curve = curve_of(amounts)
    if not len(curve):
        return []
    places = [math.ceil(len(amounts) * i / steps) for i in range(1, steps + 1)]
    return [0.0, *(_percent(float(curve[place - 1])) for place in places)]


def _chiffres(clients: pd.DataFrame) -> Iterator[tuple[str, object, str]]:
    fees, margins, notes = (
        clients[h].to_numpy(dtype=np.float64) for h in ("honoraires", "marge", "note")
    )
    whole = Concentration.of(fees)
    yield "Clients", len(clients), "présents le jour du fichier"
    yield "Honoraires HT (€)", *_total(fees)
    yield "Marge (€)", *_total(margins)
    both = ~np.isnan(margins) & ~np.isnan(fees)
    billed = float(fees[both].sum())
    if both.sum() >= LEAST and billed > 0:
        rate = _percent(float(margins[both].sum()) / billed)
        yield "Taux de marge", rate, "des clients dont la marge est connue"
    scored = notes[~np.isnan(notes)]
    if len(scored) >= LEAST:
        mean = _rounded(float(scored.mean()), 1)
        yield "Note FE moyenne (sur 20)", mean, f"des {len(scored)} clients notés et concernés"
    if int((fees > 0).sum()) < LEAST:
        return
    told = (
        ("Part des 20 % premiers clients", whole.part_top20, 2, "de leurs honoraires"),
        ("Part du premier client", whole.part_premier, 2, "des honoraires"),
        ("Clients qui font 80 % des honoraires", whole.clients_pour_80, 0, "les premiers"),
        ("Concentration (HHI, de 0 à 1)", whole.hhi, 3, "somme des carrés des parts"),
        ("Inégalité (Gini, de 0 à 1)", whole.gini, 2, "0 : tous égaux"),
    )
    yield from ((nom, _rounded(x, digits), said) for nom, x, digits, said in told if x is not None)


def _total(amounts: Nombres) -> tuple[object, str]:
    known = amounts[~np.isnan(amounts)]
    if len(known) < LEAST:
        return None, SANS_TOTAL
    return round(float(known.sum()) / CENTS, 2), f"de {len(known)} clients, sur douze mois"


def _percent(share: float) -> float:
    return _rounded(share, 2)


def _rounded(value: float, digits: int) -> float:
    """Round half up, whatever the last bits of a float."""
    scale = 10.0**digits
    return math.floor(round(value * scale, 6) + 0.5) / scale
