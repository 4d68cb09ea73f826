"""The VAT returns of a fictitious company, as often as its régime asks."""

from __future__ import annotations

from datetime import date, timedelta

from segxl.sources.demonstration.livres import Ligne, Livre, months_of

COLLECTEE, DEDUCTIBLE, CREDIT = "445710", "445660", "445670"
A_DECAISSER, ACOMPTES = "445510", "445810"
MOIS = {"Réel normal mensuel": 1, "Réel normal trimestriel": 3, "Réel simplifié": 12}
"""Months that one return covers; any other régime makes none."""
PARTS = ((6, 0.55), (11, 0.40))
"""Month and share of the instalments of a simplified régime."""


def declare_tva(livre: Livre, regime: str, last: int) -> int:
    """Write the returns of a year.

    Parameters
    ----------
    livre : Livre
        The year, its sales and purchases written.
    regime : str
        As Clients says it.
    last : int
        VAT of the year before, in cents.

    Returns
    -------
    int
        VAT of the year, in cents, never under zero.
    """
    span = MOIS.get(regime)
    if span is None:
        return 0
    months = months_of(livre.debut, livre.fin)
    paid = _pay_instalments(livre, months, last) if span == len(months) else 0
    # A credit of the year before comes with the balances.
    carried = livre.balance(CREDIT, livre.debut, livre.debut)
    whole = 0
    for rank in range(0, len(months), span):
        first, end = months[rank][0], months[rank + span - 1][1]
        due = -livre.balance(COLLECTEE, first, end) - livre.balance(DEDUCTIBLE, first, end)
        whole += due
        carried = _declare(livre, first, end, carried, paid)
    return max(0, whole)


def _declare(livre: Livre, first: date, end: date, carried: int, paid: int) -> int:
    """Write one return and plan its payment; return the credit that it leaves."""
    collected = -livre.balance(COLLECTEE, first, end)
    deducted = livre.balance(DEDUCTIBLE, first, end)
    due = collected - deducted - carried - paid
    owed = Ligne(compte=A_DECAISSER, net=-max(due, 0))
    lignes = (
        Ligne(compte=COLLECTEE, net=collected),
        Ligne(compte=DEDUCTIBLE, net=-deducted),
        Ligne(compte=ACOMPTES, net=-paid),
        Ligne(compte=CREDIT, net=max(-due, 0) - carried),
        owed,
    )
    piece = f"TVA{end:%y%m}"
    livre.write("OD", end, piece, f"Déclaration de TVA au {end:%d/%m/%Y}", lignes)
    livre.owe(end + timedelta(days=20), "TVA", piece, owed)
    return max(-due, 0)


def _pay_instalments(livre: Livre, months: list[tuple[date, date]], last: int) -> int:
    """Pay in July and December a part of the VAT of the year before; return what was paid."""
    whole = 0
    for place, share in PARTS:
        amount, day = round(last * share), months[place][0] + timedelta(days=14)
        lignes = Ligne(compte=ACOMPTES, net=amount), Ligne(compte="512000", net=-amount)
        livre.write("BQ", day, f"ACOMPTE{day:%m}", "Acompte de TVA", lignes)
        whole += amount
    return whole
