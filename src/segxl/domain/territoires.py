"""Where a client is established: as in the mainland, or somewhere the law must be asked about."""

from __future__ import annotations

import numpy as np
import pandas as pd

from segxl.domain.identifiants import key_of
from segxl.domain.loi import Loi
from segxl.domain.saisie import parse_column
from segxl.domain.ternary import Codes, either

TERRITOIRES = ("comme_metropole", "guyane_mayotte", "territoires_incertains")
"""Facts of law that list the beginnings of postal codes, the surest first."""
POSTAL_LENGTH = 5


def locate_dossiers(dossiers: pd.DataFrame, loi: Loi) -> Codes:
    """Find the fact of ``TERRITOIRES`` that each dossier falls under.

    Parameters
    ----------
    dossiers : DataFrame, shape (n, m)
        ``Code postal`` and ``Département``; either may lack. Blank is taken for the mainland: a
        client of a French firm is, unless told otherwise.
    loi : Loi
        The beginnings of codes.

    Returns
    -------
    array of int, shape (n,)
        Rank in ``TERRITOIRES``, the least sure of what the two columns say.
    """
    beginnings = {
        start: rank
        for rank, code in enumerate(TERRITOIRES)
        for start in loi.value(code, "codes")
    }  # fmt: skip
    by_length = sorted(beginnings, key=len, reverse=True)

    def rank_of(value: object) -> int:
        place = place_of(value)
        return next((beginnings[start] for start in by_length if place.startswith(start)), 0)

    ranks = [
        parse_column(dossiers[header], rank_of).fillna(0).to_numpy(dtype=np.int64)
        for header in ("Code postal", "Département")
        if header in dossiers
    ]
    return either(np.zeros(len(dossiers), dtype=np.int64), *ranks)


def place_of(value: object) -> str:
    """Return a postal code or a département as text, with the zero that Excel dropped.

    >>> place_of(1000.0), place_of("97 4 00"), place_of("976"), place_of("2A")
    ('01000', '97400', '976', '2A')
    """
    text = "".join(key_of(value).split())
    return (
        text.zfill(POSTAL_LENGTH) if text.isdecimal() and len(text) == POSTAL_LENGTH - 1 else text
    )
