"""What the table Clients says of value, beside the invoices: annual fees and potentials."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.honoraires.factures import ANNUELS
from segxl.domain.tableau import Tableau
from segxl.domain.textes import fold
from segxl.domain.valeur import ventilation as ve
from segxl.domain.valeur.axes import POTENTIEL
from segxl.domain.valeur.entrees import Entrees, cents_of
from segxl.domain.valeur.rangs import Niveaux
from segxl.domain.valeur.releve import potentials_of


def measure_clients(
    clients: Tableau, usable: pd.DataFrame, entrees: Entrees
) -> tuple[pd.DataFrame, dict[str, int], tuple[Anomalie, ...]]:
    """Measure the clients; who was not billed over the period has its « Honoraires annuels ».

    Parameters
    ----------
    clients : Tableau
        The table Clients.
    usable : DataFrame
        Its rows that have a key, see ``domain.dossiers.parse_dossiers``.
    entrees : Entrees
        Their invoices and hours.

    Returns
    -------
    DataFrame, shape (n, 6)
        What ``measure_valeur`` takes, in the order of ``usable``.
    dict
        How many clients have their fees from which sheet.
    tuple of Anomalie
        The annual fees and the potentials that cannot be read.
    """
    mesures = entrees.sum_clients()
    typed = clients.lignes[ANNUELS] if ANNUELS in clients.lignes else pd.Series(dtype=object)
    cells = typed.reindex(usable.index).tolist()
    annuels = pd.Series([cents_of(value) for value in cells], dtype="float64")
    is_billed = mesures[ve.HONORAIRES].notna()
    mesures[ve.HONORAIRES] = mesures[ve.HONORAIRES].where(is_billed, annuels)
    from_annuels = int((~is_billed & annuels.notna()).sum())
    levels, unread = _potentials(usable)
    return (
        mesures.assign(potentiel=levels),
        {"Honoraires": int(is_billed.sum()), ANNUELS: from_annuels},
        tuple(_find_unread(clients, usable, unread)),
    )


def _potentials(usable: pd.DataFrame) -> tuple[Niveaux, list[object]]:
    header = {fold(h): h for h in usable.columns}.get(fold(POTENTIEL))
    blank = pd.Series([None] * len(usable), index=usable.index, dtype=object)
    return potentials_of(usable[header] if header else blank)


def _find_unread(
    clients: Tableau, usable: pd.DataFrame, potentials: Sequence[object]
) -> Iterator[Anomalie]:
    """Yield the « Honoraires annuels » and the potentials that cannot be read."""
    if ANNUELS in clients.lignes:
        problem = "« Honoraires annuels » doit être un nombre"
        for row, value in clients.lignes.loc[usable.index, ANNUELS].items():
            if value is not None and str(value).strip() and cents_of(value) is None:
                remedy = "saisissez le montant en euros, sans lettre"
                yield clients.anomalie(ANNUELS, row, problem, remedy)
    table = clients.canonical([POTENTIEL])
    for row in potentials:
        remedy = "écrivez Fort, À développer ou Nul, ou videz la cellule"
        yield table.anomalie(POTENTIEL, row, "ce potentiel n’existe pas", remedy)
