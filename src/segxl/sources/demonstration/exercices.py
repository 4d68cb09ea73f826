"""A year of a fictitious company, from its opening balances to its closing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from segxl.sources.demonstration.livres import (
    BANQUE,
    CAISSE,
    CLIENTS,
    FOURNISSEURS,
    REPORT,
    RESULTAT,
    Bilan,
    Ligne,
    Livre,
    Tiers,
    months_of,
)
from segxl.sources.demonstration.tirages import SATURDAY, draw_days, share_out, weekday_from
from segxl.sources.demonstration.tva import declare_tva

ACHATS = {
    "607000": 0.40, "606300": 0.15, "613200": 0.15, "622600": 0.10, "626000": 0.10, "615500": 0.06, "616000": 0.04,
}  # fmt: skip
"""What suppliers bill, and how much of it."""
PART_ACHATS, PART_SALAIRES, PART_CAPITAL, PART_DIVERS = 0.45, 0.25, 0.2, 0.8
"""Shares of the turnover."""
NETS, COTISATIONS = 0.78, 0.42
"""Of a gross salary: what is paid, and what the employer adds."""
FIDELES = 8
AVOIR, EVERY_AVOIR = 0.3, 40
"""Part of an invoice that is given back, of one in forty."""


Sell = Callable[[Livre], None]
"""Writes the sales of one year in its books."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entreprise:
    """What the books of a fictitious company are drawn from; amounts in cents, a year.

    ``emises`` and ``recues`` count invoices a month. ``regime`` is that of the VAT, as Clients says
    it. ``principal`` is the share of the first customer. ``caisse`` sells at the till, without any
    invoice; ``divers`` keeps most of its customers on one account.
    """

    ca: int
    emises: float
    recues: float
    regime: str
    salaries: bool
    principal: float = 0.3
    caisse: bool = False
    divers: bool = False
    clients: tuple[str, ...] = ("Client Exemple {:02}",)

    @property
    def taux(self) -> int:
        """The VAT on its sales, in hundredths."""
        if not self.regime.startswith("Réel"):
            return 0
        return 10 if self.caisse else 20


def found_company(entreprise: Entreprise) -> Bilan:
    """Return the balances of a company that begins."""
    capital = round(entreprise.ca * PART_CAPITAL)
    equipment = capital // 4
    return Bilan(
        soldes={"101300": -capital, "218300": equipment, BANQUE: capital - equipment}, ouvertes=[]
    )


def keep_books(
    entreprise: Entreprise, livre: Livre, sell: Sell, before: Bilan, rng: np.random.Generator
) -> Bilan:
    """Keep the books of one year, and close them.

    Parameters
    ----------
    entreprise : Entreprise
        Whose books they are.
    livre : Livre
        The year, nothing written in it yet.
    sell : callable
        What bills the sales of the year.
    before : Bilan
        What the year before left.
    rng : Generator
        Where chance comes from.
    """
    livre.open(before)
    if result := -before.soldes.get(RESULTAT, 0):
        moved = Ligne(compte=RESULTAT, net=result), Ligne(compte=REPORT, net=-result)
        livre.write(
            "OD", livre.debut + timedelta(days=175), "AGO", "Affectation du résultat", moved
        )
    sell(livre)
    _buy(livre, entreprise, rng)
    _pay_people(livre, entreprise)
    worn = round(entreprise.ca * PART_CAPITAL / 20)
    wear = Ligne(compte="681120", net=worn), Ligne(compte="281830", net=-worn)
    livre.write("OD", livre.fin, "AMORT", "Dotation aux amortissements", wear)
    tva = declare_tva(livre, entreprise.regime, before.tva)
    livre.settle()
    return livre.close(tva)


def sell_of(entreprise: Entreprise, rang: int, rng: np.random.Generator) -> Sell:
    """Return what bills the sales of a company; ``rang`` counts the years before.

    Each year loses one customer and wins another.
    """
    if entreprise.caisse:
        return lambda livre: _sell_at_the_till(livre, entreprise, rng)
    return lambda livre: _sell(livre, entreprise, rang, rng)


def _sell(livre: Livre, entreprise: Entreprise, rang: int, rng: np.random.Generator) -> None:
    """Bill customers, and take a part of a few invoices back."""
    tiers = _customers_of(entreprise, rang)
    days = draw_days(livre.debut, livre.fin, round(entreprise.emises * 12), rng)
    who = _choose(entreprise, len(days), rng)
    amounts = share_out(entreprise.ca, _weights_of(entreprise, who, rng))
    delays = np.clip(rng.normal(38, 14, len(days)), 5, 110).astype(int)
    for rank, (jour, place, ht) in enumerate(zip(days, who, amounts, strict=True), 1):
        client, piece = tiers[place], f"FA{livre.fin:%y}{rank:04d}"
        due = [bill(livre, client, jour, piece, with_tva(ht, entreprise.taux))]
        later = jour + timedelta(days=10)
        if rank % EVERY_AVOIR == 0 and later <= livre.fin:
            back = with_tva(-round(ht * AVOIR), entreprise.taux)
            due.append(bill(livre, client, later, f"AV{livre.fin:%y}{rank:04d}", back))
        paid = weekday_from(jour + timedelta(days=int(delays[rank - 1])))
        livre.owe(paid, f"{client.nom} {piece}", piece, *due)


