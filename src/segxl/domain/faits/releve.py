"""All the facts of one year of entries, and the customers to compare with another year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import NamedTuple

import numpy as np
import pandas as pd

from segxl.domain.faits.etats import UNITES, UNITES_INTERNES, FaitMesure
from segxl.domain.faits.factures import Cote, read_cote
from segxl.domain.faits.lignes import Lignes
from segxl.domain.faits.mesures_clients import measure_clients
from segxl.domain.faits.mesures_comptes import measure_comptes
from segxl.domain.faits.mesures_delais import measure_delais
from segxl.domain.faits.mesures_factures import measure_factures
from segxl.domain.faits.perimetre import read_lignes
from segxl.domain.faits.rythme_tva import guess_rythme
from segxl.domain.faits.tiers import CLIENTS, FOURNISSEURS


class Client(NamedTuple):
    """A customer invoiced in the year: its code, the TTC net of credit notes in cents, its labels.

    The labels are folded, and serve to know the customer again another year: never shown.
    """

    code: str
    montant: int
    libelles: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Releve:
    """What one year of entries says.

    ``faits`` goes by the codes of ``UNITES`` then ``UNITES_INTERNES``. ``mois`` counts the
    calendar months from ``debut`` to ``fin``, the first and last dates (None without entries).
    ``clients`` are those with an invoice, by code, collective accounts left out. ``reserves``
    are sentences about the year as a whole.
    """

    faits: dict[str, FaitMesure]
    clients: tuple[Client, ...]
    debut: date | None
    fin: date | None
    mois: int
    reserves: tuple[str, ...]


def measure_faits(ecritures: pd.DataFrame) -> Releve:
    """Measure every fact of a FEC.

    Parameters
    ----------
    ecritures : DataFrame, shape (n, m)
        One row per line, as ``sources.fec`` reads them; amounts in cents, texts "" where blank.
        The order of the lines does not matter.

    Returns
    -------
    Releve
        Every code of ``UNITES`` and ``UNITES_INTERNES`` has its fact.
    """
    lignes = read_lignes(ecritures)
    ventes, achats = read_cote(lignes, CLIENTS), read_cote(lignes, FOURNISSEURS)
    comptes = measure_comptes(lignes)
    found = (
        comptes
        | measure_factures(ventes, achats)
        | measure_clients(ventes)
        | measure_delais(ventes, comptes["creances_ouvertes"])
        | {"rythme_tva": guess_rythme(lignes)}
    )
    debut, fin = _bounds(lignes)
    return Releve(
        faits={code: found[code] for code in (*UNITES, *UNITES_INTERNES)},
        clients=_clients_of(ventes),
        debut=debut,
        fin=fin,
        mois=lignes.span,
        reserves=tuple(_reserves_of(lignes)),
    )


def _clients_of(ventes: Cote) -> tuple[Client, ...]:
    tiers, net = ventes.tiers, ventes.factures.net_by_tiers(len(ventes.tiers))
    numeros = ventes.factures.numeros
    named = numeros[~tiers.collectifs[numeros]].tolist()
    found = (Client(tiers.codes[n], int(net[n]), tiers.libelles[n]) for n in named)
    return tuple(sorted(found, key=attrgetter("code")))


def _bounds(lignes: Lignes) -> tuple[date | None, date | None]:
    if not len(lignes.jours):
        return None, None
    days = np.array([lignes.jours.min(), lignes.jours.max()]).astype("datetime64[D]")
    first, last = days.tolist()
    return first, last


def _reserves_of(lignes: Lignes) -> list[str]:
    closed = "Des écritures de clôture soldent les charges et les produits : écartées."
    return [closed] if lignes.has_closing else []