def bill(livre: Livre, client: Tiers, jour: date, piece: str, amounts: tuple[int, int]) -> Ligne:
    """Write an invoice, or a credit note where the amounts are negative; return what is due."""
    ht, tva = amounts
    what = "Facture" if ht > 0 else "Avoir"
    due = Ligne(compte=CLIENTS, net=ht + tva, tiers=client)
    lignes = due, Ligne(compte="706000", net=-ht), Ligne(compte="445710", net=-tva)
    livre.write("VE", jour, piece, f"{what} {piece} {client.nom}", lignes)
    return due


def with_tva(ht: int, taux: int) -> tuple[int, int]:
    """Return an amount before VAT, and its VAT."""
    return ht, round(ht * taux / 100)


def _sell_at_the_till(livre: Livre, entreprise: Entreprise, rng: np.random.Generator) -> None:
    """Cash the sales of each open day, from Tuesday to Saturday, and take them to the bank."""
    span = (livre.fin - livre.debut).days + 1
    days = [livre.debut + timedelta(days=n) for n in range(span)]
    days = [day for day in days if 0 < day.weekday() <= SATURDAY]
    held = 0
    for day, ht in zip(
        days, share_out(entreprise.ca, rng.uniform(0.5, 1.5, len(days))), strict=True
    ):
        tva = round(ht * entreprise.taux / 100)
        lignes = (
            Ligne(compte=CAISSE, net=ht + tva),
            Ligne(compte="707000", net=-ht),
            Ligne(compte="445710", net=-tva),
        )
        livre.write("CA", day, f"Z{day:%y%m%d}", "Recette du jour", lignes)
        held += ht + tva
        if day.weekday() == SATURDAY:
            moved = Ligne(compte=BANQUE, net=held), Ligne(compte=CAISSE, net=-held)
            livre.write("BQ", day, f"DEP{day:%m%d}", "Remise d’espèces", moved)
            held = 0


def _buy(livre: Livre, entreprise: Entreprise, rng: np.random.Generator) -> None:
    """Receive the invoices of suppliers, each for one kind of purchase, and the fees of the bank."""
    days = draw_days(livre.debut, livre.fin, round(entreprise.recues * 12), rng)
    comptes = [*ACHATS]
    kinds = rng.choice(len(comptes), len(days), p=[*ACHATS.values()])
    amounts = share_out(round(entreprise.ca * PART_ACHATS), rng.lognormal(0, 0.6, len(days)))
    taux = 20 if entreprise.taux else 0
    for rank, (jour, kind, ht) in enumerate(zip(days, kinds, amounts, strict=True), 1):
        tiers = Tiers(f"FEX{kind + 1:02d}", f"Fournisseur Exemple {kind + 1:02d}")
        tva, piece = round(ht * taux / 100), f"R{rank:04d}"
        lignes = (
            Ligne(compte=FOURNISSEURS, net=-ht - tva, tiers=tiers),
            Ligne(compte=comptes[kind], net=ht),
            Ligne(compte="445660", net=tva),
        )
        livre.write("AC", jour, piece, f"Facture {tiers.nom}", lignes)
        livre.owe(weekday_from(jour + timedelta(days=30)), f"{tiers.nom} {piece}", piece, lignes[0])
    for _, last in months_of(livre.debut, livre.fin):
        fees = Ligne(compte="627000", net=1850), Ligne(compte=BANQUE, net=-1850)
        livre.write("BQ", last, f"FRAIS{last:%m}", "Frais de tenue de compte", fees)


def _pay_people(livre: Livre, entreprise: Entreprise) -> None:
    """Write the salaries of each month, paid that day, and their contributions, the month after."""
    if not entreprise.salaries:
        return
    brut = round(entreprise.ca * PART_SALAIRES / 12)
    net, added = round(brut * NETS), round(brut * COTISATIONS)
    for _, last in months_of(livre.debut, livre.fin):
        lignes = (
            Ligne(compte="641100", net=brut),
            Ligne(compte="645100", net=added),
            Ligne(compte="421000", net=-net),
            Ligne(compte="431000", net=net - brut - added),
        )
        livre.write("OD", last, f"PAIE{last:%m}", "Salaires du mois", lignes)
        livre.owe(last, "salaires", f"PAIE{last:%m}", lignes[2])
        livre.owe(last + timedelta(days=15), "cotisations sociales", f"PAIE{last:%m}", lignes[3])


def _customers_of(entreprise: Entreprise, rang: int) -> list[Tiers]:
    """Return the customers of one year: the first stays, the others follow each other."""
    ranks = [1, *range(2 + rang, 2 + rang + FIDELES)]
    forms = entreprise.clients
    named = [Tiers(f"CEX{n:02d}", forms[n % len(forms)].format(n)) for n in ranks]
    return [Tiers("DIVERS", "Clients divers"), *named[1:]] if entreprise.divers else named


def _choose(entreprise: Entreprise, count: int, rng: np.random.Generator) -> np.ndarray:
    """Draw the customer of each invoice, every one being billed at least once."""
    first = PART_DIVERS if entreprise.divers else 0.25
    falling = 1 / np.arange(2, FIDELES + 2)
    chances = [first, *((1 - first) * falling / falling.sum())]
    drawn = rng.choice(FIDELES + 1, count, p=chances)
    drawn[: FIDELES + 1] = np.arange(FIDELES + 1)[:count]
    return drawn


def _weights_of(entreprise: Entreprise, who: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw amounts, such that the first customer makes its share of the whole."""
    weights = rng.lognormal(0, 0.5, len(who))
    share = PART_DIVERS if entreprise.divers else entreprise.principal
    first = who == 0
    weights[first] *= share / weights[first].sum()
    weights[~first] *= (1 - share) / max(weights[~first].sum(), 1e-9)
    return weights
